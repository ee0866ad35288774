"""Towns to build a pyramid for, a pyramid of communes and districts, and the fewest people who can win in it."""

from collections.abc import Sequence

from parecon_edu.councils.tree import Pyramid
from parecon_edu.validation.people import count

#: People to decide together, by the name of the place. Riverside's number is 51 times 51, so that its pyramid is full.
PLACES = {"house": 4, "nine": 9, "riverside": 2601, "city": 4_000_000, "country": 312_500_000}
#: Above this many people there is more than one city; a city then has about the size of seed 002's.
_ONE_CITY, _CITY, _CITIES_A_REGION = 10_000_000, 4_000_000, 10


def by_districts(population: int, *, commune: int = 1000, districts: int = 40) -> Pyramid:
    """Build a pyramid of communes, districts and cities, as Steven Miller describes the Soviet one.

    Parameters
    ----------
    population : int
        How many people, 1 or more.
    commune : int
        How many people a commune has at most.
    districts : int
        How many districts a city has; fewer where there are fewer communes.

    Returns
    -------
    Pyramid
        One city up to ten million people; above that, cities of about four million, ten of them a region, a nation.

    Raises
    ------
    TypeError, ValueError
        If a number is not whole or below 1.

    Notes
    -----
    Miller, "Communism: from microcosm to macrocosm and back" (2021): communes of a thousand people or so; a city has
    "four or forty" districts; then states and a nation.

    Examples
    --------
    >>> by_districts(4_000_000).counts, by_districts(4_000_000, districts=4).sizes(1)
    ((4000, 40, 1), (1000, 1000))
    >>> by_districts(312_500_000).names
    ('commune', 'district', 'city', 'region', 'nation')
    >>> by_districts(9).counts
    (1,)
    """
    people = count(population, "The population", low=1)
    communes = -(-people // count(commune, "The size of a commune", low=1))
    wanted = count(districts, "The districts of a city", low=1)
    cities = 1 if people <= _ONE_CITY else -(-people // _CITY)
    counts = [communes, min(cities * wanted, communes), min(cities, communes)]
    if cities > 1:
        counts += [-(-counts[-1] // _CITIES_A_REGION), 1]
    names = ("commune", "district", "city", "region", "nation")
    # A level with one council needs none above it.
    top = counts.index(1) + 1
    return Pyramid(people, names[:top], tuple(counts[:top]))


def fewest_to_win(pyramid: Pyramid) -> int:
    """Count the fewest people who can win the vote at the top, if they sit in the right places.

    Parameters
    ----------
    pyramid : Pyramid
        Each council decides by more than half; a delegate votes as the council did.

    Returns
    -------
    int
        A bare majority of the top's members, each won by the fewest people who can win there, and so on down. Exact
        for uneven councils too; for a full pyramid of odd councils it is `winning_minority` times the population.

    Examples
    --------
    >>> from parecon_edu.councils.tree import pyramid
    >>> fewest_to_win(pyramid(9, 3)), fewest_to_win(pyramid(4, 2)), fewest_to_win(pyramid(2601, 51))
    (4, 4, 676)
    """
    # Runs of equal members, so that millions of councils are a handful of numbers: (how many, people each one takes).
    runs = [(pyramid.population, 1)]
    for level, councils in enumerate(pyramid.counts):
        smaller, larger = pyramid.sizes(level)
        members = pyramid.population if level == 0 else pyramid.counts[level - 1]
        many = members - smaller * councils
        runs = _won([(many, larger), (councils - many, smaller)], runs)
    return runs[0][1]


def _won(groups: Sequence[tuple[int, int]], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What it takes to win each council of a level: groups of (how many, members), filled from the runs in order."""
    left, result = list(runs), []
    for number, members in groups:
        while number > 0:
            whole = min(number, left[0][0] // members)
            if whole:
                result.append((whole, (members // 2 + 1) * left[0][1]))
                left[0] = (left[0][0] - whole * members, left[0][1])
            else:
                result.append((1, sum(sorted(_take(left, members))[: members // 2 + 1])))
                whole = 1
            number -= whole
            left = [run for run in left if run[0]]
    return result


def _take(runs: list[tuple[int, int]], members: int) -> list[int]:
    """Take the members of one council that lies across runs; gives what each of them costs."""
    taken: list[int] = []
    for place, (many, cost) in enumerate(runs):
        step = min(many, members - len(taken))
        taken += [cost] * step
        runs[place] = (many - step, cost)
    return taken

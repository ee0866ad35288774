"""Cards for a market played by hand: what a load is worth to each buyer, what it costs each seller, where they meet.

Edward Chamberlin dealt such cards to his students ("An Experimental Imperfect Market", Journal of Political Economy 56,
1948), and Vernon Smith, who had been one of them, dealt them again ("An Experimental Study of Competitive Market
Behavior", Journal of Political Economy 70, 1962). Nobody sees a card but the person who holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from parecon_edu.validation.people import Array, amount, vector

__all__ = ["FIREWOOD", "Cards", "Crossing", "Held", "crossing", "held"]


@dataclass(frozen=True, eq=False)
class Cards:
    """One card a person: a buyer's value of one load, or a seller's cost of one.

    Parameters
    ----------
    values : array_like, (B,)
        The most that each buyer would pay, points. It says what a load is worth to somebody with that purse.
    costs : array_like, (S,)
        The least that each seller would take, points.
    buyers, sellers : tuple of str, optional
        Their names, all different. Left out, they are numbered.

    Raises
    ------
    TypeError, ValueError
        If a side is empty, a number is negative or not finite, or a name is missing or stands twice.

    Examples
    --------
    >>> Cards([30, 20], [10, 25], buyers=("Amara", "Bo"), sellers=("Hilltop", "Harbour")).limit("Bo")
    20.0
    """

    values: Array
    costs: Array
    buyers: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values, costs = vector(self.values, "Values"), vector(self.costs, "Costs")
        buyers = tuple(self.buyers) or tuple(f"buyer {n}" for n in range(1, values.size + 1))
        sellers = tuple(self.sellers) or tuple(f"seller {n}" for n in range(1, costs.size + 1))
        for names, numbers, side in ((buyers, values, "buyers"), (sellers, costs, "sellers")):
            if len(names) != numbers.size:
                raise ValueError(
                    f"There are {numbers.size} cards for {side}, but {len(names)} names. Give one name a card."
                )
        both = [*buyers, *sellers]
        twice = next((name for name in both if both.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"Two people are called {twice!r}. Give each person a name of their own.")
        for field, made in (("values", values), ("costs", costs), ("buyers", buyers), ("sellers", sellers)):
            object.__setattr__(self, field, made)

    def limit(self, name: str) -> float:
        """Return what stands on somebody's card.

        Raises
        ------
        ValueError
            If nobody has that name.
        """
        for names, numbers in ((self.buyers, self.values), (self.sellers, self.costs)):
            if name in names:
                return float(numbers[names.index(name)])
        raise ValueError(f"Nobody here is called {name!r}. There are {', '.join((*self.buyers, *self.sellers))}.")

    def moved(self, *, values: float = 0.0, costs: float = 0.0) -> Cards:
        """Return the cards after a surprise: every value, or every cost, moved by so many points (never below 0).

        Examples
        --------
        >>> Cards([30, 20], [10, 25]).moved(costs=6).costs
        array([16., 31.])
        """
        return replace(self, values=np.maximum(self.values + values, 0), costs=np.maximum(self.costs + costs, 0))

    def wanted(self, price: float) -> int:
        """Return how many loads are wanted at a price: by all to whom one is worth it."""
        return int(np.count_nonzero(self.values >= price))

    def offered(self, price: float) -> int:
        """Return how many loads are offered at a price: by all whom it does not cost more."""
        return int(np.count_nonzero(self.costs <= price))


#: The Saturday market for firewood. Buyers are households; a seller bears the name of the place the wood comes from.
FIREWOOD = Cards(
    values=np.array([40.0, 36, 33, 30, 26, 21, 16, 12]),
    costs=np.array([8.0, 12, 16, 20, 24, 29, 34, 38]),
    buyers=("Ines", "Leila", "Kofi", "Bo", "Amara", "Ngozi", "Chen", "Dita"),
    sellers=("Orchard Rise", "Hilltop", "Northgate", "Old Mill", "Eastside", "Canal Street", "Low Meadow", "Harbour"),
)


@dataclass(frozen=True)
class Crossing:
    """Where the two curves meet, which nobody at the market can see.

    Parameters
    ----------
    loads
        How many change hands.
    low, high
        The prices between which all who want one and all who offer one are the same number; points.
    gain
        What values exceed costs by, added up over these loads: the most that trading can bring.
    """

    loads: int
    low: float
    high: float
    gain: float


def crossing(cards: Cards) -> Crossing:
    """Return where the cards' two curves meet.

    The buyer with the highest value is matched with the seller with the lowest cost, and so on, as long as the value
    is not below the cost. No other way of trading brings more.

    Examples
    --------
    >>> crossing(FIREWOOD)
    Crossing(loads=5, low=24.0, high=26.0, gain=85.0)
    """
    values, costs = np.sort(cards.values)[::-1], np.sort(cards.costs)
    n = min(values.size, costs.size)
    loads = int(np.count_nonzero(values[:n] >= costs[:n]))
    # The next buyer and the next seller must not want to come in; the last ones in must not want to stay out.
    low = max(costs[loads - 1] if loads else 0.0, values[loads] if loads < values.size else 0.0)
    high = min(values[loads - 1] if loads else np.inf, costs[loads] if loads < costs.size else np.inf)
    return Crossing(loads, float(low), float(high), float((values[:loads] - costs[:loads]).sum()))


@dataclass(frozen=True)
class Held:
    """What becomes of a market whose price may not move.

    Parameters
    ----------
    price
        The price that is held, points.
    wanted, offered, loads
        How many loads are wanted and offered at it; how many change hands, the smaller of the two.
    gain
        What values exceed costs by, added up: on average over all orders in which people may come.
    """

    price: float
    wanted: int
    offered: int
    loads: int
    gain: float


def held(cards: Cards, price: float) -> Held:
    """Return what trading brings at a price that is held, when chance decides who on the longer side is served.

    Examples
    --------
    Held at 16, seven want a load and three have one to sell; four go home without.

    >>> held(FIREWOOD, 16)
    Held(price=16.0, wanted=7, offered=3, loads=3, gain=50.57142857142857)
    >>> held(FIREWOOD, 25).gain == crossing(FIREWOOD).gain
    True
    """
    price = amount(price, "The price", mend="Put 0 or more.")
    buyers = cards.values[cards.values >= price] - price
    sellers = price - cards.costs[cards.costs <= price]
    loads = min(buyers.size, sellers.size)
    gain = sum(loads * float(side.mean()) for side in (buyers, sellers)) if loads else 0.0
    return Held(price, buyers.size, sellers.size, loads, gain)

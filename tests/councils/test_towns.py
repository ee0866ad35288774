"""Towns: communes and districts, and the fewest people who can win at the top, counted by hand and by force."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import councils
from parecon_edu.councils import by_districts, fewest_to_win, pyramid, winning_minority
from parecon_edu.councils.tree import Pyramid


def passes(tree, friends):
    """Whether these people (a set of numbers) carry the top, council by council."""
    votes = [person in friends for person in range(tree.population)]
    for level, councils_here in enumerate(tree.counts):
        result, at = [], 0
        for index in range(councils_here):
            members = tree.council(level, index).members
            result.append(2 * sum(votes[at : at + members]) > members)
            at += members
        votes = result
    return votes[0]


def fewest_by_force(tree):
    """Try all groups of people, small ones first."""
    people = range(tree.population)
    groups = (set(group) for n in range(tree.population + 1) for group in itertools.combinations(people, n))
    return next(len(group) for group in groups if passes(tree, group))


@pytest.mark.parametrize(("people", "size"), [(1, 3), (2, 2), (5, 3), (7, 3), (9, 3), (10, 3), (11, 4), (12, 5)])
def test_no_smaller_group_can_win_wherever_it_sits(people, size):
    tree = pyramid(people, size)
    assert fewest_to_win(tree) == fewest_by_force(tree)


@pytest.mark.parametrize("counts", [(4, 3, 2, 1), (5, 4, 2, 1), (5, 4, 3, 1), (7, 3, 2, 1), (6, 4, 3, 2, 1)])
def test_nor_where_councils_of_unlike_size_send_delegates_to_councils_of_unlike_size(counts):
    people, *councils_here = counts
    tree = Pyramid(people, tuple("abcd"[: len(councils_here)]), tuple(councils_here))
    assert fewest_to_win(tree) == fewest_by_force(tree)


def test_uneven_councils_are_won_where_it_is_cheapest():
    # Communes of 3, 2 and 2 people: two of the three are needed, and the two small ones take 2 people each.
    assert fewest_to_win(Pyramid(7, ("commune", "city"), (3, 1))) == 4
    # Communes of 4, 4 and 3: the small one takes 2, one of the others 3.
    assert fewest_to_win(Pyramid(11, ("commune", "city"), (3, 1))) == 5


@settings(deadline=None)
@given(half=st.integers(1, 30), height=st.integers(1, 5))
def test_in_a_full_pyramid_it_is_the_smallest_winning_minority(half, height):
    size = 2 * half + 1
    people = size**height
    assert fewest_to_win(pyramid(people, size)) / people == pytest.approx(winning_minority(size, height), rel=1e-12)


@settings(deadline=None)
@given(people=st.integers(1, 400_000_000), size=st.integers(2, 300))
def test_somebody_has_to_agree_and_everybody_is_always_enough(people, size):
    assert 1 <= fewest_to_win(pyramid(people, size)) <= people


def test_a_council_of_two_needs_both_so_that_even_councils_can_take_more_than_half():
    assert fewest_to_win(pyramid(4, 2)) == 4


def test_more_layers_need_fewer_friends():
    # Riverside is 51 times 51: 26 councils of 51, 26 people in each.
    assert fewest_to_win(pyramid(2601, 51)) == 26 * 26
    assert fewest_to_win(pyramid(2601, 2601)) == 1301


@pytest.mark.parametrize(("districts", "members"), [(40, 100), (4, 1000)])
def test_a_city_of_four_million_has_4000_communes(districts, members):
    city = by_districts(4_000_000, districts=districts)
    assert city.counts == (4000, districts, 1)
    assert city.sizes(1) == (members, members)


@settings(deadline=None)
@given(people=st.integers(1, 10**9), commune=st.integers(1, 3000), districts=st.integers(1, 60))
def test_communes_and_districts_end_in_one_council_and_leave_nobody_out(people, commune, districts):
    tree = by_districts(people, commune=commune, districts=districts)
    assert tree.counts[-1] == 1
    assert 1 not in tree.counts[:-1], "no level above a level of one council"
    assert tree.path(tree.counts[0] - 1)[-1].people == people
    assert tree.sizes(0)[1] <= commune


def test_up_to_ten_million_there_is_one_city_and_beyond_one_for_every_four():
    assert by_districts(10_000_000).counts == (10_000, 40, 1)
    # 10,000,001 people: 10,001 communes, three cities of 40 districts, one region of up to ten cities.
    assert by_districts(10_000_001).counts == (10_001, 120, 3, 1)


def test_the_places_are_what_they_are_called():
    assert councils.PLACES["riverside"] == 51**2
    assert councils.PLACES["country"] == 50**5


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: by_districts(0), ValueError, "population must be 1 or more"),
        (lambda: by_districts(10, commune=0), ValueError, "size of a commune"),
        (lambda: by_districts(10, districts=2.5), TypeError, "districts of a city"),
    ],
)
def test_towns_that_cannot_be_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()

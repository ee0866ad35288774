"""A pyramid is a tree: nobody is counted twice or left out, from four people to three hundred million."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu import councils
from parecon_edu.councils import Chamber, Pyramid, pyramid, settle

SOVIET = ("commune", "district", "city")


def whole(tree):
    """Every council of a tree, level by level."""
    return [[tree.council(level, i) for i in range(n)] for level, n in enumerate(tree.counts)]


@settings(deadline=None)
@given(people=st.integers(1, 3000), size=st.integers(2, 40))
def test_everybody_is_in_one_council_of_each_level(people, size):
    tree = pyramid(people, size)
    for level, row in enumerate(whole(tree)):
        assert sum(council.people for council in row) == people
        assert sum(council.members for council in row) == (people if level == 0 else tree.counts[level - 1])
        assert {council.members for council in row} <= set(tree.sizes(level))
        assert all(0 < council.members <= size for council in row)
    assert len(tree.counts) == max(1, councils.levels(people, size))
    assert tree.counts[-1] == 1


@settings(deadline=None, max_examples=30)
@given(people=st.integers(2, 400), size=st.integers(2, 9))
def test_the_way_up_is_the_way_down_turned_round(people, size):
    tree = pyramid(people, size)
    for index in range(tree.counts[0]):
        path = tree.path(index)
        for under, over in pairwise(path):
            assert under in list(tree.below(over))
    for row in whole(tree)[1:]:
        for council in row:
            assert sum(under.people for under in tree.below(council)) == council.people
            assert len(list(tree.below(council))) == council.members


@settings(deadline=None)
@given(size=st.integers(2, 50), height=st.integers(1, 6))
def test_a_full_pyramid_has_as_many_councils_as_the_formula_says(size, height):
    tree = pyramid(size**height, size)
    assert tree.councils == councils.count(size, height)
    assert tree.delegates == tree.councils - 1, "every council but the top sends one"


def test_three_hundred_million_people_are_no_more_work_than_four():
    tree = pyramid(312_500_000, 50)
    assert [c.people for c in tree.path(6_249_999)] == [50, 2500, 125_000, 6_250_000, 312_500_000]
    small = pyramid(4, 2)
    assert [c.people for c in small.path(1)] == [2, 4]


@pytest.mark.parametrize(("districts", "delegates"), [(40, 100), (4, 1000)])
def test_seed_002_has_4000_communes_in_a_city_of_four_million(districts, delegates):
    city = Pyramid(4_000_000, SOVIET, (4000, districts, 1))
    assert [c.members for c in city.path(0)] == [1000, delegates, districts]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: Pyramid(10, SOVIET, (4, 5, 1)), ValueError, "'district' has too many councils: 5 for 4 councils"),
        (lambda: Pyramid(3, SOVIET, (4, 2, 1)), ValueError, "'commune' has too many councils: 4 for 3 people"),
        (lambda: Pyramid(10, SOVIET, (4, 2)), ValueError, "3 names and 2 numbers"),
        (lambda: Pyramid(10, (), ()), ValueError, "at least one"),
        (lambda: Pyramid(10, ("a", "a"), (2, 1)), ValueError, "'a' comes up 2 times"),
        (lambda: Pyramid(10, "ab", (2, 1)), TypeError, "list of names"),
        (lambda: Pyramid(10, SOVIET, (4, 2.0, 1)), TypeError, "whole number"),
        (lambda: Pyramid(10, SOVIET, 4), TypeError, "list of whole numbers"),
        (lambda: Pyramid(0, SOVIET, (4, 2, 1)), ValueError, "1 or more"),
        (lambda: pyramid(1000, 10, names=["commune"]), ValueError, "too few names"),
        (lambda: pyramid(1000, 10).council(7, 0), ValueError, "no level 7"),
        (lambda: pyramid(1000, 10).council(2, 1), ValueError, "no council 1"),
    ],
)
def test_a_tree_that_cannot_stand_is_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()


VALLEY = Chamber("valley", seats=0.2, veto=("dam",), reserved=("language",))


def test_a_veto_stops_only_what_it_is_for():
    against = {"valley": 0.1}
    dam, railway = (settle(matter, 0.9, [VALLEY], support=against) for matter in ("dam", "railway"))
    assert (dam.passes, dam.blocked_by) == (False, ("valley",))
    assert (railway.passes, railway.blocked_by) == (True, ())
    assert dam.support == railway.support == pytest.approx(0.8 * 0.9 + 0.2 * 0.1)


def test_a_veto_is_not_enough_to_carry_a_proposal():
    assert not settle("dam", 0.1, [VALLEY], support={"valley": 1}).passes


def test_a_reserved_matter_is_decided_by_its_chamber_alone():
    assert settle("language", 0.0, [VALLEY], support={"valley": 0.6}).passes
    assert settle("language", 1.0, [VALLEY], support={"valley": 0.4}).decided_by == "valley"


def test_a_tie_leaves_things_as_they_are():
    thirds = [Chamber("a", seats=0.1), Chamber("b", seats=0.2)]
    # .1 · 1 + .2 · 1 + .7 · 2/7 = ½ on paper, not quite so in floating-point numbers.
    assert not settle("road", 2 / 7, thirds, support={"a": 1, "b": 1}).passes
    assert not settle("dam", 1, [VALLEY], support={"valley": 0.5}).passes
    assert not settle("language", 1, [VALLEY], support={"valley": 0.5}).passes, "a chamber that decides alone, too"


def test_chambers_may_have_all_seats_and_then_the_pyramid_has_none():
    all_seats = [Chamber("a", seats=0.1), Chamber("b", seats=0.2), Chamber("c", seats=0.7)]
    ruling = settle("road", 1, all_seats, support={"a": 0, "b": 0, "c": 0.6})
    assert (ruling.support, ruling.passes) == (pytest.approx(0.42), False)


@settings(deadline=None)
@given(p=st.floats(0, 1), seats=st.floats(0, 1))
def test_seats_of_its_own_keep_a_minority_in_the_room(p, seats):
    share = councils.heard(p, 25, 4, seats=seats)
    assert share >= seats - 1e-12
    assert councils.heard(p, 25, 4) == councils.mixing(p, 25, 4)[-1]
    assert councils.heard(p, 25, 0, seats=0) == p


def test_seats_of_its_own_are_taken_from_the_pyramids():
    # Of three, two or three must hold it: 3 · .36 · .4 + .216 = .648. A quarter is reserved, three quarters are not.
    assert councils.heard(0.6, 3, 1, seats=0.25) == pytest.approx(0.25 + 0.75 * 0.648)
    assert councils.heard(1, 3, 1, seats=0.25) == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: Chamber("x", seats=1.5), ValueError, "seats of 'x'"),
        (lambda: Chamber(3), TypeError, "you gave 3"),
        (lambda: Chamber("x", veto="dam"), TypeError, "list of names"),
        (lambda: Chamber("x", veto=("dam",), reserved=("dam",)), ValueError, "'dam' is in both"),
        (lambda: settle("dam", 0.5, [VALLEY], support={}), ValueError, "'valley' is missing"),
        (lambda: settle("dam", 0.5, [VALLEY], support={"valley": 1, "vally": 1}), ValueError, "no chamber 'vally'"),
        (lambda: settle("dam", 0.5, [VALLEY], support={"valley": 2}), ValueError, "between 0 and 1"),
        (lambda: settle("dam", 1.5, [], support={}), ValueError, "between 0 and 1"),
        (lambda: settle("dam", 0.5, ["valley"], support={}), TypeError, "made with Chamber"),
        (lambda: settle("dam", 0.5, [VALLEY, VALLEY], support={"valley": 1}), ValueError, "2 times"),
        (
            lambda: settle("dam", 0.5, [VALLEY, Chamber("b", seats=0.9)], support={"valley": 1, "b": 1}),
            ValueError,
            "more than all seats",
        ),
        (
            lambda: settle(
                "language", 0.5, [VALLEY, Chamber("b", reserved=("language",))], support={"valley": 1, "b": 1}
            ),
            ValueError,
            "reserved for 'valley' and for 'b'",
        ),
    ],
)
def test_chambers_that_contradict_each_other_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()

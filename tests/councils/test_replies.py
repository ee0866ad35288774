"""Replies to a minority that vanishes: each gives something, each has its price, and none gives everything."""

from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.councils import REPLIES, between_elections, levels, reply, way_up, winning_minority
from parecon_edu.decisions import banzhaf, jury

MINORITY = 0.45


@settings(deadline=None)
@given(p=st.floats(0.001, 0.499), half=st.integers(1, 25), height=st.integers(1, 5))
def test_without_a_reply_a_minority_is_outvoted_in_everything(p, half, height):
    alone = reply("nothing", p, 2 * half + 1, height=height, delegation=1)
    assert (alone.spared, alone.own, alone.common) == (0, 0, 1)
    assert alone.seats <= p
    assert alone.price == pytest.approx(p - alone.seats)


def test_no_reply_does_everything():
    for name in REPLIES:
        effect = reply(name, MINORITY)
        assert min(astuple(effect)[1:5]) < 1, f"{name} has no weakness"


def test_seats_bring_a_minority_into_the_room_and_still_lose_it_every_vote():
    seats = reply("seats", MINORITY, seats=MINORITY)
    assert seats.seats == pytest.approx(MINORITY)
    assert (seats.spared, seats.own) == (0, 0)
    assert seats.price == pytest.approx(1), "in proportion, everybody weighs the same"
    assert reply("seats", MINORITY, seats=0.51).own == 1, "above half, the minority rules the majority"
    # Six tenths of the top for .45 of the people: (.6 / .4) · (.55 / .45).
    assert reply("seats", MINORITY, seats=0.6).price == pytest.approx(0.6 / 0.4 * 0.55 / 0.45)


def test_half_the_seats_stop_a_decision_and_carry_none():
    half = reply("seats", MINORITY, seats=0.5)
    assert (half.spared, half.own) == (1, 0)


@settings(deadline=None)
@given(p=st.floats(0.001, 0.499), chambers=st.integers(1, 12))
def test_a_veto_spares_its_people_and_stops_common_projects_too(p, chambers):
    veto = reply("veto", p, chambers=chambers)
    assert (veto.spared, veto.own) == (1, 0), "it stops; it carries nothing"
    assert veto.common == pytest.approx(0.9**chambers)
    assert veto.price == pytest.approx(p / 2)


def test_seven_chambers_with_a_veto_stop_more_than_half_of_what_both_sides_want():
    # Seed 002 names seven kinds of parallel council and more: 0.9 ** 7 = .478.
    assert reply("veto", MINORITY, chambers=7).common < 0.5 < reply("veto", MINORITY, chambers=6).common


def test_autonomy_gives_its_people_their_own_affairs_and_nothing_else():
    own = reply("own", MINORITY)
    assert (own.spared, own.own) == (0, 1)
    assert own.price == pytest.approx(0.55)


@settings(deadline=None)
@given(less=st.floats(0, 1), more=st.floats(0, 1))
def test_a_court_protects_the_better_the_less_it_looks_at_the_assembly(less, more):
    low, high = sorted((less, more))
    assert reply("court", MINORITY, independence=low).spared <= reply("court", MINORITY, independence=high).spared


def test_a_court_that_belongs_to_the_assembly_protects_nobody():
    tame, free = reply("court", MINORITY, independence=0), reply("court", MINORITY)
    assert (tame.spared, tame.price) == (0, 0)
    assert free.spared == pytest.approx(jury(0.8, 9))
    assert free.price == pytest.approx(1 - jury(0.8, 9)), "as often wrong against the majority as against the minority"
    assert free.common == pytest.approx(1 - free.price)


def test_lists_help_a_minority_only_if_the_others_are_not_of_one_mind():
    assert reply("lists", MINORITY, lists=1).own == 0
    assert reply("lists", MINORITY, lists=2).own == pytest.approx(1 / 3)
    assert reply("lists", 0.3, lists=3).own == pytest.approx(banzhaf(501, [300, 234, 233, 233])[0])
    assert reply("lists", MINORITY).price == between_elections(0.01, 48)


def test_delegations_keep_the_share_and_need_more_levels():
    many = reply("delegations", MINORITY, 25, height=3, delegation=5)
    assert many.seats == MINORITY
    # 25 ** 3 people; councils of 25 that send five join five councils: twice the levels.
    assert levels(25**3, 5) == 6
    assert many.price == pytest.approx(6 / 3)


@settings(deadline=None)
@given(p=st.floats(0, 1), half=st.integers(1, 50), height=st.integers(1, 6))
def test_one_sides_best_places_are_the_others_worst(p, half, height):
    size = 2 * half + 1
    best, by_lot, worst = way_up(p, size, height)
    other_best, other_by_lot, other_worst = way_up(1 - p, size, height)
    assert [1 - s for s in worst] == pytest.approx(other_best, abs=1e-9)
    assert [1 - s for s in best] == pytest.approx(other_worst, abs=1e-9)
    assert [1 - s for s in by_lot] == pytest.approx(other_by_lot, abs=1e-9)
    assert all(w - 1e-9 <= middle <= b + 1e-9 for w, middle, b in zip(worst, by_lot, best, strict=True))


@settings(deadline=None)
@given(half=st.integers(1, 50), height=st.integers(1, 6))
def test_in_the_best_places_the_smallest_winning_minority_just_takes_all(half, height):
    size = 2 * half + 1
    least = winning_minority(size, height)
    assert way_up(least, size, height)[0][-1] == pytest.approx(1)
    assert way_up(0.99 * least, size, height)[0][-1] == pytest.approx(0.99)


@settings(deadline=None)
@given(drift=st.floats(0, 1), periods=st.integers(1, 100))
def test_a_term_is_averaged_month_by_month(drift, periods):
    share, total = 1.0, 0.0
    for _ in range(periods):
        share *= 1 - drift
        total += share
    assert between_elections(drift, periods) == pytest.approx(total / periods, abs=1e-12)


def test_a_parliament_beats_a_pyramid_where_recall_is_hardly_used_and_loses_where_it_is():
    from parecon_edu.councils import faithful_share

    parliament = between_elections(0.01, 48)
    assert faithful_share(0.01, 0.05, levels=5) < parliament < faithful_share(0.01, 0.4, levels=5)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: reply("luck", 0.4), ValueError, "no reply 'luck'"),
        (lambda: reply("veto", 0.5), ValueError, "less than half"),
        (lambda: reply("veto", 0), ValueError, "less than half"),
        (lambda: reply("seats", 0.4, seats=1.2), ValueError, "share of seats"),
        (lambda: reply("veto", 0.4, chambers=0), ValueError, "1 or more"),
        (lambda: reply("court", 0.4, independence=2), ValueError, "Independence"),
        (lambda: reply("lists", 0.4, lists=0), ValueError, "Lists"),
        (lambda: reply("delegations", 0.4, 5, delegation=5), ValueError, "Put fewer than 5"),
        (lambda: reply("nothing", 0.4, 4, delegation=1), ValueError, "odd"),
        (lambda: between_elections(0.1, 0), ValueError, "The term"),
        (lambda: way_up(1.2, 5, 2), ValueError, "between 0 and 1"),
    ],
)
def test_wrong_numbers_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()

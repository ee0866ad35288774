"""The planning office and its mills: truth is as good as the best, lies cost what they hide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.institutions.central.office import (
    BONUSES,
    HABITS,
    YEARS,
    Mill,
    Office,
    believe,
    open_office,
    output,
    play,
    press,
    probe,
    promise_pay,
    report,
    worn,
)

TOWNS = range(1, 31)
shares = st.floats(0.05, 0.6)
sizes = st.integers(20, 500)


def two(*, hides: float = 0.25, bonus: str = "target") -> Office:
    return Office((Mill("Honest", (100,) * 4), Mill("Sly", (140,) * 4, hides)), bonus=bonus)


@pytest.mark.parametrize("town", TOWNS)
def test_with_true_reports_the_plan_is_carried_out_and_nothing_better_was_possible(town):
    office = play(open_office(town, liars=False), believe)
    for year in office.years:
        assert year.made == year.target == year.capacity
    assert office.made == office.possible


@given(sizes, shares)
def test_believing_a_mill_that_hides_costs_what_it_hides_and_no_more(capacity, hides):
    office = play(Office((Mill("Sly", (capacity,) * 3, hides),)), believe)
    for year in office.years:
        assert year.made == year.report
        assert abs(year.kept[0] - hides * capacity) <= 1 + 1e-9  # whole coats
    assert office.possible - office.made == sum(year.kept[0] for year in office.years)


def test_by_hand_two_reports_that_look_alike_and_two_orders_a_tenth_higher():
    # 100 told 110: makes 100, half of the 10 % too much is worn out. 140 hides a quarter, says 105, makes 115; next
    # year it expects the same again: 105 / (115/105) = 95.87.
    office = two()
    assert office.reports == (100, 105)
    office = office.give((110, 115))
    assert office.years[0].made == (100, 115)
    assert office.years[0].met == (False, True)
    assert office.reports == (95, 95)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3])
def test_a_rise_that_is_expected_brings_nothing_from_the_second_year_on(share):
    # The mill says 1/(1 + m) of its easy pace and is told (1 + m) of that: its easy pace, less what is rounded.
    office = play(Office((Mill("Sly", (10_000,) * 4, 0.25),)), lambda now: press(now, share))
    for year in office.years[1:]:
        assert year.made[0] == pytest.approx(7_500, abs=3)


@pytest.mark.parametrize("town", TOWNS)
def test_pressing_all_alike_brings_less_than_believing_all(town):
    office = open_office(town)
    assert play(office, press).made < play(office, believe).made


def test_testing_each_mill_brings_more_than_believing_all_on_the_average_and_less_than_the_truth():
    mean = {habit: np.mean([play(open_office(town), habit).share for town in TOWNS]) for habit in (believe, probe)}
    assert mean[believe] < mean[probe] < 0.95


def test_testing_a_mill_that_hides_climbs_until_it_fails_and_then_holds_the_most_it_has_made():
    # It says 105 of 140: told 105 x 1.05 = 110, then a tenth more each year, 121, 133, 146. That is too much: it goes
    # back to its easy pace, 105, and is told 133 from then on, whatever it says.
    office = play(Office((Mill("Sly", (140,) * 6, 0.25),)), probe)
    assert [year.target for year in office.years] == [(110,), (121,), (133,), (146,), (133,), (133,)]
    assert [year.made for year in office.years] == [(110,), (121,), (133,), (105,), (133,), (133,)]


def test_testing_a_truthful_mill_strains_it_once_and_believes_it_in_good_years_and_bad():
    # 105 is too much for 100: half of the 5 % is worn out. From then on it is told what it says, .975 of what it could.
    office = play(Office((Mill("Honest", (100, 100, 80, 90)),)), probe)
    assert [year.target for year in office.years] == [(105,), (97,), (78,), (87,)]
    assert [year.made for year in office.years] == [(100,), (97,), (78,), (87,)]


def test_a_truthful_mill_learns_to_hide_after_two_impossible_targets_and_not_after_one():
    office = two().give((110, 105)).give((100, 105))
    assert office.years[1].truthful[0]
    office = two().give((110, 105)).give((120, 105))
    office = office.give(office.reports)
    assert not office.years[2].truthful[0]
    assert office.years[2].report[0] < 0.8 * office.years[2].capacity[0]


def test_wear_comes_on_top_of_wear():
    # 110 for 100 leaves .95 of it; 105 for 95 takes half of 10/95: .95 (1 - 5/95) = .9.
    office = Office((Mill("Honest", (100,) * 3),)).give((110,)).give((105,))
    assert [year.capacity for year in office.years] == [(100,), (95,)]
    assert office.give((0,)).years[2].capacity == (90,)


def test_only_last_years_pressure_is_expected_again_and_a_low_target_is_none():
    # Easy pace 105 of 140; told 115 it expects 115/105 again: 95. Then believed, then told less: 105 each time.
    office = two().give((100, 115))
    assert office.reports[1] == 95
    office = office.give((100, 95))
    assert office.reports[1] == 105
    assert office.give((100, 50)).reports[1] == 105


def test_a_mill_of_one_coat_says_none_hides_and_wears_out_and_can_still_make_one():
    office = Office((Mill("Sly", (1, 1, 1), 0.5), Mill("Honest", (1, 1, 1))))
    assert office.reports == (0, 1)
    office = office.give((3, 3)).give((1, 1)).give((2, 1))
    assert [year.capacity for year in office.years] == [(1, 1)] * 3
    assert [year.made for year in office.years] == [(0, 1), (1, 1), (0, 1)]


def test_whoever_hides_is_never_worn_out_and_whoever_strains_is():
    assert worn(150, 140, hides=0.25) == 1.0
    assert worn(110, 100, hides=0.0) == pytest.approx(0.95)
    assert worn(1000, 100, hides=0.0) == pytest.approx(0.8), "at most a fifth"


@given(st.floats(0, 1000), st.floats(1, 1000), shares)
def test_nobody_makes_more_than_the_target_or_more_than_it_can(target, capacity, hides):
    for share in (0.0, hides):
        made = output(target, capacity, hides=share)
        assert 0 <= made <= min(target, capacity) + 1e-6


@given(sizes, shares)
def test_out_of_reach_a_mill_that_hides_goes_back_to_its_easy_pace_and_a_truthful_one_makes_all_it_can(can, hides):
    assert output(can + 1, can, hides=hides) == int((1 - hides) * can + 1e-9)
    assert output(can + 1, can, hides=0.0) == can
    assert output(can, can, hides=hides) == can, "within reach it is made, for the bonus"


@given(st.floats(20, 500), shares, st.floats(0, 0.5))
def test_a_report_falls_with_what_is_hidden_and_with_the_rise_that_is_expected(capacity, hides, pressed):
    honest = report(capacity, hides=0.0, pressed=pressed)
    sly = report(capacity, hides=hides)
    assert honest == int(capacity) >= sly >= report(capacity, hides=hides, pressed=pressed)


@given(st.integers(1, 300), st.floats(0.1, 0.95), st.floats(1.05, 3))
def test_where_a_promise_is_worth_more_than_a_surprise_and_a_breach_costs_more_still_the_truth_pays_best(
    can, over, short
):
    pays = [promise_pay(promise, can, kept=1.0, over=over, short=short) for promise in range(2 * can + 1)]
    assert int(np.argmax(pays)) == can


def test_where_more_than_promised_pays_better_than_the_promise_it_pays_to_promise_little():
    pays = [promise_pay(promise, 100, kept=1.0, over=1.2) for promise in range(151)]
    assert int(np.argmax(pays)) == 0


@pytest.mark.parametrize("town", TOWNS)
def test_the_bonus_for_kept_promises_brings_everything_until_the_office_breaks_its_word(town):
    office = open_office(town, bonus="promise")
    assert play(office, believe).share == 1.0
    kept, broken = office.give(office.reports), office.give([said + 1 for said in office.reports])
    hiding = [mill.hides > 0 for mill in office.mills]
    assert all(play(kept, believe).years[1].truthful)
    for year in play(broken, believe).years[1:]:
        assert [not told for told in year.truthful] == hiding, "one broken word, and they hide as before"
    assert play(broken, believe).share < 1


def test_the_same_town_has_the_same_mills_whether_they_lie_or_not():
    for town in (1, 7, 33):
        lying, honest = open_office(town), open_office(town, liars=False)
        assert [mill.capacity for mill in lying.mills] == [mill.capacity for mill in honest.mills]
        assert 1 <= sum(mill.hides > 0 for mill in lying.mills) <= 2, "some lie, some tell the truth"
        assert not any(mill.hides for mill in honest.mills)
        assert all(mill.capacity[0] % 5 == 0 for mill in honest.mills), "the game begins with round numbers"


def test_an_office_is_never_changed_by_giving_orders_and_a_year_can_be_taken_back():
    office = two()
    later = office.give((100, 105))
    assert office.years == ()
    assert later.undo() == office
    assert len(later.years) == 1
    with pytest.raises(ValueError, match="nothing to take back"):
        office.undo()


def test_bad_orders_are_refused_in_words():
    office = two()
    with pytest.raises(ValueError, match="2 mills"):
        office.give((1, 2, 3))
    with pytest.raises(ValueError, match="Sly in year 1"):
        office.give((1, -2))
    with pytest.raises(TypeError, match="Honest"):
        office.give((1.5, 2))
    done = play(office, believe)
    with pytest.raises(ValueError, match="years are over"):
        done.give((1, 2))
    with pytest.raises(ValueError, match="Pick one"):
        Office(office.mills, bonus="medals")
    assert BONUSES == ("target", "promise")
    assert len(HABITS) == 3
    assert YEARS == 5
    for bad in (
        {"capacity": (0,)},
        {"capacity": ()},
        {"capacity": (5,), "hides": 1.0},
        {"capacity": (5,), "hides": -1},
    ):
        with pytest.raises(ValueError, match="X"):
            Mill("X", **bad)

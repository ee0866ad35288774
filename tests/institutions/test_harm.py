"""One harm, one price: Pigou's triangle in closed form, and what each way of settling it leaves to whom."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from parecon_edu.economy import pollution
from parecon_edu.institutions.market.harm import SMOKE, Smoke, agree, best, charged, revealed, talks, tolls

smokes = st.builds(
    Smoke,
    first_gain=st.floats(20, 200),
    gain_falls=st.floats(0.1, 5),
    first_harm=st.floats(0, 19),
    harm_rises=st.floats(0, 5),
)


def ways(smoke):
    return [best(smoke), charged(0, smoke), charged(70, smoke), revealed(smoke), tolls(3, smoke), talks(3, smoke)]


def test_the_numbers_of_the_course():
    # MB = 100 - 2e, MD = 10 + e: equal at e = 30, p = 40; credit 30·40 = 1200, damage 300 + 450 = 750.
    right = revealed()
    assert (right.emissions, right.charge) == (30, 40)
    assert right.charge * right.emissions == 1200
    assert SMOKE.damage(right.emissions) == 750
    assert right.downwind == 1200 - 750
    assert right.plant == 100 * 30 - 30**2 - 1200


def test_a_charge_goes_to_the_whole_town_and_a_credit_to_those_downwind():
    assert (charged(40).town, charged(40).downwind) == (1200, -750)
    assert (revealed().town, revealed().downwind) == (0, 1200 - 750)


@given(smokes, st.floats(0, 300))
def test_what_is_lost_is_pigous_triangle(smoke, charge):
    # Between what is smoked and what is best, gain and harm part in straight lines: a triangle (b + d) Δe² / 2.
    off = charged(charge, smoke).emissions - best(smoke).emissions
    expected = (smoke.gain_falls + smoke.harm_rises) * off**2 / 2
    assert charged(charge, smoke).lost == pytest.approx(expected, rel=1e-7, abs=1e-7)


@given(smokes)
def test_no_amount_of_smoke_is_better_than_the_best(smoke):
    right = best(smoke)
    tried = [smoke.gain(e) - smoke.damage(e) for e in np.linspace(0, smoke.free, 101)]
    assert max(tried) <= right.together + 1e-7
    assert smoke.worth(right.emissions) == pytest.approx(smoke.hurts(right.emissions))


@given(smokes)
def test_payments_move_between_the_three_and_make_nothing(smoke):
    for way in [*ways(smoke), agree("plant", smoke), agree("downwind", smoke, split=0.4)]:
        assert way.plant + way.downwind + way.town == pytest.approx(way.together, abs=1e-6)
        assert way.lost == pytest.approx(best(smoke).together - way.together, abs=1e-6)
        assert way.lost >= -1e-7


def test_a_charge_twice_too_high_loses_as_much_as_none_and_a_ban_more():
    assert charged(0).lost == charged(80).lost == 600
    assert charged(100).emissions == 0
    assert charged(100).lost == 1350 == best().together


def test_a_charge_above_the_worth_of_the_first_unit_is_a_ban():
    assert charged(250).emissions == 0
    assert charged(250).lost == charged(100).lost


@given(smokes)
def test_those_downwind_who_take_the_charge_as_given_find_pigous_charge(smoke):
    # They permit S(p) = (p - c)/d; the same answer as the economy's own mechanism finds by raising the charge.
    mechanism = pollution.settle(
        smoke.emitted, lambda p: max(0.0, p - smoke.first_harm) / smoke.harm_rises if smoke.harm_rises else math.inf
    )
    right = revealed(smoke)
    if smoke.harm_rises > 0.01:
        assert right.charge == pytest.approx(mechanism.charge, rel=1e-6)
        assert right.emissions == pytest.approx(mechanism.emissions, rel=1e-6, abs=1e-6)
    assert charged(right.charge, smoke).emissions == pytest.approx(right.emissions)


def test_one_seller_of_permission_does_what_a_monopolist_does():
    alone = tolls(1)
    held = pollution.hold_back(SMOKE.emitted, SMOKE.damage, highest=100)
    assert (alone.emissions, alone.charge) == pytest.approx((held.emissions, held.charge), abs=1e-3)
    assert alone.downwind > revealed().downwind, "holding back pays those who hold back"


@pytest.mark.parametrize("n", [1, 2, 4, 10])
def test_no_toll_taker_gains_by_another_toll(n):
    found = tolls(n)
    others = found.charge * (n - 1) / n

    def loss(toll):
        e = SMOKE.emitted(others + toll)
        return SMOKE.damage(e) / n - toll * e

    reply = minimize_scalar(loss, bounds=(0, 100 - others), method="bounded", options={"xatol": 1e-10}).x
    assert reply == pytest.approx(found.charge / n, abs=1e-4)


@pytest.mark.parametrize("n", [1, 2, 4, 10])
def test_no_part_gains_by_buying_more_or_less_clean_air(n):
    # Each may buy further units away at what the plant gives up; what the others bought stays bought.
    found = talks(n).emissions
    for bought in np.linspace(0, 5, 26):
        e = found - bought
        paid = SMOKE.gain(found) - SMOKE.gain(e)
        spared = (SMOKE.damage(found) - SMOKE.damage(e)) / n
        assert spared - paid <= 1e-9
    if found < SMOKE.free:
        assert SMOKE.worth(found) == pytest.approx(SMOKE.hurts(found) / n)


@given(smokes)
def test_one_party_on_each_side_agrees_on_the_best_whoever_has_the_right(smoke):
    for way in (agree("plant", smoke), agree("downwind", smoke), talks(1, smoke)):
        assert way.emissions == pytest.approx(best(smoke).emissions, abs=1e-9)
        assert way.lost == pytest.approx(0, abs=1e-6)
    assert talks(1, smoke).plant == pytest.approx(agree("plant", smoke).plant, abs=1e-6)


def test_nobody_is_worse_off_by_an_agreement_than_by_their_right():
    for split in (0.0, 0.3, 1.0):
        bought, sold = agree("plant", split=split), agree("downwind", split=split)
        assert bought.plant >= charged(0).plant - 1e-9
        assert bought.downwind >= charged(0).downwind - 1e-9
        assert sold.plant >= -1e-9
        assert sold.downwind >= -1e-9
    assert agree("downwind").downwind - agree("plant").downwind == 1150, "the right itself is worth a lot"


def test_the_more_sit_at_the_table_each_for_themselves_the_more_is_lost_on_either_side():
    for way in (talks, tolls):
        lost = [way(n).lost for n in (1, 2, 4, 20, 2000)]
        assert lost == sorted(lost)
        assert lost[0] < lost[1]
    assert talks(10**6).emissions == pytest.approx(SMOKE.free, abs=1e-3)
    assert tolls(10**6).emissions == pytest.approx(0, abs=1e-3)
    assert tolls(4).lost > charged(0).lost, "four tolls do more damage than no charge"


@given(st.floats(20, 200), st.floats(0.1, 5))
@example(103.3214884562555, 0.1)  # a - b (a/b) is -1e-14 here: rounding is no reason to charge less than nothing
def test_smoke_that_harms_nobody_is_best_left_free(first_gain, gain_falls):
    """With c = d = 0 the last unit is worth what it harms, nothing, where e = a/b, which is all that is ever smoked."""
    harmless = Smoke(first_gain=first_gain, gain_falls=gain_falls, first_harm=0, harm_rises=0)
    for way in (best(harmless), revealed(harmless), talks(1, harmless), talks(4, harmless)):
        assert way.emissions == pytest.approx(harmless.free)
        assert way.charge == pytest.approx(0, abs=1e-9 * first_gain)
        assert charged(way.charge, harmless).lost == pytest.approx(0, abs=1e-6)


def test_smoke_that_harms_more_than_it_is_worth_from_the_first_unit_on_is_best_left_out():
    foul = Smoke(first_gain=10, first_harm=30)
    ways = (best(foul), revealed(foul), tolls(2, foul), talks(1, foul), agree("downwind", foul), agree("plant", foul))
    for way in ways:
        assert way.emissions == 0
        assert way.lost == 0
        assert way.charge == 10, "what the plant forgoes by its first unit: dearer than that nothing has to be"


@pytest.mark.parametrize("split", [0.0, 0.4, 1.0])
def test_whoever_has_the_right_is_made_good_and_gets_their_part_of_what_there_is_to_gain(split):
    """Free smoke leaves 2500 - 1750 = 750 to all, none leaves 0, the best 1350: 600 or 1350 to gain by agreeing."""
    bought, sold = agree("plant", split=split), agree("downwind", split=split)
    assert (bought.plant, bought.downwind) == pytest.approx((2500 + split * 600, -1750 + (1 - split) * 600))
    assert (sold.downwind, sold.plant) == pytest.approx((split * 1350, (1 - split) * 1350))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: charged(-1), "The charge must be 0 or more"),
        (lambda: charged(math.nan), "finite"),
        (lambda: charged("40"), "single number"),
        (lambda: tolls(0), "number of parts must be 1 or more"),
        (lambda: talks(1.5), "whole number"),
        (lambda: agree("town"), "'plant' or 'downwind'"),
        (lambda: agree("plant", split=2), "The split"),
        (lambda: Smoke(gain_falls=0), "How fast its worth falls must be above 0"),
        (lambda: Smoke(first_harm=-3), "What the first unit costs"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()

"""Few sellers and few employers: closed forms, best replies, and limits where many stand for the market's best case."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parecon_edu.institutions.market.power import bargain, best_number, entry, hire, saving_needed, sell

demands = st.fixed_dictionaries(
    {"choke": st.floats(50, 200), "slope": st.floats(0.1, 5), "cost": st.floats(1, 45)},
)
numbers = st.integers(1, 60)


def test_the_numbers_of_the_course():
    # P = 100 - Q, c = 20: Q = n·80/(n+1), triangle 80²/(2(n+1)²).
    two = sell(2)
    assert (two.quantity, two.price, two.lost) == pytest.approx((160 / 3, 140 / 3, 6400 / 18))
    assert (sell(1).price, sell(1).quantity, sell(1).lost) == (60, 40, 800)


@given(numbers, demands)
def test_no_seller_gains_by_bringing_more_or_less(n, demand):
    sold = sell(n, **demand)
    mine, others = sold.quantity / n, sold.quantity * (n - 1) / n

    def profit(q):
        return (demand["choke"] - demand["slope"] * (others + q) - demand["cost"]) * q

    assert all(profit(mine * share) <= profit(mine) + 1e-7 for share in np.linspace(0, 2, 41))


@given(numbers, demands)
def test_the_markup_is_one_over_n_times_the_elasticity(n, demand):
    sold = sell(n, **demand)
    elasticity = sold.price / (demand["slope"] * sold.quantity)
    assert sold.markup == pytest.approx(1 / (n * elasticity))


@given(numbers, demands)
def test_what_is_lost_is_the_triangle_and_buyers_gain_by_every_further_seller(n, demand):
    sold, more = sell(n, **demand), sell(n + 1, **demand)
    full = (demand["choke"] - demand["cost"]) / demand["slope"]
    assert sold.lost == pytest.approx((sold.price - demand["cost"]) * (full - sold.quantity) / 2, abs=1e-6)
    assert more.price < sold.price
    assert more.buyers > sold.buyers
    assert more.sellers < sold.sellers
    assert more.lost < sold.lost


def test_very_many_sellers_sell_at_cost():
    many = sell(10**7)
    assert many.price == pytest.approx(20, abs=1e-4)
    assert many.together == pytest.approx(3200, abs=1e-3)


# The cost of being in the market as a share of (a - c)²/b: a lone seller earns a quarter of that.
shares = st.floats(1 / 3000, 1 / 4)


def fixed_cost(share, demand):
    return share * (demand["choke"] - demand["cost"]) ** 2 / demand["slope"]


@given(shares, demands)
def test_sellers_come_until_the_next_one_would_not_earn_the_cost_of_being_there(share, demand):
    fixed = fixed_cost(share, demand)
    n = entry(fixed, **demand)
    assert n >= 1
    assert sell(n, fixed=fixed, **demand).sellers >= -1e-6 * fixed
    assert sell(n + 1, fixed=fixed, **demand).sellers < 1e-6 * fixed


@given(shares.map(lambda share: 2 * share), demands)
def test_the_best_number_is_the_best_of_all_tried_and_never_more_than_come(share, demand):
    fixed = fixed_cost(share, demand)
    together = {n: sell(n, fixed=fixed, **demand).together for n in range(1, 60)}
    best = best_number(fixed, **demand)
    assert together[best] == pytest.approx(max(together.values()))
    assert best <= max(1, entry(fixed, **demand)), "too many come, or just enough"


@pytest.mark.parametrize("slope", [0.1, 0.3, 1.0])
def test_whoever_earns_just_the_cost_of_being_there_stays_in_spite_of_rounding(slope):
    # Each of n earns 80²/(b(n+1)²).
    assert [entry(80**2 / (slope * (n + 1) ** 2), slope=slope) for n in range(1, 60)] == list(range(1, 60))


def test_with_fixed_cost_100_seven_come_and_three_are_best():
    # (80/10) - 1 = 7 and (6400/100)^(1/3) - 1 = 3; the seventh earns just the 100 it costs to be there.
    assert (entry(100), best_number(100)) == (7, 3)
    assert sell(7, fixed=100).sellers == pytest.approx(0)
    assert entry(1600) == 1
    assert entry(1601) == 0, "nobody comes: even alone one would not earn it"


def test_fixed_cost_is_paid_by_every_seller_and_counted_as_lost_beyond_the_first():
    for n in (1, 3, 7):
        assert sell(n).sellers - sell(n, fixed=100).sellers == pytest.approx(100 * n)
        assert sell(n, fixed=100).lost - sell(n).lost == pytest.approx(100 * (n - 1))


@pytest.mark.parametrize(("before", "after"), [(2, 1), (3, 2), (10, 3), (5, 5)])
def test_the_saving_that_is_needed_leaves_together_or_the_price_where_it_was(before, after):
    lower = 20 * (1 - saving_needed(before, after))
    assert sell(after, cost=lower).together == pytest.approx(sell(before).together)
    saving = saving_needed(before, after, for_buyers=True, cost=60)
    assert sell(after, cost=60 * (1 - saving)).price == pytest.approx(sell(before, cost=60).price)


def test_buyers_ask_for_a_larger_saving_than_buyers_and_sellers_together():
    for before in range(2, 12):
        assert 0 < saving_needed(before, before - 1) < saving_needed(before, before - 1, for_buyers=True)
    assert saving_needed(2, 1, for_buyers=True) > 1, "nothing a lone seller could save would keep the price down"


# --- hiring -----------------------------------------------------------------------------------------------------------


def test_one_employer_pays_less_and_hires_less_than_many():
    # 50 - .2L = 10 + .6L gives L = 50, w = 25, worth 40; many: 50 - .2L = 10 + .3L gives 80 hours at 34.
    alone, many = hire(1), hire(10**7)
    assert (alone.hours, alone.wage, alone.worth) == pytest.approx((50, 25, 40))
    assert (many.hours, many.wage) == pytest.approx((80, 34), abs=1e-4)
    assert alone.lost == pytest.approx(15 * 30 / 2)
    assert many.lost == pytest.approx(0, abs=1e-6)


@given(numbers)
def test_the_rate_of_exploitation_is_one_over_n_times_the_elasticity_of_supply(n):
    hired = hire(n)
    elasticity = hired.wage / (0.3 * hired.hours)
    assert hired.exploitation == pytest.approx(1 / (n * elasticity))


@given(numbers)
def test_no_employer_gains_by_hiring_more_or_fewer_hours(n):
    # With many employers worth falls for all of them together; each takes it as given, as a price taker in its sales.
    hired = hire(n)
    mine, others = hired.hours / n, hired.hours * (n - 1) / n

    def profit(hours):
        return (hired.worth - (10 + 0.3 * (others + hours))) * hours

    assert all(profit(mine * share) <= profit(mine) + 1e-9 for share in np.linspace(0, 2, 41))


@given(numbers, st.floats(0, 1))
def test_what_workers_and_employers_gain_and_what_is_lost_add_up_to_all_there_is(n, strength):
    hired = hire(n, strength=strength)
    assert hired.workers + hired.employers + hired.lost == pytest.approx(40 * 80 / 2)
    assert hired.lost >= -1e-9
    assert hired.workers >= -1e-9
    assert hired.employers >= -1e-9


def test_a_union_raises_pay_and_hours_up_to_a_point_and_beyond_it_costs_hours():
    # Supply and demand meet where β = k/(k + h) = .3/.5 of the gap is won, whatever the number of employers.
    for n in (1, 2, 5):
        below, right, beyond = (hire(n, strength=s) for s in (0.3, 0.6, 0.9))
        none = hire(n)
        assert none.wage < below.wage < right.wage < beyond.wage
        assert none.hours < below.hours < right.hours
        assert beyond.hours < right.hours
        assert right.lost == pytest.approx(0, abs=1e-9)
    assert hire(1, strength=1).hours == pytest.approx(hire(1).hours), "40 an hour hires as few hours as 25 did"
    assert hire(1, strength=1).lost == pytest.approx(hire(1).lost)


def test_bargaining_goes_from_the_fallback_to_the_worth():
    assert [bargain(10, 30, strength=s) for s in (0, 0.25, 1)] == [10, 15, 30]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sell(0), "number of sellers must be 1 or more"),
        (lambda: sell(2, cost=120), "The cost of a unit"),
        (lambda: sell(2, slope=0), "slope of demand must be above 0"),
        (lambda: sell(2, fixed=-1), "pays to be in the market"),
        (lambda: entry(0), "must be above 0"),
        (lambda: hire(1, strength=1.2), "union's strength"),
        (lambda: hire(1, first_wage=60), "The least wage"),
        (lambda: hire(2.5), "whole number"),
        (lambda: bargain(30, 10, strength=0.5), "there is no deal"),
        (lambda: sell(1, choke=math.inf), "finite"),
        (lambda: saving_needed(3, 0), "sellers after"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()

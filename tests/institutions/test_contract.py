"""The unwritten contract: points that bear themselves out, what moves a country, ways to give out what is short."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parecon_edu.institutions.central.contract import (
    WAYS,
    Country,
    answer,
    give_out,
    made,
    rests,
    shelf,
    spendable,
    years,
)

countries = st.builds(
    Country,
    fixed=st.floats(15, 60),
    extra=st.floats(0, 60),
    taken=st.floats(20, 80),
    brought=st.floats(0, 20),
    spread=st.floats(1, 6),
)
shares = st.floats(0, 1)


@settings(max_examples=40, deadline=None)
@given(countries)
def test_each_resting_point_bears_itself_out_and_a_stable_one_calls_those_near_it_back(country):
    points = rests(country)
    assert len(points) % 2 == 1
    for rest in points:
        assert float(answer(country, rest.share)) == pytest.approx(rest.share, abs=1e-9)
        near = min(1.0, rest.share + 1e-5) if rest.share < 0.5 else rest.share - 1e-5
        closer = abs(float(answer(country, near)) - rest.share) < abs(near - rest.share)
        assert closer == rest.stable


def rising(country):
    return bool((np.diff(answer(country, np.linspace(0, 1, 201))) >= 0).all())


@settings(max_examples=40, deadline=None)
@given(countries, shares)
def test_a_country_ends_at_the_stable_point_on_its_side_of_the_tipping_point(country, start):
    points = rests(country)
    assume(rising(country))
    assert [rest.stable for rest in points] == [i % 2 == 0 for i in range(len(points))]
    tips = [rest.share for rest in points if not rest.stable]
    if any(abs(tip - start) < 0.02 for tip in tips):
        return
    end = years(country, start, 2000)[-1]
    lower, upper = max([t for t in tips if t < start], default=-1), min([t for t in tips if t > start], default=2)
    home = [rest.share for rest in points if rest.stable and lower < rest.share < upper]
    assert len(home) == 1
    assert end == pytest.approx(home[0], abs=1e-3)


@settings(deadline=None)
@given(countries, shares, st.floats(0.1, 5))
def test_more_others_who_pull_or_more_from_abroad_never_make_pulling_less_worth_while_when_pay_is_not_all_extra(
    country, share, more
):
    # phi rises with the others as long as the shop gains more from one than one is paid more:
    # (full - anyway) * fixed > extra * (anyway - taken + brought), or the shop is empty.
    assert answer(replace(country, brought=country.brought + more), share) >= answer(country, share) - 1e-12
    other = min(1.0, share + 0.05)
    gains = (country.full - country.anyway) * country.fixed
    if gains > country.extra * (country.anyway - country.taken + country.brought) and country.taken <= country.anyway:
        assert answer(country, other) >= answer(country, share) - 1e-12


def test_the_shop_worked_by_hand():
    # Nobody pulls: 50 made, 40 taken, 10 for pay of 30: a third. Everybody: 60 for 55.
    country = Country()
    np.testing.assert_allclose(made(country, [0, 0.5, 1]), [50, 75, 100])
    np.testing.assert_allclose(shelf(country, [0, 0.5, 1]), [10, 35, 60])
    np.testing.assert_allclose(spendable(country, [0, 0.5, 1]), [1 / 3, 35 / 42.5, 1])
    assert shelf(replace(country, taken=70), 0) == 0, "the shop can't be emptier than empty"


def test_with_people_all_alike_a_country_rests_where_the_extra_pay_buys_more_or_less_than_the_trouble():
    # Spread next to nothing: 0 rests if 25/3 < trouble, 1 if 25 > trouble; between them 25 phi(h) = trouble.
    country = Country(spread=0.01)
    low, tip, high = rests(country)
    assert (low.share, high.share) == pytest.approx((0, 1), abs=1e-6)
    phi = (10 + 50 * tip.share) / (30 + 25 * tip.share)
    assert 25 * phi == pytest.approx(17, abs=0.05)
    assert [round(rest.share) for rest in rests(Country(spread=0.01, trouble=8))] == [1]
    assert [round(rest.share) for rest in rests(Country(spread=0.01, trouble=26))] == [0]


@settings(deadline=None)
@given(shares, st.floats(1, 4))
def test_more_money_for_everybody_buys_nothing_while_the_shop_is_short(share, times):
    country = Country()
    richer = replace(country, fixed=times * country.fixed, extra=times * country.extra)
    if spendable(country, share) < 1:
        assert answer(richer, share) == pytest.approx(float(answer(country, share)), abs=1e-12)


def test_where_the_curve_falls_steeply_a_country_swings_around_its_lowest_point():
    # The shop is empty but for what comes from abroad, so who pulls more leaves less for each: phi = 4/(15 + 60 h).
    # The slope there is below -1: a step to one side is answered by a longer one to the other, for ever.
    country = Country(fixed=15, extra=60, taken=70, brought=4)
    low = rests(country)[0]
    slope = np.diff(answer(country, [low.share - 1e-6, low.share + 1e-6]))[0] / 2e-6
    assert slope < -1
    assert not low.stable
    before, last, again = years(country, low.share + 0.01, 60)[-3:]
    assert before == pytest.approx(again)
    assert min(before, last) < low.share < max(before, last)


def test_paying_everybody_the_same_more_takes_effort_away():
    assert years(Country(), 0.3, 60)[-1] > 0.99
    assert years(Country(fixed=40), 0.3, 60)[-1] < 0.01
    assert rests(Country(fixed=40))[1].share > rests(Country())[1].share


def test_a_push_that_ends_can_last_and_a_trickle_that_lasts_need_not_move_anything():
    low = rests(Country())[0].share
    pushed = years(Country(brought=3), low, 40)[-1]
    assert years(Country(), pushed, 60)[-1] > 0.99
    assert years(Country(brought=2), low, 200)[-1] < 0.05


def test_what_an_office_breaks_by_taking_more_it_does_not_mend_by_taking_as_much_as_before():
    high = rests(Country())[-1].share
    broken = years(Country(taken=60), high, 60)[-1]
    assert broken < 0.01
    assert years(Country(), broken, 60)[-1] < 0.01


pays = st.lists(st.floats(3, 20), min_size=2, max_size=6)


@settings(max_examples=40, deadline=None)
@given(pays, st.floats(0.5, 10), st.sampled_from(WAYS))
def test_each_way_gives_out_the_stock_or_what_is_wanted(hourly, stock, way):
    wanted = 4 * (1 - 2 / np.array(hourly)).sum()
    short = give_out(way, hourly=hourly, stock=stock, price=2)
    assert short.got.sum() == pytest.approx(min(stock, wanted), abs=1e-6)
    assert (short.got >= 0).all()
    assert short.price >= 2 - 1e-12
    assert short.takings == pytest.approx(short.price * short.got.sum())
    assert short.lost == pytest.approx(short.hours * np.dot(hourly, short.got))


@settings(deadline=None)
@given(st.floats(3, 20), st.integers(2, 6), st.floats(0.2, 0.9))
def test_among_equals_all_that_a_low_price_saves_is_waited_away(hour, n, part):
    stock = part * n * 4 * (1 - 2 / hour)
    line, dear = (give_out(way, hourly=[hour] * n, stock=stock, price=2) for way in ("queue", "price"))
    np.testing.assert_allclose(line.got, dear.got, atol=1e-6)
    assert line.lost == pytest.approx(dear.takings - line.takings, abs=1e-6)
    # The price that clears: hour (1 - stock / 4n).
    assert dear.price == pytest.approx(hour * (1 - stock / (4 * n)))


def test_a_price_gives_most_to_the_best_paid_and_coupons_the_same_to_all():
    hourly = [12, 10, 8, 4]
    price, queue, coupons = (give_out(way, hourly=hourly, stock=6, price=2).got for way in WAYS)
    assert price[-1] == pytest.approx(0)
    assert np.ptp(price) > np.ptp(queue) > np.ptp(coupons)
    np.testing.assert_allclose(coupons, 1.5)


def test_what_is_wrong_is_said_in_words():
    with pytest.raises(ValueError, match="Fixed pay must be above 0"):
        Country(fixed=0)
    with pytest.raises(ValueError, match="What all can make"):
        Country(full=40)
    with pytest.raises(ValueError, match="share to begin with"):
        years(Country(), 1.5, 3)
    with pytest.raises(ValueError, match="no way 'luck'"):
        give_out("luck", hourly=[3, 4], stock=1, price=1)
    with pytest.raises(ValueError, match="above 0 for everybody"):
        give_out("queue", hourly=[3, 0], stock=1, price=1)

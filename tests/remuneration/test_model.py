"""The six norms: what each must do whatever the numbers are."""

from dataclasses import FrozenInstanceError, replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parecon_edu.remuneration import (
    BAKERY,
    NORMS,
    People,
    follows_sacrifice,
    gains,
    gini,
    pay,
    per_sacrifice,
    sacrifice,
)

COLUMNS = ("hours", "intensity", "onerousness", "output", "capital", "power", "need")
FACTORS = ("hours", "intensity", "onerousness")
amounts = st.floats(0.01, 1000)
pools = st.floats(0, 1e9)


@st.composite
def crowds(draw, least=1, some_able=False):
    n = draw(st.integers(least, 12))
    columns = {name: draw(st.lists(amounts, min_size=n, max_size=n)) for name in COLUMNS}
    able = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    if some_able:
        able[draw(st.integers(0, n - 1))] = True
    return People(**columns, able=able)


def reordered(people, order):
    columns = {name: getattr(people, name)[order] for name in (*COLUMNS, "able")}
    return People(**columns, names=[people.names[i] for i in order])


@given(crowds(), st.sampled_from(NORMS), pools)
def test_pay_adds_up_to_the_pool(people, norm, pool):
    assert pay(people, norm, pool=pool).sum() == pytest.approx(pool, rel=1e-12)


@given(crowds(), st.sampled_from(NORMS), pools)
def test_nobody_is_paid_less_than_nothing(people, norm, pool):
    assert (pay(people, norm, pool=pool) >= 0).all()


@given(crowds(), st.sampled_from(NORMS), st.randoms())
def test_relabelling_people_relabels_pay(people, norm, random):
    order = random.sample(range(len(people)), len(people))
    assert pay(reordered(people, order), norm, pool=1200) == pytest.approx(
        pay(people, norm, pool=1200)[order], rel=1e-12
    )


@given(crowds(), st.sampled_from(NORMS), st.floats(0.01, 100))
def test_twice_the_pool_is_twice_the_pay(people, norm, factor):
    assert pay(people, norm, pool=factor * 100) == pytest.approx(factor * pay(people, norm, pool=100), rel=1e-12)


@given(crowds(), st.sampled_from(FACTORS), st.floats(1e-3, 1e3))
def test_scaling_all_sacrifices_changes_nothing(people, factor, scale):
    scaled = replace(people, **{factor: getattr(people, factor) * scale})
    assert pay(scaled, "effort", pool=1200) == pytest.approx(pay(people, "effort", pool=1200), rel=1e-12)


@given(crowds(least=2, some_able=True), st.sampled_from(FACTORS), st.floats(1.01, 10), st.data())
def test_whoever_gives_more_of_any_factor_earns_more_and_no_workmate_gains(people, factor, more, data):
    who = data.draw(st.sampled_from(np.flatnonzero(people.able).tolist()))
    column = getattr(people, factor).copy()
    column[who] *= more
    change = pay(replace(people, **{factor: column}), "effort", pool=1200) - pay(people, "effort", pool=1200)
    workmates = people.able.copy()
    workmates[who] = False
    if workmates.any():
        assert change[who] > 0
        assert (change[workmates] < 0).all()
    else:
        assert change[who] == pytest.approx(0, abs=1e-9)


@given(crowds(), pools)
def test_those_who_cannot_work_get_exactly_the_average(people, pool):
    assert (pay(people, "effort", pool=pool)[~people.able] == pool / len(people)).all()


@given(crowds(some_able=True), st.floats(0.1, 50))
def test_if_all_sacrifices_are_equal_all_pay_is_equal(people, hours):
    n = len(people)
    same = replace(people, hours=[hours] * n, intensity=[1.5] * n, onerousness=[0.7] * n)
    assert pay(same, "effort", pool=1200) == pytest.approx(np.full(n, 1200 / n), rel=1e-12)


@given(crowds(), st.sampled_from(FACTORS))
def test_effort_pay_does_not_ask_those_who_cannot_work_how_much_they_worked(people, factor):
    column = np.where(people.able, getattr(people, factor), 777.0)
    assert (pay(replace(people, **{factor: column}), "effort", pool=99) == pay(people, "effort", pool=99)).all()


@given(crowds(), st.sampled_from(["property", "bargaining", "output", "need", "equal"]))
def test_the_other_norms_do_not_ask_who_can_work(people, norm):
    others = replace(people, able=~people.able)
    assert (pay(others, norm, pool=1200) == pay(people, norm, pool=1200)).all()


@pytest.mark.parametrize(
    ("norm", "column"), [("property", "capital"), ("output", "output"), ("need", "need"), ("bargaining", "power")]
)
@given(people=crowds(), more=st.floats(1.5, 20))
def test_pay_is_in_proportion_to_what_is_rewarded(norm, column, people, more):
    others = getattr(people, column).copy()
    others[0] *= more
    before, after = pay(people, norm, pool=1), pay(replace(people, **{column: others}), norm, pool=1)
    # Everybody else's pay shrinks by one factor, and the first one's odds grow by `more`.
    assert after[1:] * before[0] * more == pytest.approx(before[1:] * after[0], rel=1e-9)


def test_bargaining_multiplies_power_and_output():
    people = replace(BAKERY, power=[1, 2, 3, 4], output=[4, 3, 2, 1])
    assert pay(people, "bargaining", pool=200) == pytest.approx([40, 60, 60, 40])


def test_the_example_of_the_specification():
    # Sacrifices 40, 30 * 1.2 = 36, 20 * 1.5 = 30; three of four people are able, so they share 900.
    expected = [900 * 40 / 106, 900 * 36 / 106, 900 * 30 / 106, 300]
    assert pay(BAKERY, "effort", pool=1200) == pytest.approx(expected, rel=1e-12)
    assert expected == pytest.approx([339.6226, 305.6604, 254.7170, 300], abs=5e-5)


def test_if_nobody_is_able_everybody_gets_the_average():
    assert (pay(replace(BAKERY, able=[False] * 4, hours=[0] * 4), "effort", pool=100) == 25).all()


def test_one_person_gets_the_whole_pool_under_every_norm():
    alone = People([8], [1], [1], [5], [2], [1], [3], [True])
    assert [pay(alone, norm, pool=7).tolist() for norm in NORMS] == [[7.0]] * 6


def test_very_large_and_very_small_numbers_do_not_overflow():
    people = replace(BAKERY, hours=[1e300, 5e299, 0, 0], intensity=[1e300] * 4, onerousness=[1e-300] * 4)
    assert pay(people, "effort", pool=1200) == pytest.approx([600, 300, 0, 300])
    people = replace(BAKERY, power=[1e300, 1e300, 0, 0], output=[1e300, 3e300, 0, 0])
    assert pay(people, "bargaining", pool=1200) == pytest.approx([300, 900, 0, 0])


@given(crowds(), st.sampled_from(NORMS), st.sampled_from(NORMS))
def test_what_some_gain_others_lose(people, norm, against):
    change = gains(people, norm, against=against, pool=1000)
    assert change.sum() == pytest.approx(0, abs=1e-9)
    assert change == pytest.approx(-gains(people, against, against=norm, pool=1000), abs=1e-9)


def test_gains_says_who_wins_by_the_new_norm():
    change = gains(BAKERY, "effort", against="output", pool=1200)
    assert change[0] < 0 < change[2]


def test_sacrifice_is_the_product_and_nothing_for_those_who_cannot_work():
    assert sacrifice(replace(BAKERY, hours=[40, 30, 20, 10])).tolist() == [40, 36, 30, 0]


@given(crowds(least=2, some_able=True))
def test_effort_pay_gives_all_who_work_the_same_for_the_same_sacrifice(people):
    rates = per_sacrifice(people, pay(people, "effort", pool=1200))
    assert np.ptp(rates[people.able]) <= 1e-9 * np.nanmax(rates)
    assert np.isnan(rates[~people.able]).all()


def test_effort_pay_follows_sacrifice_and_property_income_can_run_against_it():
    assert follows_sacrifice(BAKERY, pay(BAKERY, "effort", pool=1200)) == pytest.approx(1)
    assert follows_sacrifice(BAKERY, [0, 10, 30, 5]) < -0.9
    assert follows_sacrifice(BAKERY, pay(BAKERY, "equal", pool=1200)) is None
    assert follows_sacrifice(replace(BAKERY, able=[False] * 4), [1, 2, 3, 4]) is None


def test_the_six_norms_tell_six_stories_about_the_bakery():
    table = np.array([pay(BAKERY, norm, pool=1200) for norm in NORMS])
    favourites = [NORMS[i] for i in table.argmax(axis=0)]
    assert favourites == ["output", "bargaining", "need", "property"]
    for one, two in permutations(range(len(NORMS)), 2):
        assert np.abs(table[one] - table[two]).sum() > 50
    assert len({round(gini(row), 3) for row in table}) == len(NORMS)


def test_people_cannot_be_changed_not_even_through_the_arrays_they_were_made_from():
    hours = np.array([40.0, 30.0])
    people = People(hours, *([[1.0, 1.0]] * 6), [True, True])
    hours[0] = 99
    assert people.hours[0] == 40
    with pytest.raises(FrozenInstanceError):
        people.hours = hours
    with pytest.raises(ValueError, match="read-only"):
        people.hours[0] = 99
    with pytest.raises(ValueError, match="read-only"):
        people.able[0] = False


def test_people_without_names_are_numbered():
    assert People(*([[1, 2]] * 7), [True, True]).names == ("person 1", "person 2")


@settings(max_examples=20)
@given(crowds(), st.sampled_from(NORMS))
def test_the_same_question_has_the_same_answer(people, norm):
    assert (pay(people, norm, pool=12.5) == pay(people, norm, pool=12.5)).all()

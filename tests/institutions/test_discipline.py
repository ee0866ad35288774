"""Unemployment as discipline: no full employment at a finite wage unless all is seen, and what moves it which way."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parecon_edu.institutions.market.discipline import needed_wage, settle

towns = st.fixed_dictionaries(
    {
        "out": st.floats(0, 15),
        "effort": st.floats(0.5, 8),
        "seen": st.floats(0.3, 50),
        "ends": st.floats(0.02, 1),
        "impatience": st.floats(0, 0.3),
    }
)


def test_the_numbers_of_the_course():
    # w = 10 + 5 + 5(.2/u + .1) = 15.5 + 1/u; the last worker brings 39 - 15(1 - u): both 25.5 at u = .1.
    town = settle()
    assert town.unemployed == pytest.approx(0.1)
    assert town.wage == pytest.approx(25.5)
    assert town.enough == 15
    assert town.rent == pytest.approx(10.5)
    assert town.weeks_out == pytest.approx(52 * 0.1 / (0.2 * 0.9))


@given(towns)
def test_at_rest_people_just_work_hard_and_employers_want_nobody_more(town):
    found = settle(**town)
    if found.unemployed == 1:
        assert needed_wage(1, **town) >= 39, "not even the first worker brings what it takes"
        return
    assert found.wage == pytest.approx(needed_wage(found.unemployed, **town), rel=1e-6)
    assert found.wage == pytest.approx(39 - 15 * (1 - found.unemployed))


@given(towns)
def test_whoever_takes_it_easy_is_no_better_off_in_the_long_run(town):
    # The three values of Shapiro and Stiglitz, solved as a linear system rather than from their formula: working hard,
    # taking it easy, being without work. At the wage that comes out the first two are equal.
    found = settle(**town)
    assume(found.unemployed < 0.999)
    r, s, q, e, z = town["impatience"] + 1e-9, town["ends"], town["seen"], town["effort"], town["out"]
    finds = s * (1 - found.unemployed) / found.unemployed
    # (r + s) V_N - s V_U = w - e; (r + s + q) V_S - (s + q) V_U = w; (r + a) V_U - a V_N = z
    values = np.linalg.solve(
        [[r + s, 0, -s], [0, r + s + q, -(s + q)], [-finds, 0, r + finds]], [found.wage - e, found.wage, z]
    )
    advantage = r * (values[0] - values[1])
    assert advantage == pytest.approx(0, abs=1e-4 * found.wage)


@given(towns)
def test_there_is_no_full_employment_at_any_finite_wage(town):
    assert needed_wage(0, **town) == math.inf
    assert settle(**town).unemployed > 0
    wages = [needed_wage(u, **town) for u in (0.5, 0.1, 0.01, 1e-9)]
    assert wages == sorted(wages)
    assert wages[-1] > 1e3


def test_if_all_is_seen_at_once_everybody_works_however_often_jobs_end_and_however_large_the_benefit():
    for ends in (0.05, 0.5, 5):
        for out in (0, 10, 19):
            town = settle(seen=math.inf, ends=ends, out=out)
            assert town.unemployed == 0
            assert town.wage == 24
            assert town.weeks_out == 0
    assert settle(seen=math.inf, out=25).unemployed == pytest.approx(0.4), "39 - 15·.6 = 30 = 25 + 5"
    assert settle(seen=1e9).unemployed == pytest.approx(0, abs=1e-6)


def test_where_the_last_of_all_is_not_worth_their_trouble_the_same_two_lines_meet():
    # With z = 25: 15u² + (24 - 30.5)u - 1 = 0.
    town = settle(out=25)
    assert town.unemployed == pytest.approx((6.5 + math.sqrt(6.5**2 + 60)) / 30)
    assert town.wage == pytest.approx(needed_wage(town.unemployed, out=25))


def test_work_that_costs_no_trouble_needs_no_discipline():
    assert settle(effort=0).unemployed == 0


def test_watching_lowers_unemployment_and_pay_and_a_benefit_raises_both():
    watched = [settle(seen=q) for q in (0.5, 1, 4, 20)]
    for less, more in itertools.pairwise(watched):
        assert more.unemployed < less.unemployed
        assert more.wage < less.wage
        assert more.output > less.output
    helped = [settle(out=z) for z in (5, 10, 15)]
    for less, more in itertools.pairwise(helped):
        assert more.unemployed > less.unemployed
        assert more.wage > less.wage
    assert settle(out=15).unemployed == pytest.approx(1 / 6), "15u² + 3.5u - 1 = 0"


def test_the_same_benefit_costs_few_jobs_where_effort_is_seen():
    def cost(seen):
        return settle(out=15, seen=seen).unemployed - settle(out=10, seen=seen).unemployed

    assert cost(20) < cost(1) / 5


@given(towns, st.floats(15, 25))
def test_a_guarantee_leaves_nobody_idle_and_employers_with_fewer(town, pay):
    none, given_job = settle(**town), settle(**town, guarantee=pay)
    assume(given_job.unemployed < 1)
    assert none.idle == none.unemployed
    assert given_job.idle == 0
    assert given_job.unemployed >= none.unemployed - 1e-12
    assert given_job.wage >= none.wage - 1e-9


def test_a_guaranteed_job_at_the_benefit_adds_what_it_makes_and_moves_nothing_else():
    none, same = settle(), settle(guarantee=10, useful=12)
    assert same.unemployed == pytest.approx(none.unemployed)
    assert same.output - none.output == pytest.approx(0.1 * 12)
    assert settle(guarantee=6).idle == pytest.approx(none.idle), "nobody takes a job that pays less than the benefit"
    # At 15 a sixth is in it: employers' output falls from 29.025 to 27.29, so the work must bring 10.4 to make up.
    dear = settle(guarantee=15, useful=10.4)
    assert dear.output == pytest.approx(none.output, abs=0.01)


def test_output_is_what_all_at_work_bring_added_up():
    town = settle()
    steps = np.linspace(0, 1 - town.unemployed, 100_001)
    middle = (steps[1:] + steps[:-1]) / 2
    assert town.output == pytest.approx(float(np.sum((39 - 15 * middle) * np.diff(steps))))


def test_where_no_work_is_worth_its_wage_nobody_is_hired():
    assert settle(first_worth=10, worth_falls=1).unemployed == 1
    assert settle(first_worth=10, worth_falls=1).weeks_out == math.inf


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: settle(seen=0), "How often it is noticed must be above 0"),
        (lambda: settle(out=-1), "week without work"),
        (lambda: settle(ends=math.nan), "jobs that end"),
        (lambda: settle(worth_falls=50), "How fast that falls"),
        (lambda: settle(guarantee=-2), "guaranteed job pays"),
        (lambda: needed_wage(1.2), "share without work"),
        (lambda: needed_wage(0.1, effort="5"), "trouble of working"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()

"""Rounds that stop early: the plan is nearly right, and what is short is given out in proportion."""

import dataclasses

import numpy as np
import pytest

from parecon_edu import economy, planning
from parecon_edu.institutions import participatory
from parecon_edu.institutions.allocation import Terms, balance
from parecon_edu.institutions.participatory.rounds import Councils
from parecon_edu.institutions.welfare import own_budget

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")


def test_the_rounds_are_those_of_the_published_rule():
    year = planning.plan(TWO_GOODS.economy, rule="published", threshold=0.05, max_rounds=400)
    outcome = participatory.allocate(TWO_GOODS, stop_at=0.05)
    np.testing.assert_allclose(outcome.prices, year.prices, rtol=1e-12)
    assert outcome.messages == year.rounds * TWO_GOODS.economy.messages_per_round
    assert outcome.notes == (year.sentence,)


def test_what_is_short_is_given_out_in_proportion():
    """On paper: everybody gets r = S/D of short hours and makes r**b of what was planned; people get what exists."""
    town = dataclasses.replace(TWO_GOODS.economy, start=5.0)  # so cheap that everything is short at first
    year = planning.plan(town, rule="published", threshold=0.2, max_rounds=400)
    answers = economy.worker_proposals(town, year.prices)
    hours = min(1.0, 1000 / answers.inputs.sum())
    output = answers.output * hours ** town.exponents[:, 0]
    asked = economy.consumer_proposals(town, year.prices)
    made = np.bincount(town.product, output, minlength=3)
    part = np.minimum(1.0, made[:2] / asked.sum(axis=0)[:2])
    outcome = participatory.allocate(dataclasses.replace(TWO_GOODS, economy=town), stop_at=0.2)
    assert hours < 0.9
    assert part.max() < 1
    np.testing.assert_allclose(outcome.output, output, rtol=1e-9)
    np.testing.assert_allclose(outcome.consumption[:, :2], asked[:, :2] * part, rtol=1e-9)
    np.testing.assert_allclose(outcome.shortages, [*(1 - part), 1 - hours], atol=1e-9)
    np.testing.assert_allclose(outcome.effort, answers.effort, rtol=1e-12)


def test_a_plan_that_is_nearly_right_is_nearly_as_good():
    values = [participatory.allocate(RIVERSIDE, stop_at=mark).equivalent for mark in (0.2, 0.05, 0.01)]
    assert values[0] < values[1] < values[2] < 1
    assert values[2] > 0.985


def test_coming_up_from_too_little_costs_less_than_coming_down_from_too_much():
    cheap = dataclasses.replace(RIVERSIDE, economy=dataclasses.replace(RIVERSIDE.economy, start=3.0))
    one, other = participatory.allocate(cheap, stop_at=0.05), participatory.allocate(RIVERSIDE, stop_at=0.05)
    assert 1 - one.equivalent < (1 - other.equivalent) / 10


def test_what_is_over_stays_unused():
    """From high start prices everything ends a little over: people get what they asked for, and the rest is left."""
    town = dataclasses.replace(RIVERSIDE.economy, start=100.0)
    outcome = participatory.allocate(dataclasses.replace(RIVERSIDE, economy=town), stop_at=0.05)
    np.testing.assert_allclose(outcome.shortages, 0, atol=1e-9)
    asked = economy.consumer_proposals(town, outcome.prices)
    np.testing.assert_allclose(outcome.consumption[:, RIVERSIDE.private], asked[:, RIVERSIDE.private], rtol=1e-9)
    made = np.bincount(town.product, outcome.output, minlength=9)
    assert made[0] > 1.001 * outcome.consumption[:, 0].sum()


def test_a_mark_that_is_not_reached_is_said():
    outcome = participatory.allocate(TWO_GOODS, stop_at=1e-9)
    assert outcome.notes[0].startswith("Not reached: after 400 rounds")
    assert outcome.equivalent == pytest.approx(1, abs=5e-3)


def test_the_charge_is_announced_as_its_share_of_price_in_the_solved_plan():
    solved, stopped = participatory.allocate(RIVERSIDE), participatory.allocate(RIVERSIDE, stop_at=0.01)
    energy = RIVERSIDE.economy.goods.index("energy")
    assert stopped.charge / stopped.prices[energy] == pytest.approx(solved.charge / solved.prices[energy], rel=1e-9)


def test_meetings_and_early_stops_go_together():
    both = participatory.allocate(RIVERSIDE, stop_at=0.05, meeting_hours=0.05)
    hours = participatory.allocate(RIVERSIDE, meeting_hours=0.05)
    assert both.equivalent < hours.equivalent


def test_the_board_adds_up_what_the_councils_answer_one_by_one():
    town = RIVERSIDE.economy
    weights = np.linspace(0.5, 1.5, 8)
    terms = Terms(
        economy=town,
        counted=np.where(town.product == 2, 1.3, 1.0),
        harm=town.damage * weights,
        incomes=lambda _: town.income * weights,
        budget=own_budget(town),
    )
    councils = Councils(terms, balance(terms))
    answers = councils.answer(town.start)
    supply, demand = councils.respond(town.start)
    np.testing.assert_allclose(supply, answers.supply, rtol=1e-12)
    np.testing.assert_allclose(demand, answers.demand, rtol=1e-12)
    assert planning.plan(councils, rule="memory", threshold=1e-6).prices == pytest.approx(
        balance(terms).prices, rel=1e-5
    )


def test_hours_spent_in_meetings_are_not_there_when_a_plan_that_stopped_early_is_carried_out():
    """From prices so low that hours are short, workplaces get all the hours there are: (1 - m) of 1,000.

    What they used follows from what they made: Q = a e**c x**b, so x = (Q / (a e**c))**(1/b).
    """
    town = dataclasses.replace(TWO_GOODS.economy, start=5.0)
    outcome = participatory.allocate(dataclasses.replace(TWO_GOODS, economy=town), stop_at=0.2, meeting_hours=0.3)
    assert outcome.shortages[2] > 0.05
    hours = (outcome.output / (town.scale * outcome.effort**town.effort_exponent)) ** (1 / town.exponents[:, 0])
    assert hours.sum() == pytest.approx(0.7 * 1000, rel=1e-9)


def test_incomes_are_those_of_the_solved_plan_even_where_they_follow_the_charge():
    """The credit to those downwind is part of income; while rounds are played incomes stand still."""
    frictions = dict(credit_affected=1, favouritism=0.2)
    solved, stopped = (participatory.allocate(RIVERSIDE, **frictions, **stop) for stop in ({}, {"stop_at": 0.2}))
    np.testing.assert_allclose(stopped.income, solved.income, rtol=1e-12)
    assert stopped.charge * stopped.emissions != pytest.approx(solved.charge * solved.emissions, rel=1e-3)

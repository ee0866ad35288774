"""The participatory plan: every friction, alone, from the best case, moves what theory says it moves."""

import dataclasses

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import participatory
from parecon_edu.institutions.welfare import best_plan

RIVERSIDE = economy.scenario("riverside")
TWO_GOODS = economy.scenario("two_goods")


def test_meetings_take_hours_from_making_things():
    """On paper: with (1 - m) of the hours each good comes to (1 - m)**b of what it was, and effort stays."""
    for hours in (0.03, 0.1, 0.5):
        outcome, free = participatory.allocate(TWO_GOODS, meeting_hours=hours), participatory.allocate(TWO_GOODS)
        assert outcome.equivalent == pytest.approx((1 - hours) ** (0.5 * 0.6 + 0.5 * 0.8), rel=1e-8)
        np.testing.assert_allclose(outcome.effort, free.effort, rtol=1e-8)


def test_meetings_cost_everybody_more_the_longer_they_are():
    outcomes = [participatory.allocate(RIVERSIDE, meeting_hours=hours) for hours in (0, 0.05, 0.1, 0.3)]
    assert np.all(np.diff([outcome.equivalent_by_council for outcome in outcomes], axis=0) < 0)
    labour = RIVERSIDE.labour
    assert np.all(outcomes[1].prices[labour] > outcomes[0].prices[labour]), "scarcer hours are dearer"


def test_a_community_that_acts_as_monopolist_charges_what_a_monopolist_would():
    """Its price exceeds marginal damage by E / |dE/dt|, where dE/dt is the works' answer at announced prices."""
    outcome = participatory.allocate(RIVERSIDE, inflated_harm=1)
    town = RIVERSIDE.economy
    step = 1e-5 * outcome.charge

    def smoke(charge):
        return town.emissions @ economy.worker_proposals(town, outcome.prices, charge=charge).output

    slope = (smoke(outcome.charge + step) - smoke(outcome.charge - step)) / (2 * step)
    marginal = outcome.income @ town.damage * outcome.emissions
    assert outcome.charge == pytest.approx(marginal - outcome.emissions / slope, rel=1e-5)


def test_inflated_harm_clears_the_air_beyond_what_is_worth_it():
    outcomes = [participatory.allocate(RIVERSIDE, inflated_harm=omega) for omega in (0, 0.3, 1)]
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) < 0)
    assert np.all(np.diff([outcome.charge for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    upwind = ~RIVERSIDE.people.downwind
    assert np.all(outcomes[2].equivalent_by_council[upwind] < 1)


def test_the_charge_in_the_best_case_is_marginal_damage():
    outcome = participatory.allocate(RIVERSIDE)
    town = RIVERSIDE.economy
    assert outcome.charge == pytest.approx(town.income @ town.damage * outcome.emissions, rel=1e-9)
    assert outcome.charge == pytest.approx(best_plan(town).charge, rel=1e-9)


def test_the_charge_of_the_best_case_is_the_one_that_affected_communities_would_reveal():
    outcome = participatory.allocate(RIVERSIDE)
    revealed = economy.pollution.reveal(RIVERSIDE.economy, outcome.prices)
    assert revealed.charge == pytest.approx(outcome.charge, rel=1e-7)
    assert revealed.emissions == pytest.approx(outcome.emissions, rel=1e-7)


def test_those_who_miss_meetings_count_for_less_in_what_is_shared_and_in_harm():
    outcome, town = participatory.allocate(RIVERSIDE, turnout_loss=1), RIVERSIDE.economy
    absence = RIVERSIDE.people.absence
    voice = 1 - absence / absence.max()
    voice = voice / voice.mean()
    clinic = town.goods.index("clinic")
    money = (voice * outcome.income) @ town.tastes[:, clinic]
    assert outcome.prices[clinic] * outcome.public[clinic] == pytest.approx(money, rel=1e-8)
    assert outcome.charge == pytest.approx((voice * outcome.income) @ town.damage * outcome.emissions, rel=1e-8)
    spent = outcome.prices @ (outcome.consumption.sum(axis=0) + outcome.public)
    assert spent == pytest.approx(outcome.income.sum(), rel=1e-8)


def test_low_turnout_downwind_means_more_smoke_and_a_smaller_clinic():
    outcomes = [participatory.allocate(RIVERSIDE, turnout_loss=loss) for loss in (0, 0.5, 1)]
    clinic = RIVERSIDE.economy.goods.index("clinic")
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.public[clinic] for outcome in outcomes]) < 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    assert np.all(outcomes[2].equivalent_by_council[RIVERSIDE.people.downwind] < 1)
    assert outcomes[2].say > outcomes[1].say > outcomes[0].say


def test_turnout_does_not_matter_where_nothing_is_shared():
    assert participatory.allocate(TWO_GOODS, turnout_loss=1).equivalent == pytest.approx(1, abs=1e-9)


def test_noise_in_ratings_moves_income_by_luck():
    noise, homes = 0.3, 8
    outcome = participatory.allocate(RIVERSIDE, rating_noise=noise, seed=5)
    luck = outcome.income / outcome.income.sum() - (1 - noise) / homes
    assert np.all(luck > 0)
    assert luck.sum() == pytest.approx(noise, rel=1e-9)
    again = participatory.allocate(RIVERSIDE, rating_noise=noise, seed=5)
    np.testing.assert_array_equal(outcome.income, again.income)
    assert not np.allclose(outcome.income, participatory.allocate(RIVERSIDE, rating_noise=noise, seed=6).income)


def test_noise_in_ratings_costs_the_town_under_every_seed():
    for seed in range(6):
        values = [
            participatory.allocate(RIVERSIDE, rating_noise=noise, seed=seed).equivalent for noise in (0, 0.2, 0.5)
        ]
        assert np.all(np.diff(values) < 0)


def test_favouritism_pays_those_who_know_the_committees():
    outcomes = [participatory.allocate(RIVERSIDE, favouritism=f) for f in (0, 0.1, 0.2, 0.5)]
    total = RIVERSIDE.economy.income.sum()
    np.testing.assert_allclose(outcomes[1].income, total * (0.9 / 8 + 0.1 * RIVERSIDE.people.insiders), rtol=1e-12)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)
    best = int(np.argmax(RIVERSIDE.people.insiders))
    assert outcomes[2].equivalent_by_council.argmax() == best
    assert outcomes[2].losers[0] == RIVERSIDE.people.names[int(np.argmin(RIVERSIDE.people.insiders))]


def test_unequal_effort_is_paid_and_borne_by_those_who_make_it():
    outcome, free = participatory.allocate(RIVERSIDE, unequal_effort=1), participatory.allocate(RIVERSIDE)
    effort, town = RIVERSIDE.people.effort, RIVERSIDE.economy
    np.testing.assert_allclose(outcome.income / outcome.income.mean(), effort / effort.mean(), rtol=1e-12)
    burden = np.sum(town.effort_weight * outcome.effort**town.effort_disutility) / town.income.sum()
    smoke = town.damage * outcome.emissions**2 / 2
    amounts = outcome.consumption + outcome.public
    pleasure = (town.tastes * np.log(np.where(town.tastes > 0, amounts, 1))).sum(axis=1)
    np.testing.assert_allclose(outcome.utility, pleasure - smoke - burden * effort / effort.mean(), rtol=1e-9)
    assert outcome.gini > free.gini
    assert outcome.equivalent < 1, "mean utility counts people alike, whatever they have earned"


def test_the_credit_can_go_to_those_who_breathe_the_smoke():
    """On paper: all share what is left of incomes alike, and the charge goes out by damage."""
    outcome, town = participatory.allocate(RIVERSIDE, credit_affected=1), RIVERSIDE.economy
    credit = outcome.charge * outcome.emissions
    expected = (town.income.sum() - credit) / 8 + credit * town.damage / town.damage.sum()
    np.testing.assert_allclose(outcome.income, expected, rtol=1e-8)
    downwind = RIVERSIDE.people.downwind
    assert outcome.equivalent_by_council[downwind].min() > 1 > outcome.equivalent_by_council[~downwind].max()
    assert outcome.equivalent < 1


def test_makers_with_friends_on_the_committees_grow_at_the_expense_of_others():
    """On paper: tailors who count 1.2 of their price pay for hours as if they sold 1.2 of 50,000."""
    lobbying = 0.2
    outcome = participatory.allocate(TWO_GOODS, lobbying=lobbying)
    wage = (0.6 * 50_000 + 0.8 * (1 + lobbying) * 50_000) / 1000
    assert outcome.prices[2] == pytest.approx(wage, rel=1e-9)
    free = participatory.allocate(TWO_GOODS)
    assert outcome.output[10] > free.output[10]
    assert outcome.output[0] < free.output[0]
    assert outcome.equivalent < 1


def test_lobbying_for_energy_brings_smoke():
    outcomes = [participatory.allocate(RIVERSIDE, lobbying=strength) for strength in (0, 0.1, 0.3)]
    assert np.all(np.diff([outcome.emissions for outcome in outcomes]) > 0)
    assert np.all(np.diff([outcome.equivalent for outcome in outcomes]) < 0)


# --- laws that hold for all frictions together ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frictions",
    [
        dict(unequal_effort=1, favouritism=0.5),
        dict(unequal_effort=1, rating_noise=0.4, favouritism=0.3, credit_affected=1),
        dict(turnout_loss=1, lobbying=0.3, credit_affected=0.5, inflated_harm=0.5),
    ],
)
def test_incomes_add_up_to_the_same_money_and_all_of_it_is_spent(frictions):
    """Money is fixed at 100 points a person; ratings, favours and credits move it between people and make none."""
    outcome, total = participatory.allocate(RIVERSIDE, seed=3, **frictions), RIVERSIDE.economy.income.sum()
    assert outcome.income.sum() == pytest.approx(total, rel=1e-9)
    spent = outcome.prices @ (outcome.consumption.sum(axis=0) + outcome.public)
    assert spent == pytest.approx(total, rel=1e-8)


def test_the_credit_counts_harm_in_points_so_that_more_income_gets_more_of_it():
    """Harm to h is I_h d_h E in points. With half of all income handed out among insiders, what is left of incomes is
    shared as before, and the credit by those shares times damage.
    """
    favour, people = 0.5, RIVERSIDE.people
    outcome, town = participatory.allocate(RIVERSIDE, credit_affected=1, favouritism=favour), RIVERSIDE.economy
    shares = (1 - favour) / 8 + favour * people.insiders
    credit = outcome.charge * outcome.emissions
    harm = shares * town.damage
    expected = shares * (town.income.sum() - credit) + credit * harm / harm.sum()
    np.testing.assert_allclose(outcome.income, expected, rtol=1e-8)


def test_nobody_pays_more_for_what_is_shared_than_they_have():
    """Half the town wants little but the clinic and comes to every meeting; the others want none and stay at home.

    Those who come count twice (1 on average), so the clinic would cost them twice .9 of their income: they pay all
    of it, the clinic gets what they pay, and the others are charged nothing.
    """
    keen = np.arange(8) < 4
    tastes, clinic = RIVERSIDE.economy.tastes.copy(), RIVERSIDE.economy.goods.index("clinic")
    tastes[:, clinic] = 0
    tastes = tastes / tastes.sum(axis=1, keepdims=True) * np.where(keen, 0.1, 1.0)[:, None]
    tastes[keen, clinic] = 0.9
    town = dataclasses.replace(
        RIVERSIDE,
        economy=dataclasses.replace(RIVERSIDE.economy, tastes=tastes),
        people=dataclasses.replace(RIVERSIDE.people, absence=np.where(keen, 0.0, 0.4)),
    )
    outcome = participatory.allocate(town, turnout_loss=1)
    assert outcome.prices[clinic] * outcome.public[clinic] == pytest.approx(outcome.income[keen].sum(), rel=1e-8)
    private = outcome.consumption @ outcome.prices
    np.testing.assert_allclose(private, np.where(keen, 0, outcome.income), rtol=1e-8, atol=1e-6)


@pytest.mark.parametrize("absence", [0.0, 0.4])
def test_where_all_miss_as_many_meetings_nobody_counts_for_less(absence):
    town = dataclasses.replace(RIVERSIDE, people=dataclasses.replace(RIVERSIDE.people, absence=np.full(8, absence)))
    for loss in (0.5, 1):
        assert participatory.allocate(town, turnout_loss=loss).equivalent == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("loss", [0.0, 0.5, 1.0])
def test_say_is_the_power_that_those_who_miss_meetings_give_away(loss):
    """With equal incomes a part of decisions as large as the clinic's part of spending goes by who turns up, the rest
    by income. About smoke decide those harmed who turn up. Say is the mean distance from 1/8 each, and from harm.
    """
    town, clinic = RIVERSIDE.economy, RIVERSIDE.economy.goods.index("clinic")
    voice = 1 - loss * RIVERSIDE.people.absence / RIVERSIDE.people.absence.max()
    made = town.tastes[:, clinic].mean() * np.abs(voice / voice.sum() - 1 / 8).sum() / 2
    heard, harmed = voice * town.damage, town.damage / town.damage.sum()
    smoke = np.abs(heard / heard.sum() - harmed).sum() / 2
    outcome = participatory.allocate(RIVERSIDE, turnout_loss=loss)
    assert outcome.say == pytest.approx((made + smoke) / 2, abs=1e-9)

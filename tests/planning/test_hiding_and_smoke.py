"""What the rounds don't see, what comparing sees, and smoke as one more line on the board."""

from dataclasses import replace

import numpy as np
import pytest

from parecon_edu import economy, planning
from parecon_edu.economy import pollution, worker_proposals

CORNER = economy.scenario("riverside_corner").economy
RIVERSIDE = economy.scenario("riverside").economy
PLANT = "Old Weir power plant"


# --- hiding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.1, 0.4, 0.9])
def test_benefit_over_cost_is_the_same_whatever_is_hidden(share):
    told = planning.hide(CORNER, PLANT, share)
    ratio = worker_proposals(told, CORNER.start).benefit_cost
    np.testing.assert_allclose(ratio, worker_proposals(CORNER, CORNER.start).benefit_cost, rtol=1e-12)
    np.testing.assert_allclose(ratio, 1 / CORNER.returns, rtol=1e-9)


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_comparing_like_with_like_moves_by_exactly_what_is_hidden(share):
    # The gasworks gets the plant's means. They shrink, and the plant's stated technique shrinks by (1 - share):
    # with the means held fixed the multiple would be 1/(1 - share) times the honest one.
    j = CORNER.workplaces.index(PLANT)
    told = planning.hide(CORNER, PLANT, share)
    proposals = worker_proposals(told, CORNER.start)
    a, c, b = told.scale[j], told.effort_exponent[j], told.exponents[j][0]
    stated = a * proposals.effort[j] ** c * proposals.inputs[j][0] ** b
    assert stated == pytest.approx(proposals.output[j], rel=1e-9)
    i = planning.like(told, PLANT)[0]
    other = (
        told.scale[i] * proposals.effort[j] ** told.effort_exponent[i] * proposals.inputs[j][0] ** told.exponents[i][0]
    )
    assert planning.same_means(told, CORNER.start, PLANT)[0] == pytest.approx(other / stated, rel=1e-9)
    assert planning.same_means(told, CORNER.start, PLANT)[0] > planning.same_means(CORNER, CORNER.start, PLANT)[0]


def test_if_all_alike_hide_together_the_comparison_sees_almost_nothing():
    both = planning.hide(planning.hide(CORNER, PLANT, 0.4), "Southbank gasworks", 0.4)
    honest = planning.plan(CORNER, rule="memory", threshold=1e-3)
    year = planning.plan(both, rule="memory", threshold=1e-3)
    assert year.converged
    now = planning.same_means(both, year.prices, PLANT)[0]
    assert now == pytest.approx(planning.same_means(CORNER, honest.prices, PLANT)[0], abs=0.02)
    assert year.prices[1] > 1.5 * honest.prices[1], "and everybody pays for it"


def test_like_means_the_same_good_from_the_same_kinds_of_inputs():
    assert [RIVERSIDE.workplaces[i] for i in planning.like(RIVERSIDE, "Eastside bakery")] == [
        "Haddad ovens",
        "Mill Lane bakery",
    ]


MILLERS = economy.from_arrays(
    kinds=["private", "nature", "labour"], supply=[0, 100, 200], product=[0] * 4, scale=[5, 4, 6, 3],
    effort_exponent=[0.08, 0.2, 0.3, 0.4], effort_disutility=[3.5] * 4, effort_weight=[1] * 4,
    inputs=[[1, 2], [2, -1], [2, 1], [2, 1]], exponents=[[0.3, 0.4], [0.6, 0], [0.5, 0.2], [0.1, 0.6]],
    tastes=[[1, 0, 0]], income=[1000],
)  # fmt: skip


def test_who_uses_other_inputs_is_not_alike_and_the_order_of_inputs_does_not_matter():
    assert planning.like(MILLERS, 0) == [2, 3]
    assert planning.like(MILLERS, 1) == []


def test_from_the_same_means_everybody_makes_what_their_own_technique_makes():
    """a e**c l**b n**d, each with their own a, c, b and d, from the first one's effort, land and hours."""
    prices = [20, 3, 5]
    first = worker_proposals(MILLERS, prices)
    e, (land, hours) = first.effort[0], first.inputs[0]
    made = np.array([6 * e**0.3 * land**0.2 * hours**0.5, 3 * e**0.4 * land**0.6 * hours**0.1])
    np.testing.assert_allclose(planning.same_means(MILLERS, prices, 0), made / first.output[0], rtol=1e-12)


@pytest.mark.parametrize(
    ("workplace", "share", "words"),
    [("Nobody", 0.1, "no workplace"), (99, 0.1, "no workplace 99"), (PLANT, 1, "hides everything")],
)
def test_hiding_is_refused_where_it_makes_no_sense(workplace, share, words):
    with pytest.raises(ValueError, match=words):
        planning.hide(CORNER, workplace, share)


# --- smoke ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("town", [CORNER, RIVERSIDE], ids=["corner", "riverside"])
def test_the_rounds_find_the_charge_that_equals_the_marginal_harm(town):
    """The rounds' charge, found by announcing it, against the damage that nobody announced (Pigou)."""
    done = planning.plan_town(town, threshold=1e-6)
    assert done.charge == pytest.approx(pollution.marginal_damage(town, done.total_smoke), rel=1e-5)
    agreed = pollution.reveal(town, done.prices)
    assert done.charge == pytest.approx(agreed.charge, rel=1e-4)


def test_a_charge_on_smoke_means_less_smoke_than_none():
    without = planning.plan(RIVERSIDE, rule="memory", threshold=1e-3)
    free = RIVERSIDE.emissions @ worker_proposals(RIVERSIDE, without.prices).output
    assert planning.plan_town(RIVERSIDE).total_smoke < 0.5 * free


def test_a_plan_fits_together_and_nobody_was_told_anything():
    done = planning.plan_town(RIVERSIDE, threshold=1e-6)
    made = np.bincount(RIVERSIDE.product, done.proposals.output, minlength=RIVERSIDE.supply.size) + RIVERSIDE.supply
    used = np.zeros(RIVERSIDE.supply.size)
    np.add.at(used, RIVERSIDE.inputs[RIVERSIDE.inputs >= 0], done.proposals.inputs[RIVERSIDE.inputs >= 0])
    np.testing.assert_allclose(made, used + done.consumption.sum(axis=0), rtol=1e-5)


def test_messages_about_smoke_come_from_those_who_make_it_and_those_who_breathe_it():
    """Two of fifteen workplaces smoke, and all eight neighbourhoods are harmed, more or less."""
    assert planning.WithSmoke(RIVERSIDE).messages_per_round == RIVERSIDE.messages_per_round + 2 + 8


def test_a_town_plan_makes_what_is_best_at_its_prices_and_its_charge():
    done = planning.plan_town(CORNER)
    proposed = worker_proposals(CORNER, done.prices, charge=done.charge)
    np.testing.assert_array_equal(done.proposals.output, proposed.output)
    assert done.total_smoke == pytest.approx(CORNER.emissions @ proposed.output)


def test_where_nobody_smokes_there_is_nothing_to_agree_on():
    clean = economy.scenario("two_goods").economy
    with pytest.raises(ValueError, match="Plan without it"):
        planning.WithSmoke(clean)


# --- tastes ---------------------------------------------------------------------------------------------------------


def test_a_change_of_taste_keeps_everybodys_points_and_the_tastes_of_others():
    town = planning.with_taste(RIVERSIDE, "Harbour", "energy", 0.1)
    np.testing.assert_allclose(town.tastes.sum(axis=1), RIVERSIDE.tastes.sum(axis=1))
    h = RIVERSIDE.neighbourhoods.index("Harbour")
    np.testing.assert_array_equal(np.delete(town.tastes, h, 0), np.delete(RIVERSIDE.tastes, h, 0))
    done = planning.plan_town(town, threshold=1e-5)
    np.testing.assert_allclose((done.consumption * done.prices).sum(axis=1), RIVERSIDE.income, rtol=1e-9)


def test_a_further_share_of_points_is_a_share_whatever_tastes_add_up_to():
    """Only proportions of tastes count: three times as large, and everybody answers the same, before and after."""
    large = planning.with_taste(replace(RIVERSIDE, tastes=3 * RIVERSIDE.tastes), "Harbour", "energy", 0.1)
    small = planning.with_taste(RIVERSIDE, "Harbour", "energy", 0.1)
    np.testing.assert_allclose(large.tastes, 3 * small.tastes, rtol=1e-12)
    np.testing.assert_allclose(large.respond(large.start), small.respond(small.start), rtol=1e-12)


def test_who_wants_more_of_a_good_makes_it_dearer_and_more_of_it_made():
    before, after = (
        planning.plan_town(CORNER),
        planning.plan_town(planning.with_taste(CORNER, "Harbour", "energy", 0.2)),
    )
    assert after.prices[1] > before.prices[1]
    assert after.proposals.output[2:].sum() > before.proposals.output[2:].sum()
    assert (after.consumption[:2, 1] < before.consumption[:2, 1]).all(), "the others get less of it"


@pytest.mark.parametrize(
    ("who", "good", "share", "words"),
    [
        ("Nowhere", "bread", 0.1, "no neighbourhood"),
        ("Harbour", "hours", 0.1, "don't ask"),
        ("Harbour", "bread", 2, "share"),
    ],
)
def test_tastes_that_make_no_sense_are_refused(who, good, share, words):
    with pytest.raises(ValueError, match=words):
        planning.with_taste(CORNER, who, good, share)

"""The one calculation: prices at which everything adds up, found whatever the town, or refused in words."""

import dataclasses

import numpy as np
import pytest

from parecon_edu import economy
from parecon_edu.institutions import allocation as kernel
from parecon_edu.institutions import central, market, participatory
from parecon_edu.institutions.welfare import best_plan, own_budget

RIVERSIDE = economy.scenario("riverside")
ALL = (market, central, participatory)


def terms(town, *, counted=1.0, share=1.0):
    return kernel.Terms(
        economy=town,
        counted=np.full(town.product.size, counted),
        harm=town.damage * share,
        incomes=lambda _: town.income,
        budget=own_budget(town),
    )


def relisted(town, order):
    """Return the same town with its goods in another order: good `order[n]` is now number n."""
    e, order = town.economy, np.asarray(order)
    now = np.argsort(order)
    other = dataclasses.replace(
        e,
        kinds=e.kinds[order],
        supply=e.supply[order],
        product=now[e.product],
        inputs=np.where(e.inputs >= 0, now[e.inputs], -1),
        tastes=e.tastes[:, order],
        start=e.start[order],
        goods=tuple(e.goods[g] for g in order),
    )
    return dataclasses.replace(
        town,
        economy=other,
        planner_priorities=town.planner_priorities[order],
        units=tuple(town.units[g] for g in order),
    )


ENERGY_FIRST = (2, 3, 0, 5, 1, 4, 6, 7, 8)  # an input as good number 0; hours stay in their order, as skill has them


@pytest.mark.parametrize("institution", ALL)
def test_in_which_order_goods_are_listed_changes_nothing(institution):
    order = list(ENERGY_FIRST)
    towns = RIVERSIDE, relisted(RIVERSIDE, order)
    plain, turned = (institution.allocate(town, case="failure", surprise=0) for town in towns)
    np.testing.assert_allclose(turned.equivalent_by_council, plain.equivalent_by_council, rtol=1e-7)
    np.testing.assert_allclose(turned.prices, plain.prices[order], rtol=1e-7)
    np.testing.assert_allclose(turned.consumption, plain.consumption[:, order], rtol=1e-7)


@pytest.mark.parametrize("town", [*map(economy.scenario, economy.SCENARIOS), relisted(RIVERSIDE, ENERGY_FIRST)])
@pytest.mark.parametrize("counted", [1.0, 0.8])
def test_the_slopes_are_the_slopes(town, counted):
    """Against central differences: a wrong slope would only cost time, so nothing else would show it."""
    town = town.economy
    told = terms(town, counted=counted)
    z = kernel._unknowns(told, best_plan(town)) + 0.02
    step = 1e-6
    steps = step * np.eye(z.size)
    by_steps = [(kernel._imbalance(told, z + d)[0] - kernel._imbalance(told, z - d)[0]) / (2 * step) for d in steps]
    np.testing.assert_allclose(
        kernel._slopes(told, z, kernel._imbalance(told, z)[1]), np.transpose(by_steps), atol=1e-6
    )


def test_counting_less_of_a_price_is_answering_a_lower_price():
    """The workplaces' part of market power: those who count m of p answer p as price takers answer m p."""
    town = economy.scenario("two_goods").economy
    prices = np.array([50.0, 60.0, 70.0])
    one = kernel.ask(terms(town, counted=0.8), prices, 0.0)
    other = economy.worker_proposals(town, prices * [0.8, 0.8, 1])
    np.testing.assert_allclose(one.output, other.output, rtol=1e-12)
    np.testing.assert_allclose(one.inputs, other.inputs, rtol=1e-12)
    np.testing.assert_allclose(one.effort, other.effort, rtol=1e-12)


def test_a_charge_is_taken_from_what_is_counted():
    town = RIVERSIDE.economy
    prices, charge, counted = best_plan(town).prices, 200.0, 0.8
    answers = kernel.ask(terms(town, counted=counted), prices, charge)
    net = counted * prices[town.product] - charge * town.emissions
    spent = (answers.inputs * prices[town.inputs] * (town.inputs >= 0)).sum(axis=1)
    np.testing.assert_allclose(spent, town.exponents.sum(axis=1) * net * answers.output, rtol=1e-12)


@pytest.mark.parametrize("counted", [0.8, 1.2])
def test_a_monopoly_over_permits_reckons_with_what_the_works_count(counted):
    """Its mark-up is E / |dE/dt|: here dE/dt is taken by steps from works that count more or less than their price."""
    town = RIVERSIDE.economy
    told = dataclasses.replace(terms(town, counted=counted), monopoly=1.0)
    found = kernel.balance(told)
    step = 1e-5 * found.charge
    more, less = (kernel.ask(told, found.prices, found.charge + d).emissions for d in (step, -step))
    marginal = town.income @ town.damage * found.emissions
    assert found.charge == pytest.approx(marginal - found.emissions * 2 * step / (more - less), rel=1e-5)


@pytest.mark.parametrize("counted", [1.0, 0.8])
def test_a_charge_is_found_that_shuts_the_dirtiest_works_and_leaves_a_cleaner_one_of_another_good_open(counted):
    """The highest charge worth trying is the one that stops all smoke, not the one that stops the dirtiest works."""
    town = RIVERSIDE.economy
    emissions = np.zeros(town.product.size)
    emissions[0], emissions[6] = 1e-3, 1.0  # a little from a bakery, a lot from one maker of energy
    told = terms(dataclasses.replace(town, emissions=emissions), counted=counted)
    found = kernel.balance(told)
    assert found.output[6] < 1e-6 * found.output[7]
    assert found.output[0] > 0.5 * found.output[1]
    np.testing.assert_allclose(found.supply, found.demand, rtol=1e-8)
    assert found.charge == pytest.approx(told.economy.income @ told.harm * found.emissions, rel=1e-7)


@pytest.mark.parametrize("factor", [1e-3, 1, 30])
def test_prices_are_found_where_every_workplace_smokes(factor):
    town = RIVERSIDE.economy
    smoky = dataclasses.replace(
        town,
        emissions=0.001 / best_plan(town).prices[0] * best_plan(town).prices[town.product],
        damage=factor * town.damage,
    )
    answers = kernel.balance(terms(smoky))
    np.testing.assert_allclose(answers.supply, answers.demand, rtol=1e-8)
    assert answers.charge == pytest.approx(smoky.income @ smoky.damage * answers.emissions, rel=1e-7)


def changed_town(rng):
    """Return one of the towns with other damage, smoke, technology or tastes, within what an Economy accepts."""
    town = economy.scenario(str(rng.choice(economy.SCENARIOS)))
    e = town.economy
    changes = {"damage": e.damage * 10 ** rng.uniform(-3, 2)}
    if rng.random() < 0.3:
        changes["emissions"] = rng.uniform(0, 2e-3, e.product.size)
    if rng.random() < 0.5:
        factor = rng.uniform(0.3, 0.97) / e.returns.max()
        changes |= {"exponents": e.exponents * factor, "effort_exponent": e.effort_exponent * factor}
    if rng.random() < 0.5:
        tastes = e.tastes * np.exp(rng.normal(0, 1.5, e.tastes.shape))
        changes["tastes"] = tastes / tastes.sum(axis=1, keepdims=True)
    if rng.random() < 0.3:
        changes["scale"] = e.scale * np.exp(rng.normal(0, 1, e.scale.size))
    return dataclasses.replace(town, economy=dataclasses.replace(e, **changes))


def check_towns(seeds):
    for seed in seeds:
        rng = np.random.default_rng(seed)
        town = changed_town(rng)
        for institution in ALL:
            outcome = institution.allocate(town)
            assert outcome.equivalent == pytest.approx(1, abs=1e-7), seed
            outcome = institution.allocate(town, case="failure", seed=seed)
            assert 0 <= outcome.equivalent < 1, seed
            assert np.all(np.isfinite(outcome.consumption)), seed


def test_other_towns_are_settled_too_and_barone_holds_in_all_of_them():
    check_towns(range(12))


def test_where_a_straight_search_fails_walking_up_to_the_charge_gets_there():
    """Two towns in which it does fail; the second needs smaller steps on the way, too."""
    town = changed_town(np.random.default_rng(23)).economy
    told = terms(town)
    for found in (kernel._solve(told, kernel._approach(told)), kernel.balance(told)):
        if found is not None:  # what does not add up is no answer
            np.testing.assert_allclose(found.supply, found.demand, rtol=1e-8)
            assert found.charge == pytest.approx(town.income @ town.damage * found.emissions, rel=1e-7)
    town = changed_town(np.random.default_rng(65))
    assert 0 < participatory.allocate(town, case="failure", seed=65).equivalent < 1


def test_wherever_the_search_starts_it_ends_at_the_same_prices():
    for name in economy.SCENARIOS:
        town = economy.scenario(name).economy
        best = best_plan(town)
        for factor in (1e-30, 1e-3, 1e3, 1e30):
            far = dataclasses.replace(best, prices=best.prices * factor ** np.linspace(-1, 1, best.prices.size))
            np.testing.assert_allclose(kernel.balance(terms(town), start=far).prices, best.prices, rtol=1e-8)


@pytest.mark.sweep
def test_many_other_towns_are_settled_too_or_refused_in_words():
    """Damage up to thousands of times Riverside's: where no prices are found, it is said; and that is rare."""
    refused = {}
    for seed in range(12, 400):
        try:
            check_towns([seed])
        except ValueError as error:
            refused[seed] = str(error)
    assert all("No prices were found" in words for words in refused.values()), refused
    assert len(refused) <= 4, refused


@pytest.mark.parametrize("institution", ALL)
def test_in_what_unit_smoke_is_counted_does_not_matter(institution):
    """A thousand times the smoke of a unit: the same harm d E**2 / 2, a charge a thousand times larger a unit."""
    town = RIVERSIDE.economy
    other = dataclasses.replace(town, emissions=town.emissions / 1000, damage=town.damage * 1000**2)
    towns = RIVERSIDE, dataclasses.replace(RIVERSIDE, economy=other)
    fine, coarse = (institution.allocate(each, case="typical", surprise=0) for each in towns)
    assert coarse.emissions == pytest.approx(fine.emissions / 1000, rel=1e-8)
    assert coarse.charge == pytest.approx(1000 * fine.charge, rel=1e-8)
    np.testing.assert_allclose(coarse.equivalent_by_council, fine.equivalent_by_council, rtol=1e-8)


@pytest.mark.parametrize("institution", ALL)
def test_harm_that_nobody_does_is_as_good_as_none(institution):
    """Lungs that would suffer, and no smoke: no charge, nothing to decide about it, and the best plan."""
    clean = dataclasses.replace(RIVERSIDE.economy, emissions=np.zeros(15))
    outcome = institution.allocate(dataclasses.replace(RIVERSIDE, economy=clean))
    assert outcome.charge == outcome.emissions == 0
    assert outcome.equivalent == pytest.approx(1, abs=1e-9)
    free = dataclasses.replace(clean, damage=np.zeros(8))
    sides = (dataclasses.replace(RIVERSIDE, economy=each) for each in (clean, free))
    one, other = (institution.allocate(each, case="failure", surprise=0) for each in sides)
    assert one.say == pytest.approx(other.say, abs=1e-12)
    np.testing.assert_allclose(one.equivalent_by_council, other.equivalent_by_council, rtol=1e-8)


def test_scaling_all_points_changes_nothing_but_prices():
    """Twice the incomes and effort weights: twice the prices, and the same town."""
    town = RIVERSIDE.economy
    rich = dataclasses.replace(town, income=2 * town.income, effort_weight=2 * town.effort_weight)
    one, other = best_plan(town), best_plan(rich)
    np.testing.assert_allclose(other.prices, 2 * one.prices, rtol=1e-8)
    np.testing.assert_allclose(other.output, one.output, rtol=1e-8)
    assert other.charge == pytest.approx(2 * one.charge, rel=1e-8)

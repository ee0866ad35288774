"""Barone (1908): at their best all three institutions do the same, and nothing is better."""

import dataclasses

import numpy as np
import pytest
from scipy.optimize import minimize

from parecon_edu import economy
from parecon_edu.institutions import central, market, participatory
from parecon_edu.institutions.welfare import best_utility

TOWNS = ("riverside", "riverside_corner", "two_goods")


@pytest.mark.parametrize("name", TOWNS)
def test_without_frictions_all_three_institutions_make_the_same_allocation_and_it_is_the_best_plan(name):
    town = economy.scenario(name)
    outcomes = [institution.allocate(town) for institution in (market, central, participatory)]
    for outcome in outcomes:
        assert outcome.equivalent == pytest.approx(1, abs=1e-9)
        np.testing.assert_allclose(outcome.equivalent_by_council, 1, atol=1e-9)
        assert outcome.gini == 0
        assert outcome.say == pytest.approx(0, abs=1e-12)
        np.testing.assert_allclose(outcome.shortages, 0, atol=1e-9)
        np.testing.assert_allclose(outcome.saving, 0, atol=1e-6)
        for field in ("consumption", "public", "output", "effort", "prices", "income"):
            np.testing.assert_allclose(getattr(outcome, field), getattr(outcomes[0], field), rtol=1e-6, err_msg=field)
        assert outcome.emissions == pytest.approx(outcomes[0].emissions, rel=1e-6)


@pytest.mark.parametrize("name", TOWNS)
def test_the_best_case_preset_is_no_friction_at_all(name):
    town = economy.scenario(name)
    for institution in (market, central, participatory):
        outcome = institution.allocate(town, case="best")
        assert set(outcome.settings.values()) == {0.0}
        assert outcome.equivalent == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("name", "seed"), [("two_goods", 1), ("riverside_corner", 2), ("riverside", 3)])
def test_an_independent_optimiser_started_elsewhere_finds_the_same_plan_and_nothing_better(name, seed):
    """The primal problem itself: choose inputs, efforts and consumption, with no price anywhere in sight."""
    town = economy.scenario(name)
    found, consumption, emissions = best_by_search(town.economy, seed=seed)
    best = float(best_utility(town.economy).mean())
    assert found <= best + 1e-7
    assert found >= best - 1e-6
    plan = participatory.allocate(town)
    np.testing.assert_allclose(consumption, plan.consumption + plan.public, rtol=5e-3)
    assert emissions == pytest.approx(plan.emissions, rel=5e-3, abs=1e-9)


def test_two_goods_can_be_worked_out_on_paper():
    """Half of 100,000 goes to each good; a share b of sales pays for 1,000 hours, so the wage is 70."""
    outcome = market.allocate(economy.scenario("two_goods"))
    a, c, k, wage = 5.0, 0.08, 3.5, 70.0
    sales = 5000.0  # a tenth of half of all incomes
    assert outcome.prices[2] == pytest.approx(wage, rel=1e-9)
    for good, b in ((0, 0.6), (1, 0.8)):
        effort = (c * sales / k) ** (1 / k)
        output = a * effort**c * (b * sales / wage) ** b
        assert outcome.prices[good] == pytest.approx(sales / output, rel=1e-9)
        assert outcome.output[10 * good] == pytest.approx(output, rel=1e-9)


@pytest.mark.parametrize("institution", [market, central])
def test_relabelling_neighbourhoods_relabels_the_outcome(institution):
    town = economy.scenario("riverside_corner")
    plain = institution.allocate(town, case="failure", surprise=0)
    turned = institution.allocate(reordered(town, [2, 0, 1]), case="failure", surprise=0)
    assert turned.neighbourhoods == tuple(plain.neighbourhoods[h] for h in (2, 0, 1))
    np.testing.assert_allclose(turned.equivalent_by_council, plain.equivalent_by_council[[2, 0, 1]], rtol=1e-7)
    assert turned.equivalent == pytest.approx(plain.equivalent, rel=1e-9)


def reordered(town, order):
    old, people = town.economy, town.people
    changed = dataclasses.replace(
        old,
        tastes=old.tastes[order],
        income=old.income[order],
        damage=old.damage[order],
        neighbourhoods=tuple(old.neighbourhoods[h] for h in order),
    )
    columns = {
        field.name: np.asarray(getattr(people, field.name))[order]
        for field in dataclasses.fields(people)
        if field.name != "names"
    }
    return dataclasses.replace(
        town,
        economy=changed,
        people=dataclasses.replace(people, names=tuple(people.names[h] for h in order), **columns),
    )


def best_by_search(e, *, seed):
    """Maximise mean utility over log inputs, log efforts and log consumption, by SLSQP, from a random start."""
    homes, goods = e.tastes.shape
    rows, places = np.nonzero(e.inputs >= 0)
    used, share = e.inputs[rows, places], e.exponents[rows, places]
    private = np.flatnonzero(e.kinds == "private")
    public = np.flatnonzero(e.kinds == "public")
    works, n_in = e.product.size, rows.size
    n_c = homes * private.size
    c, k, s = e.effort_exponent, e.effort_disutility, e.effort_weight
    total = e.income.sum()

    def parts(v):
        return v[:n_in], v[n_in : n_in + works], v[n_in + works : n_in + works + n_c], v[n_in + works + n_c :]

    def output(v):
        x, effort, *_ = parts(v)
        return np.exp(np.log(e.scale) + c * effort + np.bincount(rows, share * x, minlength=works))

    def loss(v):
        _, effort, take, common = parts(v)
        smoke = e.emissions @ output(v)
        u = (e.tastes[:, private].ravel() @ take + e.tastes[:, public].sum(axis=0) @ common) / homes
        return -(u - e.damage.mean() * smoke**2 / 2 - np.sum(s * np.exp(k * effort)) / total)

    def slope_of(v, weight_of_output):
        """Return the gradient of sum(weight Q) in all variables."""
        w = weight_of_output * output(v)
        return np.concatenate([w[rows] * share, w * c, np.zeros(n_c + public.size)])

    def loss_slope(v):
        _, effort, *_ = parts(v)
        smoke = e.emissions @ output(v)
        g = slope_of(v, e.damage.mean() * smoke * e.emissions)
        g[n_in : n_in + works] += s * k * np.exp(k * effort) / total
        g[n_in + works : n_in + works + n_c] -= e.tastes[:, private].ravel() / homes
        g[n_in + works + n_c :] -= e.tastes[:, public].sum(axis=0) / homes
        return g

    def supply_and_demand(v):
        x, _, take, common = parts(v)
        supply = e.supply + np.bincount(e.product, output(v), minlength=goods)
        demand = np.bincount(used, np.exp(x), minlength=goods)
        demand[private] += np.exp(take).reshape(homes, -1).sum(axis=0)
        demand[public] += np.exp(common)
        return supply, demand

    def spare(v):
        supply, demand = supply_and_demand(v)
        return np.log(supply) - np.log(demand)

    def spare_slope(v):
        x, _, take, common = parts(v)
        supply, demand = supply_and_demand(v)
        rows_of = []
        for g in range(goods):
            row = slope_of(v, (e.product == g) / supply[g])
            row[:n_in] -= (used == g) * np.exp(x) / demand[g]
            if g in private:
                mask = np.tile(private == g, homes)
                row[n_in + works : n_in + works + n_c] -= mask * np.exp(take) / demand[g]
            if g in public:
                row[n_in + works + n_c :] -= (public == g) * np.exp(common) / demand[g]
            rows_of.append(row)
        return np.array(rows_of)

    draw = np.random.default_rng(seed)
    first = draw.normal(1.0, 1.0, n_in + works + n_c + public.size)
    first[n_in : n_in + works] = draw.normal(-1.0, 0.3, works)
    result = minimize(
        loss,
        first,
        jac=loss_slope,
        method="SLSQP",
        constraints={"type": "ineq", "fun": spare, "jac": spare_slope},
        options={"maxiter": 2000, "ftol": 1e-12},
    )
    assert result.success, result.message
    assert spare(result.x).min() > -1e-7
    _, _, take, common = parts(result.x)
    columns = np.zeros((homes, goods))
    columns[:, private] = np.exp(take).reshape(homes, -1)
    columns[:, public] = np.exp(common)
    return -result.fun, columns, float(e.emissions @ output(result.x))

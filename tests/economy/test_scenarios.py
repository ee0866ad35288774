"""The towns: they hang together as their files say, and what does not fit is refused in words."""

import copy
import dataclasses
import pickle
from importlib import resources

import numpy as np
import pytest

from parecon_edu import economy, planning
from parecon_edu.economy import scenarios
from parecon_edu.institutions import market
from parecon_edu.remuneration import gini

RIVERSIDE = economy.scenario("riverside")
MARGINAL_COAL_RATIO = 2.2  # Muller, Mendelsohn and Nordhaus 2011; range of their abstract .8 to 5.6


def source(name):
    return resources.files("parecon_edu.economy").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", economy.SCENARIOS)
def test_every_town_is_built_once_and_is_frozen(name):
    town = economy.scenario(name)
    assert economy.scenario(name) is town
    assert town.name == name
    with pytest.raises(dataclasses.FrozenInstanceError):
        town.name = "Elsewhere"
    with pytest.raises(ValueError, match="read-only"):
        town.people.ownership[0] = 1.0
    with pytest.raises(TypeError):
        town.cases["market"]["best"] = None


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda town: pickle.loads(pickle.dumps(town))])
def test_a_copy_is_the_same_town_and_as_frozen(copied):
    town = copied(RIVERSIDE)
    assert town.cases == RIVERSIDE.cases
    np.testing.assert_array_equal(town.economy.scale, RIVERSIDE.economy.scale)
    with pytest.raises(ValueError, match="read-only"):
        town.people.skill[0, 0] = 1.0
    with pytest.raises(TypeError):
        town.cases["market"]["best"].presets["slack"] = None


@pytest.mark.parametrize("name", economy.SCENARIOS)
def test_every_good_workplace_and_neighbourhood_has_a_unit_or_a_reason(name):
    town = economy.scenario(name)
    for each in (*town.economy.goods, *town.economy.workplaces, *town.economy.neighbourhoods):
        assert len(town.reasons[each]) > 10
    assert all(town.units)


def test_every_preset_and_every_case_has_a_reason():
    for institution in scenarios.INSTITUTIONS:
        for case in scenarios.CASES:
            assert len(RIVERSIDE.cases[institution][case].reason) > 20
            for name, preset in RIVERSIDE.cases[institution][case].presets.items():
                assert len(preset.reason) > 10, name


def test_a_surprise_is_the_same_for_all_three_in_every_case():
    for case in ("typical", "failure"):
        sizes = {RIVERSIDE.cases[institution][case].presets["surprise"].value for institution in scenarios.INSTITUTIONS}
        assert len(sizes) == 1


def test_riverside_is_the_town_the_course_describes():
    town = RIVERSIDE
    assert town.economy.income.size == 8
    assert town.people.downwind.sum() == 4
    made = [town.economy.goods[g] for g in town.economy.product]
    assert {good: made.count(good) for good in set(made)} == dict.fromkeys(
        ("bread", "clothes", "energy", "tools", "clinic"), 3
    )
    np.testing.assert_allclose(town.economy.tastes.sum(axis=1), 1)
    np.testing.assert_allclose(town.economy.effort_disutility, 3.5)
    assert np.all((town.economy.effort_exponent > 0.25) & (town.economy.effort_exponent < 0.35))
    assert np.all(town.economy.returns < 1)
    uses = set(town.economy.inputs[town.economy.inputs >= 0])
    assert {town.economy.goods.index("energy"), town.economy.goods.index("tools")} <= uses


def test_riversides_scales_follow_from_prices_sales_and_hours_as_its_file_says():
    """Sales V by Leontief's sum, x = b V / price, s = c V / k, a = V / p / (e**c prod x**b)."""
    e = RIVERSIDE.economy
    names = dict(zip(e.goods, range(len(e.goods)), strict=True))
    chosen = {"bread": 4, "clothes": 30, "energy": 0.8, "tools": 25, "clinic": 20}
    shares = np.array([0.40, 0.32, 0.28, 0.42, 0.33, 0.25, 0.55, 0.25, 0.20, 0.45, 0.20, 0.35, 0.36, 0.24, 0.40])
    b = np.zeros((15, 9))
    rows, places = np.nonzero(e.inputs >= 0)
    b[rows, e.inputs[rows, places]] = e.exponents[rows, places]
    among = np.zeros((9, 9))
    for j in range(15):
        among[:, e.product[j]] += shares[j] * b[j]
    sales_by_good = np.linalg.solve(np.eye(9) - np.where(e.made[:, None], among, 0), e.spending)
    sales = shares * sales_by_good[e.product]
    fixed = np.where(e.supply > 0, e.supply, 1)
    prices = np.where(e.made, 0, (sales @ b) / fixed)
    for good, price in chosen.items():
        prices[names[good]] = price
    np.testing.assert_allclose(e.effort_weight, e.effort_exponent * sales / 3.5, rtol=0.04)
    effort = (e.effort_exponent * sales / (3.5 * e.effort_weight)) ** (1 / 3.5)
    inputs = b * sales[:, None] / prices
    scale = sales / prices[e.product] / (effort**e.effort_exponent * np.prod(np.where(b > 0, inputs, 1) ** b, axis=1))
    np.testing.assert_allclose(e.scale, scale, rtol=5e-4)  # written with four digits
    outcome = market.allocate(RIVERSIDE, unpriced_harm=1)
    np.testing.assert_allclose(outcome.prices, prices, rtol=1e-3)
    np.testing.assert_allclose(outcome.effort, 1, atol=0.02)


def test_riversides_smoke_does_the_harm_its_file_says():
    """While it is free: marginal harm times the coal plant's smoke over the plant's value added."""
    e = RIVERSIDE.economy
    outcome = market.allocate(RIVERSIDE, unpriced_harm=1)
    plant = e.workplaces.index("Old Weir power plant")
    tools = e.goods.index("tools")
    bought = e.exponents[plant][e.inputs[plant] == tools].sum()
    value_added = (1 - bought) * outcome.prices[e.product[plant]] * outcome.output[plant]
    marginal = e.income @ e.damage * outcome.emissions
    ratio = marginal * e.emissions[plant] * outcome.output[plant] / value_added
    assert ratio == pytest.approx(MARGINAL_COAL_RATIO, rel=0.03)
    assert marginal * outcome.emissions / e.income.sum() == pytest.approx(0.18, abs=0.01)


def test_riversides_market_incomes_have_a_gini_of_about_two_fifths():
    outcome = market.allocate(RIVERSIDE, unequal_shares=1)
    assert outcome.gini == pytest.approx(0.4, abs=0.02)
    assert gini(RIVERSIDE.people.ownership) > outcome.gini


def test_riverside_takes_the_rules_about_as_long_as_such_a_town_should():
    """From 8 points for everything: the published rule two to five dozen rounds, memory about ten, accounts fewer."""
    rounds = {rule: planning.plan(RIVERSIDE.economy, rule=rule).rounds for rule in ("published", "memory", "accounts")}
    assert 34 <= rounds["published"] <= 64
    assert 8 <= rounds["memory"] <= 12
    assert 6 <= rounds["accounts"] <= 9


def test_on_riverside_a_board_can_be_too_eager():
    """Prices that move by .25 of the gap settle, by .3 they overshoot for ever: the edge that a lesson looks for."""
    settles = [planning.plan(RIVERSIDE.economy, rule=planning.proportional(k)).converged for k in (0.15, 0.25, 0.3)]
    assert settles == [True, True, False]


def by_hand(e, *, pull, below):
    """Move every price by `pull` times its own imbalance; return the rounds it takes."""
    prices = e.start.copy()
    for rounds in range(1, 40):
        supply, demand = e.respond(prices)
        gap = 2 * (demand - supply) / (demand + supply)
        if np.abs(gap).max() < below:
            return rounds
        prices = prices * (1 + np.clip(pull * gap, -0.5, 0.5))
    return None


def test_the_corner_of_riverside_can_be_brought_into_balance_by_hand():
    """A newcomer who moves each price by a fifth to a half of what is missing needs 5 to 10 rounds; haste fails."""
    corner = economy.scenario("riverside_corner").economy
    assert all(5 <= by_hand(corner, pull=pull, below=0.05) <= 10 for pull in (0.2, 0.3, 0.4, 0.5))
    assert by_hand(corner, pull=1.0, below=0.05) is None


def test_an_unknown_town_is_refused_by_name():
    with pytest.raises(ValueError, match=r"scenario knows riverside, .* but not 'atlantis'"):
        economy.scenario("atlantis")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "Haddad ovens"', 'name = "Eastside bakery"', "workplaces must be distinct"),
        ("bread = 0.26", "bread = 0.36", "tastes must add up to 1: those of Hilltop add up to 1.1"),
        ("ownership = 0.66", "ownership = 0.76", "ownership must add up to 1"),
        ("residents = 500", "residents = 600", "residents must be the same number"),
        ('lobby = "energy"', 'lobby = "land"', "lobby names 'land', which nobody makes"),
        ('makes = "clinic"', 'makes = "hope"', "names 'hope', which is no good of this scenario"),
        ("absence = 0.20", "absence = 1.20", "absence is a share"),
        ("bread = 0.20", "land = 0.20", "planner_priorities go to what nobody consumes"),
        ("value = 0.65,", "value = 7,", "unequal_shares in the typical case of market is 7"),
        ('{ "manual hours" = 0.14', '{ "manual hours" = 0.24', "skill in one category of labour must add up to 1"),
        ('"care hours" = 0.16', '"care hours" = 0.26', "skill in one category of labour must add up to 1"),
        ("officials = 0.35", "officials = 0.45", "officials must add up to 1"),
        ("insiders = 0.10", "insiders = 0.20", "insiders must add up to 1"),
        ("bread = 0.20", "bread = 0.30", "planner_priorities must add up to 1, but adds up to 1.1"),
        ('period = "week"', "", "has no 'period'"),
        ("scale = 74.16", "scale = ", "no valid TOML"),
        ("energy = 0.09, tools = 0.05", "energy = 0.40, tools = 0.05", "Eastside bakery has no best plan"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(old, new, message):
    text = source("riverside")
    assert old in text
    with pytest.raises(ValueError, match=message):
        scenarios.read(text.replace(old, new, 1))


E = RIVERSIDE.economy


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (dict(units=RIVERSIDE.units[:-1]), "units has 8 units for 9 goods"),
        (dict(economy=dataclasses.replace(E, neighbourhoods=E.neighbourhoods[::-1])), "name different neighbourhoods"),
        (dict(economy=dataclasses.replace(E, income=np.append(E.income[1:], 1.0))), "income must be the same"),
        (dict(people=economy.scenario("two_goods").people), "people has 2 neighbourhoods, the economy 8"),
        (
            dict(people=dataclasses.replace(RIVERSIDE.people, skill=RIVERSIDE.people.skill[:, 1:])),
            "skill has 2 columns for 3 categories of labour",
        ),
        (dict(cases={name: RIVERSIDE.cases[name] for name in ("market", "central")}), "no 'best' for 'participatory'"),
        (
            dict(cases={**RIVERSIDE.cases, "central": {"best": RIVERSIDE.cases["central"]["best"]}}),
            "no 'typical' for 'central'",
        ),
    ],
)
def test_parts_of_two_towns_do_not_make_one(parts, message):
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(RIVERSIDE, **parts)


def test_incomes_are_points_a_person_times_residents():
    """The unit of account is so many points for every resident; a row with a `count` is numbered from 1."""
    text = source("two_goods")
    for points, residents in ((100, 500), (100, 200), (30, 200)):
        changed = text.replace("points_a_person = 100", f"points_a_person = {points}")
        town = scenarios.read(changed.replace("residents = 500", f"residents = {residents}"))
        np.testing.assert_allclose(town.economy.income, points * residents)
    assert town.economy.workplaces == tuple(f"{who} {n}" for who in ("Bakery", "Tailor") for n in range(1, 11))


def test_a_town_read_from_its_own_text_is_the_same_town():
    again = scenarios.read(source("riverside"))
    assert market.allocate(again).prices == pytest.approx(market.allocate(RIVERSIDE).prices)

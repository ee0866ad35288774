"""Councils' answers: each workplace's proposal is the best it can do, and totals are the sum of proposals."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from parecon_edu import economy


def town(**changes):
    """Two workplaces make bread, one makes flour; land, work and a park; two neighbourhoods."""
    fields = dict(
        kinds=["private", "intermediate", "nature", "labour", "public"],
        supply=[0, 0, 100, 200, 0],
        product=[0, 0, 1, 4],
        scale=[5, 4.5, 5, 4],
        effort_exponent=[0.08, 0.06, 0.1, 0.3],
        effort_disutility=[3.5, 3, 4, 3.5],
        effort_weight=[1, 1, 1, 2],
        inputs=[[1, 3], [3, -1], [2, 3], [2, 3]],
        exponents=[[0.4, 0.4], [0.8, 0], [0.3, 0.5], [0.2, 0.4]],
        tastes=[[0.6, 0, 0, 0, 0.4], [0.3, 0, 0, 0, 0.2]],
        income=[1000, 3000],
        emissions=[0, 0.5, 1, 0],
        damage=[1e-6, 3e-6],
        goods=["bread", "flour", "land", "work", "park"],
        workplaces=["Mill Lane bakery", "Home bakery", "mill", "gardeners"],
        neighbourhoods=["Upstream", "Downstream"],
    )
    return economy.from_arrays(**{**fields, **changes})


PRICES = np.array([30.0, 20.0, 8.0, 5.0, 40.0])


def profit(town, j, prices, log_choice, charge=0.0):
    """Benefit less cost of workplace j, straight from the production function: the choice is ln inputs, ln effort."""
    used = town.inputs[j] >= 0
    x, e = np.exp(log_choice[:-1]), np.exp(log_choice[-1])
    output = town.scale[j] * e ** town.effort_exponent[j] * np.prod(x ** town.exponents[j][used])
    cost = x @ prices[town.inputs[j][used]] + town.effort_weight[j] * e ** town.effort_disutility[j]
    return (prices[town.product[j]] - charge * town.emissions[j]) * output - cost


def test_the_worked_example_of_the_model_notes():
    one = economy.from_arrays(
        kinds=["private", "nature", "labour"],
        supply=[0, 1, 1],
        product=[0],
        scale=[5],
        effort_exponent=[0.08],
        effort_disutility=[3.5],
        effort_weight=[1],
        inputs=[[1, 2]],
        exponents=[[0.4, 0.4]],
        tastes=[[1, 0, 0]],
        income=[1],
    )
    answer = economy.worker_proposals(one, [700, 600, 500])
    np.testing.assert_allclose(answer.output, 609.7572994, rtol=1e-9)
    np.testing.assert_allclose(answer.inputs, [[284.5534064, 341.4640877]], rtol=1e-9)
    np.testing.assert_allclose(answer.effort, 13.79727835, rtol=1e-9)


@pytest.mark.parametrize("charge", [0.0, 7.0])
@pytest.mark.parametrize("j", range(4))
def test_no_other_plan_is_better_for_a_workplace(j, charge):
    here = town()
    answer = economy.worker_proposals(here, PRICES, charge=charge)
    used = here.inputs[j] >= 0
    proposed = np.log(np.append(answer.inputs[j][used], answer.effort[j]))
    best = profit(here, j, PRICES, proposed, charge)
    searched = minimize(
        lambda choice: -profit(here, j, PRICES, choice, charge),
        proposed + 0.2,
        method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-10, "maxiter": 2_000},
    )
    assert -searched.fun <= best * (1 + 1e-9)
    np.testing.assert_allclose(searched.x, proposed, atol=1e-3)


def test_what_is_proposed_can_be_made_from_what_is_asked_for():
    here = town()
    answer = economy.worker_proposals(here, PRICES)
    made = here.scale * answer.effort**here.effort_exponent
    made = made * np.prod(np.where(here.inputs >= 0, answer.inputs, 1.0) ** here.exponents, axis=1)
    np.testing.assert_allclose(answer.output, made, rtol=1e-12)
    assert (answer.inputs[here.inputs < 0] == 0).all()


def test_benefit_over_cost_does_not_expose_hidden_capacity():
    honest, slack = town(), town(scale=[5, 2.25, 5, 4])
    expected = 1 / (honest.exponents.sum(axis=1) + honest.effort_exponent / honest.effort_disutility)
    for here in (honest, slack):
        np.testing.assert_allclose(economy.worker_proposals(here, PRICES).benefit_cost, expected, rtol=1e-12)
    assert economy.worker_proposals(slack, PRICES).output[1] < economy.worker_proposals(honest, PRICES).output[1] / 2


def test_a_charge_acts_like_a_lower_price_of_the_product():
    charged = economy.worker_proposals(town(), PRICES, charge=4.0)
    lower = PRICES.copy()
    lower[1] -= 4.0  # flour, whose mill emits 1 a unit
    np.testing.assert_allclose(charged.output[2], economy.worker_proposals(town(), lower).output[2], rtol=1e-12)
    np.testing.assert_allclose(charged.output[0], economy.worker_proposals(town(), PRICES).output[0], rtol=1e-12)


def test_a_product_worth_less_than_its_smoke_is_not_made():
    answer = economy.worker_proposals(town(), PRICES, charge=20.0)
    assert answer.output[2] == 0
    assert (answer.inputs[2] == 0).all()
    assert answer.effort[2] == 0
    assert answer.benefit_cost[2] == 0
    assert answer.output[0] > 0


def test_a_charge_can_differ_by_workplace():
    mixed = economy.worker_proposals(town(), PRICES, charge=[0, 0, 4.0, 0])
    np.testing.assert_array_equal(mixed.output[1], economy.worker_proposals(town(), PRICES).output[1])
    np.testing.assert_array_equal(mixed.output[2], economy.worker_proposals(town(), PRICES, charge=4.0).output[2])


def test_totals_are_the_sum_of_all_proposals():
    here = economy.published(3, goods=3, per_industry=20, consumers=15)
    prices = np.linspace(300, 900, 15)
    workers, wanted = economy.worker_proposals(here, prices), economy.consumer_proposals(here, prices)
    supply, demand = here.supply.copy(), wanted.sum(axis=0)
    for j, good in enumerate(here.product):
        supply[good] += workers.output[j]
        for place, used in enumerate(here.inputs[j]):
            if used >= 0:
                demand[used] += workers.inputs[j, place]
    np.testing.assert_allclose(here.respond(prices), (supply, demand), rtol=1e-12)


@pytest.mark.parametrize("charge", [4.0, 25.0, [0, 7.0, 4.0, 0]])
def test_totals_under_a_charge_are_the_sum_of_all_proposals_under_it(charge):
    """Makers ask for x = lambda' b Q / p: what the charge takes buys no inputs; at lambda' <= 0 they ask for none."""
    here = town()
    workers, wanted = economy.worker_proposals(here, PRICES, charge=charge), economy.consumer_proposals(here, PRICES)
    supply, demand = here.supply.copy(), wanted.sum(axis=0)
    np.add.at(supply, here.product, workers.output)
    used = here.inputs >= 0
    np.add.at(demand, here.inputs[used], workers.inputs[used])
    np.testing.assert_allclose(here.respond(PRICES, charge=charge), (supply, demand), rtol=1e-12)


@pytest.mark.parametrize("charge", [2.0, 25.0])
def test_accounts_are_the_proposals_item_by_item(charge):
    here = town()
    workers, accounts = economy.worker_proposals(here, PRICES, charge=charge), here.accounts(PRICES, charge=charge)
    items = np.zeros((4, 5))
    for j, place in np.argwhere(here.inputs >= 0):
        items[j, here.inputs[j, place]] = workers.inputs[j, place]
    np.testing.assert_allclose(accounts.inputs.toarray(), items, rtol=1e-12)
    np.testing.assert_allclose(accounts.output, workers.output, rtol=1e-12)
    np.testing.assert_allclose(accounts.benefit_cost, workers.benefit_cost, rtol=1e-12)
    np.testing.assert_allclose(accounts.revenue, (PRICES[here.product] - charge * here.emissions) * workers.output)


def test_every_neighbourhood_spends_its_income_in_proportion_to_its_tastes():
    asked = economy.consumer_proposals(town(), PRICES) * PRICES
    np.testing.assert_allclose(asked.sum(axis=1), [1000, 3000])
    np.testing.assert_allclose(asked[:, 0] / asked[:, 4], [0.6 / 0.4, 0.3 / 0.2])


@settings(max_examples=30, deadline=None)
@given(t=st.floats(1e-3, 1e3), low=st.floats(0.1, 10))
def test_only_relative_prices_count(t, low):
    here, prices = town(), PRICES * np.array([1, low, 1, low, 1])
    scaled = replace(here, effort_weight=here.effort_weight * t, income=here.income * t)
    np.testing.assert_allclose(scaled.respond(prices * t), here.respond(prices), rtol=1e-9)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_councils_and_goods_does_not_matter(seed):
    rng, here = np.random.default_rng(seed), town()
    work, home, good = rng.permutation(4), rng.permutation(2), rng.permutation(5)
    place = np.append(np.argsort(good), -1)  # old number of a good -> its new one; -1 stays
    mixed = economy.from_arrays(
        here.kinds[good],
        here.supply[good],
        place[here.product[work]],
        here.scale[work],
        here.effort_exponent[work],
        here.effort_disutility[work],
        here.effort_weight[work],
        place[here.inputs[work]],
        here.exponents[work],
        here.tastes[np.ix_(home, good)],
        here.income[home],
        here.emissions[work],
        here.damage[home],
        here.start[good],
    )
    for total, other in zip(here.respond(PRICES), mixed.respond(PRICES[good]), strict=True):
        np.testing.assert_allclose(other, total[good], rtol=1e-12)


def test_a_workplace_proposes_more_when_its_product_is_dearer_and_less_when_an_input_is():
    base = economy.worker_proposals(town(), PRICES).output[0]
    dearer = PRICES * [1.1, 1, 1, 1, 1]
    assert economy.worker_proposals(town(), dearer).output[0] > base
    assert economy.worker_proposals(town(), PRICES * [1, 1.1, 1, 1, 1]).output[0] < base


def test_almost_constant_returns_answer_enormously_but_stay_finite():
    edge = town(exponents=[[0.5, 0.4771428571], [0.8, 0], [0.3, 0.5], [0.2, 0.4]])  # B + c/k = 1 - 1e-10
    for prices in (PRICES, PRICES * [2, 1, 1, 1, 1], PRICES / [2, 1, 1, 1, 1]):
        answer = economy.worker_proposals(edge, prices)
        for array in (*edge.respond(prices), answer.output, answer.inputs, answer.effort, answer.benefit_cost):
            assert np.isfinite(array).all()
            assert (array >= 0).all()


def test_effort_that_costs_almost_the_same_however_much_it_is_stays_finite():
    """e = (lambda' c Q / (s k))**(1/k) has no end as k falls to 0; c falls with it, so that B + c/k stays below 1."""
    restless = town(effort_disutility=[1e-3] * 4, effort_exponent=[1e-4] * 4, effort_weight=[1e-3] * 4)
    answer = economy.worker_proposals(restless, 100 * PRICES)
    assert np.isfinite(answer.effort).all()
    assert (answer.effort > 1).all()


@pytest.mark.parametrize("g", range(5))
def test_a_price_is_answered_in_finite_numbers_or_refused_by_the_name_of_its_good(g):
    for price in (1e-300, 1e-150, 1e-100, 1e100, 1e150, 1e300):
        here, prices = town(), PRICES.copy()
        prices[g] = price
        if 1e-105 <= price <= 1e105:
            answer = economy.worker_proposals(here, prices)
            for array in (*here.respond(prices), answer.output, answer.inputs, answer.effort, answer.benefit_cost):
                assert np.isfinite(array).all()
        else:
            for ask in (here.respond, lambda p: economy.worker_proposals(town(), p)):
                with pytest.raises(ValueError, match=here.goods[g]):
                    ask(prices)


def test_what_stands_at_an_empty_place_does_not_count():
    """-1 in inputs: the exponent beside it, even one that would make returns increase, is no part of the technology."""
    odd = town(exponents=[[0.4, 0.4], [0.8, 7.0], [0.3, 0.5], [0.2, 0.4]])
    np.testing.assert_array_equal(odd.returns, town().returns)
    np.testing.assert_array_equal(odd.respond(PRICES), town().respond(PRICES))


def test_messages_are_output_and_inputs_of_makers_and_goods_with_a_taste():
    assert town().messages_per_round == 4 + 7 + 4


# --- what is refused -------------------------------------------------------------------------------------------

REFUSED = {
    "kinds": (dict(kinds=["private", "intermediate", "nature", "labor", "public"]), "'labor'"),
    "no kinds": (dict(kinds=[]), "kinds"),
    "supply of what is made": (dict(supply=[5, 0, 100, 200, 0]), "bread"),
    "no supply": (dict(supply=[0, 0, 0, 200, 0]), "land"),
    "negative supply": (dict(supply=[0, 0, -1, 200, 0]), "land"),
    "supply shape": (dict(supply=[0, 0, 100]), "supply"),
    "product out of range": (dict(product=[0, 0, 1, 5]), "product"),
    "product not whole": (dict(product=[0, 0, 1, 3.5]), "product"),
    "product is nature": (dict(product=[0, 0, 1, 2]), "land"),
    "nobody makes": (dict(product=[0, 0, 0, 4]), "flour"),
    "empty product": (dict(product=[]), "product"),
    "scale 0": (dict(scale=[5, 0, 5, 4]), "scale.*Home bakery has 0"),
    "scale nan": (dict(scale=[5, np.nan, 5, 4]), "scale.*Home bakery"),
    "scale infinite": (dict(scale=[5, np.inf, 5, 4]), "scale.*Home bakery"),
    "scale shape": (dict(scale=[5, 5]), "scale"),
    "effort exponent": (dict(effort_exponent=[0.08, -0.06, 0.1, 0.3]), "effort_exponent.*Home bakery"),
    "effort disutility": (dict(effort_disutility=[3.5, 3, 0, 3.5]), "effort_disutility.*mill"),
    "effort weight": (dict(effort_weight=[1, 1, 1, np.nan]), "effort_weight.*gardeners"),
    "increasing returns": (dict(exponents=[[0.6, 0.4], [0.8, 0], [0.3, 0.5], [0.2, 0.4]]), "Mill Lane bakery.*1.02"),
    # Binary fractions, so that B + c/k = 1/4 + 1/4 + 2/4 is 1 exactly.
    "constant returns": (
        dict(
            exponents=[[0.25, 0.25], [0.8, 0], [0.3, 0.5], [0.2, 0.4]],
            effort_exponent=[2, 0.06, 0.1, 0.3],
            effort_disutility=[4, 3, 4, 3.5],
        ),
        "Mill Lane bakery.*= 1, ",
    ),
    "input out of range": (dict(inputs=[[1, 3], [3, -2], [2, 3], [2, 3]]), "inputs"),
    "input twice": (dict(inputs=[[3, 3], [3, -1], [1, 3], [2, 3]]), "Mill Lane bakery.*Add"),
    "first good as input twice": (
        dict(inputs=[[1, 3], [3, -1], [2, 3], [0, 0]], exponents=[[0.4, 0.4], [0.8, 0], [0.3, 0.5], [0.2, 0.2]]),
        "gardeners.*Add",
    ),
    "exponent 0": (dict(exponents=[[0.4, 0], [0.8, 0], [0.3, 0.5], [0.2, 0.4]]), "exponents.*Mill Lane bakery"),
    "exponent nan": (dict(exponents=[[0.4, np.nan], [0.8, 0], [0.3, 0.5], [0.2, 0.4]]), "exponents.*Mill Lane"),
    "exponents shape": (dict(exponents=[[0.4], [0.8], [0.3], [0.2]]), "exponents"),
    "public input": (
        dict(inputs=[[4, 3], [3, 1], [2, 3], [2, 3]], exponents=[[0.4, 0.4], [0.4, 0.4], [0.3, 0.5], [0.2, 0.4]]),
        "park",
    ),
    "free good": (dict(inputs=[[1, 3], [3, -1], [3, -1], [3, -1]]), "land.*free"),
    "unused product": (dict(inputs=[[2, 3], [3, -1], [2, 3], [2, 3]]), "flour.*free"),
    "unwanted product": (dict(tastes=[[0.6, 0, 0, 0, 0], [0.3, 0, 0, 0, 0]]), "park"),
    "taste for work": (dict(tastes=[[0.6, 0, 0, 0.1, 0.4], [0.3, 0, 0, 0, 0.2]]), "work"),
    "taste for an intermediate good": (dict(tastes=[[0.6, 0.1, 0, 0, 0.4], [0.3, 0, 0, 0, 0.2]]), "flour"),
    "taste for nature": (dict(tastes=[[0.6, 0, 0.1, 0, 0.4], [0.3, 0, 0, 0, 0.2]]), "land"),
    "negative taste": (dict(tastes=[[0.6, 0, 0, 0, 0.4], [-0.3, 0, 0, 0, 0.5]]), "tastes.*Downstream"),
    "nan taste": (dict(tastes=[[0.6, 0, 0, 0, 0.4], [np.nan, 0, 0, 0, 0.5]]), "tastes.*Downstream"),
    "infinite taste": (dict(tastes=[[0.6, 0, 0, 0, np.inf], [0.3, 0, 0, 0, 0.5]]), "tastes.*Upstream"),
    "tasteless": (dict(tastes=[[0.6, 0, 0, 0, 0.4], [0, 0, 0, 0, 0]]), "Downstream"),
    "tastes shape": (dict(tastes=[[0.6, 0, 0, 0, 0.4]]), "tastes"),
    "negative income": (dict(income=[1000, -1]), "income.*Downstream has -1"),
    "no income": (dict(income=[0, 0]), "income"),
    "empty income": (dict(income=[]), "income"),
    "income not numbers": (dict(income=["much", "little"]), "income"),
    "negative emissions": (dict(emissions=[0, 0, -1, 0]), "emissions.*mill"),
    "nan damage": (dict(damage=[0, np.nan]), "damage.*Downstream"),
    "start 0": (dict(start=0), "start.*bread"),
    "start shape": (dict(start=[1, 2]), "start"),
    "same name": (dict(workplaces=["mill", "bakery", "mill", "gardeners"]), "'mill'"),
    "number of names": (dict(goods=["bread"]), "goods"),
    "names that are none": (dict(goods=["bread", "", "land", "work", "park"]), "goods .*can be read"),
    "names that are numbers": (dict(workplaces=[1, 2, 3, 4]), "workplaces .*text"),
    "digits in quotation marks": (dict(scale=["5", "5", "5", "4"]), "scale must be numbers"),
    "true and false": (dict(scale=[True, True, True, True]), "scale must be numbers"),
    "rows of unequal length": (dict(inputs=[[1, 3], [3], [2, 3], [2, 3]]), "inputs .*equal length"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_meaning_is_refused_by_name(case):
    changes, words = REFUSED[case]
    with pytest.raises((ValueError, TypeError), match=words):
        town(**changes)


@pytest.mark.parametrize(
    ("prices", "words"),
    [([30, 20, 8, 5], "prices"), ([30, 20, 0, 5, 40], "land"), ([30, 20, -8, 5, 40], "land"),
     ([30, 20, np.nan, 5, 40], "land"), ([30, 20, np.inf, 5, 40], "land"), (["a"] * 5, "prices must be numbers"),
     (["30", "20", "8", "5", "40"], "prices must be numbers"), ([[1], [2, 3]], "prices .*equal length")],
)  # fmt: skip
def test_prices_that_are_no_prices_are_refused(prices, words):
    for ask in (town().respond, lambda p: economy.worker_proposals(town(), p),
                lambda p: economy.consumer_proposals(town(), p)):  # fmt: skip
        with pytest.raises((ValueError, TypeError), match=words):
            ask(prices)


@pytest.mark.parametrize("charge", [-1, np.nan, np.inf, 1e70, [1, 2], [0, 0, -1, 0], "1", True, ["1"] * 4])
def test_charges_that_are_no_charges_are_refused(charge):
    with pytest.raises((ValueError, TypeError), match="charge"):
        economy.worker_proposals(town(), PRICES, charge=charge)


def test_a_charge_is_one_number_or_one_a_workplace_whatever_holds_it():
    one = economy.worker_proposals(town(), PRICES, charge=0.1).output
    for charge in (np.array(0.1), np.float32(0.1), [0.1] * 4, np.full(4, 0.1)):
        np.testing.assert_allclose(economy.worker_proposals(town(), PRICES, charge=charge).output, one, rtol=1e-6)


@pytest.mark.parametrize(
    "ask",
    [
        lambda other: economy.worker_proposals(other, PRICES),
        lambda other: economy.consumer_proposals(other, PRICES),
        lambda other: economy.next_year(other, seed=1),
    ],
)
def test_what_is_no_economy_is_refused_with_a_way_to_get_one(ask):
    for other in ("riverside", None, economy.scenario("two_goods")):
        with pytest.raises(TypeError, match=r"economy must be an Economy: .*economy\.published"):
            ask(other)


# --- an economy stays as it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", [lambda e: e, copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e)), replace]
)
def test_nothing_in_an_economy_can_be_changed(how):
    here = how(town())
    with pytest.raises(FrozenInstanceError):
        here.income = np.ones(2)
    for field in fields(here):
        value = getattr(here, field.name)
        if isinstance(value, np.ndarray):
            with pytest.raises(ValueError, match="read-only"):
                value[...] = value
    np.testing.assert_array_equal(here.respond(PRICES), town().respond(PRICES))


def test_an_economy_does_not_share_memory_with_the_arrays_it_came_from():
    income = np.array([1000.0, 3000.0])
    here = town(income=income)
    before = here.respond(PRICES)
    income[:] = 1
    view = np.array([1000.0, 3000.0])
    window = view[:]
    window.flags.writeable = False
    there = town(income=window)
    view[:] = 1
    np.testing.assert_array_equal(here.income, there.income)
    np.testing.assert_array_equal(here.respond(PRICES), before)

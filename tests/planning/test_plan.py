"""Rounds: how they begin, when they end, what is counted and what is said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from parecon_edu import economy, planning
from parecon_edu.planning import progress

TOWN = economy.published(2, goods=2, per_industry=20, consumers=30)
ALL = list(planning.RULES)


def two_goods():
    """Incomes 100,000 spent half and half; 10 workplaces a good use labour (1000) with exponents .6 and .8."""
    return economy.from_arrays(
        kinds=["private", "private", "labour"],
        supply=[0, 0, 1000],
        product=[0] * 10 + [1] * 10,
        scale=[5] * 20,
        effort_exponent=[0.08] * 20,
        effort_disutility=[3.5] * 20,
        effort_weight=[1] * 20,
        inputs=[[2]] * 20,
        exponents=[[0.6]] * 10 + [[0.8]] * 10,
        tastes=[[1, 1, 0]] * 4,
        income=[25_000] * 4,
    )


class Answers:
    def __init__(self, supply, demand):
        self.answer = supply, demand

    def respond(self, prices):
        return self.answer


@pytest.mark.parametrize("rule", ["memory", "accounts", "responsive"])
def test_a_town_of_two_goods_comes_to_the_prices_of_its_closed_form(rule):
    """People spend R = 50,000 on each good, so each of its 10 workplaces takes in r = 5,000.

    Of that a share b goes to labour: the wage bill is (.6 + .8) 50,000 = 70,000 for 1,000 of labour, so w = 70. Each
    workplace uses x = b r / w. Effort is worth its burden at the margin: k s e**k = c r, e = (c r / (s k))**(1/k).
    It makes Q = a e**c x**b, and what it makes sells for r: p = r / (a e**c (b r / w)**b).
    """
    r, w = 5000, 70
    e = (0.08 * r / 3.5) ** (1 / 3.5)
    p = [r / (5 * e**0.08 * (b * r / w) ** b) for b in (0.6, 0.8)]
    fitted = planning.plan(two_goods(), rule=rule, threshold=1e-10)
    np.testing.assert_allclose(fitted.prices, [*p, w], rtol=1e-9)


@settings(max_examples=15, deadline=None)
@given(t=st.floats(1e-2, 1e2), rule=st.sampled_from(ALL))
def test_counting_in_other_money_multiplies_prices_and_changes_nothing_else(t, rule):
    scaled = economy.from_arrays(
        TOWN.kinds, TOWN.supply, TOWN.product, TOWN.scale, TOWN.effort_exponent, TOWN.effort_disutility,
        TOWN.effort_weight * t, TOWN.inputs, TOWN.exponents, TOWN.tastes, TOWN.income * t, start=TOWN.start * t,
    )  # fmt: skip
    here, there = planning.plan(TOWN, rule=rule), planning.plan(scaled, rule=rule)
    assert here.rounds == there.rounds
    np.testing.assert_allclose(there.price_history, t * here.price_history, rtol=1e-7)
    np.testing.assert_allclose(there.supply, here.supply, rtol=1e-6)
    np.testing.assert_allclose(there.demand, here.demand, rtol=1e-6)


# --- how rounds go ---------------------------------------------------------------------------------------------


def test_the_first_round_answers_the_start_prices():
    first = planning.plan(TOWN, max_rounds=1)
    assert first.rounds == 1
    np.testing.assert_array_equal(first.prices, np.full(10, 700.0))
    np.testing.assert_array_equal((first.supply[0], first.demand[0]), TOWN.respond(TOWN.start))
    np.testing.assert_array_equal(planning.plan(TOWN, start=350, max_rounds=1).prices, np.full(10, 350.0))


@pytest.mark.parametrize("rule", ALL)
def test_every_round_answers_the_prices_it_was_asked(rule):
    played = planning.plan(TOWN, rule=rule)
    for prices, supply, demand in zip(played.price_history, played.supply, played.demand, strict=True):
        np.testing.assert_array_equal(TOWN.respond(prices), (supply, demand))
    np.testing.assert_array_equal(played.prices, played.price_history[-1])
    gap = np.abs(2 * (played.supply - played.demand) / (played.supply + played.demand))
    np.testing.assert_allclose(played.worst, gap.max(axis=1), rtol=1e-12)


@pytest.mark.parametrize("threshold", [0.2, 0.05, 0.03, 0.003])
def test_it_stops_at_the_first_round_under_the_threshold(threshold):
    played = planning.plan(TOWN, rule="memory", threshold=threshold)
    assert played.converged
    assert played.worst[-1] < threshold
    assert (played.worst[:-1] >= threshold).all()
    assert played.first_below(threshold) == played.rounds


def test_at_the_threshold_is_not_below_it():
    """S = 1, D = 3: v = 2 x 2/4 is 1 exactly."""
    level = Answers(np.array([1.0]), np.array([3.0]))
    played = planning.plan(level, start=[1], threshold=1.0, max_rounds=3)
    assert (played.rounds, played.converged, played.first_below(1.0)) == (3, False, None)
    played = planning.plan(level, start=[1], threshold=np.nextafter(1.0, 2), max_rounds=3)
    assert (played.rounds, played.converged, played.first_below(np.nextafter(1.0, 2))) == (1, True, 1)


@pytest.mark.parametrize("rule", ["published", "proportional", "memory"])
def test_what_nobody_makes_and_nobody_asks_for_is_in_balance(rule):
    """0 over 0 is no gap: the price stays, and the rounds end when the other good is in balance."""

    class Half:
        def respond(self, prices):
            return np.array([1.0, 0.0]), np.array([1 / prices[0], 0.0])

    played = planning.plan(Half(), rule=rule, start=[2, 5])
    assert played.converged
    assert (played.price_history[:, 1] == 5).all()
    np.testing.assert_array_equal(played.imbalance[:, 1], 0)
    np.testing.assert_array_equal(played.imbalance[:, 0], played.worst)


def test_the_sentence_names_the_good_that_is_furthest_out_at_the_end():
    class Turning:
        asked = 0

        def respond(self, prices):
            self.asked += 1
            return np.ones(2), np.array([1.5, 1.1]) if self.asked == 1 else np.array([1.1, 1.4])

    played = planning.plan(Turning(), start=[1, 1], max_rounds=2)
    assert "good 1 is 33.3 % out of balance" in played.sentence  # 2 (1.4 - 1)/(1.4 + 1) = 1/3


def test_marks_are_the_first_rounds_below_20_10_5_and_3_percent():
    played = planning.plan(TOWN, threshold=0.05)
    for mark, reached in played.marks.items():
        below = [n + 1 for n, worst in enumerate(played.worst) if worst < mark]
        assert reached == (below[0] if below else None)
    assert list(played.marks) == [0.2, 0.1, 0.05, 0.03]
    assert played.first_below(0.05) == played.rounds
    assert played.first_below(0.0001) is None


def test_an_economy_in_balance_needs_one_round():
    ready = planning.plan(TOWN, rule="memory", threshold=1e-4).prices
    assert planning.plan(TOWN, start=ready).rounds == 1


def test_the_same_plan_twice_is_the_same_plan():
    for noise in (0.0, 0.01):
        a, b = (planning.plan(TOWN, rule="memory", noise=noise, seed=4) for _ in range(2))
        np.testing.assert_array_equal(a.price_history, b.price_history)


def test_year_two_begins_where_year_one_ended():
    one = planning.plan(TOWN, rule="memory")
    next_town = economy.next_year(TOWN, seed=3)
    two = planning.plan(next_town, rule="memory", before=one, start=5.0)
    np.testing.assert_array_equal(two.price_history[0], one.prices)
    np.testing.assert_array_equal((two.supply[0], two.demand[0]), next_town.respond(one.prices))
    assert two.rounds < planning.plan(next_town, rule="memory").rounds


def test_another_rule_in_year_two_keeps_the_prices_but_not_what_the_first_remembered():
    one = planning.plan(TOWN, rule="published")
    assert planning.plan(TOWN, rule="memory", before=one, max_rounds=1, threshold=1e-9).state is None


@pytest.mark.parametrize(("rule", "more"), [(rule, 60 if rule == "responsive" else 0) for rule in ALL])
def test_messages_are_counted(rule, more):
    """Output and each input a maker, each good with a taste a consumer; one more a maker under responsive."""
    played = planning.plan(TOWN, rule=rule)
    each = 60 + np.count_nonzero(TOWN.inputs >= 0) + 30 * 4 + more
    assert played.messages == played.rounds * each


def test_of_an_economy_that_shows_totals_only_the_totals_are_counted():
    class Totals:
        def respond(self, prices):
            return np.ones(2), 1 / prices

    played = planning.plan(Totals(), rule="proportional", start=[2, 0.5])
    assert played.converged
    assert played.messages == 4 * played.rounds


def test_a_users_own_function_makes_the_prices():
    def square_root(prices, supply, demand):
        return prices * (demand / supply) ** 0.1

    played = planning.plan(TOWN, rule=square_root, max_rounds=4)
    assert played.rule == "square_root"
    step = (played.demand[0] / played.supply[0]) ** 0.1
    np.testing.assert_allclose(played.price_history[1], played.price_history[0] * step)


def test_a_users_own_function_may_remember():
    def counting(prices, supply, demand, state):
        asked = (state or 0) + 1
        return prices * (1 + 0.01 * asked), asked

    played = planning.plan(TOWN, rule=counting, max_rounds=4)
    assert played.state == 3
    np.testing.assert_allclose(played.prices, 700 * 1.01 * 1.02 * 1.03)


def test_a_users_own_function_cannot_reach_into_the_record():
    def vandal(prices, supply, demand):
        prices[:] = 1
        supply[:] = 0
        return np.full(10, 700.0)

    played = planning.plan(TOWN, rule=vandal, max_rounds=3)
    assert (played.price_history == 700).all()
    assert (played.supply > 0).all()
    with pytest.raises(ValueError, match="read-only"):
        played.supply[:] = 0


# --- noise -----------------------------------------------------------------------------------------------------


def test_noise_is_independent_normal_and_relative():
    """Every total of round 1 is right times 1 + .02 N: over 200 seeds of 10 goods, mean 0 and spread .02."""
    supply, demand = TOWN.respond(TOWN.start)
    plans = [planning.plan(TOWN, max_rounds=1, noise=0.02, seed=seed) for seed in range(200)]
    errors = np.array([(p.supply[0] / supply - 1, p.demand[0] / demand - 1) for p in plans]) / 0.02
    assert abs(errors.mean()) < 4 / np.sqrt(errors.size)
    np.testing.assert_allclose(errors.std(), 1, atol=4 / np.sqrt(2 * errors.size))
    assert abs(np.corrcoef(errors[:, 0].ravel(), errors[:, 1].ravel())[0, 1]) < 4 / np.sqrt(2000)


def test_however_wrong_a_total_is_it_is_a_quantity():
    """1 + 3 N is below 0 for N < -1/3, a share of .3695 of all totals: these are counted as 0, never as less."""
    plans = [planning.plan(TOWN, max_rounds=1, noise=3.0, seed=seed) for seed in range(100)]
    for totals in (np.array([p.supply for p in plans]), np.array([p.demand for p in plans])):
        assert totals.min() == 0
        assert np.mean(totals == 0) == pytest.approx(0.3695, abs=4 * np.sqrt(0.3695 * 0.6305 / totals.size))


def test_without_noise_the_seed_does_not_matter():
    a, b = planning.plan(TOWN, seed=1), planning.plan(TOWN, seed=2)
    np.testing.assert_array_equal(a.price_history, b.price_history)


def test_noise_slows_planning_down():
    calm = planning.plan(TOWN, rule="memory").rounds
    noisy = [planning.plan(TOWN, rule="memory", noise=0.01, seed=seed).rounds for seed in range(10)]
    assert np.mean(noisy) > calm


# --- when it does not settle -----------------------------------------------------------------------------------


def test_scarfs_economy_balances_at_equal_prices_only_up_to_scale():
    for level in (0.1, 1, 30):
        supply, demand = planning.Scarf().respond(np.full(3, level))
        np.testing.assert_allclose(demand, supply)
    supply, demand = planning.Scarf().respond([1.0, 2.0, 3.0])
    np.testing.assert_allclose([1.0, 2.0, 3.0] @ (demand - supply), 0, atol=1e-12)  # Walras' law


def test_scarfs_prices_run_in_a_closed_circle_of_known_length():
    """With q = ln p and q' = D - S, near equal prices q_i' = (q_(i-1) - q_(i+1))/4: eigenvalues +-i sqrt(3)/4, so a
    circle takes 8 pi/sqrt(3) = 14.51. Half-way the prices stand on the other side.
    """
    start, circle = np.array([0.002, -0.003, 0.001]), 8 * np.pi / np.sqrt(3)

    def pull(_, q):
        supply, demand = planning.Scarf().respond(np.exp(q))
        return demand - supply

    run = solve_ivp(pull, (0, circle), start, t_eval=[circle / 2, circle], rtol=1e-9, atol=1e-12).y
    np.testing.assert_allclose(run.T, [-start, start], atol=2e-5)


@pytest.mark.parametrize("rule", ["published", "proportional"])
def test_rules_that_look_at_each_good_alone_never_settle_scarfs_economy(rule):
    played = planning.plan(planning.Scarf(), rule=rule, start=[1, 1.2, 0.9], max_rounds=1000)
    assert not played.converged
    assert played.worst[-50:].min() > played.worst[0] / 2


def test_memory_settles_scarfs_economy():
    played = planning.plan(planning.Scarf(), rule="memory", start=[1, 1.2, 0.9], threshold=0.001)
    assert played.converged
    assert played.rounds <= 10
    np.testing.assert_allclose(played.prices / played.prices[0], 1, rtol=0.01)


def test_too_strong_a_reaction_never_settles_and_it_says_so():
    big = economy.published(1)
    assert planning.plan(big, rule=planning.proportional(0.15)).converged
    strong = planning.plan(big, rule=planning.proportional(0.22))
    assert not strong.converged
    assert strong.rounds == 200
    assert strong.sentence.startswith("Not reached")


def test_growing_imbalance_is_called_diverging_before_the_last_round():
    def backwards(prices, supply, demand):
        return prices * (1 - 0.001 * (demand - supply) / (demand + supply))

    played = planning.plan(TOWN, rule=backwards, start=planning.plan(TOWN).prices * 1.2, max_rounds=100_000)
    assert played.diverging
    assert not played.converged
    assert played.rounds < 100_000
    assert played.sentence.startswith("Diverging")


class Scripted:
    """An economy whose one good is out by what is written, round by round: v = 2 (D - S)/(S + D), D = 1."""

    def __init__(self, script):
        self.supplies = iter([(2 - v) / (2 + v) for v in script])

    def respond(self, prices):
        return np.array([next(self.supplies)]), np.ones(1)


def blocks(*levels):
    """Twenty rounds at each level: as long as the board looks before it compares."""
    return [v for v in levels for _ in range(20)]


@pytest.mark.parametrize(
    ("script", "rounds"),
    [
        (blocks(0.3, 0.4, 0.5), 60),  # three blocks, each worse than the one before, and worse than at first
        (blocks(0.3, 0.2, 0.3, 0.4), 80),  # the last three of four
        (blocks(0.3, 0.306, 0.312), None),  # worse by two percent a block: that may be trembling
        (blocks(0.3, 0.5, 0.5), None),  # worse once
        (blocks(0.5, 0.3, 0.5), None),  # better, then worse
        ([0.9, *blocks(0.3, 0.4, 0.5)[1:]], None),  # worse and worse, and still better than at first
        (blocks(0.3, 0.4), None),  # too early to say
    ],
)
def test_diverging_is_three_blocks_of_rounds_each_worse_than_the_one_before(script, rounds):
    # One round more: on the last one the board stops because it is the last, and does not look.
    script = [*script, script[-1]]
    played = planning.plan(Scripted(script), rule=lambda p, s, d: p, start=[1], max_rounds=len(script))
    assert played.diverging == (rounds is not None)
    assert played.rounds == (rounds or len(script))


@pytest.mark.parametrize("factor", [1e20, 1e-20])
def test_prices_that_run_away_are_called_diverging(factor):
    played = planning.plan(TOWN, rule=lambda p, s, d: p * factor, max_rounds=1000)
    assert played.diverging
    assert np.isfinite(played.price_history).all()


def test_what_settles_says_so():
    assert planning.plan(TOWN, rule="memory").sentence.startswith("After")


@pytest.mark.parametrize("sigma", [0.2, 0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("side", ["tastes", "technology"])
def test_memory_settles_where_goods_replace_one_another_more_or_less_easily(side, sigma):
    other = planning.Ces(TOWN, **{side: sigma})
    assert planning.plan(other, rule="memory", threshold=0.001).converged


def uneven(town):
    """The same town with unequal incomes, and effort that weighs more in some workplaces than in others."""
    weight, income = np.geomspace(0.2, 5, town.product.size), np.geomspace(500, 50_000, town.income.size)
    return replace(town, effort_weight=weight, income=income)


def test_at_elasticity_one_ces_councils_answer_as_cobb_douglas_councils_do():
    prices, town = np.linspace(200, 900, 10), uneven(TOWN)
    for sigma in (1.0, 1 + 1e-7):
        np.testing.assert_allclose(planning.Ces(town, sigma, sigma).respond(prices), town.respond(prices), rtol=1e-5)


def test_with_tastes_that_hardly_replace_one_another_a_neighbourhood_buys_fixed_proportions():
    """sigma -> 0: x_g p**0 is the same for all goods wanted, so each buys I / sum p of each, at any prices."""
    prices, town = np.linspace(200, 900, 10), uneven(TOWN)
    stiff = planning.Ces(town, tastes=1e-9)
    wanted = stiff.respond(prices)[1] - stiff.accounts(prices).inputs.sum(axis=0)
    taste = town.tastes[0] > 0
    np.testing.assert_allclose(wanted, np.where(taste, town.income.sum() / prices[taste].sum(), 0), rtol=1e-6)


@pytest.mark.parametrize("sigma", [0.3, 1.0, 3.0])
def test_ces_councils_spend_their_incomes_and_choose_inputs_by_price(sigma):
    prices, doubled = np.linspace(200, 900, 10), np.linspace(200, 900, 10)
    other = planning.Ces(TOWN, sigma, sigma)
    accounts, (_, demand) = other.accounts(prices), other.respond(prices)
    np.testing.assert_allclose(prices @ (demand - accounts.inputs.sum(axis=0)), TOWN.income.sum())
    np.testing.assert_allclose(accounts.inputs @ prices, TOWN.exponents.sum(axis=1) * accounts.revenue)
    first, second = TOWN.inputs[0][TOWN.inputs[0] >= 0][:2]
    doubled[first] *= 2
    ratio = [a.inputs.toarray()[0, first] / a.inputs.toarray()[0, second] for a in (accounts, other.accounts(doubled))]
    np.testing.assert_allclose(ratio[1] / ratio[0], 2**-sigma, rtol=1e-9)


# --- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (dict(rule="best"), "'best'"), (dict(rule=3), "rule"), (dict(rule=lambda p: p), "rule"),
        (dict(start=0), "start"), (dict(start=-1.0), "start"), (dict(start=np.nan), "start"),
        (dict(start=[700] * 9), "start"), (dict(start=[0] + [700] * 9), "start"), (dict(start="dear"), "start"),
        (dict(threshold=0), "threshold"), (dict(threshold=np.nan), "threshold"), (dict(threshold="small"), "threshold"),
        (dict(max_rounds=0), "max_rounds"), (dict(max_rounds=2.5), "max_rounds"),
        (dict(noise=-0.1), "noise"), (dict(noise=np.inf), "noise"), (dict(noise=0.1, seed=-1), "seed"),
        (dict(before=planning.plan(economy.published(1), max_rounds=1)), "start"),
        (dict(rule=lambda p, s, d: -p), "prices made by the rule"),
        (dict(rule=lambda p, s, d: p * np.nan), "prices made by the rule"),
        (dict(rule=lambda p, s, d: p[:3]), "prices made by the rule"),
        (dict(rule=lambda p, s, d: "dearer"), "prices made by the rule .*numbers"),
        (dict(rule=lambda p, s, d, state: p), r"Return \(prices, state\)"), (dict(rule=str), "rule must be a function"),
        (dict(start=["700"] * 10), "start must be numbers"), (dict(before="last year"), "before must be last year's"),
    ],
)  # fmt: skip
def test_settings_that_have_no_meaning_are_refused(arguments, words):
    with pytest.raises((ValueError, TypeError), match=words):
        planning.plan(TOWN, **arguments)


@pytest.mark.parametrize(
    ("responder", "start", "words"),
    [
        (object(), [1, 1], "respond"), (Answers(np.ones(2), np.ones(2)), None, "start"),
        (Answers(np.ones(2), np.ones(2)), 5, "start"), (Answers(np.ones(3), np.ones(3)), [1, 1], "supply"),
        (Answers(np.ones(2), np.array([1, -1])), [1, 1], "demand"),
        (Answers(np.array([np.nan, 1]), np.ones(2)), [1, 1], "supply"),
        (Answers(["a", "b"], np.ones(2)), [1, 1], "supply, must be numbers"),
    ],
)  # fmt: skip
def test_economies_that_do_not_answer_are_refused(responder, start, words):
    with pytest.raises((ValueError, TypeError), match=words):
        planning.plan(responder, start=start)


@pytest.mark.parametrize("answer", [None, np.ones(2), (np.ones(2),) * 3])
def test_an_answer_that_is_no_pair_is_refused_with_the_pair_to_return(answer):
    responder = Answers(1, 1)
    responder.answer = answer
    with pytest.raises((ValueError, TypeError), match=r"Return \(supply, demand\)|supply, must have"):
        planning.plan(responder, start=[1, 1])


@pytest.mark.parametrize("mark", ["5 %", None, -0.1, np.nan])
def test_a_mark_that_is_no_imbalance_is_refused(mark):
    with pytest.raises((ValueError, TypeError), match="imbalance must be"):
        planning.plan(TOWN, max_rounds=1).first_below(mark)


# --- quiet, but not silent in a notebook -----------------------------------------------------------------------


def test_nothing_is_printed(capfd, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    for rule in ALL:
        planning.plan(TOWN, rule=rule)
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err == ""


class Bar:
    def __init__(self):
        self.shown = []

    def update(self, picture):
        self.shown.append(picture.data)


def test_a_run_longer_than_a_second_shows_a_bar_in_a_notebook_and_clears_it(monkeypatch):
    now, bar = [0.0], Bar()
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(progress, "_in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda picture, display_id: bar.update(picture) or bar)
    with progress.Progress("Planning", total=100) as shown:
        for done in range(100):
            now[0] = done / 50
            shown.update(done, f"round {done}")
    assert 'value="50"' in bar.shown[0]  # nothing in the first second
    assert "round 50" in bar.shown[0]
    assert len(bar.shown) == 1 + 4 + 1  # one, then five a second, then cleared
    assert bar.shown[-1] == ""


def test_a_quick_run_shows_no_bar(monkeypatch):
    monkeypatch.setattr(progress, "_in_notebook", lambda: pytest.fail("looked for a notebook"))
    planning.plan(TOWN, rule="memory")

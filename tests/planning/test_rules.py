"""Price rules, one step at a time: what each reads, how far it goes, what it remembers."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import sparse

from parecon_edu import economy, planning
from parecon_edu.economy import Accounts
from parecon_edu.planning import rules
from parecon_edu.planning.answers import Answers

TOWN = economy.published(2, goods=2, per_industry=20, consumers=30)


@dataclass
class Fixed:
    """An economy that answers the same whatever the prices are."""

    supply: tuple[float, ...]
    demand: tuple[float, ...]

    def respond(self, prices):
        return np.array(self.supply, dtype=float), np.array(self.demand, dtype=float)


@dataclass
class Loglinear:
    """An economy in which ln(D/S) is a straight line in log prices: z = A (ln p* - ln p)."""

    slopes: np.ndarray
    fit: np.ndarray

    def respond(self, prices):
        z = self.slopes @ (np.log(self.fit) - np.log(prices))
        return np.ones(len(z)), np.exp(z)


def test_published_takes_the_worked_step():
    """v = |2 (80 - 120) / 200| = .4; u = 1.05 - .5**.4; step = u (.25) = .0730354292."""
    two = planning.plan(Fixed((80,), (120,)), start=[700], max_rounds=2)
    np.testing.assert_allclose(two.prices, 700 * 1.0730354292, rtol=1e-10)
    np.testing.assert_allclose(two.prices, 751.1248004, rtol=1e-9)
    np.testing.assert_allclose(two.worst, [0.4, 0.4])


def test_published_multiplies_by_the_imbalance_of_the_round_before():
    """S = 95, D = 100: v = 10/195; the second step uses m = v instead of .25."""
    v = 10 / 195
    urgency = 1.05 - 0.5**v
    three = planning.plan(Fixed((95,), (100,)), start=[700], max_rounds=3)
    np.testing.assert_allclose(three.price_history[:, 0], 700 * np.cumprod([1, 1 + 0.25 * urgency, 1 + v * urgency]))


def test_published_never_steps_by_less_than_a_thousandth_and_lowers_what_is_left_over():
    """v = .02/200.01 = .0001: .25 u = .0125 at first (u = .05 + v ln 2), then v u = .000005, which the floor lifts."""
    answers = Fixed((100, 100.01, 100), (100.01, 100, 100))
    tiny = planning.plan(answers, start=[1, 1, 1], threshold=1e-9, max_rounds=3)
    first = 0.25 * (1.05 - 0.5 ** (0.02 / 200.01))
    np.testing.assert_allclose(tiny.prices, [(1 + first) * 1.001, (1 - first) * 0.999, 1], rtol=1e-12)


def test_proportional_moves_in_proportion_and_by_a_quarter_at_most():
    answer = Fixed((80, 100, 1), (120, 90, 1000))
    two = planning.plan(answer, rule="proportional", start=[1, 1, 1], max_rounds=2)
    np.testing.assert_allclose(two.prices[:2], [1.06, 1 - 0.15 * 20 / 190])
    strong = planning.plan(answer, rule=planning.proportional(1.0), start=[1, 1, 1], max_rounds=2)
    np.testing.assert_allclose(strong.prices, [1.25, 1 - 20 / 190, 1.25])


def test_memory_first_moves_by_its_weights_and_by_one_log_point_at_most():
    two = planning.plan(Fixed((100, 1), (110, 1000)), rule="memory", start=[1, 1], max_rounds=2)
    np.testing.assert_allclose(np.log(two.prices), [0.3 * np.log(1.1), 1])
    made = planning.plan(TOWN, rule="memory", max_rounds=2)
    z = np.log(made.demand[0] / made.supply[0])
    expected = np.clip(np.where(TOWN.made, 0.15, 0.3) * z, -1, 1)
    np.testing.assert_allclose(np.log(made.price_history[1] / 700), expected, rtol=1e-9, atol=1e-12)


def test_memory_solves_a_straight_line_economy_once_it_has_seen_every_direction():
    """With G goods, G remembered differences span all moves: round G + 2 is exact (Anderson 1965)."""
    line = Loglinear(np.array([[1.0, 0.5], [0.2, 4.0]]), np.array([1.2, 0.9]))
    solved = planning.plan(line, rule="memory", start=[1, 1], threshold=1e-9)
    assert solved.rounds == 4
    np.testing.assert_allclose(solved.prices, line.fit, rtol=1e-8)
    assert not planning.plan(line, rule="proportional", start=[1, 1], threshold=1e-9, max_rounds=4).converged


def test_memory_forgets_when_the_imbalance_grows_by_half():
    shock = [(1.0, 1.1), (1.0, 1.08), (1.0, 2.0)]

    class Shocked:
        asked = 0

        def respond(self, prices):
            supply, demand = shock[self.asked]
            self.asked += 1
            return np.array([supply, supply]), np.array([demand, supply])

    three = planning.plan(Shocked(), rule="memory", start=[1, 1], max_rounds=3)
    assert three.state.moves.shape == (2, 1)  # one difference, from rounds 1 and 2; round 3 made no price
    Shocked.asked = 0
    shock.append((1.0, 1.9))
    four = planning.plan(Shocked(), rule="memory", start=[1, 1], max_rounds=4)
    assert four.state.moves.shape == (2, 0)
    np.testing.assert_allclose(np.log(four.price_history[3] / four.price_history[2]), [0.3 * np.log(2), 0])


def test_memory_remembers_the_last_ten_rounds():
    """However prices move, ln(D/S) wanders between 1 and 1.2: no shock. Sixteen rounds make fifteen prices, of which
    fourteen come after a difference; the last ten of these are kept, oldest first, each over the length of its turn.
    """
    z = np.random.default_rng(1).uniform(1, 1.2, (16, 3))

    class Wandering:
        asked = -1

        def respond(self, prices):
            self.asked += 1
            return np.ones(3), np.exp(z[self.asked])

    long = planning.plan(Wandering(), rule="memory", start=[1, 1, 1], max_rounds=16)
    turns = np.diff(z[:15], axis=0).T
    moves = np.diff(np.log(long.price_history[:15]), axis=0).T
    size = np.linalg.norm(turns, axis=0)
    np.testing.assert_allclose(long.state.turns, (turns / size)[:, -10:], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(long.state.moves, (moves / size)[:, -10:], rtol=1e-9, atol=1e-12)


def test_memory_does_not_take_two_turns_that_are_almost_the_same_for_two_directions():
    """Turns (1, 0) and (1, .001): to explain z = (0, .1) by their difference takes a hundred of each, and answers are
    not that exact. Their weak direction (singular value .0007) is left out, so the move is the cautious .3 z.
    """
    turns = np.array([[1.0, 1.0], [0.0, 0.001]])
    state = rules.Memory(moves=np.eye(2), turns=turns / np.linalg.norm(turns, axis=0))
    answers = Answers(np.ones(2), np.ones(2), np.exp([0.0, 0.1]), np.zeros(2, dtype=bool))
    prices, _ = planning.RULES["memory"].step(answers, state)
    np.testing.assert_allclose(np.log(prices), [0, 0.3 * 0.1], atol=1e-3)


def test_memory_never_pairs_answers_of_two_years():
    """Year two's first price step may use differences within year one, but none across the turn of the year."""
    one = planning.plan(TOWN, rule="memory", threshold=0.2)
    kept = one.state.moves.shape[1]
    next_town = economy.next_year(TOWN, seed=1)
    two = planning.plan(next_town, rule="memory", before=one, threshold=1e-9, max_rounds=2)
    assert two.state.moves.shape[1] == kept
    three = planning.plan(next_town, rule="memory", before=one, threshold=1e-9, max_rounds=3)
    assert three.state.moves.shape[1] == kept + 1
    step = np.log(three.price_history[1] / three.price_history[0])
    np.testing.assert_allclose(three.state.moves[:, -1] / np.linalg.norm(three.state.moves[:, -1]),
                               step / np.linalg.norm(step), rtol=1e-6, atol=1e-9)  # fmt: skip


def test_published_keeps_its_multiplier_over_the_turn_of_the_year():
    """m is the imbalance of the last round that made a price: the one before the last."""
    one = planning.plan(TOWN)
    np.testing.assert_array_equal(one.state, np.minimum(0.25, one.imbalance[-2]))
    two = planning.plan(TOWN, before=one, threshold=1e-9, max_rounds=2)
    v = two.imbalance[0]
    urgency = 1.05 - 0.5**v
    step = np.maximum(0.001, np.minimum(urgency, urgency * one.state))
    sign = np.sign(two.demand[0] - two.supply[0])
    np.testing.assert_allclose(two.prices, one.prices * (1 + sign * step), rtol=1e-12)


def reaction_by_trial(town, prices):
    """d ln(D/S) / d ln p by asking the councils at slightly different prices."""

    def z(log_prices):
        supply, demand = town.respond(np.exp(log_prices))
        return np.log(demand / supply)

    here, h = np.log(prices), 1e-6
    return np.column_stack([(z(here + h * unit) - z(here - h * unit)) / (2 * h) for unit in np.eye(len(here))])


def test_responsive_takes_the_step_that_would_undo_the_imbalance_if_answers_were_straight_lines():
    near = planning.plan(TOWN, rule="responsive", threshold=1e-6).prices * np.linspace(0.95, 1.05, 10)
    two = planning.plan(TOWN, rule="responsive", start=near, threshold=1e-12, max_rounds=2)
    z = np.log(two.demand[0] / two.supply[0])
    newton = np.linalg.solve(reaction_by_trial(TOWN, near), -z)
    np.testing.assert_allclose(np.log(two.prices / near), newton, rtol=1e-4, atol=1e-7)


def test_accounts_takes_the_same_step_where_effort_does_not_answer():
    """With c -> 0 supply elasticity is B/(1 - B), which is all that accounts shows."""
    tireless = economy.from_arrays(
        TOWN.kinds, TOWN.supply, TOWN.product, TOWN.scale, np.full(60, 1e-9), TOWN.effort_disutility,
        TOWN.effort_weight, TOWN.inputs, TOWN.exponents, TOWN.tastes, TOWN.income,
    )  # fmt: skip
    by_accounts, by_answer = (
        planning.plan(tireless, rule=rule, max_rounds=2, threshold=1e-12).prices for rule in ("accounts", "responsive")
    )
    np.testing.assert_allclose(by_accounts, by_answer, rtol=1e-6)


@pytest.mark.parametrize("rule", ["accounts", "responsive"])
def test_no_step_is_longer_than_two_and_a_half_log_points(rule):
    far = planning.plan(TOWN, rule=rule, start=1e-6, max_rounds=2)
    assert np.abs(np.log(far.price_history[1] / far.price_history[0])).max() == pytest.approx(2.5)


@pytest.mark.parametrize("rule", ["accounts", "responsive"])
def test_a_step_that_made_things_worse_by_half_is_followed_by_a_small_one(rule):
    """Found among 1,000 small economies: without this, prices of this one fall for ever."""
    far = economy.published(316, goods=2, per_industry=3, consumers=20)
    played = planning.plan(far, rule=rule, threshold=0.001)
    assert played.converged
    z = np.abs(np.log(played.demand / played.supply)).max(axis=1)
    worse = np.flatnonzero(z[1:-1] > 1.5 * z[:-2]) + 1
    assert worse.size
    step = np.log(played.price_history[worse + 1] / played.price_history[worse])
    expected = np.where(far.made, 0.15, 0.3) * np.log(played.demand / played.supply)[worse]
    np.testing.assert_allclose(step, np.clip(expected, -1, 1), atol=1e-9)


def test_no_good_is_out_by_more_than_e_to_the_twentieth():
    """ln(D/S) has no end where S or D is 0; the board counts it as 20, either way."""
    answers = Answers(np.ones(3), np.array([0, 2, 1e30]), np.array([5, 0, 1.0]), np.ones(3, dtype=bool))
    np.testing.assert_array_equal(answers.log_ratio, [20, -20, -20])


class Circle:
    """Two workplaces use each other's product up, and nobody else wants it: only the ratio of prices matters.

    Each spends half of its revenue on the other's product: B = 1/2, which accounts takes for an elasticity of 1.
    """

    def accounts(self, prices):
        output = np.array([2.0, 1.0])
        inputs = sparse.csr_array(
            [[0, output[0] * prices[0] / prices[1] / 2], [output[1] * prices[1] / prices[0] / 2, 0]]
        )
        return Accounts(np.array([0, 1]), output, output * prices, inputs, np.full(2, 2.0))

    def respond(self, prices):
        accounts = self.accounts(prices)
        return accounts.output, accounts.inputs.sum(axis=0)


def test_where_prices_can_rise_together_without_changing_anything_the_smallest_move_is_made():
    """dln(D0/S0) = -3 dp0 + 3 dp1 and the other way round (eta = 1, b (1 + eta) = 1): nothing but dp0 - dp1 counts.

    At prices 1, S = (2, 1) and D = (1/2, 1), so z = (-ln 4, 0). The shortest move that comes nearest to undoing it
    is (-1, 1) ln 4 / 12.
    """
    two = planning.plan(Circle(), rule="accounts", start=[1, 1], max_rounds=2)
    np.testing.assert_allclose(np.log(two.prices), np.array([-1, 1]) * np.log(4) / 12, rtol=1e-9)


@pytest.mark.parametrize("rule", ["accounts", "responsive"])
def test_where_adding_up_goes_so_wrong_that_nothing_seems_supplied_rules_feel_their_way(rule):
    """Errors of 300 % make some supplies 0 while proposals say otherwise: nothing to solve, so each price
    follows its own good's gap by the weights of `memory`, as far as these rules ever go."""
    lost = planning.plan(TOWN, rule=rule, noise=3.0, seed=1, max_rounds=2)
    assert (lost.supply[0] == 0).any()
    z = Answers(lost.price_history[0], lost.supply[0], lost.demand[0], TOWN.made).log_ratio
    step = np.log(lost.price_history[1] / lost.price_history[0])
    np.testing.assert_allclose(step, np.clip(np.where(TOWN.made, 0.15, 0.3) * z, -2.5, 2.5), atol=1e-9)


@pytest.mark.parametrize("rule", ["accounts", "responsive"])
def test_rules_that_read_proposals_say_so_where_there_are_only_totals(rule):
    with pytest.raises(ValueError, match="itemised"):
        planning.plan(planning.Scarf(), rule=rule)


@pytest.mark.parametrize("rule", planning.RULES)
def test_no_rule_knows_the_answer(rule):
    """A rule sees answers only: an economy that hides everything else gets the same prices."""

    class Veiled:
        def __init__(self, town):
            self.respond, self.accounts, self.made = town.respond, town.accounts, town.made

    open_plan = planning.plan(TOWN, rule=rule, max_rounds=6)
    veiled = planning.plan(Veiled(TOWN), rule=rule, start=TOWN.start, max_rounds=6)
    np.testing.assert_array_equal(veiled.price_history, open_plan.price_history)


@pytest.mark.parametrize("rule", planning.RULES.values(), ids=planning.RULES)
def test_every_rule_says_in_three_sentences_what_it_does(rule):
    assert rule.words.count(". ") == 2
    assert rule.words.endswith(".")
    assert rule.reads


@pytest.mark.parametrize("kappa", [0, -1, np.nan, "much"])
def test_proportional_refuses_what_is_no_strength(kappa):
    with pytest.raises((ValueError, TypeError), match="kappa"):
        planning.proportional(kappa)

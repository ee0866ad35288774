"""Price rules: how the facilitation board turns a round's answers into the next prices.

A rule reads what every council has answered and what it remembers itself, and knows nothing else: no rule is told
the technology, the tastes or the prices at which everything would fit.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parecon_edu.planning.answers import Answers
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats
from parecon_edu.validation.people import show

State = Any  # each rule's own frozen value; None before it has made a price
Step = Callable[[Answers, State], tuple[Floats, State]]


def _same(state: State) -> State:
    return state


@dataclass(frozen=True)
class Rule:
    """One way to make the next prices.

    Parameters
    ----------
    name
        What it is called.
    reads
        Which numbers it looks at.
    words
        What it does, in three sentences.
    step
        (answers, state) -> (next prices, next state); the state is None at the start.
    new_year
        What is kept of the state when a new year begins.
    extra_messages
        Numbers it asks of each workplace a round, beyond output and inputs.
    """

    name: str
    reads: str
    words: str
    step: Step
    new_year: Callable[[State], State] = _same
    extra_messages: int = 0


# --- published -------------------------------------------------------------------------------------------------

MULTIPLIER = 0.25  # m, at the start and at most
SMALLEST_STEP = 0.001


def _published(answers: Answers, multiplier: State) -> tuple[Floats, State]:
    if multiplier is None:
        multiplier = np.full(answers.prices.size, MULTIPLIER)
    urgency = 1.05 - 0.5**answers.imbalance
    step = np.maximum(SMALLEST_STEP, np.minimum(urgency, urgency * multiplier))
    prices = answers.prices * (1 + step * np.sign(answers.excess))
    return prices, np.minimum(MULTIPLIER, answers.imbalance)


published = Rule(
    name="published",
    reads="each good's own gap, this round and the last",
    words=(
        "If a good is short its price goes up, if there is too much of it its price goes down. "
        "The step is larger the larger the gap is now and was a round ago. "
        "It never moves a price by less than a thousandth, so it comes close and then keeps trembling."
    ),
    step=_published,
)


# --- proportional ----------------------------------------------------------------------------------------------

LARGEST_SHARE = 0.25


def proportional(kappa: float = 0.15) -> Rule:
    """Return the rule p ← p (1 + kappa 2 (D - S) / (S + D)), a quarter up or down at most.

    Parameters
    ----------
    kappa
        How strongly it reacts. On the published economies .15 settles sooner than `published`; .22 never does.

    Examples
    --------
    >>> proportional(0.2).name
    'proportional'
    """
    kappa = checks.one_number("kappa", kappa, low=0.0, open_low=True)

    def step(answers: Answers, state: State) -> tuple[Floats, State]:
        share = np.clip(kappa * answers.excess, -LARGEST_SHARE, LARGEST_SHARE)
        return answers.prices * (1 + share), state

    return Rule(
        name="proportional",
        reads="each good's own gap",
        words=(
            "Each price moves in proportion to its good's own gap. "
            "It never moves by more than a quarter. "
            "Too strong a reaction overshoots, and then it never settles."
        ),
        step=step,
    )


# --- memory ----------------------------------------------------------------------------------------------------

ROUNDS_REMEMBERED = 10
WEIGHT_MADE, WEIGHT_FIXED = 0.15, 0.3  # supply of what is made reacts strongly, so its price may move less
SMALLEST_SINGULAR = 1e-2
SHOCK = 1.5  # forget everything when the imbalance grows by this factor within a year
LITTLE_MOVE = 1.0  # longest step, in log points


@dataclass(frozen=True, eq=False)
class Memory:
    """How answers changed when prices changed: differences between rounds of one year, and the last round."""

    moves: Floats  # (G, up to 10) changes of log prices
    turns: Floats  # (G, up to 10) changes of ln(D/S) that followed, made one long
    last: tuple[Floats, Floats] | None = None  # log prices and ln(D/S)
    shocked: bool = False  # whether the last round was so much worse that everything before it was forgotten


def _recall(answers: Answers, memory: Memory | None) -> Memory:
    """Add this round to what is remembered, or begin anew."""
    here = np.log(answers.prices), answers.log_ratio
    nothing = np.empty((answers.prices.size, 0))
    if memory is None:
        return Memory(nothing, nothing, here)
    if memory.last is None:
        return replace(memory, last=here, shocked=False)
    if _worse(here[1], _largest(memory.last[1])):
        return Memory(nothing, nothing, here, shocked=True)
    move, turn = here[0] - memory.last[0], here[1] - memory.last[1]
    size = float(np.linalg.norm(turn))
    if size == 0:
        return replace(memory, last=here, shocked=False)
    moves = np.column_stack([memory.moves, move / size])[:, -ROUNDS_REMEMBERED:]
    turns = np.column_stack([memory.turns, turn / size])[:, -ROUNDS_REMEMBERED:]
    return Memory(moves, turns, here)


def _largest(log_ratio: Floats) -> float:
    return float(np.abs(log_ratio).max())


def _worse(log_ratio: Floats, before: float) -> bool:
    """Tell whether the largest ln(D/S) has grown by half: it still tells apart what |2 (S - D) / (S + D)| calls 2."""
    return _largest(log_ratio) > SHOCK * before


def _explain(turns: Floats, log_ratio: Floats) -> Floats:
    """Return the mixture of remembered changes that comes nearest to today's imbalance, weak directions left out."""
    if not turns.shape[1]:
        return np.zeros(0)
    left, size, right = np.linalg.svd(turns, full_matrices=False)
    kept = size > SMALLEST_SINGULAR
    return np.asarray(right[kept].T @ ((left[:, kept].T @ log_ratio) / size[kept]))


def _corrected(memory: Memory, log_ratio: Floats, guess: Callable[[Floats], Floats]) -> Floats:
    """Return the move of log prices: what memory explains is undone as remembered, the rest by the `guess`.

    Anderson's (1965) acceleration: with remembered moves dX and turns dZ and today's z, gamma minimises
    |z - dZ gamma|, and the move is guess(z - dZ gamma) - dX gamma.
    """
    mixture = _explain(memory.turns, log_ratio)
    return np.asarray(guess(log_ratio - memory.turns @ mixture) - memory.moves @ mixture)


def _forget_last(memory: Memory | None) -> Memory | None:
    # Answers of two years differ because the year changed, not because prices did: never pair them.
    return None if memory is None else replace(memory, last=None)


def _little(answers: Answers) -> Callable[[Floats], Floats]:
    """Return the cautious move: a little in the direction of each good's own imbalance."""
    weight = np.where(answers.made, WEIGHT_MADE, WEIGHT_FIXED)
    return lambda log_ratio: np.asarray(weight * log_ratio)


def _moved(prices: Floats, move: Floats, most: float) -> Floats:
    return np.asarray(prices * np.exp(np.clip(move, -most, most)))


def _memory(answers: Answers, state: State) -> tuple[Floats, State]:
    memory = _recall(answers, state)
    move = _corrected(memory, answers.log_ratio, _little(answers))
    return _moved(answers.prices, move, LITTLE_MOVE), memory


memory = Rule(
    name="memory",
    reads="all totals of the last ten rounds",
    words=(
        "It remembers how all gaps changed when prices changed in the last ten rounds. "
        "It mixes those changes so that they would undo today's gaps, and for what is left it moves a little. "
        "If things suddenly get worse it forgets everything and begins again."
    ),
    step=_memory,
    new_year=_forget_last,
)


# --- accounts, responsive --------------------------------------------------------------------------------------

LARGEST_MOVE = 2.5


def _reaction(answers: Answers, elasticity: Floats) -> NDArray[np.float64]:
    """Return d ln(D/S) of each good (row) when each log price (column) rises, as told by the proposals' accounts.

    A workplace with value shares b = p x / (lambda Q) and supply elasticity eta answers a rise of its own price with
    eta percent more output and 1 + eta percent more of each input, and a rise of an input's price with b (1 + eta)
    percent less of all; final demand falls in step with the price.
    """
    from scipy import sparse

    accounts, goods = answers.accounts, answers.prices.size
    used, stretch = accounts.inputs, 1 + elasticity
    rows, columns = np.repeat(np.arange(accounts.product.size), np.diff(used.indptr)), used.indices
    makes = accounts.product[rows]  # of each item: the good that it goes into
    over = np.divide(1.0, accounts.revenue, out=np.zeros_like(elasticity), where=accounts.revenue > 0)
    stretched = used.data * answers.prices[columns] * over[rows] * stretch[rows]
    # Of what is made: eta at a better price of its own, -b (1 + eta) at a dearer input.
    supplied = -_table(makes, columns, accounts.output[rows] * stretched, goods)
    supplied += np.diag(np.bincount(accounts.product, accounts.output * elasticity, minlength=goods))
    # Of what is used: 1 + eta at a better price of the product, -b (1 + eta) at a dearer input, -1 at its own price.
    cut = sparse.csr_array((stretched, columns, used.indptr), shape=used.shape)
    asked = _table(columns, makes, used.data * stretch[rows], goods) - (used.T @ cut).toarray()
    asked -= np.diag(answers.demand)
    nothing = np.finfo(float).tiny
    with np.errstate(over="ignore", invalid="ignore"):  # where next to nothing is supplied; _newton looks at it
        by_demand, by_supply = np.maximum(answers.demand, nothing), np.maximum(answers.supply, nothing)
        return np.asarray(asked / by_demand[:, None] - supplied / by_supply[:, None])


def _table(rows: Any, columns: Any, values: Floats, goods: int) -> Floats:
    """Add up `values` in a table of goods by goods."""
    flat = np.bincount(rows * goods + columns, values, minlength=goods * goods)
    return np.asarray(flat.reshape(goods, goods), dtype=np.float64)


def _newton(answers: Answers, elasticity: Floats) -> Callable[[Floats], Floats]:
    """Return the function that solves for the move of log prices that undoes an imbalance."""
    reaction = _reaction(answers, elasticity)
    if not np.isfinite(reaction).all():
        return _little(answers)  # answers beyond arithmetic: feel the way instead of solving

    def move(log_ratio: Floats) -> Floats:
        try:
            solved = np.linalg.solve(reaction, -log_ratio)
        except np.linalg.LinAlgError:  # some prices can move together without changing anything: take the smallest move
            solved = np.linalg.lstsq(reaction, -log_ratio, rcond=1e-10)[0]
        return np.asarray(solved)

    return move


def _accounts(answers: Answers, state: State) -> tuple[Floats, State]:
    memory = _recall(answers, state)
    if memory.shocked:
        return _moved(answers.prices, _little(answers)(answers.log_ratio), LITTLE_MOVE), memory
    accounts = answers.accounts
    cost = accounts.inputs @ answers.prices
    margin = 1 - np.divide(cost, accounts.revenue, out=np.zeros_like(cost), where=accounts.revenue > 0)
    elasticity = 1 / np.maximum(margin, 1e-3) - 1
    move = _corrected(memory, answers.log_ratio, _newton(answers, elasticity))
    return _moved(answers.prices, move, LARGEST_MOVE), memory


accounts = Rule(
    name="accounts",
    reads="the itemised inputs of every proposal, and all totals of the last ten rounds",
    words=(
        "Each proposal lists what it uses, so the board knows what share of a product's value goes into each input. "
        "From these shares it guesses how every council would answer other prices, and solves for prices that fit. "
        "It corrects the guess from memory of earlier rounds, and if things suddenly get worse it takes a small step."
    ),
    step=_accounts,
    new_year=_forget_last,
)


def _responsive(answers: Answers, state: State) -> tuple[Floats, State]:
    largest = _largest(answers.log_ratio)  # all it remembers: whether its last step made things worse
    if state is not None and _worse(answers.log_ratio, state):
        return _moved(answers.prices, _little(answers)(answers.log_ratio), LITTLE_MOVE), largest
    ratio = answers.accounts.benefit_cost
    elasticity = np.divide(1.0, ratio - 1, out=np.zeros_like(ratio), where=ratio > 1)
    move = _newton(answers, elasticity)(answers.log_ratio)
    return _moved(answers.prices, move, LARGEST_MOVE), largest


def _nothing(state: State) -> None:
    return None


responsive = Rule(
    name="responsive",
    reads="the itemised inputs of every proposal, and its social benefit over cost",
    words=(
        "Each workplace adds one number to its proposal: its social benefit over cost, which says how strongly it "
        "would answer a better price. "
        "The board works out how all answers would change together, and solves for prices that fit. "
        "It trusts this round's numbers, so errors in them throw it off; if things get worse, it takes a small step."
    ),
    step=_responsive,
    new_year=_nothing,
    extra_messages=1,
)


RULES: dict[str, Rule] = {rule.name: rule for rule in (published, proportional(), memory, accounts, responsive)}


def own_rule(function: Callable[..., Any]) -> Rule:
    """Return a user's own function as a rule.

    It takes (prices, supply, demand) and returns the next prices; or (prices, supply, demand, state), the state being
    None at first, and returns (next prices, next state).

    Examples
    --------
    >>> timid = own_rule(lambda prices, supply, demand: prices * (demand / supply) ** 0.1)
    >>> timid.reads
    'supply and demand of every good'
    """
    try:
        wants = len(inspect.signature(function).parameters)
    except ValueError:  # some built-in functions do not say
        raise TypeError(f"A rule must be a function that says what it takes, and {show(function)} does not.") from None
    if wants not in (3, 4):
        raise TypeError(f"A rule takes prices, supply, demand and, if it likes, its state; yours takes {wants} things.")

    def step(answers: Answers, state: State) -> tuple[Floats, State]:
        given = answers.prices.copy(), answers.supply.copy(), answers.demand.copy()
        if wants == 3:
            return function(*given), None
        made = function(*given, state)
        if not isinstance(made, tuple | list) or len(made) != 2:
            raise TypeError(
                "A rule that takes its state must return the next prices and the next state: it gave "
                f"{show(made)}. Return (prices, state)."
            )
        return made[0], made[1]

    return Rule(
        name=getattr(function, "__name__", "own"), reads="supply and demand of every good", words="Your own.", step=step
    )

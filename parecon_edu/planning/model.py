"""Planning rounds: the board announces prices, the councils answer, the board adds up and announces new prices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.planning.answers import Answers, Responder
from parecon_edu.planning.progress import Progress
from parecon_edu.planning.rules import RULES, Rule, State, own_rule
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats
from parecon_edu.validation.people import plain, show

MARKS = (0.20, 0.10, 0.05, 0.03)

# Prices that far from where they began mean nothing any more, and would soon be too large to compute with.
FARTHEST_LOG_PRICE = 100.0
BLOCK = 20  # rounds; three blocks, each worse than the one before, are called diverging


@dataclass(frozen=True, eq=False)
class Plan:
    """A year's planning, round by round.

    Parameters
    ----------
    rule, threshold
        How prices were made, and how small the worst imbalance had to be.
    price_history, supply, demand : (rounds, G)
        What was announced and what was answered.
    worst : (rounds,)
        The worst imbalance |2 (S - D) / (S + D)| of each round.
    converged, diverging : bool
        Whether the worst imbalance came under the threshold; whether it kept growing instead.
    messages : int
        Numbers that councils sent to the board, in all rounds.
    state
        What the rule remembers.
    goods
        Names, where the economy has them.
    """

    rule: str
    threshold: float
    price_history: Floats
    supply: Floats
    demand: Floats
    worst: Floats
    converged: bool
    diverging: bool
    messages: int
    state: State
    goods: tuple[str, ...] = ()

    @property
    def rounds(self) -> int:
        """How many times the councils answered; the answer to the start prices is round 1."""
        return len(self.worst)

    @property
    def prices(self) -> Floats:
        """The prices (G,) that were answered last."""
        last: Floats = self.price_history[-1]
        return last

    @property
    def imbalance(self) -> Floats:
        """|2 (S - D) / (S + D)| of every good in every round (rounds, G)."""
        total = self.supply + self.demand
        gap = 2 * np.abs(self.supply - self.demand)
        return np.asarray(np.divide(gap, total, out=np.zeros_like(total), where=total > 0))

    @property
    def marks(self) -> dict[float, int | None]:
        """The first round under 20, 10, 5 and 3 %; None where it was not reached."""
        return {mark: self.first_below(mark) for mark in MARKS}

    def first_below(self, imbalance: float) -> int | None:
        """Return the first round whose worst imbalance was below `imbalance`, or None."""
        imbalance = checks.one_number("imbalance", imbalance, low=0.0)
        below = np.flatnonzero(self.worst < imbalance)
        return int(below[0]) + 1 if below.size else None

    @property
    def sentence(self) -> str:
        """How it went, in words."""
        goal = f"{100 * self.threshold:.3g} %"
        times = "1 round" if self.rounds == 1 else f"{self.rounds} rounds"
        worst = int(np.argmax(self.imbalance[-1]))
        name = self.goods[worst] if self.goods else f"good {worst}"
        last = f"{name} is {100 * self.worst[-1]:.3g} % out of balance"
        if self.converged:
            return f"After {times} every imbalance is under {goal}; the largest left: {last}."
        if self.diverging:
            return f"Diverging: after {times} the imbalances keep growing ({last}), so the board stopped."
        return f"Not reached: after {times} the imbalances are not all under {goal} ({last})."


def plan(
    economy: Responder,
    *,
    rule: str | Rule | Callable[..., Any] = "published",
    start: ArrayLike | None = None,
    threshold: float = 0.03,
    max_rounds: int = 200,
    before: Plan | None = None,
    noise: float = 0.0,
    seed: int | None = None,
) -> Plan:
    """Play planning rounds until every imbalance is under the threshold, and return the `Plan`.

    In a round the facilitation board announces prices, every council answers with its own activity only, and the
    board adds up. If the worst imbalance |2 (S - D) / (S + D)| is under the threshold it stops, else the rule makes
    new prices (Albert & Hahnel 1991; Hahnel 2021, ch. 9).

    Parameters
    ----------
    economy
        An `Economy`, or anything with `respond(prices) -> (supply, demand)`.
    rule
        A name in `RULES`, a `Rule`, or your own function of (prices, supply, demand), see `own_rule`.
    start : number or (G,)
        The first prices; None for the economy's own.
    threshold
        The plan is ready when the worst imbalance is below it.
    max_rounds
        The board gives up after so many rounds.
    before
        Last year's plan: its prices replace `start`, and what its rule remembers is kept (if it is the same rule).
    noise
        Each total is wrong by independent normal errors of this relative size (a share: 0.01 for 1 %).
    seed
        Of the noise; None counts as 0.

    Raises
    ------
    ValueError, TypeError
        For prices that are not above 0, an unknown rule, numbers out of range; while it runs, if the economy answers
        with something that is no quantity or a rule makes a price that is not above 0.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.published(1, goods=2, per_industry=20, consumers=30)
    >>> year_one = plan(town, rule="memory")
    >>> year_one.converged, year_one.rounds < 20
    (True, True)
    >>> year_two = plan(economy.next_year(town, seed=2), rule="memory", before=year_one)
    >>> year_two.rounds < year_one.rounds
    True
    """
    chosen = _rule(rule)
    threshold = checks.one_number("threshold", threshold, low=0.0, open_low=True)
    max_rounds = checks.whole_number("max_rounds", max_rounds, low=1)
    noise = checks.one_number("noise", noise, low=0.0)
    rng = np.random.default_rng(0 if seed is None else checks.whole_number("seed", seed, low=0))
    prices = _start(economy, start, before)
    state = chosen.new_year(before.state) if before is not None and before.rule == chosen.name else None
    made = np.asarray(getattr(economy, "made", np.zeros(prices.size, dtype=bool)))
    rounds: list[Answers] = []
    worst: list[float] = []
    diverging = False
    with Progress("Planning", total=max_rounds) as progress:
        while True:
            answers = _ask(economy, prices, made, noise, rng)
            rounds.append(answers)
            worst.append(answers.worst)
            if worst[-1] < threshold or len(rounds) == max_rounds:
                break
            progress.update(len(rounds), f"round {len(rounds)}, worst imbalance {100 * worst[-1]:.3g} %")
            prices, state = chosen.step(answers, state)
            prices = _announced(prices, rounds[0].prices, chosen)
            diverging = bool(np.abs(np.log(prices / rounds[0].prices)).max() > FARTHEST_LOG_PRICE) or _growing(worst)
            if diverging:
                break
    return Plan(
        rule=chosen.name,
        threshold=threshold,
        price_history=_record(rounds, "prices"),
        supply=_record(rounds, "supply"),
        demand=_record(rounds, "demand"),
        worst=_read_only(np.array(worst)),
        converged=worst[-1] < threshold,
        diverging=diverging,
        messages=len(rounds) * _messages(economy, chosen, prices.size),
        state=state,
        goods=tuple(getattr(economy, "goods", ())),
    )


def _rule(rule: str | Rule | Callable[..., Any]) -> Rule:
    if isinstance(rule, Rule):
        return rule
    if isinstance(rule, str):
        if rule not in RULES:
            raise ValueError(f"There is no rule {rule!r}. Put one of {', '.join(RULES)}, or a function of your own.")
        return RULES[rule]
    if callable(rule):
        return own_rule(rule)
    raise TypeError(f"rule must be a name, a Rule or a function, not {rule!r}.")


def _start(economy: Responder, start: ArrayLike | None, before: Plan | None) -> Floats:
    own = getattr(economy, "start", None)
    if not callable(getattr(economy, "respond", None)):
        raise TypeError(f"plan needs an Economy, or something with respond(prices); this is {economy!r:.80}.")
    if before is not None:
        if not isinstance(before, Plan):
            raise TypeError(f"before must be last year's Plan: you gave {show(before)}. Put what plan(...) returned.")
        start = before.prices
    elif start is None:
        start = own
    if start is None:
        raise ValueError("start is missing, and this economy has no start prices of its own. Put one price a good.")
    start = plain(start)
    if not hasattr(start, "__len__") or isinstance(start, str):
        if own is None:
            raise ValueError(
                "start is one number, but this economy does not say how many goods it has. Put one price a good."
            )
        start = np.full(np.shape(own), checks.one_number("start", start, low=0.0, open_low=True))
    prices = checks.numbers("start", start, shape=(None if own is None else len(own),), per="one price a good")
    checks.positive("start", prices, lambda g: f"good {g}")
    return prices


def _ask(
    economy: Responder, prices: Floats, made: NDArray[np.bool_], noise: float, rng: np.random.Generator
) -> Answers:
    """Play one round: ask for answers at these prices, and add the errors of adding up."""
    answer = economy.respond(prices)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(f"respond must return supply and demand: it gave {show(answer)}. Return (supply, demand).")
    supply, demand = (
        _quantities(name, total, prices.size) for name, total in zip(("supply", "demand"), answer, strict=True)
    )
    if noise:
        supply = np.maximum(0.0, supply * (1 + noise * rng.standard_normal(supply.size)))
        demand = np.maximum(0.0, demand * (1 + noise * rng.standard_normal(demand.size)))
    return Answers(prices, supply, demand, made, economy)


def _quantities(name: str, total: Any, goods: int) -> Floats:
    """Return what an economy answers, or refuse it."""
    name = f"The economy's answer, {name},"
    array = checks.numbers(name, total, shape=(goods,), per="one number a good")
    if not (array.min() >= 0 and array.max() < np.inf):
        checks.not_negative(name, array, lambda g: f"good {g}")
    return array


def _announced(prices: Any, first: Floats, rule: Rule) -> Floats:
    """Return the rule's new prices, or refuse them."""
    name = f"The prices made by the rule {rule.name!r}"
    array = checks.numbers(name, prices, shape=first.shape, per="one price a good")
    if not (array.min() > 0 and array.max() < np.inf):
        checks.positive(name, array, lambda g: f"good {g}")
    return array


def _growing(worst: list[float]) -> bool:
    """Tell whether the worst imbalance kept growing: three blocks of rounds, each worse by a twentieth than the last.

    Nothing is called diverging that is still better than the first round was.
    """
    if len(worst) < 3 * BLOCK or len(worst) % BLOCK:
        return False
    first, second, third = np.mean(np.reshape(worst[-3 * BLOCK :], (3, BLOCK)), axis=1)
    return bool(second > 1.05 * first and third > 1.05 * second and third > worst[0])


def _messages(economy: Responder, rule: Rule, goods: int) -> int:
    """Return the numbers sent a round; of an economy that only shows totals, one supply and one demand a good."""
    sent = int(getattr(economy, "messages_per_round", 2 * goods))
    return sent + rule.extra_messages * int(np.size(getattr(economy, "product", ())))


def _record(rounds: list[Answers], name: str) -> Floats:
    return _read_only(np.array([getattr(answers, name) for answers in rounds]))


def _read_only(array: Floats) -> Floats:
    array.flags.writeable = False
    return array

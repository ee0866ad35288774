"""Planning rounds that stop before everything adds up, and what the year is like that follows."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parecon_edu import planning
from parecon_edu.economy import Economy
from parecon_edu.institutions.allocation import Answers, Terms, ask
from parecon_edu.validation.arrays import Floats

MOST_ROUNDS = 400


@dataclass(frozen=True, eq=False)
class Councils:
    """The councils of a participatory plan, ready to answer prices round by round.

    The charge on smoke is announced as its share of the price of what is made, and incomes as they are, in the
    solved plan: then one rule for prices is enough, and only the prices have to be found.
    """

    terms: Terms
    solved: Answers

    @property
    def start(self) -> Floats:
        """The prices that the board announces first."""
        return self.terms.economy.start

    @property
    def goods(self) -> tuple[str, ...]:
        """Names."""
        return self.terms.economy.goods

    @property
    def made(self) -> NDArray[np.bool_]:
        """Which goods are made."""
        return self.terms.economy.made

    @property
    def product(self) -> NDArray[np.intp]:
        """The good that each workplace makes."""
        return self.terms.economy.product

    @property
    def messages_per_round(self) -> int:
        """Numbers that the councils send a round."""
        return self.terms.economy.messages_per_round

    @cached_property
    def _board(self) -> Economy:
        """What the board adds up: workplaces as they answer, and everybody's money as it is in the solved plan."""
        private, public = self.terms.budget(self.solved.income)
        money = private + public / private.shape[0]
        return replace(self.terms.seen, tastes=money, income=money.sum(axis=1))

    @cached_property
    def _counted(self) -> Floats:
        """How much of its price the makers of each good (G,) count; makers of one good count alike."""
        counted = np.ones(self.made.size)
        counted[self.product] = self.terms.counted
        return counted

    def respond(self, prices: Floats) -> tuple[Floats, Floats]:
        """Return supply and demand (G,)."""
        prices = np.asarray(prices, dtype=np.float64)
        supply, demand = self._board.respond(prices, charge=self._charge(prices) / self.terms.counted)
        return supply / self._counted, demand

    def answer(self, prices: Floats) -> Answers:
        """Return all councils' answers to these prices, one by one."""
        return ask(self.terms, prices, self._charge(prices), income=self.solved.income)

    def _charge(self, prices: Floats) -> Floats:
        return self.solved.charge * prices[self.product] / self.solved.prices[self.product]


def play(terms: Terms, solved: Answers, *, stop_at: float) -> tuple[Answers, planning.Plan]:
    """Play rounds by the published rule until the worst imbalance is below `stop_at`; return the last answers.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> from parecon_edu.institutions import participatory
    >>> outcome = participatory.allocate(economy.scenario("two_goods"), stop_at=0.05)
    >>> 0.9 < outcome.equivalent < 1, outcome.notes[0][:5]
    (True, 'After')
    """
    councils = Councils(terms, solved)
    year = planning.plan(councils, rule="published", threshold=stop_at, max_rounds=MOST_ROUNDS)
    return councils.answer(year.prices), year

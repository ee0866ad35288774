"""Other economies that answer prices: Scarf's, which no simple rule settles, and CES ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parecon_edu.economy.model import Accounts, Economy
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats


@dataclass(frozen=True)
class Scarf:
    """Scarf's economy: three people, three goods, and prices that run in circles.

    Person i owns one unit of good i and wants goods i and i + 1 in equal amounts, one to one: u = min(x_i, x_i+1).
    Prices that fit are equal ones; under ln p' = excess demand the others run around them for ever (Scarf 1960,
    "Some examples of global instability of the competitive equilibrium", International Economic Review 1).

    Examples
    --------
    >>> Scarf().respond([1.0, 1.0, 1.0])
    (array([1., 1., 1.]), array([1., 1., 1.]))
    """

    goods: tuple[str, ...] = ("apples", "bread", "cheese")
    messages_per_round: int = 6  # everybody asks for two goods

    @property
    def start(self) -> Floats:
        """Prices a little off."""
        return np.array([1.0, 1.1, 0.9])

    def respond(self, prices: Any) -> tuple[Floats, Floats]:
        """Return supply and demand of the three goods."""
        p = checks.numbers("prices", prices, shape=(3,), per="one price a good")
        checks.positive("prices", p, lambda g: self.goods[g])
        wanted = p / (p + np.roll(p, -1))  # by person i, of goods i and i + 1 alike
        return np.ones(3), wanted + np.roll(wanted, 1)


@dataclass(frozen=True, eq=False)
class Ces:
    """An economy with the same councils, whose tastes and technology substitute more or less easily.

    Tastes are CES with elasticity of substitution `tastes`, inputs are combined as
    X = (sum (b/B) x**rho)**(1/rho) with rho = 1 - 1/`technology` and Q = a e**c X**B. At 1 both are the
    Cobb-Douglas economy itself (Arrow, Chenery, Minhas & Solow 1961).

    Parameters
    ----------
    economy
        The Cobb-Douglas economy to start from.
    tastes, technology
        Elasticities of substitution, above 0: near 0 nothing replaces anything, 4 is easy replacement.

    Examples
    --------
    >>> from parecon_edu import economy, planning
    >>> town = economy.published(1, goods=2, per_industry=20, consumers=30)
    >>> planning.plan(Ces(town, tastes=0.5), rule="memory").converged
    True
    """

    economy: Economy
    tastes: float = 1.0
    technology: float = 1.0

    def __post_init__(self) -> None:
        checks.one_number("tastes", self.tastes, low=0.0, open_low=True)
        checks.one_number("technology", self.technology, low=0.0, open_low=True)

    @property
    def start(self) -> Floats:
        """The economy's own start prices."""
        return self.economy.start

    @property
    def goods(self) -> tuple[str, ...]:
        """The economy's own goods."""
        return self.economy.goods

    @property
    def made(self) -> NDArray[np.bool_]:
        """Which goods are made."""
        return self.economy.made

    @property
    def product(self) -> Any:
        """Which good each workplace makes."""
        return self.economy.product

    @property
    def messages_per_round(self) -> int:
        """As many numbers as the economy's own councils send."""
        return self.economy.messages_per_round

    @cached_property
    def _weights(self) -> Floats:
        return np.asarray(self.economy.tastes / self.economy.tastes.sum(axis=1, keepdims=True)) ** self.tastes

    def respond(self, prices: Any) -> tuple[Floats, Floats]:
        """Return supply and demand of every good."""
        p = np.asarray(prices, dtype=np.float64)
        accounts = self.accounts(p)
        supply = self.economy.supply + np.bincount(accounts.product, accounts.output, minlength=p.size)
        per_utility = self._weights @ p ** (1 - self.tastes)
        wanted = (self.economy.income / per_utility) @ self._weights * p**-self.tastes
        return supply, wanted + accounts.inputs.sum(axis=0)

    def accounts(self, prices: Any) -> Accounts:
        """Return the workplaces' itemised proposals."""
        from scipy import sparse

        e, p = self.economy, np.asarray(prices, dtype=np.float64)
        total = e.exponents.sum(axis=1)
        used = e.inputs >= 0
        weight = np.divide(e.exponents, total[:, None], out=np.zeros_like(e.exponents), where=used)
        unit, mix = _cheapest(weight, np.where(used, p[e.inputs], 1.0), self.technology)
        c, k, s = e.effort_exponent, e.effort_disutility, e.effort_weight
        value = p[e.product]
        log_output = np.log(e.scale) + c / k * np.log(value * c / (s * k))
        log_output += total * np.log(np.divide(value * total, unit, out=np.ones_like(unit), where=total > 0))
        output = np.exp(np.clip(log_output / (1 - e.returns), -300, 300))
        inputs = mix * (value * total * output / unit)[:, None]
        ends = np.concatenate(([0], np.cumsum(used.sum(axis=1))))
        shape = (e.product.size, p.size)
        items = sparse.csr_array((inputs[used], e.inputs[used], ends), shape=shape)
        return Accounts(e.product, output, value * output, items, 1 / e.returns)


def _cheapest(weight: Floats, prices: Floats, sigma: float) -> tuple[Floats, Floats]:
    """Return what one unit of the composite input costs (J,), and how much of each input it takes (J, M)."""
    if sigma == 1:
        log_weight = np.log(weight, out=np.zeros_like(weight), where=weight > 0)
        unit = np.exp((weight * (np.log(prices) - log_weight)).sum(axis=1))
        return unit, weight * unit[:, None] / prices
    unit = (weight**sigma * prices ** (1 - sigma)).sum(axis=1) ** (1 / (1 - sigma))
    return unit, (weight * unit[:, None] / prices) ** sigma

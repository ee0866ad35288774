"""Prices at which everything that is made is used: the one calculation behind all three institutions.

Institutions differ by what they tell the councils (`Terms`): what counts as a price, which harm is charged, who gets
what income, whose tastes decide. The arithmetic is the same for all, and it is exact: one root in log prices
(and, where there is smoke to charge for, in the charge).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from parecon_edu.economy import Economy, worker_proposals
from parecon_edu.economy.checks import Floats

TINY = 1e-300  # instead of 0 under a logarithm
EXACT = 1e-9  # the largest imbalance, in logs, that counts as none


@dataclass(frozen=True, eq=False)
class Flows:
    """Where the money goes at some prices: what incomes can be made of.

    Parameters
    ----------
    prices : (G,)
        Prices, points a unit.
    sales : (J,)
        Price times output.
    bought : (G,)
        What workplaces spend on each input.
    burden : (J,)
        s e**k, what effort costs those who make it, in points.
    charge, emissions
        Points a unit of smoke, and units of smoke.
    """

    prices: Floats
    sales: Floats
    bought: Floats
    burden: Floats
    charge: float
    emissions: float

    @property
    def surplus(self) -> float:
        """What is left of all sales when inputs, the charge and the burden of effort are paid."""
        return float(self.sales.sum() - self.bought.sum() - self.charge * self.emissions - self.burden.sum())


@dataclass(frozen=True, eq=False)
class Terms:
    """What an institution tells the councils.

    Parameters
    ----------
    economy
        As the councils report it: with slack and lost hours taken off.
    counted : (J,)
        How much of the price of its good each workplace counts as its own (1 - 1/n under market power).
    harm : (H,)
        Damage that the charge carries: t = sum of income times harm, times emissions.
    monopoly
        How far the affected community uses its monopoly over permits (0 not at all, 1 fully).
    incomes
        From `Flows` to the income of each neighbourhood (H,).
    budget
        From incomes to what each neighbourhood spends on each private good (H, G), and what all of them together
        spend on each public good (G,).
    """

    economy: Economy
    counted: Floats
    harm: Floats
    incomes: Callable[[Flows], Floats]
    budget: Callable[[Floats], tuple[Floats, Floats]]
    monopoly: float = 0.0
    seen: Economy = field(init=False)

    def __post_init__(self) -> None:
        # A workplace that counts m of its price chooses as one with a scale of m a would; its output is then put
        # back to what it makes: (m lambda - t eps) Q = (lambda - t eps / m) (m Q).
        same = bool((self.counted == 1).all())
        seen = self.economy if same else replace(self.economy, scale=self.economy.scale * self.counted)
        object.__setattr__(self, "seen", seen)

    @property
    def charged(self) -> bool:
        """Whether there is a charge at all."""
        return bool(self.harm.any() and self.economy.emissions.any())


@dataclass(frozen=True, eq=False)
class Answers:
    """What the councils answer to some prices and a charge, and how far it is from adding up."""

    prices: Floats  # (G,)
    charge: float
    output: Floats  # (J,)
    inputs: Floats  # (J, M)
    effort: Floats  # (J,)
    emissions: float
    income: Floats  # (H,)
    private: Floats  # (H, G), amounts
    public: Floats  # (G,), amounts
    supply: Floats  # (G,)
    demand: Floats  # (G,)
    right_charge: float  # what the charge ought to be, given these answers


def ask(terms: Terms, prices: Floats, charge: float | Floats) -> Answers:
    """Return what all councils answer to these prices and this charge (one number, or one a workplace)."""
    economy = terms.economy
    proposals = worker_proposals(terms.seen, prices, charge=charge / terms.counted)
    output = proposals.output / terms.counted
    used = use_of(economy, proposals.inputs)
    smoke = economy.emissions * output
    emissions = float(smoke.sum())
    paid = float(np.sum(charge * smoke))
    own = prices[economy.product]
    flows = Flows(
        prices=prices,
        sales=own * output,
        bought=prices * used,
        burden=economy.effort_weight * proposals.effort**economy.effort_disutility,
        charge=paid / emissions if emissions > 0 else 0.0,
        emissions=emissions,
    )
    income = terms.incomes(flows)
    private, public = terms.budget(income)
    supply = economy.supply + np.bincount(economy.product, output, minlength=prices.size)
    right = float(income @ terms.harm) * emissions
    if terms.monopoly:
        right += terms.monopoly * _markup(terms, own, charge, output)
    private, public = private / prices, public / prices
    return Answers(
        prices=prices,
        charge=flows.charge,
        output=output,
        inputs=proposals.inputs,
        effort=proposals.effort,
        emissions=emissions,
        income=income,
        private=private,
        public=public,
        supply=supply,
        demand=private.sum(axis=0) + public + used,
        right_charge=right,
    )


def use_of(economy: Economy, inputs: Floats) -> Floats:
    """Return how much of each good (G,) the workplaces use, from their inputs (J, M)."""
    places = economy.inputs >= 0
    return np.asarray(np.bincount(economy.inputs[places], inputs[places], minlength=economy.kinds.size), dtype=float)


def balance(terms: Terms, *, start: Answers | None = None) -> Answers:
    """Return the answers at the prices (and the charge) at which everything adds up, to 1e-9 in logs.

    Parameters
    ----------
    terms
        What the councils are told.
    start
        Answers from nearby terms, to start from; None: the economy's start prices.

    Raises
    ------
    ArithmeticError
        If no such prices were found.
    """
    from scipy.optimize import root  # here, so that importing the library stays quick

    for first in (start, None):
        guess = _log_guess(terms, first or _approach(terms))
        # Errors in powers and logs far from the answer are ordinary; the answer itself is checked.
        with np.errstate(all="ignore"):
            found = root(
                lambda z: _imbalance(terms, z)[0],
                guess,
                method="hybr",
                jac=lambda z: _slopes(terms, z),
                options={"xtol": 1e-13},
            )
            off, answers = _imbalance(terms, found.x)
        if np.abs(off).max() < EXACT:
            return answers
    raise ArithmeticError(
        "No prices were found at which everything adds up. These numbers may be too extreme: try smaller frictions, "
        "or exponents that leave B + c/k further below 1."
    )


def _imbalance(terms: Terms, z: Floats) -> tuple[Floats, Answers]:
    """Return ln(demand/supply) of every good, and of the charge, with the answers they come from."""
    goods = terms.economy.kinds.size
    prices = np.exp(np.clip(z[:goods], -200.0, 200.0))
    charge = _highest_charge(terms, prices) * _share(z[goods]) if terms.charged else 0.0
    answers = ask(terms, prices, charge)
    off = np.log(np.maximum(answers.demand, TINY)) - np.log(np.maximum(answers.supply, TINY))
    if terms.charged:
        off = np.append(off, np.log(max(answers.right_charge, TINY)) - np.log(max(charge, TINY)))
    return off, answers


def _slopes(terms: Terms, z: Floats) -> Floats:
    """Return the slopes of `_imbalance` in z, as if incomes stood still; the root finder mends the rest as it goes.

    d ln Q = (B + c/k)/(1 - B - c/k) d ln(net price) - b/(1 - B - c/k) d ln p, from the closed form in `economy`.
    """
    _, answers = _imbalance(terms, z)
    economy, prices, charge = terms.economy, answers.prices, answers.charge
    works, goods = np.arange(economy.product.size), prices.size
    shares = np.zeros((works.size, goods))  # exponents by good
    places = economy.inputs >= 0
    np.add.at(shares, (np.nonzero(places)[0], economy.inputs[places]), economy.exponents[places])
    gross = terms.counted * prices[economy.product]
    net = np.maximum(gross - charge * economy.emissions, 1e-6 * gross)

    d_net = np.zeros((works.size, z.size))
    d_net[works, economy.product] = gross / net
    d_charge = np.zeros(z.size)
    if terms.charged:
        smoky = np.flatnonzero(economy.emissions > 0)
        dearest = smoky[np.argmax(gross[smoky] / economy.emissions[smoky])]
        d_charge[economy.product[dearest]] = 1.0
        d_charge[goods] = 1 - _share(z[goods])
        d_net -= np.outer(charge * economy.emissions / net, d_charge)
    curvature = (1 - economy.returns)[:, None]
    d_output = economy.returns[:, None] / curvature * d_net
    d_output[:, :goods] -= shares / curvature

    makes = np.zeros((goods, works.size))
    makes[economy.product, works] = answers.output
    uses = (net * answers.output)[:, None] * shares / prices
    slopes = uses.T @ (d_net + d_output) / answers.demand[:, None]
    slopes[:, :goods] -= np.eye(goods)  # at given money, all demand falls in proportion to its own price
    slopes -= makes @ d_output / np.maximum(answers.supply, TINY)[:, None]
    if not terms.charged:
        return slopes
    smoke = economy.emissions * answers.output / max(answers.emissions, TINY)
    return np.vstack([slopes, smoke @ d_output - d_charge])


def _share(z: float) -> float:
    """Return the logistic function of z, between 0 and 1."""
    return float(1 / (1 + np.exp(-np.clip(z, -500, 500))))


def _highest_charge(terms: Terms, prices: Floats) -> float:
    """Return the charge from which on nobody who makes smoke would work."""
    economy = terms.economy
    smoky = economy.emissions > 0
    return float(np.max((terms.counted * prices[economy.product])[smoky] / economy.emissions[smoky]))


def _log_guess(terms: Terms, start: Answers) -> Floats:
    guess = np.log(start.prices)
    if not terms.charged:
        return guess
    share = max(start.charge, start.right_charge) / _highest_charge(terms, start.prices)
    share = min(max(share, 1e-6), 0.9)
    return np.append(guess, np.log(share / (1 - share)))


def _approach(terms: Terms) -> Answers:
    """Walk towards the answer from the start prices: dear what is short, cheap what is over, step by step."""
    log_prices = np.log(terms.economy.start)
    charge = 0.0
    for _ in range(200):
        with np.errstate(all="ignore"):
            answers = ask(terms, np.exp(log_prices), charge)
        gap = np.log(np.maximum(answers.demand, TINY)) - np.log(np.maximum(answers.supply, TINY))
        if np.abs(gap).max() < 0.1:
            break
        log_prices = log_prices + np.clip(0.15 * gap, -1, 1)
        if terms.charged:
            charge += 0.2 * (min(answers.right_charge, 0.9 * _highest_charge(terms, np.exp(log_prices))) - charge)
    return answers


def _markup(terms: Terms, own: Floats, charge: float | Floats, output: Floats) -> float:
    """Return E / |dE/dt| at these prices: what a monopoly over permits adds to the charge (Hahnel 2017)."""
    economy = terms.economy
    elasticity = economy.returns / (1 - economy.returns)
    net = terms.counted * own - charge * economy.emissions
    slope = np.divide(economy.emissions**2 * output * elasticity, net, out=np.zeros_like(output), where=net > 0)
    return float(economy.emissions @ output) / max(float(slope.sum()), TINY)

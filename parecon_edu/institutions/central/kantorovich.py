"""Kantorovich's machines: a plan that finds its own prices, and what one false report does to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from parecon_edu.validation.people import Array, vector
from parecon_edu.validation.tables import distinct, table

__all__ = ["FORGE", "Carried", "Plan", "Workshop", "best_plan", "carry_out", "one_hour_more"]

#: Below this, hours count as none left: the solver works to about nine digits.
_NOTHING = 1e-7


@dataclass(frozen=True, eq=False)
class Workshop:
    """Machines with so many hours, products that need some of them, and what each product is worth to the plan.

    Parameters
    ----------
    machines, products : sequence of str
        Their names, m and n of them.
    hours : array_like, (m,)
        R: hours a week that each machine can run.
    needs : array_like, (m, n)
        B: hours of each machine (row) for one of each product (column).
    worth : array_like, (n,)
        c: points that the plan gives for one of each product.

    Raises
    ------
    TypeError, ValueError
        If names are missing or double, numbers are missing or negative, or something can be made without any machine:
        then the plan could make endlessly much of it.
    """

    machines: Sequence[str]
    products: Sequence[str]
    hours: ArrayLike
    needs: ArrayLike
    worth: ArrayLike
    R: Array = field(init=False, repr=False)
    B: Array = field(init=False, repr=False)
    c: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        machines, products = distinct(self.machines, "Machines"), distinct(self.products, "Products")
        mend = "Put 0 if {who} does not run."
        hours = _one_each(self.hours, "Machine hours", names=machines, mend=mend)
        worth = _one_each(self.worth, "Worth", names=products, mend="Put 0 if {who} is worth nothing.")
        needs = table(
            self.needs,
            "Hours needed",
            rows=machines,
            columns=products,
            mend="Put 0 where a machine is not needed.",
            negative=False,
        )
        free = (needs == 0).all(axis=0) & (worth > 0)
        if free.any():
            name = products[int(np.flatnonzero(free)[0])]
            raise ValueError(
                f"Hours needed must be above 0 somewhere for each product: {name!r} needs no machine, so the plan "
                "could make endlessly much of it. Put the hours it takes."
            )
        for name, value in (("machines", machines), ("products", products), ("R", hours), ("B", needs), ("c", worth)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, eq=False)
class Plan:
    """The best plan for a workshop, with the prices that come with it.

    Attributes
    ----------
    made : ndarray, (n,)
        How much of each product.
    used : ndarray, (m,)
        Hours each machine runs.
    prices : ndarray, (m,)
        Shadow prices y, points an hour: what the plan says a machine hour is worth.
    costs : ndarray, (n,)
        What one of each product costs at these prices, points.
    worth : float
        c·x, what the plan makes, points.
    spare : ndarray, (m,)
        Hours left over.
    """

    made: Array
    used: Array
    prices: Array
    costs: Array
    worth: float
    spare: Array


def best_plan(workshop: Workshop) -> Plan:
    r"""Find the plan that makes most, and its shadow prices.

    Parameters
    ----------
    workshop : Workshop
        What there is, all of it reported truly.

    Returns
    -------
    Plan

    Notes
    -----
    The linear program :math:`\max c \cdot x` subject to :math:`Bx \le R`, :math:`x \ge 0`, solved by HiGHS. Its
    multipliers are the solution of another one, :math:`\min R \cdot y` subject to :math:`B^\top y \ge c`,
    :math:`y \ge 0`: the cheapest prices at which no product is worth more than it costs. The two agree, c·x = R·y
    (strong duality), and where a machine has hours to spare its price is 0, where a product costs more than it is
    worth none of it is made (complementary slackness). Where more machines than needed are just full, several price
    lists fit; this gives one of them (`one_hour_more` says what an hour really adds).

    Kantorovich, "Mathematical Methods of Organizing and Planning Production" (Leningrad 1939; Management Science 6,
    1960), who called the prices resolving multipliers.

    Examples
    --------
    >>> plan = best_plan(FORGE)
    >>> plan.made.round(6).tolist(), plan.prices.round(6).tolist()
    ([14.0, 18.0], [8.0, 6.0, 0.0])
    >>> round(plan.worth, 6), round(float(FORGE.R @ plan.prices), 6)
    (780.0, 780.0)
    """
    found = linprog(-workshop.c, A_ub=workshop.B, b_ub=workshop.R, method="highs")
    # HiGHS is exact to about nine digits; what lies beyond is rounding, and would read as 9.999999999.
    made: Array = np.round(np.maximum(found.x, 0.0), 9)
    prices: Array = np.round(np.maximum(-found.ineqlin.marginals, 0.0), 9)
    used = workshop.B @ made
    spare = np.where(workshop.R - used < _NOTHING, 0.0, workshop.R - used)
    costs = workshop.B.T @ prices
    return Plan(made=made, used=used, prices=prices, costs=costs, worth=float(workshop.c @ made), spare=spare)


def one_hour_more(workshop: Workshop) -> Array:
    """What one hour more of each machine adds, points: found by planning again, not by believing the prices.

    Returns
    -------
    ndarray, (m,)
        Equal to the prices as long as the same machines stay scarce.

    Examples
    --------
    >>> one_hour_more(FORGE).round(6).tolist()
    [8.0, 6.0, 0.0]
    """
    before = best_plan(workshop).worth
    more = [
        best_plan(replace(workshop, hours=workshop.R + step)).worth - before for step in np.eye(len(workshop.machines))
    ]
    return np.array(more)


@dataclass(frozen=True, eq=False)
class Carried:
    """What becomes of a plan that was drawn up from a report.

    Attributes
    ----------
    plan : Plan
        The plan, as the office sees it: `plan.prices` are its prices.
    made : ndarray, (n,)
        What is really made: the plan, or as much of it as the true hours allow.
    idle : ndarray, (m,)
        Hours that each machine really stands still.
    worth : float
        What is really made, points.
    lost : float
        How much less that is than with a true report, points.
    """

    plan: Plan
    made: Array
    idle: Array
    worth: float
    lost: float


def carry_out(workshop: Workshop, *, told: ArrayLike) -> Carried:
    """Plan by what the office was told, and carry it out with what is true.

    Parameters
    ----------
    workshop : Workshop
        What is true.
    told : array_like, (m, n)
        The hours needed, as they were reported.

    Returns
    -------
    Carried
        If the report made things look harder than they are, the plan is met with hours to spare, which nobody outside
        sees. If it made them look easier, the plan cannot be met, and everything is cut in the same proportion.

    Raises
    ------
    TypeError, ValueError
        If the report is no table of hours.

    Examples
    --------
    >>> padded = carry_out(FORGE, told=[[3, 1], [1, 3], [1, 1]])    # hinges at the lathe: 3 hours instead of 2
    >>> padded.plan.prices.tolist(), padded.lost
    ([8.75, 3.75, 0.0], 67.5)
    """
    plan = best_plan(replace(workshop, needs=told))
    really = workshop.B @ plan.made
    over = really > workshop.R
    share = float((workshop.R[over] / really[over]).min()) if over.any() else 1.0
    made = share * plan.made
    worth = float(workshop.c @ made)
    idle = np.maximum(workshop.R - share * really, 0.0)
    return Carried(plan=plan, made=made, idle=idle, worth=worth, lost=max(best_plan(workshop).worth - worth, 0.0))


def _one_each(values: ArrayLike, what: str, *, names: tuple[str, ...], mend: str) -> Array:
    given = vector(values, what, names=names, mend=mend)
    if given.size != len(names):
        raise ValueError(f"{what} must be {len(names)}, one each: you gave {given.size}. Give one for each name.")
    return given


#: Foundry Row forge in lesson 07b: three machines, two products.
FORGE = Workshop(
    machines=("furnace", "lathe", "press"),
    products=("pans", "hinges"),
    hours=(60, 50, 40),
    needs=((3, 1), (1, 2), (1, 1)),
    worth=(30, 20),
)

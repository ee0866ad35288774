"""Unemployment as discipline: why an employer pays more than it takes to find workers, and what that does.

The model of one idea behind lesson 06d: Shapiro & Stiglitz, "Equilibrium Unemployment as a Worker Discipline Device",
American Economic Review 74 (1984). An employer can't see at every moment who works hard. People work hard if losing the
job would hurt: the pay must be well above what they would have without it, or it must take long to find another.
"""

import math
from dataclasses import dataclass

from parecon_edu.validation.people import above, amount

__all__ = ["Settled", "needed_wage", "settle"]


@dataclass(frozen=True)
class Settled:
    """Where pay and jobs come to rest.

    Attributes
    ----------
    unemployed : float
        Share of people whom no employer has work for; with a guarantee, the share who take the guaranteed job.
    idle : float
        Share of people without any work.
    wage : float
        What employers pay, a week.
    enough : float
        What would bring people to work: what they have without it, and the trouble of working.
    rent : float
        wage - enough: what one loses a week with the job.
    weeks_out : float
        How long it takes to find a job with an employer, in weeks, on average.
    output : float
        What a week brings the town for each person who could work, guaranteed jobs included.
    """

    unemployed: float
    idle: float
    wage: float
    enough: float
    rent: float
    weeks_out: float
    output: float


def needed_wage(
    unemployed: float,
    *,
    out: float = 10.0,
    effort: float = 5.0,
    seen: float = 1.0,
    ends: float = 0.2,
    impatience: float = 0.1,
) -> float:
    r"""Return the wage below which people at work take it easy: the no-shirking condition.

    Parameters
    ----------
    unemployed : float
        u, 0 to 1: share of people without work.
    out : float
        z: what a week without work is worth, the benefit included.
    effort : float
        e: the trouble of working hard for a week, in pay.
    seen : float
        q, above 0: how often a year somebody who takes it easy is noticed, and dismissed. `math.inf`: at once.
    ends : float
        s: share of jobs that end in a year for other reasons.
    impatience : float
        r: by how much a year's delay makes a sum count less.

    Returns
    -------
    float
        :math:`z + e + (e/q)(s/u + r)`; infinite if nobody is without work and noticing takes time.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Examples
    --------
    >>> [round(needed_wage(u), 1) for u in (0.2, 0.1, 0.05, 0.0)]
    [20.5, 25.5, 35.5, inf]
    """
    unemployed = amount(unemployed, "The share without work", high=1.0)
    base, pull = _condition(out=out, effort=effort, seen=seen, ends=ends, impatience=impatience)
    if pull == 0:
        return base
    return base + pull / unemployed if unemployed > 0 else math.inf


def settle(
    *,
    out: float = 10.0,
    effort: float = 5.0,
    seen: float = 1.0,
    ends: float = 0.2,
    impatience: float = 0.1,
    first_worth: float = 39.0,
    worth_falls: float = 15.0,
    guarantee: float | None = None,
    useful: float = 0.0,
) -> Settled:
    """Find the wage at which people work hard and employers want nobody more and nobody less.

    Parameters
    ----------
    out, effort, seen, ends, impatience : float
        As for `needed_wage`.
    first_worth, worth_falls : float
        If a share L of people have work, one more brings `first_worth` - `worth_falls` L a week.
    guarantee : float, optional
        What a job pays that everybody gets who asks for it, and from which nobody is dismissed; its pay, less its
        trouble. None: there is no such job.
    useful : float
        What a week in such a job brings the town.

    Returns
    -------
    Settled

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Notes
    -----
    Employers hire until the last worker brings the wage. With both lines straight in L and 1/u, u solves
    k u² + (y₁ - z - e - e r/q) u - e s/q = 0, where y₁ is what the last of all would bring. If everything is seen at
    once, u is 0 as long as y₁ is enough to bring people to work; otherwise never, at no finite wage. A guaranteed job
    is one more thing to fall back on: it counts as z if it is the better of the two.

    Examples
    --------
    >>> town = settle()
    >>> round(town.unemployed, 9), round(town.wage, 9), round(town.weeks_out)
    (0.1, 25.5, 29)
    >>> best = settle(seen=math.inf)
    >>> best.unemployed, best.wage
    (0.0, 24.0)
    """
    first_worth = amount(first_worth, "What the first worker brings")
    worth_falls = amount(worth_falls, "How fast that falls", high=first_worth)
    useful = amount(useful, "What a week in a guaranteed job brings")
    out = amount(out, "What a week without work is worth")
    pay = None if guarantee is None else amount(guarantee, "What the guaranteed job pays")
    back = out if pay is None else max(out, pay)
    base, pull = _condition(out=back, effort=effort, seen=seen, ends=ends, impatience=impatience)
    unemployed = _root(worth_falls, first_worth - worth_falls - base, pull)
    at_work = 1 - unemployed
    guaranteed = unemployed if pay is not None and pay >= out else 0.0
    leaving = amount(ends, "The share of jobs that end in a year") * at_work
    enough = back + effort
    wage = first_worth - worth_falls * at_work
    return Settled(
        unemployed=unemployed,
        idle=unemployed - guaranteed,
        wage=wage,
        enough=enough,
        rent=wage - enough,
        weeks_out=52 * unemployed / leaving if leaving > 0 else (0.0 if unemployed == 0 else math.inf),
        output=first_worth * at_work - worth_falls * at_work**2 / 2 + useful * guaranteed,
    )


def _condition(*, out: float, effort: float, seen: float, ends: float, impatience: float) -> tuple[float, float]:
    """Give the part of the needed wage that does not hang on unemployment, and what is divided by it."""
    out = amount(out, "What a week without work is worth")
    effort = amount(effort, "The trouble of working")
    ends = amount(ends, "The share of jobs that end in a year")
    impatience = amount(impatience, "Impatience")
    slow = 0.0 if seen == math.inf else 1 / above(seen, "How often it is noticed")
    return out + effort + effort * slow * impatience, effort * slow * ends


def _root(curve: float, slope: float, pull: float) -> float:
    """Share without work: the positive root of curve u² + slope u = pull, at most 1."""
    if pull == 0:
        # Nothing pushes the wage up as u falls: everybody works unless the last is not worth the trouble.
        return 0.0 if slope >= 0 else min(1.0, -slope / curve) if curve > 0 else 1.0
    # Written so that nothing cancels whatever the sign of the slope.
    spread = math.sqrt(slope * slope + 4 * curve * pull)
    if slope >= 0:
        return min(1.0, 2 * pull / (slope + spread)) if slope + spread > 0 else 1.0
    return min(1.0, (spread - slope) / (2 * curve)) if curve > 0 else 1.0

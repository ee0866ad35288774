"""What comes back to effort: how the rule of pay moves the pool it shares out.

The case for output pay, at its best, is that people work harder when more of what they add comes back to them. Two
small models say how much hangs on it: a team of equals, solved in closed form (`team`), and the same six norms on
unequal people (`respond`).
"""

from dataclasses import dataclass

import numpy as np

from parecon_edu.remuneration.model import People, pay
from parecon_edu.validation.people import Array, above, amount, count


@dataclass(frozen=True)
class Team:
    """What a team of equals does.

    Attributes
    ----------
    returned : float
        What a member who adds 1 to the pool takes into account: own pay, and workmates' pay as far as they care.
    effort : float
        What each puts in.
    pool : float
        What the team makes.
    pay : float
        What each gets.
    net : float
        Pay less the cost of effort, for each: what the members would want to be large.
    """

    returned: float
    effort: float
    pool: float
    pay: float
    net: float


def team(
    n: int,
    *,
    by_effort: float,
    sympathy: float = 0.0,
    elasticity: float = 1.0,
    scale: float = 1.0,
    cost: float = 1.0,
    curvature: float = 2.0,
) -> Team:
    r"""Solve for the effort of n equal people who share what they make together.

    The team makes :math:`Y = A E^\gamma` from total effort E; effort e costs a member :math:`s e^k / k`. A share v of
    the pool is paid in proportion to effort as far as it is seen, the rest equally.

    Parameters
    ----------
    n : int
        Members.
    by_effort : float
        v, 0 to 1: the share of the pool that follows effort (with equal people: also output). Pay that should follow
        effort but is only seen in part counts in part.
    sympathy : float
        0 to 1: what 1 more for a workmate is worth to a member, in own pay.
    elasticity : float
        γ, above 0 and at most 1: 1 if effort always adds the same, less if there is less and less left to do.
    scale, cost, curvature : float
        A and s above 0; k above 1: the larger, the less effort answers.

    Returns
    -------
    Team

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Notes
    -----
    Each maximises own pay, plus sympathy for the others', less cost. In the symmetric equilibrium a member who adds 1
    to the pool gets back θ = 1/n + (v/γ)(1 − 1/n), reckons with θ' = θ + sympathy·(1 − θ), and chooses
    e = (θ' γ A n^(γ−1) / s)^(1/(k−γ)). The team as a whole is best served by θ' = 1. So equal shares bring too little
    effort (1/n comes back); pay by effort alone brings just enough if γ = 1 and too much if γ < 1, because part of what
    one gains is taken from workmates; without sympathy v = γ is best.

    Sen, "Labour Allocation in a Cooperative Enterprise", Review of Economic Studies 33 (1966). That a rule which pays
    out exactly what is made cannot bring everybody the whole of what they add, if only the total is seen: Holmström,
    "Moral Hazard in Teams", Bell Journal of Economics 13 (1982). That the trouble is in the metering: Alchian &
    Demsetz, American Economic Review 62 (1972).

    Examples
    --------
    >>> team(4, by_effort=0).pool, team(4, by_effort=1).pool
    (1.0, 4.0)
    >>> team(4, by_effort=0, sympathy=1).pool
    4.0
    """
    n = count(n, "The number of members", low=1)
    by_effort = amount(by_effort, "The share paid by effort", high=1.0)
    sympathy = amount(sympathy, "Sympathy", high=1.0)
    elasticity = above(elasticity, "The elasticity", high=1.0)
    scale, cost = above(scale, "The scale"), above(cost, "The cost")
    curvature = above(curvature, "The curvature", low=1.0)
    own = 1 / n + by_effort / elasticity * (1 - 1 / n)
    felt = own + sympathy * (1 - own)
    slope = elasticity * scale * n ** (elasticity - 1)
    effort = (felt * slope / cost) ** (1 / (curvature - elasticity))
    pool = scale * (n * effort) ** elasticity
    return Team(
        returned=felt, effort=effort, pool=pool, pay=pool / n, net=pool / n - cost * effort**curvature / curvature
    )


@dataclass(frozen=True, eq=False)
class Response:
    """What people do when the rule of pay changes, and what is then there to share.

    Attributes
    ----------
    effort : ndarray, (n,)
        Effort, 1 where the whole of what one adds comes back.
    returned : ndarray, (n,)
        What comes back to each who adds 1 to the pool.
    pool : float
        What there is to share.
    pay : ndarray, (n,)
        What each gets; adds up to `pool`.
    """

    effort: Array
    returned: Array
    pool: float
    pay: Array


def returned(people: People, norm: str) -> Array:
    """What comes back to each person who adds 1 to the pool by working harder.

    Parameters
    ----------
    people : People
        Who shares. The pool is what they make: `output` adds up to it.
    norm : str
        One of `NORMS`.

    Returns
    -------
    ndarray, (n,)
        1 under "output". Under "equal", "need" and "property" one's share of the pool, because working harder does not
        change it. Under "bargaining" and "effort" more than one's share, since the share itself grows; above 1 where it
        is gained from workmates. Those whose effort makes nothing that is counted have their share.

    Raises
    ------
    TypeError, ValueError
        As for `pay`; also if nobody has any output.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> returned(BAKERY, "equal").tolist()
    [0.25, 0.25, 0.25, 0.25]
    >>> returned(BAKERY, "effort").round(2).tolist()
    [0.61, 0.74, 1.52, 0.25]
    """
    share, whole, made = _claims(people, norm)
    return _returned(share, whole, made=made, effort=np.ones(len(people)))


def respond(people: People, norm: str, *, pool: float, response: float, anyway: float = 0.0) -> Response:
    """Let people work more or less as more or less of it comes back, and share what they then make.

    Parameters
    ----------
    people : People
        Who works and shares. Their outputs are what they make when the whole of what they add comes back.
    norm : str
        One of `NORMS`.
    pool : float
        What they make then: what there is to share under "output".
    response : float
        How strongly effort answers, 0 to 2: where a share θ comes back, effort is θ^response of what it would be. 0:
        the pool does not move. It is 1/(k − 1) if effort costs e^k.
    anyway : float
        Share of effort, 0 to 1, that does not ask what comes back: habit, pride, workmates, a supervisor.

    Returns
    -------
    Response

    Raises
    ------
    TypeError, ValueError
        As for `pay`; also if a setting is out of its range or nobody has any output.

    Notes
    -----
    Each takes the others' effort as given (Nash). With b_i what i adds at full effort, x_i effort and σ_i the share of
    the pool, θ_i = ∂pay_i/∂x_i / b_i; x_i = anyway + (1 − anyway) θ_i^response. Output pay is at its best here: what
    each makes is seen exactly, and costs nobody anything to see. People who make nothing that is counted, and those who
    cannot work, are left as they are. See `team` for the sources.

    Examples
    --------
    >>> from parecon_edu.remuneration import BAKERY
    >>> [round(respond(BAKERY, norm, pool=1200, response=0.25).pool) for norm in ("output", "effort", "equal")]
    [1200, 1101, 849]
    """
    pool = amount(pool, "The pool", mend="Put 0 if there is nothing to share.")
    response = amount(response, "The response", high=2.0)
    anyway = amount(anyway, "The share of effort made anyway", high=1.0)
    share, whole, made = _claims(people, norm)
    free = people.able & (made > 0)
    effort = np.ones(len(people))
    # Half steps on logarithms settle for every response up to 2; only bargaining and effort need more than one.
    for _ in range(500):
        theta = _returned(share, whole, made=made, effort=effort)
        with np.errstate(divide="ignore"):
            target = np.where(free, anyway + (1 - anyway) * theta**response, 1.0)
        if (np.abs(target - effort) <= 1e-12 * target).all():
            break
        effort = np.where(target > 0, np.sqrt(effort * target), 0.0)
    effort = target
    shares = _shares(share, whole, effort=effort)
    total = pool * float(made @ effort)
    return Response(effort=effort, returned=theta, pool=total, pay=total * shares)


def _claims(people: People, norm: str) -> tuple[Array, Array, Array]:
    """Shares at full effort; the part of the pool in which a share grows with one's effort; parts of output."""
    share = pay(people, norm, pool=1.0)
    made = pay(people, "output", pool=1.0)
    whole = np.zeros(len(people))
    if norm in ("output", "bargaining"):
        whole[:] = 1.0
    elif norm == "effort":
        whole[people.able] = people.able.mean()
    return share, whole, made


def _shares(share: Array, whole: Array, *, effort: Array) -> Array:
    """Shares of the pool at an effort: those that follow effort are dealt out anew, the others stay."""
    claims = share * effort
    moving = whole > 0
    if not moving.any():
        return share
    result = share.copy()
    result[moving] = whole[moving] * claims[moving] / claims[moving].sum()
    return result


def _returned(share: Array, whole: Array, *, made: Array, effort: Array) -> Array:
    """Own pay gained over what one added, at the margin."""
    now = _shares(share, whole, effort=effort)
    own = made * effort
    part = np.divide(now, whole, out=np.ones_like(now), where=whole > 0)
    grown = np.divide(now * (1 - part) * own.sum(), own, out=np.zeros_like(now), where=own > 0)
    result: Array = now + grown
    return result

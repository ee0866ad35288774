"""Targets: the ratchet, inflated orders, and what happens to everything that is not measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from parecon_edu.validation.people import Array, amount, count

__all__ = ["NAILS", "Nails", "Ratchet", "Tasks", "inflated", "nails", "order_for", "ratchet", "two_tasks"]


@dataclass(frozen=True, eq=False)
class Ratchet:
    """Years of a workplace that is paid for beating a target which follows what it did.

    Attributes
    ----------
    output : ndarray, (years,)
        y: what it makes.
    target : ndarray, (years,)
        q: what was asked of it.
    kept : ndarray, (years,)
        Share of the bonus for one more that is left once the higher targets to come are paid for.
    bonus : ndarray, (years,)
        What the office pays, points (negative below target).
    full : float
        What it would make if the target never followed.
    """

    output: Array
    target: Array
    kept: Array
    bonus: Array
    full: float


def ratchet(
    years: int,
    *,
    follow: float,
    patience: float,
    stay: int | None = None,
    anyway: float = 100.0,
    bonus: float = 10.0,
    trouble: float = 0.5,
) -> Ratchet:
    r"""Let a workplace decide how much to make when next year's target follows this year's output.

    Parameters
    ----------
    years : int
        How many years to show.
    follow : float
        λ, 0 to 1: share of what lies above the target that next year's target is raised by.
    patience : float
        β, above 0 and below 1: what a point next year is worth today; the interest rate is r = 1/β − 1.
    stay : int, optional
        After so many years whoever decides is moved elsewhere, and somebody new begins. None: they stay for good.
    anyway : float
        What is made without any bonus; also the first target.
    bonus : float
        b: points for each unit above the target.
    trouble : float
        s, above 0: z units more than `anyway` cost s z²/2 points of trouble, so that c′(y) = s z.

    Returns
    -------
    Ratchet

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Notes
    -----
    The bonus is b(y − q), and q' = q + λ(y − q). One unit more today raises the target by λ(1 − λ)^(j−1) in j years'
    time, so who stays for good keeps b(1 − Σ_j β^j λ(1 − λ)^(j−1)) = b/(1 + λ/r) of it and makes more until that is
    the trouble of one more: c′(y) = b/(1 + λ/r), whatever the target is. Who leaves earlier adds up fewer terms, and
    in the last year keeps all of b.

    Weitzman, "The 'Ratchet Principle' and Performance Incentives", Bell Journal of Economics 11 (1980). The new
    somebody after `stay` years is ours.

    Examples
    --------
    >>> fixed, follows = (ratchet(10, follow=share, patience=0.9) for share in (0, 0.5))
    >>> float(fixed.output[0]), round(float(follows.output[0]), 2)
    (120.0, 103.64)
    """
    years = count(years, "The number of years", low=1)
    follow = amount(follow, "The share that the target follows", high=1.0)
    patience = _inside(patience, "What a point next year is worth", high=1.0)
    stay = None if stay is None else count(stay, "The years somebody stays", low=1)
    anyway, bonus = amount(anyway, "What is made anyway"), amount(bonus, "The bonus")
    trouble = _inside(trouble, "The trouble", high=np.inf)
    left = np.full(years, np.inf) if stay is None else (stay - 1 - np.arange(years) % stay).astype(np.float64)
    # Σ_{j=1}^{n} λβ(β(1 − λ))^(j−1), a geometric sum; n is infinite where nobody leaves.
    ratio = patience * (1 - follow)
    charged = follow * patience * (1 - ratio**left) / (1 - ratio)
    kept = 1 - charged
    output = anyway + bonus * kept / trouble
    target = np.empty(years)
    target[0] = anyway
    for t in range(1, years):
        target[t] = target[t - 1] + follow * (output[t - 1] - target[t - 1])
    return Ratchet(
        output=output, target=target, kept=kept, bonus=bonus * (output - target), full=anyway + bonus / trouble
    )


def order_for(need: float, *, cut: float) -> float:
    """What to order so that the need arrives, if a share of every order is cut.

    Parameters
    ----------
    need : float
        x: what is needed.
    cut : float
        ρ, 0 up to 1: share of every order that is not delivered.

    Returns
    -------
    float
        x/(1 − ρ).

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> order_for(100, cut=0.2)
    125.0
    """
    need, cut = amount(need, "The need"), amount(cut, "The share that is cut", high=1.0)
    if cut == 1:
        raise ValueError("The share that is cut must be below 1: you gave 1. If nothing comes, no order helps.")
    return need / (1 - cut)


def inflated(need: float, *, supply: float, rounds: int) -> Array:
    """What everybody together orders, round after round, when each orders for the cut of the round before.

    Parameters
    ----------
    need : float
        What all of them together need, above 0.
    supply : float
        What there is, above 0; it is given out in proportion to orders.
    rounds : int
        How many rounds.

    Returns
    -------
    ndarray, (rounds,)
        Orders. While supply falls short they grow by need/supply a round without end: phantom demand. Deliveries stay
        what they are.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    Each cut is ρ = 1 − supply/orders, the next order need/(1 − ρ) = need · orders/supply (see `order_for`). The same
    happens in markets with a shortage: Lee, Padmanabhan & Whang, "Information Distortion in a Supply Chain: The
    Bullwhip Effect", Management Science 43 (1997).

    Examples
    --------
    >>> inflated(100, supply=80, rounds=4).round(1).tolist()
    [100.0, 125.0, 156.2, 195.3]
    """
    need = _inside(need, "The need", high=np.inf)
    supply = _inside(supply, "The supply", high=np.inf)
    orders = [need]
    for _ in range(count(rounds, "The number of rounds", low=1) - 1):
        orders.append(need * max(1.0, orders[-1] / supply))
    return np.array(orders)


@dataclass(frozen=True)
class Tasks:
    """What somebody does with two tasks when one of them is paid for.

    Attributes
    ----------
    measured, unmeasured : float
        Effort on each.
    worth : float
        What both together are worth to those they are for.
    """

    measured: float
    unmeasured: float
    worth: float


def two_tasks(bonus: float, *, rivalry: float, weight: float = 1.0, care: float = 1.0) -> Tasks:
    r"""Pay a bonus for the task that is measured, and see what happens to the other.

    Parameters
    ----------
    bonus : float
        Points for each unit of the measured task.
    rivalry : float
        γ, 0 up to 1: how far effort on one task makes the other harder; 0, not at all.
    weight : float
        w: worth of a unit of the unmeasured task, where a unit of the measured one is worth 1.
    care : float
        What a unit of either is worth to whoever does it, unpaid.

    Returns
    -------
    Tasks

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    They choose m, u ≥ 0 to maximise (care + bonus) m + care·u − (m² + u²)/2 − γ m u, so m = (care + bonus − γ care)/
    (1 − γ²) and u = (care − γ(care + bonus))/(1 − γ²), or u = 0 and m = care + bonus beyond. While both are done, one
    point of bonus more adds (1 − γw)/(1 − γ²) to the worth of both: paying for what is measured does harm where
    γ w > 1. Holmström & Milgrom, "Multitask Principal–Agent Analyses", Journal of Law, Economics & Organization 7
    (1991), without their risk.

    Examples
    --------
    >>> [round(two_tasks(bonus, rivalry=0.5, weight=3).worth, 2) for bonus in (0, 0.5, 1)]
    [2.67, 2.33, 2.0]
    """
    bonus = amount(bonus, "The bonus")
    rivalry = amount(rivalry, "The rivalry", high=0.999)
    weight, care = amount(weight, "The worth of the unmeasured task"), amount(care, "The care")
    pull = care + bonus
    unmeasured = (care - rivalry * pull) / (1 - rivalry**2)
    measured = (pull - rivalry * care) / (1 - rivalry**2)
    if unmeasured <= 0:
        measured, unmeasured = pull, 0.0
    return Tasks(measured=measured, unmeasured=unmeasured, worth=measured + weight * unmeasured)


#: Grams of each size, and how many a week builders in Riverside need.
NAILS: Mapping[str, tuple[float, int]] = {"tacks": (2.0, 10_000), "nails": (8.0, 6_000), "spikes": (64.0, 500)}


@dataclass(frozen=True)
class Nails:
    """What a nail shop makes under a target, and what of it anybody needs.

    Attributes
    ----------
    made : mapping
        Pieces of each size.
    needed : mapping
        Pieces of each size that builders need.
    met : float
        Share of the builders' needs that is met, by weight.
    """

    made: Mapping[str, int]
    needed: Mapping[str, int]
    met: float


def nails(target: str, *, steel: float = 100.0) -> Nails:
    """Run a nail shop for a target; a parable, not a history.

    Parameters
    ----------
    target : str
        "count": as many pieces as the steel gives. "weight": all the steel in as few strokes of the hammer as possible.
        "needs": what builders need, or the same share of each if the steel does not last.
    steel : float
        Kilograms.

    Returns
    -------
    Nails

    Raises
    ------
    TypeError, ValueError
        If there is no such target, or the steel is negative.

    Examples
    --------
    >>> {target: round(nails(target).met, 2) for target in ("count", "weight", "needs")}
    {'count': 0.2, 'weight': 0.32, 'needs': 1.0}
    """
    grams = 1000 * amount(steel, "The steel")
    needed = {size: n for size, (_, n) in NAILS.items()}
    whole = sum(weight * n for weight, n in NAILS.values())
    if target == "needs":
        share = min(1.0, grams / whole)
        made = {size: int(share * n) for size, n in needed.items()}
    elif target in ("count", "weight"):
        pick = (min if target == "count" else max)(NAILS, key=lambda size: NAILS[size][0])
        made = {size: int(grams // NAILS[size][0]) if size == pick else 0 for size in NAILS}
    else:
        raise ValueError(f"There is no target {target!r}. Choose 'count', 'weight' or 'needs'.")
    met = sum(NAILS[size][0] * min(made[size], needed[size]) for size in NAILS) / whole
    return Nails(made=made, needed=needed, met=met)


def _inside(value: float, what: str, *, high: float) -> float:
    value = amount(value, what, high=high)
    if value <= 0 or (np.isfinite(high) and value >= high):
        bounds = "above 0" if np.isinf(high) else f"above 0 and below {high:g}"
        raise ValueError(f"{what} must be {bounds}: you gave {value:g}. Put a number {bounds}.")
    return value

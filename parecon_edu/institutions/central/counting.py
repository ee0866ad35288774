"""What is counted and what is not: a sharper measure of half of the work, and what becomes of the other half."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parecon_edu.validation.people import amount


@dataclass(frozen=True)
class Effort:
    """How a workplace divides its effort, and what that is worth.

    Attributes
    ----------
    counted, uncounted : float
        Effort that goes into what the office counts (pairs of shoes), and into what it does not (whether they last).
    worth : float
        Square root of the two multiplied: one is worth nothing without the other.
    """

    counted: float
    uncounted: float
    worth: float


def divide(strength: float, *, rivalry: float = 0.5, pride: float = 1.0, on_both: float = 0.0) -> Effort:
    r"""Work out how a workplace divides its effort when one half of its work is measured and paid.

    Parameters
    ----------
    strength : float
        How sharply the counted half is measured and paid; 0: not at all.
    rivalry : float
        How far the two halves compete for the same hours and care, 0 (not at all) to below 1 (wholly).
    pride : float
        What a unit of either is worth to those who make it, unpaid; above 0.
    on_both : float
        How sharply the other half is measured and paid as well.

    Returns
    -------
    Effort

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    The workplace chooses a and b so that :math:`(w+m)a + (w+n)b - (a^2 + b^2 + 2 \kappa ab)/2` is largest, so
    :math:`a = (w + m - \kappa(w+n))/(1-\kappa^2)` and :math:`b = (w + n - \kappa(w+m))/(1-\kappa^2)`, or 0 for b (or a)
    and all for the other where that would be negative. With n = 0, :math:`ab` is in proportion to
    :math:`(A+m)(A-\kappa m)` with :math:`A = w(1-\kappa)`. Its slope, :math:`A(1-\kappa) - 2\kappa m`, is positive
    up to `turning_point` and negative beyond: at first a measure calls forth effort, then it draws it away, and from
    :math:`m = A/\kappa` on nothing is left of what is not counted. The idea is Holmstrom and Milgrom's (1991); "when a
    measure becomes a target, it ceases to be a good measure" is how Goodhart's law is commonly put.

    Examples
    --------
    >>> [round(divide(strength).worth, 3) for strength in (0, 0.25, 0.5, 0.75, 1)]
    [0.667, 0.707, 0.667, 0.527, 0.0]
    >>> round(divide(1, on_both=1).worth, 3)
    1.333
    """
    m = amount(strength, "The strength of the measure")
    n = amount(on_both, "The strength of the second measure")
    kappa = _below_one(rivalry)
    w = _pride(pride)
    a, b = w + m - kappa * (w + n), w + n - kappa * (w + m)
    if b <= 0:  # all effort goes into the counted half; then a = w + m is best
        a, b = w + m, 0.0
    elif a <= 0:
        a, b = 0.0, w + n
    else:
        a, b = a / (1 - kappa**2), b / (1 - kappa**2)
    return Effort(a, b, float(np.sqrt(a * b)))


def turning_point(*, rivalry: float = 0.5, pride: float = 1.0) -> float:
    r"""Give the strength of a measure from which on a stronger one does harm.

    Parameters
    ----------
    rivalry, pride : float
        As for `divide`; rivalry above 0.

    Returns
    -------
    float
        :math:`w(1-\kappa)^2 / 2\kappa`. The more the two halves compete, the sooner it comes.

    Examples
    --------
    >>> turning_point(), round(turning_point(rivalry=0.9), 4)
    (0.25, 0.0056)
    """
    kappa = _below_one(rivalry)
    if kappa == 0:
        raise ValueError("rivalry must be above 0: where the two do not compete, no measure is too strong. Put 0.5.")
    return _pride(pride) * (1 - kappa) ** 2 / (2 * kappa)


def _below_one(rivalry: float) -> float:
    kappa = amount(rivalry, "The rivalry")
    if kappa >= 1:
        raise ValueError(f"The rivalry must be below 1: you gave {kappa:g}. Put 0.5 for halfway.")
    return kappa


def _pride(pride: float) -> float:
    w = amount(pride, "The pride")
    if w == 0:
        raise ValueError("The pride must be above 0: without any, nothing uncounted is ever done. Put 1.")
    return w

"""A council that hides capacity: what the board sees of it, and what comparing like councils sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.economy.model import Economy, worker_proposals
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats


def hide(economy: Economy, workplace: str | int, share: float) -> Economy:
    """Return the economy as it looks when a workplace says that it can make less than it can.

    Parameters
    ----------
    economy
        As it is.
    workplace
        Name or number of the one that hides.
    share
        Share of its scale a that it hides, from 0 up to but not including 1.

    Raises
    ------
    ValueError
        If there is no such workplace, or the share is out of range.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("riverside_corner").economy
    >>> float(hide(town, "Old Weir power plant", 0.5).scale[2] / town.scale[2])
    0.5
    """
    j = _index(economy, workplace)
    share = checks.one_number("share", share, low=0.0)
    if share >= 1:
        raise ValueError(f"share is {share:g}: a workplace that hides everything makes nothing. Put less than 1.")
    scale = economy.scale.copy()
    scale[j] *= 1 - share
    return replace(economy, scale=scale)


def like(economy: Economy, workplace: str | int) -> list[int]:
    """Return the other workplaces that make the same good from the same kinds of inputs."""
    j = _index(economy, workplace)
    kinds = set(economy.inputs[j]) - {-1}
    return [
        int(i)
        for i in np.flatnonzero(economy.product == economy.product[j])
        if i != j and set(economy.inputs[i]) - {-1} == kinds
    ]


def same_means(economy: Economy, prices: ArrayLike, workplace: str | int) -> NDArray[np.float64]:
    """Return what each like workplace would make from this one's inputs, at this one's effort, in multiples of it.

    Above 1: the other would make more from the same means. One number for each of `like(economy, workplace)`.
    It compares techniques, a e**c prod(x**b), and so sees what benefit over cost, 1/(B + c/k) whatever a is, does not.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> town = economy.scenario("riverside_corner").economy
    >>> honest = same_means(town, town.start, 2)
    >>> hiding = same_means(hide(town, 2, 0.5), town.start, 2)
    >>> bool(hiding[0] > 1.8 * honest[0])
    True
    """
    j = _index(economy, workplace)
    proposals = worker_proposals(economy, prices)
    means = np.zeros(economy.supply.size)
    used = economy.inputs[j] >= 0
    means[economy.inputs[j][used]] = proposals.inputs[j][used]
    made = [_make(economy, i, means, float(proposals.effort[j])) for i in like(economy, j)]
    return np.asarray(np.array(made) / proposals.output[j])


def _make(economy: Economy, i: int, means: Floats, effort: float) -> float:
    used = economy.inputs[i] >= 0
    product = np.prod(means[economy.inputs[i][used]] ** economy.exponents[i][used])
    return float(economy.scale[i] * effort ** economy.effort_exponent[i] * product)


def _index(economy: Economy, workplace: str | int) -> int:
    if isinstance(workplace, str):
        if workplace not in economy.workplaces:
            raise ValueError(f"There is no workplace '{workplace}'. There are {', '.join(economy.workplaces)}.")
        return economy.workplaces.index(workplace)
    j = checks.whole_number("workplace", workplace, low=0)
    last = economy.product.size - 1
    if j > last:
        raise ValueError(f"There is no workplace {j}: they are numbered from 0 to {last}. Put one of these.")
    return j

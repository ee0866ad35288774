"""Hidden quality: why a thousand sellers can fail to sell what both sides would gain by.

The model of one idea by Akerlof, "The Market for 'Lemons'", Quarterly Journal of Economics 84 (1970). Sellers own
things worth v to them, spread evenly from 0 to V, and know v. To buyers the same thing is worth k v, but they see only
the price, and reckon with the average of what is offered at it.
"""

from dataclasses import dataclass

import numpy as np

from parecon_edu.validation.people import Array, above, amount, count

__all__ = ["Trade", "trade", "unravel"]


@dataclass(frozen=True)
class Trade:
    """What is traded.

    Attributes
    ----------
    price : float
        The price at which it ends; 0 if nothing is traded.
    sold : float
        Share of all things that are sold.
    gained, possible : float
        What buyers and sellers gain by it together, for each thing there is, and what they could.
    """

    price: float
    sold: float
    gained: float
    possible: float


def trade(k: float, *, top: float = 100.0, shown: float = 0.0) -> Trade:
    """Return what is traded when buyers know only the average of what is offered.

    Parameters
    ----------
    k : float
        What a thing is worth to a buyer, in what it is worth to its seller.
    top : float
        V, above 0: what the best thing is worth to its seller.
    shown : float
        0 to 1: share of things whose quality buyers can see, by inspection or a guarantee, whatever it is.

    Returns
    -------
    Trade
        At the highest price at which buyers are not cheated; the price of what is not shown.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.

    Notes
    -----
    At price p all things worth up to p to their sellers are offered, on average p/2, worth k p/2 to buyers. If k < 2
    that is below p at every price but 0: nobody buys, although buyers value each thing more as soon as k > 1. If
    k is 2 or more even the best are offered.

    Examples
    --------
    >>> trade(1.5)
    Trade(price=0.0, sold=0.0, gained=0.0, possible=25.0)
    >>> trade(1.5, shown=1).gained
    25.0
    """
    k, top = _checked(k, top)
    shown = amount(shown, "The share that is shown", high=1.0)
    possible = max(0.0, k - 1) * top / 2
    unseen = 1.0 if k >= 2 else 0.0
    seen = 1.0 if k > 1 else 0.0
    sold = shown * seen + (1 - shown) * unseen
    return Trade(price=unseen * k * top / 2, sold=sold, gained=sold * possible, possible=possible)


def unravel(k: float, *, top: float = 100.0, rounds: int = 10) -> Array:
    """Return the prices as buyers learn round by round what is offered at the last one.

    Parameters
    ----------
    k, top : float
        As for `trade`.
    rounds : int
        How often the price is corrected.

    Returns
    -------
    ndarray, (rounds + 1,)
        From what buyers would pay if everything were offered, k V/2.

    Examples
    --------
    >>> unravel(1.5, rounds=4).round(1).tolist()
    [75.0, 56.2, 42.2, 31.6, 23.7]
    """
    k, top = _checked(k, top)
    prices = np.empty(count(rounds, "Rounds") + 1)
    prices[0] = k * top / 2
    for at in range(1, prices.size):
        prices[at] = k * min(prices[at - 1], top) / 2
    return prices


def _checked(k: float, top: float) -> tuple[float, float]:
    top = above(top, "What the best thing is worth")
    return amount(k, "What a thing is worth to a buyer, in what it is worth to its seller"), top

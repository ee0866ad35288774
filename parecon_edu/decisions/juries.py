"""When many heads are better than one, and when they are not; experts who advise and experts who decide."""

from parecon_edu.decisions.power import odd
from parecon_edu.validation.people import amount


def jury(p: float, n: int) -> float:
    """Chance that a majority is right when each of n people is right with chance p, each by themselves.

    Parameters
    ----------
    p : float
        Each one's chance of being right, 0 to 1.
    n : int
        How many vote, an odd number.

    Returns
    -------
    float
        Σ C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ over k > n/2. Rises to 1 with n if p is above ½, falls to 0 if below.

    Raises
    ------
    TypeError, ValueError
        If `p` is no number from 0 to 1, or `n` not an odd whole number from 1 up.

    Notes
    -----
    Condorcet, *Essai* (1785). The sum is the regularised incomplete beta function I_p((n+1)/2, (n+1)/2).

    Examples
    --------
    >>> round(jury(0.6, 11), 4), round(jury(0.4, 11), 4)
    (0.7535, 0.2465)
    """
    chance = amount(p, "The chance of being right", high=1.0, mend="Put a chance between 0 and 1, such as 0.6.")
    half = (odd(n, "The number of voters") + 1) / 2
    # Loaded here, so that importing the topic stays quick.
    from scipy.special import betainc

    return float(betainc(half, half, chance))


def herd(p: float, n: int, *, follow: float) -> float:
    """Chance that a majority is right when they sometimes all follow the same voice.

    Parameters
    ----------
    p : float
        Chance of being right, of each voter and of the voice.
    n : int
        How many vote, an odd number.
    follow : float
        How often everybody follows the one voice, 0 to 1; otherwise each judges alone.

    Returns
    -------
    float
        follow·p + (1 − follow)·jury(p, n): with follow at 1, a thousand heads are one head.

    Raises
    ------
    TypeError, ValueError
        As for `jury`; or if `follow` lies outside 0 to 1.

    Examples
    --------
    >>> round(herd(0.6, 11, follow=0), 4), round(herd(0.6, 11, follow=1), 4)
    (0.7535, 0.6)
    """
    alone = jury(p, n)
    often = amount(follow, "How often all follow one voice", high=1.0)
    return often * float(p) + (1 - often) * alone


def expert(skill: float, *, own_interest: float = 0.0) -> float:
    """Chance that an expert who decides does what is right for the others.

    Parameters
    ----------
    skill : float
        Chance that the expert finds out what is the case, 0 to 1.
    own_interest : float
        Share of questions, 0 to 1, in which what suits the expert is the opposite of what is right for the others.

    Returns
    -------
    float
        (1 − own_interest)·skill + own_interest·(1 − skill): where interests part, skill works the other way.

    Raises
    ------
    TypeError, ValueError
        If a chance lies outside 0 to 1.

    Examples
    --------
    >>> round(expert(0.9), 2), round(expert(0.9, own_interest=0.25), 2)
    (0.9, 0.7)
    """
    knows = amount(skill, "The expert's skill", high=1.0)
    parts = amount(own_interest, "The expert's own interest", high=1.0)
    return (1 - parts) * knows + parts * (1 - knows)


def advised(p: float, n: int, *, skill: float, trust: float, own_interest: float = 0.0) -> float:
    """Chance that a majority is right when an expert advises first and part of the people follow the advice.

    Parameters
    ----------
    p : float
        Chance that a voter who judges alone is right.
    n : int
        How many vote, an odd number.
    skill : float
        Chance that the expert finds out what is the case.
    trust : float
        Chance that a voter follows the advice instead of judging alone, each by themselves.
    own_interest : float
        Share of questions in which the expert advises the opposite of what is right for the others.

    Returns
    -------
    float
        A·jury(t + (1 − t)p, n) + (1 − A)·jury((1 − t)p, n), with t the trust and A = `expert(skill, …)`. No trust: the
        jury alone. Full trust: the expert decides, by another name.

    Raises
    ------
    TypeError, ValueError
        As for `jury`; or if a chance lies outside 0 to 1.

    Examples
    --------
    >>> [round(advised(0.55, 101, skill=0.8, trust=t), 2) for t in (0, 0.1, 1)]
    [0.84, 0.87, 0.8]
    """
    good = expert(skill, own_interest=own_interest)
    share = amount(trust, "Trust", high=1.0)
    alone = amount(p, "The chance of being right", high=1.0, mend="Put a chance between 0 and 1, such as 0.6.")
    # Rounding must not carry a chance past 1.
    with_good = min(1.0, share + (1 - share) * alone)
    return good * jury(with_good, n) + (1 - good) * jury((1 - share) * alone, n)

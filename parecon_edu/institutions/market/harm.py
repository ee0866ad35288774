"""One harm, one price: what smoke is worth to a plant, what it costs those downwind, and who may settle it.

The model of one idea behind lesson 06b. The plant gains a - b e from its last unit of smoke, the people downwind lose
c + d e by it; both are straight lines. Pigou's charge makes the plant stop where the two meet. The other functions say
what happens when the charge is set too high, when those downwind name their own price, and when they bargain.
"""

from dataclasses import dataclass

from parecon_edu.validation.people import above, amount, count

__all__ = ["SMOKE", "Settled", "Smoke", "agree", "best", "charged", "revealed", "talks", "tolls"]


@dataclass(frozen=True)
class Smoke:
    """A harm that comes with something useful.

    Attributes
    ----------
    first_gain : float
        a, above 0: what the first unit is worth to the plant (its owners and those who use its power).
    gain_falls : float
        b, above 0: how much less each further unit is worth.
    first_harm : float
        c: what the first unit costs those downwind.
    harm_rises : float
        d: how much more each further unit costs them.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> smoke = Smoke()
    >>> smoke.gain(50), smoke.damage(50)
    (2500.0, 1750.0)
    """

    first_gain: float = 100.0
    gain_falls: float = 2.0
    first_harm: float = 10.0
    harm_rises: float = 1.0

    def __post_init__(self) -> None:
        for name, field, check in (
            ("first_gain", "What the first unit is worth", above),
            ("gain_falls", "How fast its worth falls", above),
            ("first_harm", "What the first unit costs", amount),
            ("harm_rises", "How fast its cost rises", amount),
        ):
            object.__setattr__(self, name, check(getattr(self, name), field))

    @property
    def free(self) -> float:
        """What the plant puts out if it costs nothing: until the last unit is worth nothing more."""
        return self.first_gain / self.gain_falls

    def emitted(self, charge: float) -> float:
        """What the plant puts out at a charge per unit."""
        return max(0.0, (self.first_gain - charge) / self.gain_falls)

    def worth(self, emissions: float) -> float:
        """What the last unit is worth to the plant."""
        return self.first_gain - self.gain_falls * emissions

    def hurts(self, emissions: float) -> float:
        """What the last unit costs those downwind."""
        return self.first_harm + self.harm_rises * emissions

    def gain(self, emissions: float) -> float:
        """What all units together are worth to the plant."""
        return self.first_gain * emissions - self.gain_falls * emissions**2 / 2

    def damage(self, emissions: float) -> float:
        """What all units together cost those downwind."""
        return self.first_harm * emissions + self.harm_rises * emissions**2 / 2


#: The numbers of the course: MB = 100 - 2e, MD = 10 + e.
SMOKE = Smoke()


@dataclass(frozen=True)
class Settled:
    """How a harm was settled, and what that leaves to whom.

    Attributes
    ----------
    emissions : float
        Units of smoke.
    charge : float
        What the plant pays for the last unit, or forgoes by keeping it back.
    plant, downwind, town : float
        What is left to each: gain or harm, after all payments. The three add up to `together`.
    together : float
        Gain less damage.
    lost : float
        How far `together` falls short of the best: the triangle in Pigou's picture.
    """

    emissions: float
    charge: float
    plant: float
    downwind: float
    town: float
    together: float
    lost: float


def best(smoke: Smoke = SMOKE) -> Settled:
    """Return what is best for all together: smoke until the last unit is worth just what it harms.

    Examples
    --------
    >>> right = best()
    >>> right.emissions, right.charge, right.together
    (30.0, 40.0, 1350.0)
    """
    emissions = _right(smoke)
    return _settled(smoke, emissions, charge=_last(smoke, emissions), paid=0.0, to_town=True)


def charged(charge: float, smoke: Smoke = SMOKE) -> Settled:
    """Let the town hall set a charge per unit; what it takes in goes to the whole town.

    Parameters
    ----------
    charge : float
        Per unit of smoke, zero or more. 0: nobody pays.
    smoke : Smoke
        The harm.

    Returns
    -------
    Settled
        `lost` is (b + d)/2 times the square of what is smoked too much or too little.

    Raises
    ------
    TypeError, ValueError
        If the charge is not a number, or negative.

    Notes
    -----
    The charge that is right is what the last unit then costs others: Pigou, The Economics of Welfare (1920).

    Examples
    --------
    No charge, the right one, and twice the right one, which loses as much as none:

    >>> [charged(charge).lost for charge in (0, 40, 80)]
    [600.0, 0.0, 600.0]
    """
    charge = amount(charge, "The charge")
    emissions = smoke.emitted(charge)
    return _settled(smoke, emissions, charge=charge, paid=charge * emissions, to_town=True)


def revealed(smoke: Smoke = SMOKE) -> Settled:
    """Let those downwind say how much they permit at each charge, and receive it; they take the charge as given.

    Notes
    -----
    They permit smoke until the last unit costs them what they are paid for it, S(p) = (p - c)/d. The charge rises until
    the plant asks for no more than that: Pigou's charge, and nobody has estimated the harm. Hahnel, "Wanted: a
    pollution damage revealing mechanism", Review of Radical Political Economics 49 (2017).

    Examples
    --------
    >>> agreed = revealed()
    >>> agreed.emissions, agreed.charge, agreed.downwind
    (30.0, 40.0, 450.0)
    """
    right = best(smoke)
    return _settled(smoke, right.emissions, charge=right.charge, paid=right.charge * right.emissions, to_town=False)


def tolls(n: int, smoke: Smoke = SMOKE) -> Settled:
    """Let those downwind sell permission in n parts, each of which sets its own toll and knows that it moves the sum.

    Parameters
    ----------
    n : int
        Parts, each with an equal share of the harm. 1: they act as one seller.
    smoke : Smoke
        The harm.

    Notes
    -----
    One part's best toll is b e + MD/n, so all tolls together are n b e + MD, and e = (a - c)/(b (n + 1) + d) units are
    left. One seller permits too little, as any lone seller sells too little; many sellers permit still less, because
    each toll drives away what the others would have been paid for. Cournot (1838) on complements; Buchanan & Yoon,
    "Symmetric tragedies: commons and anticommons", Journal of Law and Economics 43 (2000).

    Examples
    --------
    >>> alone = tolls(1)
    >>> alone.emissions, alone.charge, alone.lost
    (18.0, 64.0, 216.0)
    """
    n = count(n, "The number of parts", low=1)
    over = max(0.0, smoke.first_gain - smoke.first_harm)
    emissions = over / (smoke.gain_falls * (n + 1) + smoke.harm_rises)
    charge = _last(smoke, emissions)
    return _settled(smoke, emissions, charge=charge, paid=charge * emissions, to_town=False)


def talks(n: int, smoke: Smoke = SMOKE) -> Settled:
    """Let those downwind pay the plant for smoking less, in n parts, each for itself.

    Parameters
    ----------
    n : int
        Parts, each with an equal share of the harm. 1: one party sits across the table from the plant.
    smoke : Smoke
        The harm.

    Returns
    -------
    Settled
        The plant is paid what it gives up, and no more: `plant` is what free smoke leaves it.

    Notes
    -----
    The plant may smoke; those downwind have to buy the clean air. Each part pays as long as the last unit costs *it*
    more than the plant, MB = MD/n, and leaves the rest to the others. One part alone goes all the way to the best, as
    Coase showed ("The Problem of Social Cost", Journal of Law and Economics 3, 1960): the condition is that talking,
    finding each other and holding each other to it cost nothing. With many parts nearly nothing is bought.

    Examples
    --------
    >>> [round(talks(n).emissions, 1) for n in (1, 4, 2000)]
    [30.0, 43.3, 50.0]
    """
    n = count(n, "The number of parts", low=1)
    emissions = (smoke.first_gain - smoke.first_harm / n) / (smoke.gain_falls + smoke.harm_rises / n)
    emissions = min(max(emissions, 0.0), smoke.free)
    given_up = smoke.gain(smoke.free) - smoke.gain(emissions)
    return _settled(smoke, emissions, charge=_last(smoke, emissions), paid=-given_up, to_town=False)


def agree(right: str, smoke: Smoke = SMOKE, *, split: float = 0.0) -> Settled:
    """Let the plant and one party downwind agree on an amount and a sum, when talking costs nothing.

    Parameters
    ----------
    right : str
        "plant": it may smoke, unless it is paid not to. "downwind": there is no smoke, unless they are paid for it.
    smoke : Smoke
        The harm.
    split : float
        0 to 1: how much of what there is to gain goes to the side that has the right. 0: it is just made good.

    Raises
    ------
    TypeError, ValueError
        If the right belongs to neither, or the split is out of its range.

    Notes
    -----
    The amount is the best one, whoever has the right; who pays whom is not the same. Coase (1960).

    Examples
    --------
    >>> agree("plant").emissions, agree("downwind").emissions
    (30.0, 30.0)
    >>> agree("plant").downwind, agree("downwind").downwind
    (-1150.0, 0.0)
    """
    if right not in ("plant", "downwind"):
        raise ValueError(f"The right belongs to 'plant' or 'downwind': you gave {right!r}. Put one of the two.")
    split = amount(split, "The split", high=1.0)
    whole = best(smoke)
    if right == "plant":
        before = smoke.gain(smoke.free)
        gained = whole.together - (before - smoke.damage(smoke.free))
        paid = smoke.gain(whole.emissions) - before - split * gained
    else:
        paid = smoke.damage(whole.emissions) + split * whole.together
    return _settled(smoke, whole.emissions, charge=whole.charge, paid=paid, to_town=False)


def _right(smoke: Smoke) -> float:
    """Return the smoke at which the last unit is worth just what it harms; none if the first harms more."""
    return max(0.0, (smoke.first_gain - smoke.first_harm) / (smoke.gain_falls + smoke.harm_rises))


def _last(smoke: Smoke, emissions: float) -> float:
    """Return what the last unit is worth to the plant; not below 0, where rounding may put it when smoke is free."""
    return max(0.0, smoke.worth(emissions))


def _settled(smoke: Smoke, emissions: float, *, charge: float, paid: float, to_town: bool) -> Settled:
    gain, damage = smoke.gain(emissions), smoke.damage(emissions)
    right = _right(smoke)
    possible = smoke.gain(right) - smoke.damage(right)
    return Settled(
        emissions=emissions,
        charge=charge,
        plant=gain - paid,
        downwind=0.0 - damage if to_town else paid - damage,  # 0 and not -0, where nothing smokes
        town=paid if to_town else 0.0,
        together=gain - damage,
        lost=possible - (gain - damage),
    )

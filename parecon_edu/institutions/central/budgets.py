"""Soft budgets: what is tried when somebody else pays for failures, and what a hard budget kills."""

from __future__ import annotations

from dataclasses import dataclass

from parecon_edu.validation.people import above, amount

__all__ = ["Budget", "break_even_slow", "budget", "chance_needed", "expected"]


def expected(chance: float, *, bailout: float, gain: float = 10.0, loss: float = 10.0) -> float:
    """What a workplace expects of a project, if part of its failures is paid by somebody else.

    Parameters
    ----------
    chance : float
        Chance of success, 0 to 1.
    bailout : float
        π: chance that a failure is paid for, 0 to 1.
    gain, loss : float
        What a success brings and a failure costs.

    Returns
    -------
    float
        chance · gain − (1 − chance) · (1 − π) · loss; with π = 0 what everybody together may expect.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> expected(0.25, bailout=0), expected(0.25, bailout=0.8)
    (-5.0, 1.0)
    """
    chance = amount(chance, "The chance of success", high=1.0)
    bailout = amount(bailout, "The chance of a bail-out", high=1.0)
    gain, loss = amount(gain, "The gain"), amount(loss, "The loss")
    return round(chance * gain - (1 - chance) * (1 - bailout) * loss, 12)


def chance_needed(bailout: float, *, gain: float = 10.0, loss: float = 10.0) -> float:
    """The chance of success from which a workplace tries a project.

    Parameters
    ----------
    bailout, gain, loss : float
        As for `expected`; the gain above 0.

    Returns
    -------
    float
        (1 − π) loss / (gain + (1 − π) loss): the softer the budget, the less it takes.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    The soft budget constraint is Kornai's: Economics of Shortage (1980); "The Soft Budget Constraint", Kyklos 39
    (1986).

    Examples
    --------
    >>> chance_needed(0), round(chance_needed(0.8), 3), chance_needed(1)
    (0.5, 0.167, 0.0)
    """
    bailout = amount(bailout, "The chance of a bail-out", high=1.0)
    gain, loss = above(gain, "The gain", mend="Put what a success brings."), amount(loss, "The loss")
    own = (1 - bailout) * loss
    return own / (gain + own)


@dataclass(frozen=True)
class Budget:
    """What becomes of a hundred projects under a budget, on average.

    Attributes
    ----------
    needed : float
        Chance of success from which a quick project is tried.
    tried : float
        Quick projects that are tried.
    harmful : float
        Those of them of which everybody together must expect a loss.
    begun, finished : float
        Slow projects that are begun, and that are helped over the middle.
    workplaces : float
        What the workplaces gain, points.
    paid : float
        What everybody else pays for failures, points.
    town : float
        What is gained all in all: `workplaces` less `paid`.
    best : float
        What it would be if exactly the projects with something to gain were tried and seen through.
    """

    needed: float
    tried: float
    harmful: float
    begun: float
    finished: float
    workplaces: float
    paid: float
    town: float
    best: float


def budget(
    bailout: float,
    *,
    slow: float = 0.0,
    sight: float = 0.0,
    gain: float = 10.0,
    loss: float = 10.0,
    late: float = 10.0,
    projects: float = 100.0,
) -> Budget:
    r"""Let workplaces decide what to try when failures may be paid for.

    Parameters
    ----------
    bailout : float
        π: chance that whoever is in trouble is helped, where nobody can tell who deserves it.
    slow : float
        Share of projects that look like failures half-way, and come good if they are helped over the middle.
    sight : float
        Share of cases in which whoever decides about help can tell: then slow projects are helped, failures are not.
    gain, loss : float
        What a quick project brings if it succeeds, and what it or a slow one costs if it is given up.
    late : float
        What a slow project brings in the end, its second instalment paid back.
    projects : float
        How many could be tried.

    Returns
    -------
    Budget

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Notes
    -----
    Quick projects have a chance of success spread evenly over 0 to 1, known to the workplace. A failure is paid for
    with chance h = (1 − sight) π, a slow project helped with chance s = sight + (1 − sight) π. A quick one is tried
    from the chance c = (1 − h) loss/(gain + (1 − h) loss) on, a slow one if s·late ≥ (1 − s)·loss. All in all a quick
    one brings gain (1 − c²)/2 − loss (1 − c)²/2 on average, most where c = loss/(gain + loss), so under a hard budget;
    a slow one max(0, s (late + loss) − loss), most under a soft one. That both hang together where nobody can tell is
    the point of Dewatripont & Maskin, "Credit and Efficiency in Centralized and Decentralized Economies", Review of
    Economic Studies 62 (1995), whose creditors find it pays to go on once the first instalment is sunk; here the chance
    is given.

    Examples
    --------
    >>> hard, soft = budget(0), budget(0.8)
    >>> round(hard.town), round(soft.town), round(soft.harmful), round(soft.paid)
    (250, 139, 33, 278)
    >>> [round(budget(pi, slow=0.3).town) for pi in (0, 1)]     # many slow ones: now the soft budget is better
    [175, 300]
    """
    bailout = amount(bailout, "The chance of a bail-out", high=1.0)
    slow, sight = amount(slow, "The share of slow projects", high=1.0), amount(sight, "The share seen", high=1.0)
    late, projects = amount(late, "What a slow project brings"), amount(projects, "The number of projects")
    failing, helped = (1 - sight) * bailout, sight + (1 - sight) * bailout
    needed, fair = chance_needed(failing, gain=gain, loss=loss), chance_needed(0.0, gain=gain, loss=loss)
    quick, waiting = projects * (1 - slow), projects * slow
    won, failed = (1 - needed**2) / 2, (1 - needed) ** 2 / 2
    from_slow = max(0.0, helped * (late + loss) - loss)
    begins = helped * late >= (1 - helped) * loss
    paid = quick * failing * loss * failed
    town = quick * (gain * won - loss * failed) + waiting * from_slow
    return Budget(
        needed=needed,
        tried=quick * (1 - needed),
        harmful=quick * (fair - needed),
        begun=waiting if begins else 0.0,
        finished=waiting * helped if begins else 0.0,
        workplaces=town + paid,
        paid=paid,
        town=town,
        best=quick * (gain * (1 - fair**2) / 2 - loss * (1 - fair) ** 2 / 2) + waiting * late,
    )


def break_even_slow(*, gain: float = 10.0, loss: float = 10.0, late: float = 10.0) -> float:
    """The share of slow projects above which helping everybody is better than helping nobody.

    Parameters
    ----------
    gain, loss, late : float
        As for `budget`; gain and late above 0.

    Returns
    -------
    float
        With nobody helped a quick project brings gain²/(2 (gain + loss)), with everybody helped (gain − loss)/2, a slow
        one nothing and late: the share d/(d + late), d the difference of the first two.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    Examples
    --------
    >>> break_even_slow()
    0.2
    """
    gain, loss = above(gain, "The gain", mend="Put what a success brings."), amount(loss, "The loss")
    late = above(late, "What a slow project brings")
    lost = gain**2 / (2 * (gain + loss)) - (gain - loss) / 2
    return lost / (lost + late)

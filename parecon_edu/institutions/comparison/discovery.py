"""What a static table leaves out: who searches for something better, how fast it spreads, and how much hangs on it.

Hayek (1968, "Competition as a discovery procedure") and Schumpeter (1942, "Capitalism, Socialism and Democracy",
chapters 7 and 8) put the case for markets here, not in the allocation of what is known; Kornai (2010, "Innovation and
dynamism") looks at what became of it where committees decided. The model is the smallest that holds their argument:
a ladder of steps of equal size (Aghion & Howitt 1992, "A model of growth through creative destruction"), climbed by
those who search and, later, by those who copy.

Nordhaus (2004, "Schumpeterian profits in the American economy"), cited in the presets, measures what innovators keep.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from parecon_edu.economy.scenarios import Case, Preset
from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats

REGIMES = ("patents", "open_blueprints", "committees")

# name: lowest, highest, whether the lowest itself is out
_RANGES: Mapping[str, tuple[float, float, bool]] = MappingProxyType(
    {
        "kept": (0.0, 1.0, False),
        "approval": (0.0, 1.0, False),
        "worth": (0.0, 1e6, False),
        "difficulty": (1e-6, 1e6, False),
        "public_search": (0.0, 1e6, False),
        "step": (1.0, 10.0, True),
        "copying": (1e-6, 1e6, False),
    }
)
_LONGEST = 500.0  # years; at the fastest growth that is accepted, exp still stays a number


@dataclass(frozen=True)
class Discovery:
    """How fast the front moves, and how far behind it people live on average.

    Parameters
    ----------
    settings
        What it was worked out from, by name (see `discover`).
    own_search
        Steps a year found by those who search for pay, z = kept approval worth / difficulty.
    search
        Steps a year in all, with public laboratories.
    cost
        What search costs a year, in units of `worth`. Public laboratories have the same curve of costs to themselves.
    growth
        How fast the front grows: log points a year (0.02 is 2 % a year), search x ln(step).
    lag
        How far the average ends up behind the front, log points: growth / copying.
    years_behind
        The same in years: 1 / copying.
    """

    settings: Mapping[str, float]
    own_search: float
    search: float
    cost: float
    growth: float
    lag: float
    years_behind: float

    @property
    def level(self) -> float:
        """What people have in the long run, as a share of what the front would give them: exp(-lag)."""
        return float(np.exp(-self.lag))

    def front(self, years: ArrayLike) -> Floats:
        """Return the front after so many years; it begins at 1.

        Examples
        --------
        >>> discover("patents").front([0, 35]).round(2)  # 2 % a year doubles in 35 years
        array([1.  , 2.02])
        """
        return np.asarray(np.exp(self.growth * _years(years)))

    def average(self, years: ArrayLike) -> Floats:
        """Return what people have on average after so many years, if all of them begin at the front, at 1.

        The distance to the front, L, grows with it and shrinks by copying, L' = growth - copying L, so
        L = lag (1 - exp(-copying t)).

        Examples
        --------
        Patents run faster, open blueprints arrive: after five years the open town has more, after thirty the other.

        >>> discover("patents").average([5, 30]).round(2)
        array([1.04, 1.67])
        >>> discover("open_blueprints").average([5, 30]).round(2)
        array([1.06, 1.52])
        """
        t = _years(years)
        behind = -self.lag * np.expm1(-self.settings["copying"] * t)
        return np.asarray(np.exp(self.growth * t - behind))


def discover(regime: str = "patents", **given: float) -> Discovery:
    """Return how fast a town finds something better, and how far behind that it lives.

    Whoever searches pays difficulty z^2 / 2 a year for z steps a year and keeps the share `kept` of what those that
    are approved bring, so z = kept approval worth / difficulty. Each step multiplies everything by `step`. Everybody
    else closes the share `copying` of the distance each year. With kept = approval = 1 and no public search, z is what
    a town would choose that counts all of a step's worth; the lag is what that would cost it.

    Parameters
    ----------
    regime
        "patents" (much is kept, copying is slow), "open_blueprints" (little is kept, copying is fast, part of the
        search is public) or "committees" (ideas need approval). The reasons are in `regime_of(name)`.
    **given
        What you want to be otherwise:

        - `kept`: share of what a step brings that stays with whoever found it, 0 to 1.
        - `approval`: share of ideas that whoever has to be asked says yes to, 0 to 1.
        - `worth`: what one step brings everybody (any unit); `difficulty`: how fast search becomes dear (that unit
          times years). Only worth / difficulty matters for growth.
        - `public_search`: steps a year from public laboratories.
        - `step`: what one step multiplies everything by, above 1.
        - `copying`: share of the distance to the front that copiers close, a year; above 0.

    Returns
    -------
    Discovery

    Raises
    ------
    TypeError, ValueError
        For a regime or a setting that does not exist, or a number out of range.

    Notes
    -----
    Left out: that patents also block the next step (for open blueprints), that more search may
    find the same thing twice, that what is kept is also a monopoly, which costs (`market_power` in the
    static table), and that many search for the sake of it.

    Examples
    --------
    >>> patents, blueprints, desks = map(discover, REGIMES)
    >>> [round(100 * each.growth, 1) for each in (patents, blueprints, desks)]  # % a year
    [2.0, 1.5, 1.2]
    >>> [round(each.level, 3) for each in (patents, blueprints, desks)]
    [0.916, 0.986, 0.923]
    >>> round(discover("committees", approval=1).growth - desks.growth, 4)  # what the desks cost, a year
    0.0025
    """
    presets = regime_of(regime).presets
    for name in given:
        if name not in _RANGES:
            raise TypeError(f"discover has no setting {name!r}. It has: {', '.join(_RANGES)}.")
    values = {name: preset.value for name, preset in presets.items()} | given
    for name, (low, high, open_low) in _RANGES.items():
        values[name] = checks.one_number(name, values[name], low=low, high=high, open_low=open_low)
    return _discovery(values)


def _discovery(values: Mapping[str, float]) -> Discovery:
    own = values["kept"] * values["approval"] * values["worth"] / values["difficulty"]
    search = own + values["public_search"]
    growth = search * float(np.log(values["step"]))
    if growth > 1:
        raise ValueError(
            f"With these numbers the front grows {growth:g} log points a year; nothing does, and the model stops at 1. "
            "Put a higher difficulty, a lower worth or less public_search."
        )
    return Discovery(
        settings=MappingProxyType(dict(values)),
        own_search=own,
        search=search,
        cost=values["difficulty"] * (own**2 + values["public_search"] ** 2) / 2,
        growth=growth,
        lag=growth / values["copying"],
        years_behind=1 / values["copying"],
    )


@cache
def regime_of(name: str) -> Case:
    """Return the presets of a regime, each with its reason.

    Examples
    --------
    >>> regime_of("patents").presets["kept"].value
    0.4
    >>> print(regime_of("committees").presets["approval"].reason)
    A guess: two desks that each pass seven ideas in ten, 0.7 x 0.7.
    """
    if name not in REGIMES:
        raise ValueError(f"regime knows {', '.join(REGIMES)}, but not {name!r}. Put one of these.")
    path = resources.files("parecon_edu.institutions.comparison").joinpath("data", "discovery.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows: dict[str, Any] = {**data["all"], **data[name]}
    reason = rows.pop("reason")
    return Case(reason, {key: Preset(float(row["value"]), row["reason"]) for key, row in rows.items()})


@dataclass(frozen=True)
class BreakEven:
    """When growth that is a little faster has made good a static loss.

    Parameters
    ----------
    equivalent
        What the slower town's rival has at the start, as a share: `Outcome.equivalent` beside the better one's.
    faster
        By how much its growth is faster, log points a year.
    years
        After so many years both have the same: ln(1 / equivalent) / faster. Infinite if it never comes to that.
    years_repaid
        After so many years the good years have outweighed the lean ones, each year counting alike and people's
        well-being being the log of what they have: twice `years`.
    discount
        The rate a year at which the whole future, discounted, is worth the same with the loss and the growth as without
        both: faster / ln(1 / equivalent), which is 1 / years. Whoever counts the future for more takes the growth.
    """

    equivalent: float
    faster: float
    years: float
    years_repaid: float
    discount: float

    def ahead(self, years: ArrayLike) -> Floats:
        """Return how much the faster town has after so many years, for each unit that the other has.

        Examples
        --------
        >>> break_even(0.9, faster=0.005).ahead([0, 10, 50]).round(3)
        array([0.9  , 0.946, 1.156])
        """
        return np.asarray(self.equivalent * np.exp(self.faster * _years(years)))


def break_even(equivalent: float, *, faster: float) -> BreakEven:
    """Return when growth that is `faster` a year has made good a static loss.

    Parameters
    ----------
    equivalent
        What is left by the static loss, above 0 and at most 1: .9 is as good as nine tenths of everything. To count a
        lag behind the front too, multiply by the ratio of the two `Discovery.level`.
    faster
        By how much growth is faster, log points a year, from 0 to 1 (0.005 is half a per cent).

    Raises
    ------
    TypeError, ValueError
        For what is no number, or out of range.

    Examples
    --------
    A tenth of everything is made good in 21 years by half a per cent, and in 105 by a tenth of a per cent. Nobody
    knows which of the two it would be, and the argument hangs on it:

    >>> [round(break_even(0.9, faster=g).years) for g in (0.005, 0.001)]
    [21, 105]

    A town with patents against one with open blueprints that starts from the same front, and lives closer to it:

    >>> patents, blueprints = discover("patents"), discover("open_blueprints")
    >>> lag = patents.level / blueprints.level
    >>> round(break_even(lag, faster=patents.growth - blueprints.growth).years, 1)
    13.2
    """
    equivalent = checks.one_number("equivalent", equivalent, low=0.0, high=1.0, open_low=True)
    faster = checks.one_number("faster", faster, low=0.0, high=1.0)
    loss = float(-np.log(equivalent)) or 0.0  # 0, not -0
    if loss == 0:
        return BreakEven(equivalent, faster, years=0.0, years_repaid=0.0, discount=np.inf)
    if faster / loss < 1e-300:  # never, or after more years than a number can hold
        return BreakEven(equivalent, faster, years=np.inf, years_repaid=np.inf, discount=0.0)
    return BreakEven(equivalent, faster, years=loss / faster, years_repaid=2 * loss / faster, discount=faster / loss)


def growth_needed(equivalent: float, *, years: float) -> float:
    """Return how much faster growth (log points a year) makes good a static loss in so many years: the other way round.

    Examples
    --------
    >>> round(growth_needed(0.9, years=20), 4)
    0.0053
    """
    equivalent = checks.one_number("equivalent", equivalent, low=0.0, high=1.0, open_low=True)
    years = checks.one_number("years", years, low=0.0, open_low=True)
    return (float(-np.log(equivalent)) or 0.0) / years


def _years(years: ArrayLike) -> Floats:
    try:
        t = np.asarray(years, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TypeError(f"years must be a number or a list of numbers, not {years!r}.") from error
    if not np.all((t >= 0) & (t <= _LONGEST)):
        raise ValueError(f"years must be from 0 to {_LONGEST:g}, but some are not: {years!r}. Look less far ahead.")
    return t

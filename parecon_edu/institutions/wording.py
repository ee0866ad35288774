"""What a learner reads: plain words for institutions and frictions, with the unit and the range of a slider.

A friction is a share from 0 to 1 in the library and a percentage on the page. The sliders' upper ends lie below what
the library would accept where the last stretch is of no interest (a town that hides all its capacity makes nothing).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from parecon_edu.display import Slider
from parecon_edu.display.words import number

#: Each institution as it stands in a sentence, and on a button.
INSTITUTION_WORDS: Mapping[str, str] = MappingProxyType(
    {"market": "the market", "central": "the central plan", "participatory": "the participatory plan"}
)
#: Each case as it stands on a button.
CASE_WORDS: Mapping[str, str] = MappingProxyType(
    {"best": "at its best", "typical": "on a usual day", "failure": "where it fails"}
)


@dataclass(frozen=True)
class Words:
    """How one friction is said: the slider's label, a short name for bars and sentences, and the slider's range.

    Parameters
    ----------
    name
        What it is called in the library.
    label, short
        What stands on a slider; what stands in a list.
    high, step
        The slider's upper end and its step, in per cent. It begins at 0, the best case.
    unit
        What the number is a percentage of.
    """

    name: str
    label: str
    short: str
    high: float
    step: float
    unit: str = "%"

    def say(self, value: float) -> str:
        """Say the friction with its value, a share as the library has it.

        Examples
        --------
        >>> FRICTION_WORDS["meeting_hours"].say(0.05)
        'meetings 5 %'
        """
        return f"{self.short} {in_percent(value)}"


def in_percent(value: float) -> str:
    """Write a share as a percentage, as exactly as it was set.

    Examples
    --------
    >>> in_percent(0.05), in_percent(0.125)
    ('5 %', '12.5 %')
    """
    return f"{number(round(100 * value, 2))} %"


#: Every friction in plain words, by its name in the library.
FRICTION_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        words.name: words
        for words in (
            Words("slack", "Workplaces hide capacity", "hidden capacity", 60, 5),
            Words("effort_loss", "Effort that does not come back to those who make it", "effort unrewarded", 90, 5),
            Words("surprise", "A surprise after the plan: how far things move", "surprise", 40, 5),
            Words("rigidity", "Share of the year before the surprise is answered", "late answer", 100, 5),
            Words(
                "unequal_shares", "Unequal ownership and skill (100: as this town has it)", "unequal ownership", 100, 5
            ),
            Words("unpriced_harm", "Harm of smoke that no price carries", "unpriced smoke", 100, 5),
            Words("market_power", "Mark-up: share of the price from makers who hold back", "market power", 50, 1),
            Words("wage_markdown", "Pay for work that goes to owners instead", "wages held down", 60, 5),
            Words("private_public_goods", "Public goods left to voluntary gifts", "clinic left to gifts", 100, 5),
            Words("planner_taste", "The plan follows planners' wishes, not people's", "planners' wishes", 100, 5),
            Words("uncounted_harm", "Harm of smoke that the plan does not count", "uncounted smoke", 100, 5),
            Words("official_premium", "Share of all income that officials have first", "officials first", 50, 1),
            Words("meeting_hours", "Working time that goes into meetings", "meetings", 40, 1),
            Words("turnout_loss", "Those who miss meetings are not counted", "absent, not counted", 100, 5),
            Words("rating_noise", "Income that goes by luck in the ratings", "luck in ratings", 90, 5),
            Words("favouritism", "Income that goes by acquaintance", "favouritism", 90, 5),
            Words("unequal_effort", "Pay follows differences in effort", "pay by effort", 100, 5),
            Words("inflated_harm", "The affected press the charge on smoke up", "inflated charge", 100, 5),
            Words("credit_affected", "Share of the charge paid to the affected alone", "charge to affected", 100, 5),
            Words("lobbying", "Makers with a lobby count their own good dearer by", "lobbying", 100, 5),
            Words("stop_at", "The rounds stop while something is still off by", "rounds stop early", 30, 1),
        )
    }
)


def friction_slider(name: str, *, value: float = 0.0, key: str = "") -> Slider:
    """Return the slider for a friction: in per cent, beginning at `value` (a share, as the library has it).

    Parameters
    ----------
    name
        A friction's name.
    value
        Where it begins, a share; 0 is the best case.
    key
        What the control is called in the panel, where that is not `name` (three institutions share `slack`).

    Examples
    --------
    >>> slider = friction_slider("meeting_hours", value=0.05)
    >>> slider.name, slider.value, slider.high, slider.unit
    ('meeting_hours', 5.0, 40, '%')
    """
    words = FRICTION_WORDS[name]
    start = round(100 * value, 6)
    return Slider(key or name, words.label, 0, words.high, words.step, start, unit=words.unit)


def from_percent(values: Mapping[str, float]) -> dict[str, float]:
    """Turn the sliders' percentages into the shares that the library takes, leaving out what is 0.

    Examples
    --------
    >>> from_percent({"slack": 12.5, "effort_loss": 0})
    {'slack': 0.125}
    """
    return {name: round(value / 100, 9) for name, value in values.items() if value}


def in_words(settings: Mapping[str, float]) -> list[str]:
    """Say the frictions that are not 0, in the order given.

    Examples
    --------
    >>> in_words({"slack": 0.05, "rigidity": 0.0, "stop_at": 0.03})
    ['hidden capacity 5 %', 'rounds stop early 3 %']
    """
    return [FRICTION_WORDS[name].say(value) for name, value in settings.items() if value]

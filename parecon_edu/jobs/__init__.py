"""Who holds the meeting and who does the dishes? Tasks divided into balanced jobs, by rank, or in turns."""

from typing import Any

from parecon_edu.jobs.cards import Deal, deal, uncut
from parecon_edu.jobs.exchange import Exchange, across
from parecon_edu.jobs.model import PREFERENCES, Jobs, Workplace, balance, corporate, rotation, train
from parecon_edu.jobs.places import WORKPLACES, read, read_lines, workplace
from parecon_edu.jobs.skill import break_even, output, practice, shared_out, talent

__all__ = [
    "PREFERENCES",
    "WORKPLACES",
    "Deal",
    "Exchange",
    "Jobs",
    "Workplace",
    "across",
    "balance",
    "break_even",
    "corporate",
    "deal",
    "output",
    "panel",
    "practice",
    "read",
    "read_lines",
    "rotation",
    "shared_out",
    "talent",
    "train",
    "uncut",
    "workplace",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.jobs import controls

    return controls.panel(*args, **settings)

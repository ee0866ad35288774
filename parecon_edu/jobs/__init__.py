"""Who holds the meeting and who does the dishes? Tasks divided into balanced jobs, by rank, or in turns."""

from parecon_edu.jobs.exchange import Exchange, across
from parecon_edu.jobs.model import PREFERENCES, Jobs, Workplace, balance, corporate, rotation
from parecon_edu.jobs.places import WORKPLACES, read, workplace
from parecon_edu.jobs.skill import break_even, output, practice, shared_out, talent

__all__ = [
    "PREFERENCES",
    "WORKPLACES",
    "Exchange",
    "Jobs",
    "Workplace",
    "across",
    "balance",
    "break_even",
    "corporate",
    "output",
    "practice",
    "read",
    "rotation",
    "shared_out",
    "talent",
    "workplace",
]

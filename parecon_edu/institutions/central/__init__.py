"""The central plan: its best case, and what can go wrong."""

from typing import Any

from parecon_edu.institutions.central.balances import TECHNOLOGIES, Technology, missing, orders
from parecon_edu.institutions.central.model import allocate
from parecon_edu.institutions.central.office import (
    HABITS,
    Mill,
    Office,
    Year,
    believe,
    open_office,
    output,
    play,
    press,
    probe,
    promise_pay,
    report,
)
from parecon_edu.institutions.central.queue import Queue, queue
from parecon_edu.institutions.central.record import Fact, facts, facts_of

__all__ = [
    "HABITS",
    "TECHNOLOGIES",
    "Fact",
    "Mill",
    "Office",
    "Queue",
    "Technology",
    "Year",
    "allocate",
    "believe",
    "facts",
    "facts_of",
    "missing",
    "open_office",
    "orders",
    "output",
    "panel",
    "play",
    "press",
    "probe",
    "promise_pay",
    "queue",
    "report",
]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the models stays quick."""
    from parecon_edu.institutions.central import controls

    return controls.panel(*args, **settings)

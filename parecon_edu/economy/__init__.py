"""Who makes what, who wants what: one economy, its scenarios, and what its councils propose."""

from typing import TYPE_CHECKING, Any

from parecon_edu.economy import pollution
from parecon_edu.economy.generator import next_year, published
from parecon_edu.economy.model import (
    KINDS,
    Accounts,
    Economy,
    Proposals,
    consumer_proposals,
    from_arrays,
    worker_proposals,
)

if TYPE_CHECKING:
    from parecon_edu.economy.scenarios import SCENARIOS, Scenario, scenario

__all__ = [
    "KINDS",
    "SCENARIOS",
    "Accounts",
    "Economy",
    "Proposals",
    "Scenario",
    "consumer_proposals",
    "from_arrays",
    "next_year",
    "pollution",
    "published",
    "scenario",
    "worker_proposals",
]


def __getattr__(name: str) -> Any:
    # Scenarios are read from files, so they are looked up when somebody asks for them.
    if name in ("SCENARIOS", "Scenario", "scenario"):
        from parecon_edu.economy import scenarios

        return getattr(scenarios, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

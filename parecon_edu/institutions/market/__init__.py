"""The market: its best case, and what can go wrong."""

from typing import Any

from parecon_edu.institutions.market.model import allocate

__all__ = ["allocate", "panel"]


def panel(*args: Any, **settings: Any) -> Any:
    """Return a panel of this topic; the widgets are loaded only now, so that importing the model stays quick."""
    from parecon_edu.institutions.market import controls

    return controls.panel(*args, **settings)

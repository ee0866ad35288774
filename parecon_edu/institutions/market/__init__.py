"""The market: its best case, and what can go wrong."""

from parecon_edu.institutions.market.model import allocate

__all__ = ["allocate"]

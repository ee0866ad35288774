"""The central plan: its best case, and what can go wrong."""

from parecon_edu.institutions.central.model import allocate

__all__ = ["allocate"]

"""The participatory plan: its best case, and what can go wrong."""

from parecon_edu.institutions.participatory.model import allocate

__all__ = ["allocate"]

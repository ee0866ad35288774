"""What comes out: the same town under a market, a central plan and a participatory plan."""

from parecon_edu.institutions import central, market, participatory

__all__ = ["central", "market", "participatory"]

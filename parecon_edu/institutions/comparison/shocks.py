"""One surprise, three speeds of answering it: what rigidity costs when the same thing happens to everybody."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from parecon_edu.economy.scenarios import INSTITUTIONS, Scenario
from parecon_edu.institutions import participatory
from parecon_edu.institutions.frictions import settings
from parecon_edu.validation.arrays import Floats


@dataclass(frozen=True, eq=False)
class Shock:
    """What a surprise does to a town that answers at once, never, or in between.

    Utility is averaged over the year, so everything in between follows from the two ends. All three institutions at
    their best do the same before and after; only how long they take differs.

    Parameters
    ----------
    neighbourhoods
        Their names.
    late : (H,)
        Well-being of each, against the best plan of the changed town, if the old ways go on all year.
    usual
        How long each institution takes on a usual day, as a share of the year.
    """

    neighbourhoods: tuple[str, ...]
    late: Floats
    usual: MappingProxyType[str, float]

    def by_council(self, rigidity: float) -> Floats:
        """Return the well-being of each neighbourhood (H,) if the answer takes so much of the year.

        It is exp(rigidity ln late): the logs are averaged over the year.
        """
        with np.errstate(divide="ignore"):
            logs = np.log(self.late)
        return np.asarray(np.exp(rigidity * logs)) if rigidity else np.ones_like(self.late)

    def town(self, rigidity: float) -> float:
        """Return the well-being of the town."""
        if not rigidity:
            return 1.0
        return float(np.exp(rigidity * np.log(self.late).mean())) if self.late.min() > 0 else 0.0


def shock(scenario: Scenario, *, surprise: float, seed: int) -> Shock:
    """Return what a surprise does, for every speed of answering it.

    Parameters
    ----------
    scenario
        The town.
    surprise
        How far what can be made and what is wanted moves, a standard deviation in logs, 0 to 1.
    seed
        Which year: every number is another draw.

    Examples
    --------
    >>> from parecon_edu import economy
    >>> bad = shock(economy.scenario("riverside"), surprise=0.2, seed=0)
    >>> [round(bad.town(part), 3) for part in (0, 0.3, 1)]
    [1.0, 0.99, 0.967]
    """
    never = participatory.allocate(scenario, surprise=surprise, rigidity=1.0, seed=seed)
    usual = {name: settings(name, scenario, case="typical", given={})["rigidity"] for name in INSTITUTIONS}
    return Shock(never.neighbourhoods, never.equivalent_by_council, MappingProxyType(usual))

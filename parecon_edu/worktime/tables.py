"""Real input-output tables: the United States in 2021."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from parecon_edu.worktime.model import labour_values

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Industries:
    """An economy by industry, in millions of dollars.

    Attributes
    ----------
    A : ndarray, (n, n)
        Column j: dollars of each industry's product used up for a dollar of industry j's. Imported goods are counted as
        if they had been made at home with the same methods.
    industries : tuple of str
        Their names.
    output, pay, consumption : ndarray, (n,)
        Total output, compensation of employees, and what households bought of each.
    """

    A: Array
    industries: tuple[str, ...]
    output: Array
    pay: Array
    consumption: Array

    @property
    def pay_in_consumption(self) -> float:
        """Share of all pay that is embodied in what households bought, directly and through suppliers."""
        return float(labour_values(self.A, self.pay / self.output) @ self.consumption / self.pay.sum())


@cache
def us_2021() -> Industries:
    """Return the United States' 15 industries of 2021.

    Returns
    -------
    Industries

    Notes
    -----
    Bureau of Economic Analysis, Use Table, 15 summary industries (a work of the US government, public domain). The rows
    "scrap" and "noncomparable imports" are left out, and commodities and industries are treated as one. Rows
    are rounded to whole millions, so that their sums differ by one from the published totals.

    Examples
    --------
    >>> us = us_2021()
    >>> us.A.shape, us.pay.sum().item(), us.output.sum().item()
    ((15, 15), 12549139.0, 40575546.0)
    >>> round(us.pay_in_consumption, 2)
    0.62
    """
    file = resources.files("parecon_edu.worktime").joinpath("data", "us_2021_15_industries.csv")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    names = tuple(row["industry"] for row in rows)
    uses = np.array([[float(row[name]) for name in names] for row in rows])
    columns = [
        np.array([float(row[field]) for row in rows])
        for field in ("total_output", "compensation_of_employees", "personal_consumption")
    ]
    technology = uses / columns[0]
    for values in (technology, *columns):
        values.flags.writeable = False
    return Industries(technology, names, *columns)

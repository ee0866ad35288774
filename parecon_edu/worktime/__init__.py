"""How much work is necessary? Gross output, labour values, surplus, weeks of work, and a real economy's table."""

from parecon_edu.worktime.model import gross_output, labour_values, spectral_radius, surplus, weeks_of_work
from parecon_edu.worktime.tables import Industries, us_2021

__all__ = [
    "Industries",
    "gross_output",
    "labour_values",
    "spectral_radius",
    "surplus",
    "us_2021",
    "weeks_of_work",
]

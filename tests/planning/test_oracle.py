"""`demplan`, an independent program for the same procedure, plays the same rounds."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from parecon_edu import economy, planning

pytest.importorskip("demplan")
ORACLE = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "oracle.py"))


@pytest.mark.parametrize(
    ("seed", "size", "start"),
    [
        (0, {}, 700.0),
        (1, {}, 350.0),
        (2, dict(goods=3, per_industry=20, consumers=15), 700.0),
        (3, dict(goods=1, per_industry=4, consumers=2), 1400.0),
    ],
)
def test_the_worst_imbalance_is_the_same_round_by_round(seed, size, start):
    town = economy.published(seed, **size)
    ours = planning.plan(town, start=start)
    theirs = ORACLE["demplan_worst"](town, threshold=0.03, start=start)
    assert len(theirs) == ours.rounds
    np.testing.assert_allclose(ours.worst, theirs, atol=1e-9, rtol=0)

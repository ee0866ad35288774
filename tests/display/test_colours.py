"""Colours that stay apart for people who see fewer of them, and never stand alone.

The three colour-blindnesses are simulated with the matrices of Machado, Oliveira and Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), for full severity, on
linear RGB.
"""

from itertools import combinations

import numpy as np
import pytest

from parecon_edu.display.style import COLOURS, DASHES, PATTERNS

MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one, other, seen=None):
    """Difference of two colours (CIE 1976), as seen with one of the colour-blindnesses."""
    matrix = np.eye(3) if seen is None else np.array(MACHADO[seen])
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))))


def test_the_measure_finds_pairs_that_are_known_to_be_confused():
    red, green = "#b04040", "#508030"
    assert apart(red, green) > 50
    assert apart(red, green, "deuteranopia") < 25


@pytest.mark.parametrize("seen", MACHADO)
@pytest.mark.parametrize(("one", "other"), list(combinations(COLOURS[:5], 2)))
def test_the_first_five_colours_stay_apart(one, other, seen):
    # 10 is about four times what a careful eye just notices (2.3, Mahy et al. 1994).
    assert apart(one, other, seen) > 10


def test_there_is_a_second_mark_for_every_colour_in_common_use():
    assert len(set(PATTERNS)) == len(COLOURS)
    assert len(set(DASHES)) >= 5

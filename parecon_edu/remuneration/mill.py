"""Riverside's mill: eleven people, to try ways of rating on."""

from parecon_edu.remuneration.model import People

#: Eleven people at the mill: enough raters for a median to mean something. Everybody can work; nothing but sacrifice
#: differs much, because the mill is there to try ways of rating on.
MILL = People(
    hours=[38, 40, 32, 36, 40, 24, 30, 40, 36, 20, 38],
    # Sacks (the loaders Idris, Jun and Olga) are harder than scales and books.
    intensity=[1.0, 1.2, 1.3, 1.0, 1.3, 1.0, 1.1, 1.0, 1.2, 1.3, 1.0],
    # Dust and noise on the grinding floor; the office has neither.
    onerousness=[1.0, 1.2, 1.0, 1.2, 1.0, 1.0, 1.2, 1.0, 1.2, 1.0, 1.0],
    output=[40, 44, 36, 38, 46, 26, 32, 42, 40, 20, 36],
    capital=[1.0] * 11,
    power=[1.0] * 11,
    need=[1.0] * 11,
    able=[True] * 11,
    names=("Esi", "Farid", "Gita", "Hugo", "Idris", "Jun", "Kofi", "Lena", "Mateo", "Olga", "Priya"),
)

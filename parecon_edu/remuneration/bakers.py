"""Riverside's bakery: the four people whom the lesson pays."""

from parecon_edu.remuneration.model import People

#: What the bakery took in this week, to be shared among the four.
BAKERY_POOL = 1200.0

#: Amara, Bo, Chen and Dita in one ordinary week. Each would be best off under another norm, for a decent reason.
BAKERY = People(
    # Amara bakes days, full time; Bo has the nights; Chen cleared out the flour store; Dita broke her wrist in spring.
    hours=[40, 30, 20, 0],
    # Shovelling spoilt flour for twenty hours is half as hard again as baking.
    intensity=[1.0, 1.0, 1.5, 1.0],
    # Nights at a hot oven are a fifth worse than the day shift.
    onerousness=[1.0, 1.2, 1.0, 1.0],
    # What each added to the week's 1,200: Amara has quick hands (16 an hour), at night one baker does all the steps (14
    # an hour), and the flour that Chen saved was worth 140, however long it took.
    output=[640, 420, 140, 0],
    # Amara's savings bought the mixer; the oven is Bo's; Chen joined last month; the house was Dita's mother's.
    capital=[2_000, 8_000, 0, 10_000],
    # Nobody else will take the nights, so Bo can insist; Amara could be replaced by next month, Chen by Monday; Dita
    # has as good a standing as Amara, but this week no work to hold back.
    power=[1.0, 2.0, 0.5, 1.0],
    # People to feed, by the OECD-modified scale (1 the first adult, .5 another adult, .3 a child): Amara lives alone,
    # Bo with his partner, Chen with two small children, Dita with three.
    need=[1.0, 1.5, 1.6, 1.9],
    able=[True, True, True, False],
    names=("Amara", "Bo", "Chen", "Dita"),
)

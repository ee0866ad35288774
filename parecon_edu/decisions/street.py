"""The five front doors of the lesson: a night bus line through Riverside."""

from parecon_edu.decisions.doors import Doors
from parecon_edu.validation.people import amount


def night_bus(noise: float = 4.0) -> Doors:
    """Five front doors along Riverside's night bus line.

    Parameters
    ----------
    noise : float
        What the stop under the bedroom window costs each adult behind Ines's door, in evenings a month, zero or more.

    Returns
    -------
    Doors
        Bo, Dita, Leila, Ngozi and Ines, each with those who live with them.

    Raises
    ------
    TypeError, ValueError
        If `noise` is not a finite number, zero or more.

    Examples
    --------
    >>> night_bus().effect.tolist()
    [6.0, 5.0, 4.0, -1.0, -4.0]
    """
    lost = amount(noise, "The noise", mend="Put 0 if the bus can't be heard.")
    return Doors(
        names=("Bo", "Dita", "Leila", "Ngozi", "Ines"),
        # Bo with his partner; Dita and Leila alone among adults; Ngozi with parents and brother; Ines with her husband
        # and his mother. The households that need the bus are small: that is what makes heads and doors disagree.
        adults=[2, 1, 1, 4, 3],
        # Bo comes off the ovens at four and walks fifty minutes up to Orchard Rise. Dita can't drive with her wrist,
        # and her mother, who minds the three children, lives at the other end of the line. Leila's late shift at the
        # Harbour clinic ends at one. Ngozi's people in Old Mill would neither ride nor hear it, but pay their share. At
        # Ines's in Northgate the bus would stop under the bedroom window.
        effect=[6, 5, 4, -1, -lost],
        # The year's other matter is the sports hall. Ngozi's brother trains there; to Leila it means least.
        other=[3, 4, 2, 5, 3],
        # The meeting is at eight in the evening: Bo is asleep or at the ovens, Dita has three children to put to bed,
        # Leila is on her shift.
        tied=[0.8, 0.9, 0.8, 0.1, 0.2],
    )


#: The five front doors as the lesson meets them.
NIGHT_BUS = night_bus()

"""One look for every figure: Okabe and Ito's colours, patterns beside them, one template.

The eight colours are told apart by people with any of the three common colour-blindnesses (Okabe & Ito 2008,
"Color Universal Design"). Colour is never the only mark: bars carry a pattern, lines a dash and every mark a label.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

__all__ = ["COLOURS", "DASHES", "HEIGHT", "PATTERNS", "STRIPES", "WHITE_STRIPES", "layout"]

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
PATTERNS = ("", "/", ".", "x", "-", "\\", "+", "|")
# What lies over a bar's colour: dark enough to be seen in a legend's small square, by everybody.
STRIPES: Final[Mapping[str, Any]] = MappingProxyType({"fillmode": "overlay", "fgcolor": "#1a1a1a", "fgopacity": 0.8})
WHITE_STRIPES: Final[Mapping[str, Any]] = MappingProxyType(
    {"fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.7}
)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
GREY = "#767676"
HEIGHT = 360

_TEXT = "#1a1a1a"
_GRID = "#d9d9d9"


def layout(*, height: int = HEIGHT, **extra: Any) -> dict[str, Any]:
    """Give the house's layout, ready for `plotly.graph_objects.Figure(data, layout)`.

    Parameters
    ----------
    height : int
        Height in pixels. It is fixed, so that nothing jumps when a slider moves.
    **extra
        Further plotly layout settings; they are merged into the house's, so
        ``xaxis={"title": "hours"}`` keeps the house's grid.

    Returns
    -------
    dict

    Examples
    --------
    >>> layout(height=300, xaxis={"range": [0, 1]})["xaxis"]["range"]
    [0, 1]
    """
    # The margins grow with the labels, so none sticks out; plotly need not look at each again (a fifth of a redraw).
    labels = {"automargin": True, "ticklabeloverflow": "allow"}
    axis: dict[str, Any] = {"gridcolor": _GRID, "linecolor": _GRID, "zerolinecolor": "#a6a6a6", **labels}
    axis |= {"fixedrange": True, "title": {"font": {"size": 14}}}
    house: dict[str, Any] = {
        "template": "none",
        "height": height,
        "font": {"family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif", "size": 14, "color": _TEXT},
        "colorway": list(COLOURS),
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 56, "r": 16, "t": 36, "b": 48},
        "xaxis": dict(axis),
        "yaxis": dict(axis),
        "title": {"x": 0, "xref": "paper", "font": {"size": 15}},
        "showlegend": False,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "hoverlabel": {"font": {"size": 14}},
        "bargap": 0.3,
    }
    for key, value in extra.items():
        known = house.get(key)
        if key.startswith(("xaxis", "yaxis")):
            known = known or axis
            value = _with_title(value)
        elif key == "title":
            value = _with_title({"title": value})["title"]
        house[key] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return house


def _with_title(axis: dict[str, Any]) -> dict[str, Any]:
    """Let a title be a plain text; plotly keeps its place and size in a dictionary."""
    title = axis.get("title")
    return {**axis, "title": {"text": title}} if isinstance(title, str) else axis


def _merge(house: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Put one's own settings over the house's, two levels deep."""
    return {
        **house,
        **{
            k: {**house[k], **v} if isinstance(v, dict) and isinstance(house.get(k), dict) else v
            for k, v in own.items()
        },
    }

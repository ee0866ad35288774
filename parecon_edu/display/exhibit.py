"""An exhibit: one picture, one sentence, one small table, all three with the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from parecon_edu.display.words import number

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from parecon_edu.display.plot import Plot

__all__ = ["Detail", "Exhibit", "Table"]

Cell = str | float | int


@dataclass(frozen=True)
class Table:
    """A small table with the data of a picture.

    Parameters
    ----------
    columns : tuple of str
        Headings. The first column names the rows.
    rows : tuple of tuples
        One tuple a row, as long as `columns`. Numbers are written by `display.words.number`.
    caption : str
        What the table shows, with its unit.

    Raises
    ------
    ValueError
        If a row has not as many cells as there are columns.

    Examples
    --------
    >>> print(Table(("person", "pay"), (("Amara", 300), ("Bo", 900.5)), "Pay, a week"))
    Pay, a week
    person  pay
    Amara   300
    Bo      900
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Each row of the table '{self.caption}' needs {len(self.columns)} cells, one a column; "
                    f"the row that begins with {row[:1]} has {len(row)}. Add or drop cells."
                )

    def cells(self) -> list[list[str]]:
        """Give all rows as text, the way they are shown."""
        return [[cell if isinstance(cell, str) else number(float(cell)) for cell in row] for row in self.rows]

    def __str__(self) -> str:
        lines = [list(self.columns), *self.cells()]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
        return "\n".join([self.caption, *(text.rstrip() for text in texts)])

    def to_html(self) -> str:
        """Give the table as HTML with a caption and headings that a screen reader can read out."""
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in self.columns)
        body = "".join(
            f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
            for first, *rest in self.cells()
        )
        caption = f"<caption>{escape(self.caption)}</caption>"
        return f'<table class="pe-table">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


@dataclass(frozen=True)
class Detail:
    """More about a picture: a table, or sentences one a line, under a heading that folds.

    Parameters
    ----------
    title : str
        The heading. The same title means the same place in the page: what a learner opened there stays open.
    body : Table or tuple of str
        A table, or sentences.
    open : bool
        Whether it is open at first.
    spoken : bool
        Whether a screen reader reads a change of it out.
    """

    title: str
    body: Table | tuple[str, ...]
    open: bool = False
    spoken: bool = False

    def __str__(self) -> str:
        return "\n".join([self.title, *([str(self.body)] if isinstance(self.body, Table) else self.body)])

    def body_html(self) -> str:
        """Give what stands under the heading as HTML."""
        if isinstance(self.body, Table):
            return self.body.to_html()
        if len(self.body) == 1:
            return f"<p>{escape(self.body[0])}</p>"
        return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in self.body)}</ul>"

    def to_html(self) -> str:
        """Give heading and body as HTML, unfolded, for a page that is printed."""
        return f"<p><strong>{escape(self.title)}</strong></p>{self.body_html()}"


@dataclass(frozen=True)
class Exhibit:
    """A picture, the sentence that says what it shows, and the table with the same data.

    Sentence and table stand under every picture and change with it: a screen reader, a printed page and a test
    all read the same thing.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The picture, with a fixed height.
    sentence : str
        What it shows, in words, with the numbers.
    table : Table
        The same data.
    details : tuple of Detail
        What else there is to read, such as the words of those who answered; each under a heading that folds.
    """

    figure: go.Figure
    sentence: str
    table: Table
    details: tuple[Detail, ...] = ()

    def show(self) -> Plot:
        """Show the picture with its sentence and table."""
        from parecon_edu.display.plot import Plot

        return Plot.of(self)

    def __str__(self) -> str:
        return "\n\n".join([self.sentence, str(self.table), *map(str, self.details)])

    def to_html(self) -> str:
        """Give sentence and table as HTML: what a printed or exported page shows where no kernel draws."""
        more = "".join(detail.to_html() for detail in self.details)
        return f'<div class="pe-exhibit"><p>{escape(self.sentence)}</p>{self.table.to_html()}{more}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self.to_html()}

"""The look that every engine is told to give the text, as plain figures: a process that measures another engine loads
nothing of ours.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Style:
    """Lengths in points."""

    size: float
    leading: float
    above: float
    below: float


@dataclass(frozen=True)
class Look:
    """Lengths in points."""

    page: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    """Below the text block; the page number stands in it."""
    indent: float
    """Of a list."""
    item: float
    """Between two items of a list, and between two rows of a table."""
    foot: float
    """Of the page number: its baseline, above the edge of the paper."""
    body: Style
    headings: tuple[Style, ...]
    """Of level 1, which begins a page, to level 4."""
    family: str
    """The name that is inside the font files."""
    regular: str
    bold: str
    fallback: str
    """Files of the faces; `fallback` is for characters that the others lack."""
    title: str
    language: str

    @property
    def measure(self) -> float:
        return self.page[0] - self.left - self.right


def save(look: Look, path: Path) -> None:
    path.write_text(json.dumps(asdict(look)), "utf-8")


def load(path: Path) -> Look:
    read = json.loads(path.read_text("utf-8"))
    headings = tuple(Style(**heading) for heading in read["headings"])
    return Look(**{**read, "page": tuple(read["page"]), "body": Style(**read["body"]), "headings": headings})

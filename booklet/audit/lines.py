"""Texts to lines, and lines to paragraphs: as the eye puts them together, and where there are tags, as those do."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from booklet.audit.canvas import Text
from booklet.audit.geometry import Box
from booklet.audit.limits import LONGEST_TEXT
from booklet.audit.tree import HEADINGS, Tree

COLUMN = 1.5
"""A gap that parts columns and cells, in sizes."""
SPACE = 0.15
"""A gap that parts words where no space is shown, in sizes."""
LEVEL = 0.35
"""Texts whose baselines are nearer than this share a line, in sizes: superscripts too."""
NEXT = 2.2
"""How far below the next line of a paragraph may be, in sizes, where no tags tell."""


LABEL = re.compile(r"\W|\(?\w{1,2}[.)]")
"""What a line of a list begins with; the room after it is no word gap."""


class Line(NamedTuple):
    page: int
    text: str
    x0: float
    x1: float
    y: float
    size: float
    face: str
    """The face of most of it."""
    gap: float | None
    """The mean of its word gaps, in sizes; None with fewer than three, or with more than one face."""
    block: int
    """The element it belongs to; -1 without tags."""
    role: str
    artifact: bool
    tabular: bool
    """In a table or a list of contents."""

    @property
    def is_heading(self) -> bool:
        return self.role in HEADINGS


def lines_of(texts: Iterable[Text], tree: Tree | None) -> list[Line]:
    """From the top of the page to its foot, and along each line."""
    level = [text for text in texts if not text.turn]
    found: list[Line] = []
    for artifact in (False, True):
        for row in _rows([text for text in level if text.artifact == artifact]):
            found += [_line(part, tree) for part in _parts(row, tree)]
    return sorted(found, key=lambda line: (-line.y, line.x0))


def _rows(texts: list[Text]) -> Iterator[list[Text]]:
    row: list[Text] = []
    for text in sorted(texts, key=lambda text: -text.y):
        if row and row[0].y - text.y > LEVEL * max(row[0].size, text.size):
            yield row
            row = []
        row.append(text)
    if row:
        yield row


def _parts(row: list[Text], tree: Tree | None) -> Iterator[list[Text]]:
    """A row divided at wide gaps, and between blocks."""
    part: list[Text] = []
    for text in sorted(row, key=lambda text: text.x0):
        if part:
            wide = text.x0 - part[-1].x1 > COLUMN * max(text.size, part[-1].size)
            if wide or (tree and _block(tree, text) != _block(tree, part[-1])):
                yield part
                part = []
        part.append(text)
    if part:
        yield part


def _block(tree: Tree, text: Text) -> tuple[int, bool]:
    """The element that a text stands in, and whether it is a label, which is kept apart from what it labels."""
    index = tree.of.get(text.owner, -1) if text.owner else -1
    return tree.block(text.owner), index >= 0 and tree.elements[index].role == "Lbl"


def _line(texts: list[Text], tree: Tree | None) -> Line:
    said = texts[0].text
    for before, after in pairwise(texts):
        said += f" {after.text}" if _apart(before, after) else after.text
    main = max(texts, key=lambda text: len(text.text))
    block, label = _block(tree, texts[0]) if tree else (-1, False)
    roles = list(tree.around(block)) if tree else []
    return Line(
        page=main.page,
        text=said[:LONGEST_TEXT],
        x0=texts[0].x0,
        x1=max(text.x1 for text in texts),
        y=main.y,
        size=main.size,
        face=main.face.name,
        gap=_gap(texts[1:] if len(texts) > 1 and LABEL.fullmatch(texts[0].text) else texts),
        block=block,
        role="Lbl" if label else roles[0] if roles else "",
        artifact=texts[0].artifact,
        tabular=not {"Table", "TOC", "TOCI"}.isdisjoint(roles),
    )


def _apart(before: Text, after: Text) -> bool:
    return after.x0 - before.x1 > SPACE * max(before.size, after.size)


def _gap(texts: list[Text]) -> float | None:
    """The mean of the gaps between words, in sizes."""
    gaps = sum(_apart(*pair) for pair in pairwise(texts)) + sum(
        text.text.count(" ") + text.text.count("\xa0") for text in texts
    )
    if gaps < 3 or not texts[0].size or any(text.face is not texts[0].face for text in texts):
        return None
    return (texts[-1].x1 - texts[0].x0 - sum(text.ink for text in texts)) / gaps / texts[0].size


Paragraph = list[Line]
"""Lines of one page that follow one another."""


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """Lines of one element, or where no tags tell, lines of one size under one another; labels stand alone."""
    found: list[Paragraph] = []
    last: dict[int, Paragraph] = {}
    for line in lines:
        if line.artifact:
            continue
        before = last.get(line.block) if line.block >= 0 else _above(found, line)
        if before and line.role != "Lbl" and (line.block < 0 or before[-1].y > line.y):
            before.append(line)
        else:
            found.append([line])
            if line.block >= 0 and line.role != "Lbl":
                last[line.block] = found[-1]
    return found


def _above(paragraphs: list[Paragraph], line: Line) -> Paragraph | None:
    """The paragraph that a line without tags goes on from: it begins at the same place, or has the same middle."""
    for paragraph in reversed(paragraphs):
        end, first = paragraph[-1], paragraph[min(1, len(paragraph) - 1)]
        near = abs(end.size - line.size) < 0.5 and 0 < end.y - line.y < NEXT * line.size
        below = min(end.x1, line.x1) > max(end.x0, line.x0)
        begins = abs(first.x0 - line.x0) < 2 * line.size
        centred = abs(end.x0 + end.x1 - line.x0 - line.x1) < line.size / 2
        if end.block < 0 and near and below and (begins or centred):
            return paragraph
    return None


def extent(lines: Iterable[Line]) -> Box:
    each = list(lines)
    return Box(
        min(line.x0 for line in each),
        min(line.y for line in each),
        max(line.x1 for line in each),
        max(line.y + line.size for line in each),
    )

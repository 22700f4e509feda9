"""Plain text, for a program that reads aloud or for an e-mail: a sentence a line, and nothing drawn.

The words are those of the booklet, unchanged: "37.5C" and "A&E" too, which speech says well enough, because locked
text is kept word for word. What print shows by its look is said: a heading begins with its kind ("Section: 6.2 Hormone
therapy", so that a search for it finds the section and not the contents), and so does a line to write on.
"""

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    List,
    Paragraph,
    QrCode,
    Ruler,
    Runs,
    Table,
    WriteIn,
    plain,
)
from booklet.theme import Stylesheet

KINDS = {1: "Part", 2: "Section"}
"""What a heading is called, by its level; the others are headings."""
_BETWEEN = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][\"')]))(?<!\b[A-Z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bMrs\.)"
    r"\s+(?=[\"'(]?[A-Z0-9])"
)
"""The space between two sentences, not that after an initial or a title."""


def write(document: Document, sheet: Stylesheet) -> bytes:
    """With `sheet.columns` no line is longer, where its words allow it."""
    lines = [line for block in document.blocks for line in _block(block)]
    if sheet.columns:
        lines = [part for line in lines for part in _wrapped(line, sheet.columns)]
    return ("\n".join(lines).strip() + "\n").encode()


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield from ["", ""] if level == 1 else []
            kind = "" if block.cover else f"{KINDS.get(level, 'Heading')}: "
            yield from [f"{kind}{_said(runs)}", ""]
        case Paragraph(runs):
            yield from [*_sentences(_said(runs)), ""]
        case Emergency(title, blocks):
            yield from ["", "", title, "", *_blocks(blocks)]
        case Admonition(_, title, blocks):
            yield from [title, "", *_blocks(blocks)]
        case List(items):
            for n, item in enumerate(items):
                label = "-" if block.start is None else block.label(n)
                first, *others = [line for line in _blocks(item.blocks) if line] or [""]
                yield f"{label} {first}"
                yield from (f"  {line}" for line in others)
            yield ""
        case Table(header, rows):
            for row in rows:
                yield "; ".join(f"{plain(name)}: {plain(cell)}" for name, cell in zip(header, row, strict=True)) + "."
            yield ""
        case WriteIn(label):
            yield from [f"To fill in: {_said(label)}", ""]
        case Ruler() | QrCode():
            pass  # it checks a printed page, which this is not
        case Contents(entries):
            yield from [*(entry.text for entry in entries), ""]


def _blocks(blocks: Iterable[Block]) -> list[str]:
    return [line for block in blocks for line in _block(block)]


def _said(runs: Runs) -> str:
    return "".join(run.text for run in runs if run.page_of is None)


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _BETWEEN.split(line)


def _wrapped(line: str, columns: int) -> list[str]:
    """A line in parts, those after the first under its words and not under its marker."""
    marker = re.match(r" *(?:-|\d+\.)? *", line)
    under = " " * len(marker[0]) if marker and len(marker[0]) * 2 < columns else ""
    parts = wrap(line, columns, subsequent_indent=under, break_long_words=False, break_on_hyphens=False)
    return parts or [""]

"""Plain text: the document read aloud, a paragraph a line, nothing drawn."""

from collections.abc import Iterable, Iterator

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

LINE = "." * 30
"""A place to write."""


def write(document: Document) -> bytes:
    lines = [line for block in document.blocks for line in _block(block)]
    return ("\n".join(lines).strip() + "\n").encode()


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield from ["", ""] if level == 1 else []
            yield from [_said(runs), ""]
        case Paragraph(runs):
            yield from [_said(runs), ""]
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
        case WriteIn(label, count):
            yield from [f"{plain(label)}:", *[LINE] * count, ""]
        case Ruler() | QrCode():
            pass  # for a printed page, which this is not
        case Contents(entries):
            yield from [*(entry.text for entry in entries), ""]


def _blocks(blocks: Iterable[Block]) -> list[str]:
    return [line for block in blocks for line in _block(block)]


def _said(runs: Runs) -> str:
    return "".join(run.text for run in runs if run.page_of is None)

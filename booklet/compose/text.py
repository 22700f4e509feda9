"""Small pieces of documents that several parts of a booklet need."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from booklet.model import Block, List, ListItem, Paragraph, Run, Runs, WriteIn, plain


def text(*texts: str) -> Runs:
    return tuple(Run(text) for text in texts)


def bullets(items: Iterable[Runs]) -> List:
    return List(tuple(ListItem((Paragraph(runs),)) for runs in items))


def long_date(day: date) -> str:
    """Such as "6 August 2026" (standards.md TX-16)."""
    return f"{day.day} {day:%B %Y}"


def month(day: date) -> str:
    return f"{day:%B %Y}"


def filled(blocks: Iterable[Block], known: Mapping[str, str]) -> Iterator[Block]:
    """The blocks of a page to write on; what is known, by label, is printed where its line would be."""
    for block in blocks:
        told = known.get(plain(block.label), "") if isinstance(block, WriteIn) else ""
        if isinstance(block, WriteIn) and told:
            yield Paragraph((Run(f"{plain(block.label)}\n"), Run(told, strong=True)))
        else:
            yield block

"""Small pieces of documents that several parts of a booklet need."""

from collections.abc import Iterable
from datetime import date

from booklet.model import List, ListItem, Paragraph, Run, Runs


def text(*texts: str) -> Runs:
    return tuple(Run(text) for text in texts)


def bullets(items: Iterable[Runs]) -> List:
    return List(tuple(ListItem((Paragraph(runs),)) for runs in items))


def long_date(day: date) -> str:
    """Such as "6 August 2026" (standards.md TX-16)."""
    return f"{day.day} {day:%B %Y}"


def month(day: date) -> str:
    return f"{day:%B %Y}"

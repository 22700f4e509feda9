"""Abbreviations, explained where this booklet first uses them (standards.md TX-20)."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from booklet.library import Library
from booklet.model import Admonition, Block, List, ListItem, Paragraph, Run, Runs


def explained(blocks: tuple[Block, ...], library: Library) -> tuple[Block, ...]:
    """The blocks, with a few words in brackets after the first use of each abbreviation of the glossary.

    Headings stay as they are, and so do the boxes of signs to call about, whose words are fixed.
    """
    known = {
        form: (term, entry.explain)
        for term, entry in library.glossary.items()
        for form in (term, *entry.also)
        if entry.explain and sum(char.isupper() for char in form) > 1
    }
    return tuple(_Explainer(known).blocks(blocks)) if known else blocks


class _Explainer:
    def __init__(self, known: dict[str, tuple[str, str]]) -> None:
        self.known = known
        self.done: set[str] = set()
        forms = "|".join(re.escape(form) for form in sorted(known, key=len, reverse=True))
        self.pattern = re.compile(rf"(?<![\w/-])(?:{forms})(?![\w-])")

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Paragraph(runs):
                    yield replace(block, runs=tuple(self.runs(runs)))
                case List(items):
                    yield replace(block, items=tuple(ListItem(tuple(self.blocks(item.blocks))) for item in items))
                case Admonition(kind) if kind != "get-help":
                    yield replace(block, blocks=tuple(self.blocks(block.blocks)))
                case _:
                    yield block

    def runs(self, runs: Runs) -> Iterator[Run]:
        before = ""
        for run in runs:
            yield run if run.href or run.page_of else replace(run, text=self.text(run.text, before))
            before += run.text

    def text(self, text: str, before: str) -> str:
        """The text with what has to be explained; `before` is what the same paragraph said until here."""
        out, at = "", 0
        for match in self.pattern.finditer(text):
            term, explain = self.known[match[0]]
            led = before + text[: match.start()]
            if term in self.done or led.count("(") > led.count(")"):
                continue
            self.done.add(term)
            if text[match.end() :].startswith(" (") or led.endswith("called "):
                continue  # the sentence explains it already
            out += f"{text[at : match.end()]} ({explain})"
            at = match.end()
        return out + text[at:]

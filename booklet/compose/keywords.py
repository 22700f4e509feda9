"""Key words in bold: the words that a booklet explains, where each section first uses them (standards.md RP-03)."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from booklet.library.files import Term
from booklet.model import Block, Heading, List, ListItem, Paragraph, Run, Runs


def with_key_words(blocks: tuple[Block, ...], glossary: dict[str, Term]) -> tuple[Block, ...]:
    """The blocks with the words of a glossary bold at their first use in each section.

    Boxes and headings stay as they are: everything in them matters, and headings are bold already.
    """
    forms = {form.casefold(): term for term, entry in glossary.items() for form in (term, *entry.also)}
    if not forms:
        return blocks
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    marker = _Marker(re.compile(rf"(?<![\w/-])(?:{words})(?![\w/])", re.IGNORECASE), forms)
    return tuple(marker.blocks(blocks))


class _Marker:
    def __init__(self, pattern: re.Pattern[str], forms: dict[str, str]) -> None:
        self.pattern, self.forms = pattern, forms
        self.done: set[str] = set()

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Heading(level) if level <= 2:
                    self.done.clear()
                    yield block
                case Paragraph(runs):
                    yield replace(block, runs=tuple(self.runs(runs)))
                case List(items):
                    yield replace(block, items=tuple(ListItem(tuple(self.blocks(item.blocks))) for item in items))
                case _:
                    yield block

    def runs(self, runs: Runs) -> Iterator[Run]:
        for run in runs:
            yield from (run,) if run.strong or run.href or run.page_of else self.run(run)

    def run(self, run: Run) -> Iterator[Run]:
        at = 0
        for match in self.pattern.finditer(run.text):
            term = self.forms[match[0].casefold()]
            if term not in self.done:
                self.done.add(term)
                if match.start() > at:
                    yield replace(run, text=run.text[at : match.start()])
                yield replace(run, text=match[0], strong=True)
                at = match.end()
        if at < len(run.text):
            yield replace(run, text=run.text[at:])

"""The guide for those who make booklets, as a booklet: docs/using.md in large print."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from booklet import settings
from booklet.compose.text import text
from booklet.markdown import More, Short, When, parse
from booklet.model import Block, Document, Heading
from booklet.paths import GUIDE

TITLE = "How to make large-print booklets"


def guide(made: date) -> Document:
    """Raises ContentError with everything in the file that a page cannot show."""
    return Document(TITLE, "en-GB", made, tuple(_blocks()))


def _blocks() -> Iterator[Block]:
    yield Heading(1, text(TITLE), "cover", cover=True)
    for n, block in enumerate(parse(settings.text_of(GUIDE), GUIDE)):
        if isinstance(block, Heading):  # each part can be found in the bookmarks
            yield replace(block, level=block.level - 1, anchor=f"part-{n}")
        elif not isinstance(block, More | Short | When):
            yield block

"""Every pack in every format says the same: every word of the document, in its order, and the locked ones as they are."""

import re

import pytest

from booklet import build, fonts
from booklet.library import Library
from booklet.model import Document, Emergency, NodePath, Table, plain, words
from booklet.paginate import paginate
from booklet.paths import CONTENT
from booklet.request import Request
from booklet.writers import FORMATS
from tests.conftest import request_for
from tests.test_html import said, tree

LIBRARY = Library.load(CONTENT)
PAGES = ("appointments", "medicines", "diary", "notes", "information")


def squeezed(text: str) -> str:
    """Without spaces: where lines end is each format's own."""
    return "".join(text.split())


def read(made: Request, format: str) -> str:
    """What a booklet says in one format, without the marks of its lists."""
    if format == "pdf":
        sheet, document = build.layout(LIBRARY, made)
        strips = [line.strip for page in paginate(document, sheet, fonts.Ruler()) for line in page.lines]
        owned: dict[tuple[NodePath, str], str] = {}  # the lines of the cells of a row are side by side
        for piece in (piece for strip in strips for piece in strip.pieces):
            if piece.owner is not None and piece.tag != "Lbl":
                key = (piece.owner, piece.tag)
                owned[key] = owned.get(key, "") + piece.text
        return "".join(owned.values())
    text = build.build(LIBRARY, made, format).data.decode()
    if format == "html":
        (body,) = tree(text).iter("body")
        return said(body)
    assert format == "text"
    return re.sub("^ *- ", "", text, flags=re.MULTILINE)


def expected(document: Document, format: str) -> list[str]:
    """The words of each leaf; plain text names the column before each cell instead of once."""
    named = {plain(cell) for block in document.blocks if isinstance(block, Table) for cell in block.header}
    return [each for each in words(document.blocks) if not (format == "text" and each in named)]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("pack", LIBRARY.packs)
def test_every_word_is_there_in_order(pack: str, format: str) -> None:
    made = request_for(LIBRARY, packs=(pack,), write_in=PAGES, detail="more", name="Edna O'Brien")
    _, document = build.layout(LIBRARY, made)
    text = squeezed(read(made, format))
    at = 0
    for each in expected(document, format):
        found = text.find(squeezed(each), at)
        assert found >= 0, each
        at = found + len(squeezed(each))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("detail", ["key-points", "less", "more"])
def test_locked_text_is_word_for_word(format: str, detail: str) -> None:
    made = request_for(LIBRARY, "treatments", "side-effects", detail=detail)
    text = squeezed(read(made, format))
    blocks = [b for b in LIBRARY.sections["emergencies/call-now"].core if isinstance(b, Emergency)]
    assert len(blocks) == 2
    for block in blocks:
        assert text.count(squeezed("".join(words((block,))))) == (2 if block.title == "Call 999 now" else 1)
    assert squeezed(LIBRARY.locked["label"]) in text

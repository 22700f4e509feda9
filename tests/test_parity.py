"""Every pack in every format says the same: every word of the document, in its order, and the locked ones as they are."""

import re
from typing import TypeVar

import msgspec
import pytest
from msgspec.structs import replace

from booklet import build, fonts
from booklet.library import Library
from booklet.model import Document, Emergency, NodePath, Run, Table, plain, words
from booklet.paginate import paginate
from booklet.paths import CONTENT
from booklet.request import Request
from booklet.writers import FORMATS, braille
from booklet.writers.braille.cells import GOES_ON
from booklet.writers.braille.liblouis import contracted
from booklet.writers.braille.ueb import uncontracted
from tests.braille import drawn, needs_liblouis, told
from tests.conftest import request_for
from tests.test_html import said, tree

LIBRARY = Library.load(CONTENT)
EVERY = [pytest.param(name, marks=[needs_liblouis] if name == "braille-contracted" else []) for name in FORMATS]
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


def cells(document: Document, format: str) -> tuple[str, list[str]]:
    """What the pages of braille say, and what they have to say, in cells; where bold begins is left out."""
    without = Document(document.title, document.language, document.made, tuple(map(thin, document.blocks)))
    layout = braille.load(format)
    lines = [line for page in drawn(braille.paginate(without, layout), layout) for line in page[:-1]]
    text = "".join(line.strip().removesuffix(GOES_ON) if divided(line) else line for line in lines)
    wanted = told(without)
    made = contracted(wanted) if layout.grade == "contracted" else {each: uncontracted(each) for each in wanted}
    return text, [made[each] for each in wanted]


def divided(line: str) -> bool:
    """Whether a word goes on in the next line; the dots that lead to a page number end in one."""
    return line.endswith(GOES_ON) and not re.search(r' "+$', line)


T = TypeVar("T")


def thin(value: T) -> T:
    """A part of a document with nothing in bold."""
    if isinstance(value, tuple):
        return tuple(map(thin, value))  # type: ignore[return-value]
    if not isinstance(value, msgspec.Struct):
        return value
    changed = {name: thin(getattr(value, name)) for name in value.__struct_fields__}
    return msgspec.structs.replace(value, **(changed | ({"strong": False} if isinstance(value, Run) else {})))


def expected(document: Document, format: str) -> list[str]:
    """The words of each leaf; plain text names the column before each cell instead of once."""
    named = {plain(cell) for block in document.blocks if isinstance(block, Table) for cell in block.header}
    return [each for each in words(document.blocks) if not (format == "text" and each in named)]


@pytest.mark.parametrize("format", EVERY)
@pytest.mark.parametrize("pack", LIBRARY.packs)
def test_every_word_is_there_in_order(pack: str, format: str) -> None:
    made = request_for(LIBRARY, packs=(pack,), write_in=PAGES, detail="more", name="Edna O'Brien")
    _, document = build.layout(LIBRARY, made)
    text, leaves = (
        cells(document, format) if FORMATS[format].cells else (read(made, format), expected(document, format))
    )
    text = squeezed(text)
    at = 0
    for each in leaves:
        found = text.find(squeezed(each), at)
        assert found >= 0, each
        at = found + len(squeezed(each))


@pytest.mark.parametrize("format", EVERY)
@pytest.mark.parametrize("detail", ["key-points", "less", "more"])
def test_locked_text_is_word_for_word(format: str, detail: str) -> None:
    made = request_for(LIBRARY, "treatments", "side-effects", detail=detail)
    blocks = [b for b in LIBRARY.sections["emergencies/call-now"].core if isinstance(b, Emergency)]
    assert len(blocks) == 2
    if FORMATS[format].cells:
        _, document = build.layout(LIBRARY, made)
        text, _ = cells(document, format)
        for times, block in zip((2, 1), blocks, strict=True):
            _, leaves = cells(replace(document, blocks=(block,)), format)
            assert [each for each in leaves if squeezed(text).count(squeezed(each)) < times] == []
        return
    text = squeezed(read(made, format))
    for block in blocks:
        assert text.count(squeezed("".join(words((block,))))) == (2 if block.title == "Call 999 now" else 1)
    assert squeezed(LIBRARY.locked["label"]) in text

"""Pages as data: golden outlines with a ruler that can be done in the head."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from booklet.compose import compose
from booklet.library import Library
from booklet.markdown import More, parse
from booklet.model import Document
from booklet.paginate import Page, paginate
from booklet.theme import Stylesheet
from tests.conftest import SIZES, HalfRuler, request_for, styles


def pages_of(source: str, sheet: Stylesheet, ruler: HalfRuler) -> list[Page]:
    blocks = tuple(block for block in parse(source) if not isinstance(block, More))
    return paginate(Document("T", "en-GB", date(2026, 11, 21), blocks), sheet, ruler)


def drawn(pages: list[Page]) -> str:
    """Each page as its lines, with where they begin in points and the keep to the next."""
    out = []
    for page in pages:
        out.append(f"--- page {page.number}")
        for line in page.lines:
            x = min((piece.x for piece in line.strip.pieces), default=0)
            text = "".join(piece.text for piece in line.strip.pieces).rstrip()
            rules = f" [{len(line.strip.rules)} rules]" if line.strip.rules else ""
            frame = " |" if line.strip.frames else ""
            out.append(f"{line.top:6.1f} {x:5.1f}{frame} {text}{rules}".rstrip())
        if page.foot:
            out.append("foot: " + " / ".join(piece.text for piece in page.foot.strip.pieces))
    return "\n".join(out)


def test_front_pages_at_18_point(library: Library, golden: Callable[[str], None], ruler: HalfRuler) -> None:
    document = compose(library, request_for(library, "breaks/taking-a-break"))
    golden(drawn(paginate(document, styles("18"), ruler)[:9]))


def test_call_now_at_28_point(library: Library, golden: Callable[[str], None], ruler: HalfRuler) -> None:
    document = compose(library, request_for(library, "breaks/taking-a-break"))
    pages = paginate(document, styles("28"), ruler)
    last = next(p.number for p in pages if p.text().startswith("My numbers")) - 1
    golden(drawn(pages[1:last]))


def test_blocks_of_every_kind(golden: Callable[[str], None], sheet: Stylesheet, ruler: HalfRuler) -> None:
    source = """
## A heading

A paragraph that is long enough to need a second line on the page, with **bold** in it.

- one
- two
  - inside

::: get-help
Call now, if:

- a thing
- another
:::

| Who | Number |
| --- | --- |
| Fire | **999** |

::: write-in 2
- My medicines
:::
"""
    golden(drawn(pages_of(source, sheet, ruler)))


def test_a_heading_never_ends_a_page(sheet: Stylesheet, ruler: HalfRuler) -> None:
    source = "\n\n".join(f"## Part {n}\n\n{'word ' * 40}" for n in range(40))
    pages = pages_of(source, sheet, ruler)
    assert len(pages) > 3
    assert not [page for page in pages if "Part" in page.lines[-1].strip.pieces[0].text]


@pytest.mark.parametrize("size", SIZES)
def test_a_get_help_box_is_never_divided_where_a_page_can_hold_it(size: str, ruler: HalfRuler) -> None:
    box = "::: get-help\nCall now if:\n\n- you are hot\n- you are cold\n- you are unsure\n:::"
    pages = pages_of("\n\n".join(["word " * 30, box] * 12), styles(size), ruler)
    for page in pages:
        framed = [line for line in page.lines if line.strip.frames]
        titles = sum("Get help if" in "".join(p.text for p in line.strip.pieces) for line in framed)
        ends = sum("unsure" in "".join(p.text for p in line.strip.pieces) for line in framed)
        assert titles == ends


def test_a_table_that_goes_on_repeats_its_header_as_an_artifact(sheet: Stylesheet, ruler: HalfRuler) -> None:
    rows = "\n".join(f"| Row {n} | {n} |" for n in range(40))
    pages = pages_of(f"| Who | Number |\n| --- | --- |\n{rows}", sheet, ruler)
    assert len(pages) > 1
    for page in pages[1:]:
        header = page.lines[0].strip
        assert [piece.text for piece in header.pieces] == ["Who", "Number"]
        assert all(piece.owner is None for piece in header.pieces)


def test_a_table_whose_words_do_not_fit_side_by_side_is_stacked(ruler: HalfRuler) -> None:
    source = "| Extraordinarily | Uncharacteristic | Incomprehensible |\n| - | - | - |\n| a | b | c |"
    pages = pages_of(source, styles("28"), ruler)
    pieces = [piece for line in pages[0].lines for piece in line.strip.pieces]
    assert [(p.text, p.owner is None) for p in pieces[3:]] == [
        ("Extraordinarily: ", True),
        ("a", False),
        ("Uncharacteristic: ", True),
        ("b", False),
        ("Incomprehensible: ", True),
        ("c", False),
    ]


def test_the_back_cover_is_the_back_of_a_sheet_only_when_both_sides_are_printed(
    library: Library, ruler: HalfRuler
) -> None:
    for ids in (("breaks",), ("breaks/taking-a-break",), ("trials",), ("palliative/hospices",)):
        document = compose(library, request_for(library, *ids))
        both = paginate(document, styles("18"), ruler)
        one = paginate(document, replace(styles("18"), sides="one"), ruler)
        assert len(both) % 2 == 0
        assert len(both) - len(one) in (0, 1)
        notes = [page for page in both if page.text().startswith("This page is for your notes")]
        assert len(notes) == len(both) - len(one)


def test_every_foot_says_which_page_of_how_many_at_the_same_place(library: Library, ruler: HalfRuler) -> None:
    pages = paginate(compose(library, request_for(library, "breaks")), styles("24"), ruler)
    feet = [page.foot for page in pages if page.foot]
    assert len(feet) == len(pages)
    assert len({foot.top for foot in feet}) == 1
    for page, foot in zip(pages, feet, strict=True):
        assert foot.strip.pieces[-1].text == f"Page {page.number} of {len(pages)}"
        assert foot.strip.pieces[-1].x + foot.strip.pieces[-1].width == pytest.approx(styles("24").measure)


def test_a_phone_number_is_whole_in_a_table_too(ruler: HalfRuler) -> None:
    source = "| Who | When | Number |\n| - | - | - |\n| Your specialist nurse team | In the daytime | 0300 123 1234 |"
    for size in SIZES:
        (page, *_) = pages_of(source, styles(size), ruler)
        assert "0300 123 1234" in page.text()


def test_a_heading_stays_with_a_paragraph_longer_than_a_page(ruler: HalfRuler) -> None:
    for size in SIZES:
        for before in range(12):
            source = "\n\n".join(["word " * 6] * before + ["## Heading", "word " * 400])
            for page in pages_of(source, styles(size), ruler)[:-1]:
                assert "Heading" not in "".join(piece.text for piece in page.lines[-1].strip.pieces)


def test_a_long_lead_in_is_not_said_again_on_every_page(ruler: HalfRuler) -> None:
    items = "\n".join(f"- item {n} that has words" for n in range(30))
    pages = pages_of(f"::: note\n{'lead ' * 120}:\n\n{items}\n:::", styles("28"), ruler)
    for page in pages:
        assert all(line.top + line.strip.height <= styles("28").depth + 0.1 for line in page.lines)
    assert sum(page.text().count("lead") for page in pages) == 120

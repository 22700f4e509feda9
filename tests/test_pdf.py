"""The PDF itself: valid, tagged right, and large print by measuring it (standards.md 1.1 to 1.4)."""

import re
from functools import cache

import page as validator
import pikepdf
import pytest

from booklet import build, fonts
from booklet.library import Library
from booklet.model import (
    Admonition,
    Contents,
    Document,
    Emergency,
    Heading,
    Paragraph,
    QrCode,
    Ruler,
    Table,
    WriteIn,
    bookmarks,
    figure_text,
    plain,
    walk,
)
from booklet.paginate import Page, paginate
from booklet.paths import CONTENT
from booklet.theme import MM, Stylesheet
from tests.conftest import MADE, SAMPLE, SIZES, request_for
from tests.pdfwalk import Shown, Walk

NAME = "Siân Ŵyn-Jones"


@cache
def made(size: str, detail: str = "less", ids: tuple[str, ...] = SAMPLE, name: str = "") -> bytes:
    library = Library.load(CONTENT)
    return build.build(library, request_for(library, *ids, name=name, text_size=size, detail=detail)).data


@cache
def walked(size: str, detail: str = "less") -> Walk:
    return Walk(made(size, detail))


@cache
def laid_out(size: str, detail: str = "less") -> tuple[Stylesheet, Document, tuple[Page, ...]]:
    library = Library.load(CONTENT)
    sheet, document = build.layout(library, request_for(library, *SAMPLE, text_size=size, detail=detail))
    return sheet, document, tuple(paginate(document, sheet, fonts.Ruler()))


def expected(document: Document, pages: tuple[Page, ...]) -> list[str]:
    """The text of each leaf with its page numbers, as a reader should hear it."""
    at = {line.strip.anchor: page.number for page in pages for line in page.lines if line.strip.anchor}
    texts: list[str] = []
    for path, block in walk(document.blocks):
        match block:
            case Heading() | Paragraph():
                texts.append("".join(run.text + (str(at[run.page_of]) if run.page_of else "") for run in block.runs))
            case WriteIn():
                texts.append(plain(block.label))
            case Admonition() | Emergency():
                texts.append(block.title)
            case Table():
                texts += [plain(cell) for row in (block.header, *block.rows) for cell in row]
            case Contents():
                texts += [f"{entry.text} {at[entry.anchor]}" for entry in block.entries]
            case Ruler():
                texts += [plain(block.label), figure_text(block)]
            case QrCode():
                texts.append(figure_text(block))
            case _:
                assert path
    return texts


def said(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("size", SIZES)
def test_the_file_is_valid(size: str, profile: str) -> None:
    report = validator.validate_pdf_bytes(made(size), profile=profile)
    assert [str(failure) for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.slow
@pytest.mark.parametrize("size", ["16", "28"])
@pytest.mark.parametrize("facts", [{}, dict.fromkeys(("prognosis", "end_of_life", "end_of_life_detail"), "yes")])
def test_everything_there_is_is_valid_and_walks(size: str, facts: dict[str, str]) -> None:
    library = Library.load(CONTENT)
    request = request_for(
        library, packs=("everything",), facts=facts, text_size=size, detail="more" if facts else "less"
    )
    data = build.build(library, request).data
    for profile in ("ua1", "2a"):
        assert validator.validate_pdf_bytes(data, profile=profile).is_compliant
    walk = Walk(data)
    assert walk.faults == []
    assert pages_that_end_with_a_heading(walk) == []


@pytest.mark.slow
@pytest.mark.parametrize("detail", ["key-points", "less", "more"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ids", [("breaks/taking-a-break",), ("trials",), SAMPLE])
def test_every_file_of_the_matrix_is_valid_and_walks(size: str, detail: str, ids: tuple[str, ...]) -> None:
    data = made(size, detail, ids, NAME)
    for profile in ("ua1", "2a"):
        assert validator.validate_pdf_bytes(data, profile=profile).is_compliant
    walk = Walk(data)
    assert walk.faults == []
    assert pages_that_end_with_a_heading(walk) == []


@pytest.mark.parametrize(("size", "detail"), [("18", "less"), ("28", "more"), ("36", "key-points")])
def test_marks_tree_and_parent_tree_agree(size: str, detail: str) -> None:
    walk = walked(size, detail)
    assert walk.faults == []
    assert walk.order == sorted(walk.order), "the reading order is the order of the pages"
    assert walk.artifacts == {"/Layout", "/Pagination"}


@pytest.mark.parametrize(("size", "detail"), [("16", "more"), ("18", "less"), ("28", "more"), ("36", "less")])
def test_the_text_through_the_tags_is_the_text_of_the_document(size: str, detail: str) -> None:
    _, document, pages = laid_out(size, detail)
    labels = {"•"}
    heard = [text for role, text in walked(size, detail).texts if not (role == "Lbl" and text.strip() in labels)]
    assert [said(text) for text in heard] == [said(text) for text in expected(document, pages)]


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_smaller_than_was_chosen(size: str) -> None:
    assert min(each.size for each in walked(size).shown) >= float(size)


def test_the_locked_pages_are_never_under_18_point() -> None:
    walk = walked("16")
    locked = [each for each in walk.shown if each.mcid is not None and each.page in (2, 3, 4, len(walk.pdf.pages))]
    assert min(each.size for each in locked if not _is_numbers_page(walk, each.page)) >= 18


def _is_numbers_page(walk: Walk, page: int) -> bool:
    return any(each.text.startswith("My numbers") and each.mcid is not None for each in walk.shown if each.page == page)


@pytest.mark.parametrize("size", SIZES)
def test_lines_are_at_most_70_letters_and_inside_the_margins(size: str) -> None:
    sheet, _, _ = laid_out(size)
    for page, left, right, _, text in walked(size).lines():
        edge = sheet.left(page)
        assert len(text.rstrip()) <= 70, text
        assert left >= edge - 0.01, text
        assert right <= edge + sheet.measure + 0.1, text


@pytest.mark.parametrize("size", SIZES)
def test_the_binding_side_has_25_mm_on_both_sides_of_a_sheet(size: str) -> None:
    sheet, _, _ = laid_out(size)
    assert sheet.left(1) == pytest.approx(25 * MM)
    assert sheet.page[0] - sheet.left(2) - sheet.measure == pytest.approx(25 * MM)


@pytest.mark.parametrize("size", SIZES)
def test_leading_is_at_least_1_25_and_1_4_for_running_text(size: str) -> None:
    sheet, _, pages = laid_out(size)
    assert sheet["body"].leading == pytest.approx(1.4 * sheet["body"].size)
    for page in pages:
        for before, after in zip(page.lines, page.lines[1:], strict=False):
            if before.strip.pieces and after.strip.pieces:
                gap = (after.top + after.strip.baseline) - (before.top + before.strip.baseline)
                # a heading in two lines is set a little closer; nothing is closer than LP-12 allows
                assert gap >= 1.2 * after.strip.pieces[-1].size, after


@pytest.mark.parametrize("size", SIZES)
def test_numbers_are_not_divided_over_lines(size: str) -> None:
    _, _, pages = laid_out(size)
    for page in pages:
        for before, after in zip(page.lines, page.lines[1:], strict=False):
            ends = [p for p in before.strip.pieces if p.owner is not None]
            begins = [p for p in after.strip.pieces if p.owner is not None and p.tag != "Lbl"]
            if ends and begins and ends[-1].owner == begins[0].owner and ends[-1].tag == begins[0].tag == "":
                assert not (re.search(r"\d $", ends[-1].text) and re.match(r"\d", begins[0].text)), ends[-1].text
                assert not re.search(r"[A-Za-z]- ?$", ends[-1].text), "no word is hyphenated"


@pytest.mark.parametrize("size", SIZES)
def test_a_paragraph_stays_on_one_page_and_a_heading_is_never_last(size: str) -> None:
    walk = walked(size)
    pages_of: dict[tuple[int, int], set[int]] = {}
    for (page, _), element in walk.parents.items():
        if str(element.S) in ("/P", "/H1", "/H2", "/H3", "/H4", "/TD"):
            pages_of.setdefault(element.objgen, set()).add(page)
    assert [pages for pages in pages_of.values() if len(pages) > 1] == []
    assert pages_that_end_with_a_heading(walk) == []


def pages_that_end_with_a_heading(walk: Walk) -> list[int]:
    return [page for page, mcids in walk.marks.items() if str(walk.parents[page, mcids[-1]].S).startswith("/H")]


@pytest.mark.parametrize("size", SIZES)
def test_call_999_is_on_page_2_and_on_the_last_page(size: str) -> None:
    walk = walked(size)
    for page in (2, len(walk.pdf.pages)):
        first = next(each for each in walk.shown if each.page == page and each.size >= 18)
        text = " ".join(each.text for each in walk.shown if each.page == page)
        assert "Call 999 now" in text
        assert first.size >= 18


@pytest.mark.parametrize("size", SIZES)
def test_locked_blocks_are_divided_only_between_items_and_leave_none_lonely(size: str) -> None:
    _, document, pages = laid_out(size)
    blocks = [(n, block) for n, block in enumerate(document.blocks) if isinstance(block, Emergency)]
    assert [block.title for _, block in blocks] == ["Call 999 now", "Call your cancer helpline now", "Call 999 now"]
    for index, block in blocks:
        own = [p for p in pages if any(_owner(line.strip)[:1] == (index,) for line in p.lines)]
        assert [p.number for p in own] == list(range(own[0].number, own[0].number + len(own)))
        seen: dict[tuple[int, ...], int] = {}
        for p in own:
            items = {o for line in p.lines if (o := _owner(line.strip))[:1] == (index,) and len(o) > 3}
            assert len({o[:3] for o in items}) != 1, f"a lonely sign on page {p.number} at {size} point"
            assert all(seen.setdefault(o[:3], p.number) == p.number for o in items), "a divided sign"
            text = " ".join(p.text().split())
            assert text.startswith(block.title if p is own[0] else f"{block.title}, continued")
            assert ("on the next page" in text) == (p is not own[-1])
            if "More signs on the next page" in text:
                after = [
                    o for q in own if q.number == p.number + 1 for line in q.lines if len(o := _owner(line.strip)) > 3
                ]
                assert after, "signs follow where signs are promised"


def _owner(strip: object) -> tuple[int, ...]:
    pieces = [piece for piece in strip.pieces if piece.owner is not None and piece.tag == ""]  # type: ignore[attr-defined]
    return pieces[0].owner if pieces else ()


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_the_locked_pages_are_all_there(size: str, library: Library) -> None:
    heard = [" ".join(said(text)) for role, text in walked(size).texts if text.strip() != "•"]
    for block in library.sections["emergencies/call-now"].core:
        assert isinstance(block, Emergency)
        words = [block.title, *(plain(b.runs) for _, b in walk(block.blocks) if isinstance(b, Paragraph))]
        places = [n for n in range(len(heard)) if heard[n : n + len(words)] == words]
        assert len(places) == (2 if block.title == "Call 999 now" else 1)
        if len(places) == 2:
            assert places[1] + len(words) == len(heard), "it ends the booklet"


def test_contents_and_bookmarks_name_the_pages_where_things_are() -> None:
    walk = walked("18")
    _, document, pages = laid_out("18")
    at = {line.strip.anchor: page.number for page in pages for line in page.lines if line.strip.anchor}
    with walk.pdf.open_outline() as outline:
        found = [(item.title, walk.numbers[item.destination[0].objgen]) for item in _items(outline.root)]
    assert found == [(entry.text, at[entry.anchor]) for entry in bookmarks(document.blocks)]
    for title, number in found[1:3]:
        assert any(each.page == number and each.text == title for each in walk.shown)


def _items(items: list[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    return [each for item in items for each in (item, *_items(item.children))]


def test_every_link_leads_to_its_page_or_address() -> None:
    walk = walked("18", "less")
    for page in walk.pdf.pages:
        for annotation in page.get("/Annots", []):
            assert int(annotation.F) == 4
            assert str(annotation.Contents)
            assert ("/Dest" in annotation) != ("/A" in annotation)


def test_what_a_viewer_and_a_printer_are_told() -> None:
    root = walked("18").pdf.Root
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.PrintScaling == "/None"
    assert root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert root.PageMode == "/UseOutlines"
    assert root.PageLabels.Nums[1].S == "/D"
    for page in walked("18").pdf.pages:
        assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, 595.276, 841.89], abs=0.01)


def test_every_face_is_embedded_and_maps_its_codes_to_text() -> None:
    for page in walked("18").pdf.pages:
        for font in page.Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor
            assert b"<0000>" not in font.ToUnicode.read_bytes()


def test_a_letter_the_face_lacks_comes_from_the_fallback_face() -> None:
    walk = Walk(made("18", ids=("breaks/taking-a-break",), name="Ŵyn Ж"))
    faces = {each.text.strip(): each.font for each in walk.shown if each.page == 1}
    assert "DejaVuSans-Bold" in faces["Ж"]
    assert any("Atkinson" in font and "Ŵyn" in text for text, font in faces.items())


def test_the_name_is_on_the_cover_and_nowhere_else() -> None:
    data = made("18", ids=("breaks/taking-a-break",), name="Canary Featherstonehaugh")
    walk = Walk(data)
    assert {each.page for each in walk.shown if "Canary" in each.text} == {1}
    assert b"Canary" not in data
    assert "Canary" not in str(walk.pdf.docinfo) + bytes(walk.pdf.Root.Metadata.read_bytes()).decode()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["", "W" * 50, "Mary " * 10, NAME])
def test_the_cover_is_one_page_whatever_the_name(size: str, name: str, library: Library) -> None:
    request = request_for(library, "breaks/taking-a-break", name=name.strip(), text_size=size)
    pages, _ = build.pages_of(library, request, fonts.Ruler())
    assert pages[1].text().startswith("Call 999 now")


def test_the_same_request_and_date_give_the_same_bytes(library: Library) -> None:
    request = request_for(library, "breaks", name=NAME)
    assert build.build(library, request).data == build.build(library, request).data
    assert f"D:{MADE:%Y%m%d}".encode() in build.build(library, request).data


def test_the_back_cover_is_the_back_of_the_last_sheet() -> None:
    for size in SIZES:
        assert len(walked(size).pdf.pages) % 2 == 0


def test_artifacts_are_not_smaller_either() -> None:
    feet: list[Shown] = [each for each in walked("24").shown if each.mcid is None]
    assert feet
    assert min(each.size for each in feet) >= 24

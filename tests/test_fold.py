"""Folding: the order of the pages, their size, where they move, and what the printer is told (PR-01 to PR-07)."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import msgspec.inspect
import page as validator
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps
from reportlab.pdfgen.canvas import Canvas

from booklet import build, fonts
from booklet.errors import RequestError
from booklet.fold import CREEP_LIMIT_MM, fold, grams, order, volumes
from booklet.library import Library
from booklet.paginate import paginate
from booklet.theme import MM, PAPER, Margins
from tests.conftest import request_for

SCALE = 254 / 72
"""Ten pixels to a millimetre, so that the spine and the creep of ordinary paper are whole pixels."""
fours = st.integers(1, 60).map(lambda sheets: 4 * sheets)


def made(pages: int, paper: tuple[float, float] = PAPER["A5"], inner_mm: float = 20, outer_mm: float = 12.7) -> bytes:
    """Pages as ours are: margins mirrored, a rule as wide as the text block, and 18 point text."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=paper, invariant=1, pageCompression=0)
    canvas.setTitle("Bones: a booklet")
    for number in range(1, pages + 1):
        left, right = (inner_mm, outer_mm) if number % 2 else (outer_mm, inner_mm)
        canvas.setFont("Helvetica", 18)
        canvas.drawString(left * MM, paper[1] / 2, f"page {number}")
        canvas.rect(left * MM, 100, paper[0] - (left + right) * MM, 5, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], Any]) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.fixture(scope="module")
def real(library: Library) -> bytes:
    """A booklet of ours on A4, with a page again before its back cover until it can be folded."""
    data = build.build(library, request_for(library, "breaks")).data

    def pad(pdf: pikepdf.Pdf) -> None:
        while len(pdf.pages) % 4:
            pdf.pages.insert(len(pdf.pages) - 1, pdf.pages[2])

    return changed(data, pad)


def shown(data: bytes, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    picture: Image.Image = document[number].render(scale=SCALE, grayscale=True).to_pil()
    document.close()
    return picture


def halves(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    width, height = picture.size
    return picture.crop((0, 0, width // 2, height)), picture.crop((width - width // 2, 0, width, height))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the marks, in tenths of a millimetre."""
    box = ImageOps.invert(picture).point(lambda grey: 255 if grey > 64 else 0).getbbox()
    assert box is not None
    return box


def read(sides: list[tuple[Any, Any]]) -> list[Any]:
    """The pages as somebody turns them, after the sheets were printed, put into each other, and folded.

    Turned over a short edge, the left of a back is behind the right of its front. The right leaves come
    first, from the outermost sheet inwards; then the left leaves, outwards.
    """
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    turned = [page for front, back in sheets for page in (front[1], back[0])]
    return turned + [page for front, back in reversed(sheets) for page in (back[1], front[0])]


@pytest.mark.parametrize(
    ("pages", "sides"),
    [
        (4, [(4, 1), (2, 3)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
        (12, [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]),
    ],
)
def test_the_order_is_the_one_that_is_found_by_folding_paper(pages: int, sides: list[tuple[int, int]]) -> None:
    assert order(pages) == sides


@given(fours)
def test_each_page_is_there_once_and_a_side_adds_up(pages: int) -> None:
    sides = order(pages)
    assert sorted(page for side in sides for page in side) == list(range(1, pages + 1))
    assert {sum(side) for side in sides} == {pages + 1}
    assert all(right % 2 == 1 and left % 2 == 0 for left, right in sides[::2] + sides[1::2])


@given(fours)
def test_folded_sheets_are_read_from_the_first_page_to_the_last(pages: int) -> None:
    assert read(order(pages)) == list(range(1, pages + 1))


def test_page_2_is_on_the_back_of_page_1() -> None:
    front, back = order(60)[:2]
    assert (front[1], back[0]) == (1, 2)


@pytest.mark.parametrize("pages", [0, 1, 2, 6, 63, -4])
def test_pages_that_do_not_fill_their_sheets_are_refused(pages: int) -> None:
    with pytest.raises(RequestError, match=rf"and {pages} do not fill their sheets. Make the booklet again and choose"):
        order(pages)


def test_the_sheets_of_the_file_are_read_in_order() -> None:
    document = pypdfium2.PdfDocument(fold(made(12)))
    sides = []
    for side in document:
        text, (width, height) = side.get_textpage(), side.get_size()
        left, right = (text.get_text_bounded(x, 0, x + width / 2, height).strip() for x in (0, width / 2))
        sides.append((left, right))
    assert read(sides) == [f"page {number}" for number in range(1, 13)]


@pytest.mark.parametrize(("paper", "sheet"), [("A5", (297, 210)), ("A4", (420, 297))])
def test_the_paper_is_exactly_twice_as_large_and_on_its_side(paper: str, sheet: tuple[float, float]) -> None:
    with pikepdf.open(BytesIO(fold(made(8, PAPER[paper])))) as pdf:
        assert len(pdf.pages) == 4
        for side in pdf.pages:
            assert [float(value) / MM for value in side.mediabox.as_list()] == pytest.approx([0, 0, *sheet], abs=0.001)
            assert side.rotation == 0


def test_a_page_is_drawn_as_it_was_and_only_moved(real: bytes) -> None:
    with pikepdf.open(BytesIO(real)) as booklet, pikepdf.open(BytesIO(fold(real))) as folded:
        for side, numbers in zip(folded.pages, order(len(booklet.pages)), strict=True):
            code = pikepdf.parse_content_stream(side)
            assert [str(operator) for _, operator in code] == ["q", "cm", "Do", "Q"] * 2
            moved = [[float(value) for value in operands] for operands, operator in code if str(operator) == "cm"]
            assert [matrix[:4] for matrix in moved] == [[1, 0, 0, 1]] * 2
            for name, number in zip(("/Left", "/Right"), numbers, strict=True):
                form = side.Resources.XObject[name]
                assert "/Matrix" not in form
                assert form.read_bytes() == booklet.pages[number - 1].Contents.read_bytes()


def letters(data: bytes, number: int, left: float, right: float) -> list[tuple[str, float, float]]:
    """Letters between two edges of a page of the file, with their width and height on paper in points."""
    document = pypdfium2.PdfDocument(data)
    text = document[number].get_textpage()
    found = []
    for n in range(text.count_chars()):
        x1, y1, x2, y2 = text.get_charbox(n)
        if left <= x1 < right and x2 > x1:
            found.append((text.get_text_range(n, 1), round(x2 - x1, 2), round(y2 - y1, 2)))
    return found


def text_sizes(stream: Any) -> set[float]:
    sizes, size = set(), 0.0
    for operands, operator in pikepdf.parse_content_stream(stream):
        if str(operator) == "Tf":
            size = float(operands[1])
        elif str(operator) == "Tj":
            sizes.add(size)
    return sizes


def test_18_point_stays_18_point(real: bytes) -> None:
    """By what the file says, in a page that is only moved, and by the letters as they are drawn."""
    ours, width = made(4), PAPER["A5"][0]
    with pikepdf.open(BytesIO(fold(ours))) as pdf:
        assert text_sizes(pdf.pages[0].Resources.XObject["/Right"]) == {18}
    assert letters(fold(ours), 0, width, 2 * width) == letters(ours, 0, 0, width) != []
    assert letters(fold(real), 1, 0, PAPER["A4"][0]) == letters(real, 1, 0, PAPER["A4"][0]) != []


def test_the_picture_of_a_page_is_the_same_on_the_sheet(real: bytes) -> None:
    data = fold(real)
    for side, numbers in list(enumerate(order(len(pypdfium2.PdfDocument(real)))))[:2]:
        for half, number in zip(halves(shown(data, side)), numbers, strict=True):
            page = shown(real, number - 1)
            assert half.size == page.size
            assert ink(half) == pytest.approx(ink(page), abs=1)
            differing = ImageChops.difference(half, page).point(lambda grey: 255 if grey > 128 else 0)
            assert differing.histogram()[255] < 0.002 * page.size[0] * page.size[1]


def test_inner_sheets_move_towards_the_spine_and_the_outermost_does_not() -> None:
    data = fold(made(12), thickness_mm=1)
    for side in range(6):
        left, right = halves(shown(data, side))
        spine = left.size[0]
        creep = side // 2 * 10
        assert spine - ink(left)[2] == pytest.approx(200 - creep, abs=6), "half a millimetre is the fold's"
        assert ink(right)[0] == pytest.approx(200 - creep, abs=6)


def test_a_page_meets_the_spine_where_the_paper_is_folded() -> None:
    with pikepdf.open(BytesIO(fold(made(4)))) as pdf:
        (left, _), (right, _) = [
            (float(operands[4]), float(operands[5]))
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "cm"
        ]
    assert left + 148 * MM == pytest.approx(148.5 * MM, abs=0.001)
    assert right == pytest.approx(148.5 * MM, abs=0.001)


def creeps(pages: int, thickness_mm: float) -> list[tuple[float, float]]:
    """For each side, how far its left and its right page moved towards the spine, in mm."""
    found = []
    with pikepdf.open(BytesIO(fold(made(pages), thickness_mm))) as pdf:
        for side in pdf.pages:
            code = pikepdf.parse_content_stream(side)
            left, right = (float(operands[4]) / MM for operands, operator in code if str(operator) == "cm")
            found.append((left + 148 - 148.5, 148.5 - right))
    return found


def test_the_creep_is_the_thickness_times_the_sheet() -> None:
    expected = [round(0.1 * (side // 2), 4) for side in range(30)]
    assert creeps(60, 0.1) == [pytest.approx((creep, creep), abs=0.001) for creep in expected]
    assert creeps(8, 0) == [pytest.approx((0, 0), abs=0.001)] * 4


def test_the_creep_is_capped() -> None:
    assert [round(left, 2) for left, _ in creeps(20, 3)] == [0, 0, 3, 3, 6, 6, 6.7, 6.7, 6.7, 6.7]


@pytest.mark.parametrize("inner_mm", [20, 12.7])
@pytest.mark.parametrize("thickness_mm", [0.1, 2, 50])
def test_no_mark_comes_nearer_than_6_mm_to_the_spine_or_the_edge(inner_mm: float, thickness_mm: float) -> None:
    data = fold(made(16, inner_mm=inner_mm), thickness_mm)
    for side in range(8):
        for half in halves(shown(data, side)):
            left, _, right, _ = ink(half)
            assert left >= 59
            assert right <= half.size[0] - 59


def test_no_mark_of_a_booklet_of_ours_does_either(real: bytes) -> None:
    data = fold(real, thickness_mm=50)
    for side in range(4):
        for half in halves(shown(data, side)):
            left, top, right, bottom = ink(half)
            assert min(left, top, half.size[0] - right, half.size[1] - bottom) >= 60


def test_the_cap_follows_from_the_narrowest_margin_a_layout_may_have() -> None:
    info = msgspec.inspect.type_info(Margins)
    assert isinstance(info, msgspec.inspect.StructType)
    narrowest = min(each.type.ge for each in info.fields if isinstance(each.type, msgspec.inspect.FloatType))
    assert narrowest - CREEP_LIMIT_MM == pytest.approx(6)


def test_a_tinted_page_does_not_run_over_the_spine() -> None:
    def tint(pdf: pikepdf.Pdf) -> None:
        for number in (3, 5):  # page 4 and page 6 are on the left
            pdf.pages[number].contents_add(b"q 0 g 0 0 1000 1000 re f Q")

    inner = shown(fold(changed(made(8), tint), thickness_mm=2), 3)
    left, right = halves(inner)
    assert ink(left)[2] == left.size[0]
    assert ink(right)[0] > 150, "the right page begins with its margin"


def test_what_the_printer_and_the_viewer_are_told(real: bytes) -> None:
    with pikepdf.open(BytesIO(fold(real))) as pdf:
        told = pdf.Root.ViewerPreferences
        assert {key: str(value) for key, value in told.items()} == {
            "/DisplayDocTitle": "True",
            "/Duplex": "/DuplexFlipShortEdge",
            "/PrintScaling": "/None",
        }


def test_the_title_is_kept_and_says_what_the_file_is_for(real: bytes) -> None:
    with pikepdf.open(BytesIO(real)) as booklet, pikepdf.open(BytesIO(fold(real))) as folded:
        assert str(folded.docinfo.Title) == f"{booklet.docinfo.Title}, for folding"
        for key in ("/CreationDate", "/ModDate", "/Producer", "/Creator"):
            assert str(folded.docinfo[key]) == str(booklet.docinfo[key])


def test_a_file_without_a_title_gets_one() -> None:
    def untitle(pdf: pikepdf.Pdf) -> None:
        del pdf.trailer["/Info"]

    with pikepdf.open(BytesIO(fold(changed(made(4), untitle)))) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {"/Title": "Booklet, for folding"}


def test_it_has_no_tags_and_claims_nothing(real: bytes) -> None:
    data = fold(real)
    assert not any(key in data for key in (b"pdfuaid", b"pdfaid", b"/StructTreeRoot", b"/MarkInfo", b"/StructElem"))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences"}
        assert not any("/Annots" in side for side in pdf.pages)
    assert len(data) < len(real)


def test_each_typeface_is_in_it_once(real: bytes) -> None:
    assert fold(real).count(b"/FontFile2") == real.count(b"/FontFile2") > 0


def test_the_same_booklet_gives_the_same_bytes(real: bytes) -> None:
    before = fold(real)
    time.sleep(1.1)  # qpdf's own identifiers are made from the clock, in seconds
    assert fold(real) == before
    assert fold(made(8)) != fold(made(8), thickness_mm=0.2)


def test_the_file_is_sound(real: bytes) -> None:
    for data in (fold(real), fold(made(8))):
        with pikepdf.open(BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert pdf.pdf_version == "1.7"
        assert not validator.validate_pdf_bytes(data, profile="ua1").is_compliant, "it is not for a screen reader"


def test_pages_may_begin_anywhere_and_have_a_crop_box() -> None:
    def shift(pdf: pikepdf.Pdf) -> None:
        for each in pdf.pages:
            each.contents_add(b"1 0 0 1 -40 30 cm", prepend=True)
            each.mediabox = [-60, 10, PAPER["A5"][0], PAPER["A5"][1] + 90]
            each.cropbox = [-40, 30, PAPER["A5"][0] - 40, PAPER["A5"][1] + 30]

    data = made(8)
    for side in range(4):
        pairs = zip(halves(shown(fold(changed(data, shift)), side)), halves(shown(fold(data), side)), strict=True)
        assert all(ink(moved) == pytest.approx(ink(half), abs=1) for moved, half in pairs)


def refused(data: bytes, thickness_mm: float = 0.1) -> list[str]:
    with pytest.raises(RequestError) as error:
        fold(data, thickness_mm)
    assert all(problem.advice for problem in error.value.problems)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (PAPER["Letter"], "The pages are Letter, 216 by 279 mm."),
        (PAPER["A3"], "The pages are A3, 297 by 420 mm."),
        (PAPER["A4"][::-1], "The pages are 297 by 210 mm."),
        ((300, 300), "The pages are 106 by 106 mm."),
    ],
)
def test_other_paper_is_refused_with_what_can_be_folded(size: tuple[float, float], said: str) -> None:
    (problem,) = refused(made(4, size))
    assert problem.startswith(said)
    assert "A5 can be folded, from A4 paper, and A4, from A3 paper" in problem
    assert problem.endswith("make the booklet on A5 or A4, then fold it.")


def test_pages_of_different_sizes_are_refused() -> None:
    def mix(pdf: pikepdf.Pdf) -> None:
        pdf.pages[2].mediabox = [0, 0, *PAPER["A4"]]

    said = "Page 3 is 210 by 297 mm, and page 1 is 148 by 210 mm. Make the whole booklet on one size of paper."
    assert refused(changed(made(4), mix)) == [said]


def test_another_number_of_pages_is_refused() -> None:
    (problem,) = refused(made(6))
    assert problem.startswith("A folded sheet has 4 pages, and 6 do not fill their sheets. Make the booklet again")


def test_pages_that_are_turned_or_enlarged_are_refused() -> None:
    said = "Page 2 is turned or enlarged by the file. Fold the booklet as this program made it"

    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].rotate(90, relative=False)

    def turn_all(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Rotate = 180  # a page has it from its parent
        for page in pdf.pages:
            if "/Rotate" in page:
                del page.obj["/Rotate"]

    def enlarge(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.UserUnit = 2

    assert [problem.startswith(said) for problem in refused(changed(made(4), turn))] == [True]
    assert [problem.startswith(said) for problem in refused(changed(made(4), enlarge))] == [True]
    assert [problem.startswith("Page 1 is turned") for problem in refused(changed(made(4), turn_all))] == [True]


@pytest.mark.parametrize("thickness_mm", [-0.1, float("nan"), float("inf")])
def test_paper_of_no_possible_thickness_is_refused(thickness_mm: float) -> None:
    (problem,) = refused(made(4), thickness_mm)
    assert problem.endswith("mm thick. Ordinary paper is 0.1 mm; 0 moves no page.")


def test_every_reason_is_said_at_once() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].rotate(90, relative=False)
        pdf.pages[2].mediabox = [0, 0, 200, 200]

    assert len(refused(changed(made(6, PAPER["A3"]), spoil), -1)) == 5


def test_a_booklet_of_15_sheets_is_one_volume() -> None:
    assert volumes(60, 6, 1, {7}) == [tuple(range(1, 61))]


def test_volumes_begin_with_a_chapter_and_are_filled_with_pages_for_notes() -> None:
    """Two pages at the front, one at the back; a chapter that begins on the left keeps its side."""
    assert volumes(20, 2, 1, {3, 8, 13}, limit=12) == [
        (1, 2, 3, 4, 5, 6, 7, 20),
        (1, 2, 0, 8, 9, 10, 11, 12, 0, 0, 0, 20),
        (1, 2, 13, 14, 15, 16, 17, 18, 19, 0, 0, 20),
    ]


def test_a_chapter_that_is_too_long_for_a_volume_is_parted() -> None:
    assert volumes(16, 2, 1, {3}, limit=12) == [
        (1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 16),
        (1, 2, 9, 10, 11, 12, 13, 14, 15, 0, 0, 16),
    ]


@given(fours, st.integers(1, 9), st.integers(1, 4), st.sets(st.integers(10, 240)), st.sampled_from([20, 24, 60]))
def test_each_page_is_in_one_volume_on_its_own_side(
    pages: int, front: int, back: int, chapters: set[int], limit: int
) -> None:
    pages = max(pages, 16)
    made = volumes(pages, front, back, chapters, limit)
    first, last = range(1, front + 1), range(pages - back + 1, pages + 1)
    body = [page for volume in made for page in volume[front : len(volume) - back] if page]
    assert body == list(range(front + 1, pages - back + 1))
    for volume in made:
        assert len(volume) <= limit
        assert len(volume) % 4 == 0
        assert volume[:front] == tuple(first)
        assert volume[len(volume) - back :] == tuple(last)
        assert all(page % 2 == at % 2 for at, page in enumerate(volume, 1) if page)
        assert sum(page == 0 for page in volume) <= 4, "no sheet is of notes alone, and one page keeps the side"


@pytest.fixture(scope="module")
def thick(library: Library) -> tuple[build.Booklet, list[str]]:
    """A booklet of several volumes, and the text of its pages."""
    request = request_for(library, "treatments", "trials", name="Canary", fold="booklet")
    made = build.build(library, request)
    return made, [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data)]


def turned(data: bytes) -> list[str]:
    """The text of each page, in the order of a reader who turns the pages of a folded file."""
    sides = []
    for side in pypdfium2.PdfDocument(data):
        text, (width, height) = side.get_textpage(), side.get_size()
        sides.append(tuple(text.get_text_bounded(x, 0, x + width / 2, height) for x in (0, width / 2)))
    return read(sides)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_volumes_hold_the_booklet_between_them(thick: tuple[build.Booklet, list[str]]) -> None:
    booklet, texts = thick
    front = next(n for n, text in enumerate(texts) if "What is in this booklet" in text)
    assert len(booklet.folded) == 3
    kept = []
    for n, data in enumerate(booklet.folded, 1):
        pages = turned(data)
        assert len(pages) % 4 == 0
        assert len(pages) <= 60
        assert f"Part {n} of 3, pages" in pages[0]
        assert "Canary" in pages[0]
        assert pages[1].startswith("Call 999 now")
        assert [squeezed(page) for page in pages[1:front]] == [squeezed(text) for text in texts[1:front]]
        assert squeezed(pages[-1]) == squeezed(texts[-1])
        kept += [squeezed(page) for page in pages[front:-1] if "My booklet, part" not in page]
    assert kept == [squeezed(text) for text in texts[front:-1]]


def test_the_pages_of_a_volume_are_at_their_own_size(thick: tuple[build.Booklet, list[str]]) -> None:
    booklet, _ = thick
    for n, data in enumerate(booklet.folded, 1):
        with pikepdf.open(BytesIO(data)) as pdf:
            assert str(pdf.docinfo.Title).startswith(f"My booklet, part {n} of 3, pages ")
            assert "Canary" not in str(pdf.docinfo.Title)
            for side in pdf.pages:
                box = [float(value) / MM for value in side.mediabox.as_list()]
                assert box == pytest.approx([0, 0, 420, 297], abs=0.001)
                code = pikepdf.parse_content_stream(side)
                moved = [[float(each) for each in operands] for operands, operator in code if str(operator) == "cm"]
                assert [matrix[:4] for matrix in moved] == [[1, 0, 0, 1]] * 2
                for name in ("/Left", "/Right"):
                    assert min(text_sizes(side.Resources.XObject[name])) >= 18


def test_a_warning_says_how_many_parts_there_are(thick: tuple[build.Booklet, list[str]]) -> None:
    (told,) = (warning for warning in thick[0].warnings if "folded" in warning)
    assert "so it is in 3 parts to fold, each with a cover and the page Call 999 now" in told


def test_a_booklet_of_one_volume_is_folded_as_it_is(library: Library) -> None:
    booklet = build.build(library, request_for(library, "breaks/taking-a-break", fold="booklet"))
    assert booklet.folded == (fold(booklet.data),)
    assert not [warning for warning in booklet.warnings if "folded" in warning]
    assert build.build(library, request_for(library, "breaks/taking-a-break")).folded == ()


@pytest.mark.parametrize("size", ["28", "36"])
def test_the_cover_of_a_volume_is_one_page_in_giant_print(library: Library, size: str) -> None:
    """It says what it is part of; what the cover of the booklet says as well may be left out."""
    name = "Wilhelmina Alexandra Montgomery-Featherstonehaugh"
    chosen = {"text_size": size, "line_spacing": "1.5", "letter_spacing": "wider", "fold": "booklet"}
    request = request_for(library, "breaks", name=name, **chosen)
    sheet, document = build.layout(library, request)
    first = paginate(document, sheet, fonts.Ruler())[0]
    own = pypdfium2.PdfDocument(build._own_pages(request, document, sheet, first, "Part 11 of 12, pages 301 to 358"))
    cover, left, right = (" ".join(page.get_textpage().get_text_range().split()) for page in own)
    assert "Part 11 of 12, pages 301 to 358" in cover
    assert left.startswith("This page is for your notes")
    assert right.startswith("This page is for your notes")


@pytest.mark.parametrize(("paper", "expected"), [("A4", 5.61), ("A3", 11.23), ("A5", 2.8), ("Letter", 5.43)])
def test_a_sheet_weighs_its_area(paper: str, expected: float) -> None:
    assert grams(1, paper) == pytest.approx(expected, abs=0.01)
    assert grams(15, paper, gsm=180) == pytest.approx(30 * expected, abs=0.3)

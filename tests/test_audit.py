"""The audit: its arithmetic, our own booklets, and faults planted in files of plain ReportLab and in our own."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from booklet import build
from booklet.audit import Finding, Report, audit
from booklet.audit.geometry import MM
from booklet.errors import RequestError
from booklet.fold import fold
from booklet.library import Library
from booklet.paths import CONTENT, FONTS
from tests.conftest import request_for


@pytest.fixture(autouse=True)
def plain_reportlab(monkeypatch: pytest.MonkeyPatch) -> None:
    """What our writer changes in ReportLab cannot do its base 85."""
    monkeypatch.setattr(rl_config, "useA85", 0)


# Our own booklets


@cache
def ours(**preferences: str) -> bytes:
    library = Library.load(CONTENT)
    sections = ("side-effects/breathlessness", "trials/finding-a-trial", "decisions/weighing-up")
    return build.build(library, request_for(library, *sections, write_in=("notes",), **preferences)).data


@pytest.mark.parametrize("size", ["18", "28"])
def test_our_own_booklets_have_nothing_to_mend(size: str) -> None:
    report = audit(ours(text_size=size), float(size))
    divided = [line for line in report.lines() if "an address over two lines" in line]
    assert list(report.lines()) == divided
    assert len(divided) == (size == "28"), "one address is wider than a line of giant print"
    assert report.passed
    assert report.pages > 30


@pytest.mark.parametrize(
    "preferences",
    [
        {"text_size": "16", "typeface": "lexend", "weight": "heavier"},
        {"typeface": "noto", "letter_spacing": "wider", "line_spacing": "1.25"},
        {"colour": "black-on-cream", "key_words": "yes", "sides": "one"},
        {"paper": "A3", "text_size": "24", "colour": "dark-blue-on-white"},
    ],
)
def test_no_preference_makes_a_booklet_that_must_be_mended(preferences: dict[str, str]) -> None:
    report = audit(ours(**preferences), float(preferences.get("text_size", 18)))
    assert [finding for finding in report.findings if finding.gate == "B"] == []


def test_a_booklet_of_another_size_than_was_asked_for_is_found() -> None:
    assert {finding.rule for finding in audit(ours(text_size="18"), 24).findings} >= {"LP-01", "LP-02"}
    (finding,) = (each for each in audit(ours(text_size="28"), 18).findings if each.rule != "LP-09")
    assert (finding.rule, finding.page) == ("LP-01", None)
    assert "18 point was asked for" in finding.what


def test_sheets_for_folding_are_judged_by_what_they_are() -> None:
    report = audit(fold(ours(paper="A5", fold="booklet")))
    assert report.passed
    assert [finding.rule for finding in report.findings] == ["PR-06"]


# Faults planted in files of plain ReportLab

LEFT, TOP, SIZE = 25 * MM, 760.0, 18.0
SENTENCE = "Some people find that breathlessness and tiredness come together, mostly after long appointments."
WORDS = SENTENCE.split() * 6
Draw = Callable[[Canvas], None]


def canvas(into: BytesIO) -> Canvas:
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Lexend-{name}", str(FONTS / f"Lexend-{name}.ttf")))
    made = Canvas(into, pagesize=(210 * MM, 297 * MM), initialFontName="Lexend-Regular", invariant=1)
    made.setViewerPreference("PrintScaling", "None")
    made.setViewerPreference("Duplex", "DuplexFlipLongEdge")
    return made


def wrapped(words: list[str], width: float, size: float = SIZE) -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if pdfmetrics.stringWidth(longer, "Lexend-Regular", size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def body(
    pdf: Canvas, lines: list[str] | None = None, leading: float = 1.4, x: float = LEFT, size: float = SIZE
) -> None:
    pdf.setFont("Lexend-Regular", size)
    for n, line in enumerate(lines or wrapped(WORDS, 160 * MM)):
        pdf.drawString(x, TOP - n * leading * size, line)


def foot(pdf: Canvas, text: str = "", size: float = SIZE) -> None:
    pdf.setFont("Lexend-Regular", size)
    pdf.drawString(LEFT, 15 * MM, text or f"Page {pdf.getPageNumber()} of 3")


def planted(draw: Draw | None = None, end: Draw | None = None, begin: Draw | None = None) -> Report:
    """Three good pages, but for what is drawn on the second."""
    into = BytesIO()
    pdf = canvas(into)
    if begin:
        begin(pdf)
    for page in (1, 2, 3):
        pdf.setPageSize((210 * MM, 297 * MM))
        (draw if draw and page == 2 else body)(pdf)
        (end if end and page == 2 else foot)(pdf)
        pdf.showPage()
    pdf.save()
    return audit(into.getvalue())


def on_paper(report: Report) -> list[tuple[str, str, int | None]]:
    """All but what tags and the catalogue of a plain file lack."""
    return [(f.rule, f.gate, f.page) for f in report.findings if not f.rule.startswith("UA")]


def shrunk(pdf: Canvas) -> None:
    pdf.translate(60, 200)
    pdf.scale(0.7, 0.7)
    body(pdf)
    pdf.scale(1 / 0.7, 1 / 0.7)
    pdf.translate(-60, -200)


def shrunk_form(pdf: Canvas) -> None:
    pdf.beginForm("page", 0, 0, 700, 900)
    body(pdf)
    pdf.endForm()
    pdf.saveState()
    pdf.translate(60, 200)
    pdf.scale(0.7, 0.7)
    pdf.doForm("page")
    pdf.restoreState()


def justify(pdf: Canvas) -> None:
    pdf.setFont("Lexend-Regular", SIZE)
    for n, line in enumerate(wrapped(WORDS, 160 * MM)):
        free = 160 * MM - pdfmetrics.stringWidth(line, "Lexend-Regular", SIZE)
        text = pdf.beginText(LEFT, TOP - n * 1.4 * SIZE)
        text.setWordSpace(free / line.count(" "))
        text.textOut(line)
        pdf.drawText(text)


def justify_by_words(pdf: Canvas) -> None:
    pdf.setFont("Lexend-Regular", SIZE)
    for n, line in enumerate(wrapped(WORDS, 160 * MM)):
        gap = (160 * MM - pdfmetrics.stringWidth(line.replace(" ", ""), "Lexend-Regular", SIZE)) / line.count(" ")
        x = LEFT
        for word in line.split():
            pdf.drawString(x, TOP - n * 1.4 * SIZE, word)
            x += pdfmetrics.stringWidth(word, "Lexend-Regular", SIZE) + gap


def centre(pdf: Canvas) -> None:
    for n, line in enumerate(("Some of us like to walk a little", "every day", "and rest after it, with tea")):
        pdf.setFont("Lexend-Regular", SIZE)
        pdf.drawCentredString(105 * MM, TOP - n * 1.4 * SIZE, line)


def divided(first: str, second: str) -> Draw:
    return lambda pdf: body(pdf, ["You can call us on any day of the week,", first, second, "if you wish to."])


def coloured(colour: Any, behind: Any = None, font: str = "Lexend-Regular", size: float = SIZE) -> Draw:
    def draw(pdf: Canvas) -> None:
        if behind is not None:
            pdf.setFillColor(behind)
            pdf.rect(LEFT - 5, 600, 300, 50, stroke=0, fill=1)
        pdf.setFillColor(colour)
        pdf.setFont(font, size)
        pdf.drawString(LEFT, 620, "A line of its own")
        pdf.setFillColor(Color(0, 0, 0))
        body(pdf, ["Other lines are as they", "should be."])

    return draw


def slanted(pdf: Canvas) -> None:
    text = pdf.beginText()
    text.setFont("Lexend-Regular", SIZE)
    text.setTextTransform(1, 0, 0.3, 1, LEFT, 600)
    text.textOut("Leaning over")
    pdf.drawText(text)
    body(pdf)


def narrowed(pdf: Canvas) -> None:
    text = pdf.beginText(LEFT, 300)
    text.setFont("Lexend-Regular", SIZE)
    text.setHorizScale(70)
    text.textOut("Squeezed together to save room")
    text.setHorizScale(100)
    pdf.drawText(text)
    body(pdf)


def standard_font(name: str) -> Draw:
    def draw(pdf: Canvas) -> None:
        body(pdf)
        pdf.setFont(name, SIZE)
        pdf.drawString(LEFT, 300, "A face that is not in the file")

    return draw


def underlined(pdf: Canvas) -> None:
    body(pdf, ["This is an important thing"])
    pdf.setLineWidth(0.8)
    pdf.line(LEFT, TOP - 2, LEFT + 200, TOP - 2)


def columns(pdf: Canvas) -> None:
    body(pdf, wrapped(WORDS, 70 * MM)[:7])
    body(pdf, wrapped(WORDS, 70 * MM)[:7], x=LEFT + 90 * MM)


def turned(pdf: Canvas) -> None:
    body(pdf)
    pdf.saveState()
    pdf.translate(500, 200)
    pdf.rotate(90)
    pdf.drawString(0, 0, "Up the side")
    pdf.restoreState()


def over_a_picture(pdf: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    pdf.drawImage(ImageReader(Image.new("RGB", (4, 4), "white")), LEFT, 600, 300, 200)
    body(pdf)


def marked(x: float, y: float) -> Draw:
    def draw(pdf: Canvas) -> None:
        body(pdf)
        pdf.rect(x, y, 20, 20, stroke=0, fill=1)

    return draw


def behind_form(pdf: Canvas) -> None:
    """What looks dark in a box, and is only its frame."""
    path = pdf.beginPath()
    path.rect(LEFT - 5, 350, 460, 440)
    path.rect(LEFT - 3, 352, 456, 436)
    pdf.drawPath(path, stroke=0, fill=1, fillMode=0)
    body(pdf)


def test_a_good_page_of_plain_reportlab_has_only_what_it_lacks_in_tags() -> None:
    report = planted()
    assert on_paper(report) == []
    assert {finding.rule for finding in report.findings if finding.gate == "B"} == {"UA-01", "UA-02", "UA-03"}
    assert report.measured["body size"] == SIZE
    assert report.measured["leading"] == 1.4


def test_a_frame_is_not_a_background() -> None:
    assert on_paper(planted(behind_form)) == []


PLANTED: dict[str, tuple[Draw, list[tuple[str, str]]]] = {
    "a page shrunk by a matrix": (shrunk, [("LP-02", "B")]),
    "a page shrunk in a form": (shrunk_form, [("LP-02", "B")]),
    "a small superscript": (
        lambda pdf: (body(pdf), pdf.setFont("Lexend-Regular", 9), pdf.drawString(400, 300, "2"))[0],
        [("LP-02", "B")],
    ),
    "letters that are squeezed": (narrowed, [("LP-01", "W")]),
    "an italic face": (standard_font("Helvetica-Oblique"), [("LP-05", "B")]),
    "a slanting matrix": (slanted, [("LP-05", "B")]),
    "an underline": (underlined, [("LP-05", "B")]),
    "capitals": (lambda pdf: body(pdf, ["PLEASE READ ALL of this", "PLEASE READ EVERYTHING NOW"]), [("LP-06", "W")]),
    "a hyphenated word": (divided("and somebody will ans-", "wer what you ask us to"), [("LP-08", "B")]),
    "a phone number": (divided("by telephone on 0808 808", "1234 until half past eight"), [("LP-09", "B")]),
    "a date": (divided("for the last time on 21", "November at half past six"), [("LP-09", "B")]),
    "an amount": (divided("and take no more than 20", "mg of what you were given"), [("LP-09", "B")]),
    "a web address": (divided("or look it up at www.nhs", ".uk/conditions and read it"), [("LP-09", "B")]),
    "justified by word spacing": (justify, [("LP-10", "B")]),
    "justified word by word": (justify_by_words, [("LP-10", "B")]),
    "centred": (centre, [("LP-10", "B")]),
    "long lines": (
        lambda pdf: body(pdf, ["it is still a little fit " * 3]),
        [("LP-11", "B")],
    ),
    "tight leading": (lambda pdf: body(pdf, leading=1.1), [("LP-12", "B")]),
    "turned text": (turned, [("LP-16", "B")]),
    "columns": (columns, [("LP-16", "B")]),
    "text over a picture": (over_a_picture, [("LP-16", "B")]),
    "pale grey": (coloured(Color(0.6, 0.6, 0.6)), [("CO-01", "B")]),
    "pale by being see-through": (coloured(Color(0, 0, 0, alpha=0.4)), [("CO-01", "B")]),
    "grey on a tint": (coloured(Color(0, 0, 0), Color(0.8, 0.8, 0.8)), [("CO-02", "B")]),
    "white on black": (coloured(Color(1, 1, 1), Color(0, 0, 0)), [("CO-04", "W")]),
    "a colour over the page": (
        lambda pdf: (
            pdf.setFillColor(Color(1, 1, 0.9)),
            pdf.rect(0, 0, 596, 842, stroke=0, fill=1),
            pdf.setFillColor(Color(0, 0, 0)),
            body(pdf),
        )[3],
        [("PR-02", "W")],
    ),
    "text too near the edge": (lambda pdf: body(pdf, ["Too high"] * 3, x=560), [("PR-02", "B"), ("PR-03", "B")]),
    "a mark too near the edge": (marked(300, 825), [("PR-02", "B")]),
    "a mark in the binding": (marked(210 * MM - 60, 400), [("PR-03", "B")]),
    "a page of another size": (lambda pdf: (body(pdf), pdf.setPageSize((210 * MM, 290 * MM)))[0], [("PR-01", "B")]),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_on_its_page_and_nothing_else(name: str) -> None:
    draw, expected = PLANTED[name]
    found = [(rule, gate, page) for rule, gate, page in on_paper(planted(draw))]
    assert found == [(rule, gate, None if name == "a colour over the page" else 2) for rule, gate in expected]


def test_white_on_black_may_be_large_and_bold() -> None:
    draw = coloured(Color(1, 1, 1), Color(0, 0, 0), "Lexend-Bold", 24)
    assert on_paper(planted(draw)) == []


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (lambda pdf: None, ["LP-14", "PR-10"]),
        (lambda pdf: foot(pdf, size=10), ["LP-02", "LP-14"]),
        (lambda pdf: foot(pdf, "Page 2"), ["PR-10"]),
        (lambda pdf: pdf.drawString(LEFT, 80, "Page 2 of 3"), ["LP-14"]),
        (lambda pdf: pdf.drawString(LEFT + 200, 15 * MM, "Page 2 of 3"), []),
    ],
    ids=["none", "small", "of how many", "elsewhere", "mirrored"],
)
def test_page_numbers(end: Draw, expected: list[str]) -> None:
    assert on_paper(planted(end=end)) == [(rule, "B", 2) for rule in expected]


def test_a_file_in_small_print_is_found_as_a_whole() -> None:
    into = BytesIO()
    pdf = canvas(into)
    body(pdf, wrapped(WORDS, 100 * MM, 12), size=12)
    foot(pdf, "Page 1 of 1", 12)
    pdf.save()
    assert ("LP-01", "B", None) in on_paper(audit(into.getvalue()))
    assert [each for each in on_paper(audit(into.getvalue(), 12)) if each[0] in ("LP-01", "LP-02")] == []


def test_print_scaling_and_duplex_that_are_not_set() -> None:
    def without(pdf: Canvas) -> None:
        pdf._doc.Catalog.ViewerPreferences = None  # a plain file has none

    assert on_paper(planted(begin=without)) == [("PR-05", "B", None)] * 2


def test_a_font_that_is_not_embedded() -> None:
    report = planted(standard_font("Helvetica"))
    found = [(f.rule, f.gate, f.page) for f in report.findings if "Helvetica" in f.what]
    assert found == [("UA-04", "B", 2), ("UA-04", "W", 2)]


def test_pages_that_are_printed_on_one_side_are_bound_on_the_left() -> None:
    near = marked(40, 400)
    assert on_paper(planted(near)) == []
    one_side = planted(near, begin=lambda pdf: pdf.setViewerPreference("Duplex", "Simplex"))
    assert on_paper(one_side) == [("PR-03", "B", 2)]


def test_a_form_that_is_drawn_on_many_pages_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    into, parsed, parse = BytesIO(), [], pikepdf.parse_content_stream
    pdf = canvas(into)
    shrunk_form(pdf)
    for _ in range(5):
        pdf.doForm("page")
        pdf.showPage()
    pdf.save()
    monkeypatch.setattr(pikepdf, "parse_content_stream", lambda stream: parsed.append(stream) or parse(stream))
    assert audit(into.getvalue()).pages == 5
    assert len(parsed) == 6


def test_untagged_text_is_counted_on_every_page() -> None:
    found = [(f.page, f.what) for f in planted().findings if f.rule == "UA-02"]
    assert found[0] == (None, "not marked as tagged (/MarkInfo)")
    assert [page for page, _ in found] == [None, None, 1, 2, 3]


def test_a_rotated_page_is_judged_as_it_is_seen() -> None:
    with pikepdf.open(BytesIO(ours(text_size="18"))) as pdf:
        pdf.pages[3].Rotate = 90
        report = saved(pdf)
    assert {(f.rule, f.page) for f in report.findings} >= {("LP-16", 4)}


# Faults planted in a booklet of ours


def saved(pdf: pikepdf.Pdf) -> Report:
    into = BytesIO()
    pdf.save(into)
    return audit(into.getvalue())


def spoiled(change: Callable[[pikepdf.Pdf], int | None]) -> tuple[list[tuple[str, int | None]], int | None]:
    """What is found after a change, and the page that the change was on."""
    with pikepdf.open(BytesIO(ours(text_size="18"))) as pdf:
        page = change(pdf)
        return [(f.rule, f.page) for f in saved(pdf).findings], page


def elements(pdf: pikepdf.Pdf, role: str) -> list[tuple[Any, int]]:
    """The elements of a role that have marks of their own, with their page."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        item: Any = waiting.pop(0)
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            if str(item.S) == f"/{role}":
                found.append((item, page_of(item, pages)))
            waiting = [*item.K, *waiting]
    return found


def page_of(item: Any, pages: dict[Any, int]) -> int:
    """Of an element, or of the first inside it that has one."""
    while "/Pg" not in item:
        item = next(kid for kid in item.K if isinstance(kid, pikepdf.Dictionary))
    return pages[item.Pg.objgen]


def change(where: Callable[[pikepdf.Pdf], Any], key: str, value: Any = None) -> Callable[[pikepdf.Pdf], None]:
    def act(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del where(pdf)[key]
        else:
            where(pdf)[key] = value

    return act


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        (change(lambda pdf: pdf.Root, "/Lang"), "UA-01"),
        (change(lambda pdf: pdf.Root, "/Lang", pikepdf.String("en-US")), "UA-01"),
        (change(lambda pdf: pdf.Root, "/MarkInfo"), "UA-02"),
        (change(lambda pdf: pdf.docinfo, "/Title"), "UA-03"),
        (change(lambda pdf: pdf.Root.ViewerPreferences, "/DisplayDocTitle"), "UA-03"),
        (change(lambda pdf: pdf.Root.ViewerPreferences, "/PrintScaling"), "PR-05"),
        (change(lambda pdf: pdf.Root.ViewerPreferences, "/Duplex", pikepdf.Name.DuplexFlipShortEdge), "PR-05"),
        (change(lambda pdf: pdf.Root, "/Outlines"), "UA-12"),
        (change(lambda pdf: pdf.Root, "/PageLabels"), "UA-12"),
    ],
)
def test_a_catalogue_that_lacks_something(act: Callable[[pikepdf.Pdf], None], rule: str) -> None:
    found, _ = spoiled(act)
    assert found == [(rule, None)]


def test_metadata_that_is_gone() -> None:
    found, _ = spoiled(change(lambda pdf: pdf.Root, "/Metadata"))
    assert found == [("UA-03", None)] * 2


def relabel(role: str, to: str, number: int = 0) -> Callable[[pikepdf.Pdf], int]:
    def act(pdf: pikepdf.Pdf) -> int:
        element, page = elements(pdf, role)[number]
        element.S = pikepdf.Name(f"/{to}")
        return page

    return act


def no_headers(pdf: pikepdf.Pdf) -> int:
    table, page = elements(pdf, "Table")[0]
    for row in table.K[0].K:
        for cell in row.K:
            cell.S = pikepdf.Name.TD
    return page


def without(role: str, key: str) -> Callable[[pikepdf.Pdf], int]:
    def act(pdf: pikepdf.Pdf) -> int:
        element, page = elements(pdf, role)[0]
        del element[key]
        return page

    return act


def links_without(key: str) -> Callable[[pikepdf.Pdf], int]:
    def act(pdf: pikepdf.Pdf) -> int:
        for number, page in enumerate(pdf.pages, 1):
            if "/Annots" in page:
                del page.Annots[0][key]
                return number
        raise AssertionError("no links")

    return act


def tabs(pdf: pikepdf.Pdf) -> int:
    number = links_without("/Contents")(pdf)
    pdf.pages[number - 1].Annots[0].Contents = "To a page"
    del pdf.pages[number - 1].obj["/Tabs"]
    return number


def hidden_address(pdf: pikepdf.Pdf) -> int:
    for number, page in enumerate(pdf.pages, 1):
        for link in page.get("/Annots", []):
            if "/A" in link:
                link.A.URI = "https://elsewhere.example/path"
                return number
    raise AssertionError("no web links")


def drop_links(pdf: pikepdf.Pdf) -> int:
    element, page = elements(pdf, "Link")[0]
    element.K = pikepdf.Array([kid for kid in element.K if not isinstance(kid, pikepdf.Dictionary)])
    return page


def unmark(pdf: pikepdf.Pdf) -> int:
    """Take the first tag off a page, with its end."""
    code = pdf.pages[4].Contents.read_bytes()
    begin = code.index(b"/H1 <</MCID 0>> BDC")
    end = code.index(b"EMC", begin)
    pdf.pages[4].Contents = pdf.make_stream(code[:begin] + code[begin + 19 : end] + code[end + 3 :])
    return 5


def lost_mark(pdf: pikepdf.Pdf) -> int:
    element, page = elements(pdf, "P")[3]
    element.K = pikepdf.Array([])
    return page


def unembedded(pdf: pikepdf.Pdf) -> int:
    del pdf.pages[0].Resources.Font["/F1+0"].FontDescriptor["/FontFile2"]
    return 1


def unmapped(pdf: pikepdf.Pdf) -> int:
    del pdf.pages[0].Resources.Font["/F1+0"]["/ToUnicode"]
    return 1


def light_face(pdf: pikepdf.Pdf) -> int:
    pdf.pages[0].Resources.Font["/F1+0"].FontDescriptor.FontWeight = 300
    return 1


def cropped(pdf: pikepdf.Pdf) -> int:
    pdf.pages[6].CropBox = pikepdf.Array([0, 0, 593, 841.89])
    return 7


def lonely_heading(pdf: pikepdf.Pdf) -> int:
    paragraphs = elements(pdf, "P")
    last = [(e, page) for (e, page), (_, after) in pairwise(paragraphs) if after > page > 5]
    last[0][0].S = pikepdf.Name.H2
    return last[0][1]


def paragraph_across(pdf: pikepdf.Pdf) -> int:
    """A paragraph that also has the first paragraph of the page after."""
    paragraphs = elements(pdf, "P")
    pairs = pairwise(paragraphs)
    (one, page), (other, after) = next((a, b) for a, b in pairs if b[1] == a[1] + 1 and a[1] > 5)
    one.K.append(pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[after - 1].obj, MCID=int(other.K[0])))
    other.K = pikepdf.Array([])
    return page


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        (unmark, "UA-02"),
        (lost_mark, "UA-02"),
        (unembedded, "UA-04"),
        (unmapped, "UA-04"),
        (relabel("H2", "H4"), "UA-05"),
        (relabel("LI", "P"), "UA-05"),
        (no_headers, "UA-05"),
        (without("TH", "/A"), "UA-05"),
        (without("Figure", "/Alt"), "UA-06"),
        (links_without("/Contents"), "UA-07"),
        (drop_links, "UA-07"),
        (tabs, "UA-07"),
        (hidden_address, "UA-07"),
        (lonely_heading, "LP-13"),
        (light_face, "LP-07"),
        (cropped, "PR-01"),
        (paragraph_across, "LP-13"),
    ],
    ids=lambda value: getattr(value, "__qualname__", str(value)),
)
def test_a_booklet_of_ours_that_was_spoiled(act: Callable[[pikepdf.Pdf], int], rule: str) -> None:
    found, page = spoiled(act)
    assert (rule, page) in found
    assert {each for each, _ in found} == {rule}


# A file of another program


def test_a_plain_file_of_fpdf2_is_read() -> None:
    fpdf = pytest.importorskip("fpdf")
    pdf = fpdf.FPDF(format="A4")
    pdf.add_font("Lexend", fname=str(FONTS / "Lexend-Regular.ttf"))
    pdf.set_margin(25)
    pdf.add_page()
    pdf.set_font("Lexend", size=12)
    pdf.multi_cell(0, 6, " ".join(WORDS), align="J")
    rules = {finding.rule for finding in audit(bytes(pdf.output())).findings}
    assert rules >= {"LP-01", "LP-10", "LP-14", "UA-02", "PR-05"}


# What is handed back


def test_a_report_for_people_is_short_and_says_how_many_more_there_are() -> None:
    findings = tuple(Finding("LP-02", "B", page, "too small", "UKAAF") for page in range(1, 9))
    report = Report(8, (Finding("UA-12", "W", None, "no bookmarks", "practice"), *findings), {})
    assert list(report.lines()) == [
        *(f"Page {page}: too small (LP-02; UKAAF)" for page in range(1, 6)),
        "... and 3 more (LP-02)",
        "Look again: Whole file: no bookmarks (UA-12; practice)",
    ]


def test_a_report_for_programs_says_whether_it_passed() -> None:
    finding = Finding("UA-12", "W", None, "no bookmarks", "practice")
    said = {"rule": "UA-12", "gate": "W", "page": None, "what": "no bookmarks", "source": "practice"}
    assert Report(1, (finding,), {"leading": 1.4}).as_dict() == {
        "passed": True,
        "pages": 1,
        "findings": (said,),
        "measured": {"leading": 1.4},
    }


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(RequestError, match="not a PDF"):
        audit(b"Dear all")


def test_a_locked_pdf_is_refused() -> None:
    into = BytesIO()
    with pikepdf.open(BytesIO(ours(text_size="18"))) as pdf:
        pdf.save(into, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(RequestError, match="locked"):
        audit(into.getvalue())


@given(st.data())
def test_a_damaged_file_is_refused_or_judged(data: st.DataObject) -> None:
    good = bytearray(small())
    for _ in range(data.draw(st.integers(1, 30))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(32, 126))
    with suppress(RequestError):
        assert audit(bytes(good)).pages


@cache
def small() -> bytes:
    """A page with a bit of everything, not compressed, so that damage is felt."""
    into = BytesIO()
    canvas(into)
    pdf = Canvas(into, pageCompression=0, invariant=1)
    pdf.drawString(100, 700, "Some text")
    pdf.circle(200, 200, 50, fill=1)
    pdf.linkURL("https://nhs.uk", (100, 690, 200, 710))
    pdf.bookmarkPage("one")
    pdf.addOutlineEntry("One", "one")
    shrunk_form(pdf)
    pdf.save()
    return into.getvalue()

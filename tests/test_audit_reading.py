"""What the audit reads: matrices, colours, fonts, content streams, lines and tags, each against a value done by hand."""

from io import BytesIO
from math import cos, sin
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from booklet.audit import rules_lines, rules_pages
from booklet.audit.canvas import Canvas, Ink, Text
from booklet.audit.colours import BLACK, WHITE, cmyk, contrast, luminance, over, space_of
from booklet.audit.content import Reader, Shared, parsed
from booklet.audit.document import Catalogue, Doc, Page, read
from booklet.audit.faces import UNMAPPED, Codes, Face, face_of
from booklet.audit.geometry import SAME, Box, inside, narrowing, overlap, rendered, slant, times, turn
from booklet.audit.limits import Effort
from booklet.audit.lines import Line, lines_of, paragraphs_of
from booklet.audit.state import State
from booklet.audit.tree import read_tree
from booklet.audit.writing import show

# The arithmetic of matrices


@pytest.mark.parametrize(
    ("matrix", "height"),
    [
        (SAME, 18),
        ((0.7, 0, 0, 0.7, 50, 50), 12.6),
        ((1, 0, 0, 0.5, 0, 0), 9),
        ((0.5, 0, 0, 1, 0, 0), 18),
        ((0, 1, -1, 0, 0, 0), 18),
        ((1, 0, 0.3, 1, 0, 0), 18),
        ((1, 0, 0, -1, 0, 800), 18),
        ((1, 1, 0, 0, 0, 0), 0),
        ((0, 0, 0, 0, 0, 0), 0),
    ],
)
def test_rendered_size_is_the_height_square_to_the_baseline(matrix: Any, height: float) -> None:
    assert rendered(matrix, 18) == pytest.approx(height)


def test_what_a_matrix_does_to_letters() -> None:
    assert times((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 10, 20)) == (2, 0, 0, 2, 10, 20)
    assert times((1, 0, 0, 1, 10, 20), (2, 0, 0, 2, 0, 0)) == (2, 0, 0, 2, 20, 40)
    assert turn((0, 1, -1, 0, 0, 0)) == 90
    assert slant((1, 0, 0.3, 1, 0, 0)) == pytest.approx(16.7, abs=0.01)
    assert slant((0, 2, -2, 0, 0, 0)) == 0
    assert narrowing((1, 0, 0, 1, 0, 0), 0.8) == 0.8
    assert narrowing((0.5, 0, 0, 1, 0, 0), 1) == 0.5


numbers = st.floats(-3, 3).filter(lambda value: abs(value) > 0.05)
angles = st.floats(-3.1, 3.1)


@given(size=st.floats(1, 100), by=numbers, angle=angles, lean=st.floats(-1, 1), x=numbers, y=numbers)
def test_turning_slanting_and_moving_leave_the_size_and_scaling_multiplies_it(
    size: float, by: float, angle: float, lean: float, x: float, y: float
) -> None:
    turned = (cos(angle), sin(angle), -sin(angle), cos(angle), x, y)
    slanted = (1.0, 0.0, lean, 1.0, y, x)
    scaled = (by, 0.0, 0.0, by, 0.0, 0.0)
    assert rendered(times(times(slanted, turned), scaled), size) == pytest.approx(size * abs(by))
    assert rendered(times(times(scaled, slanted), turned), size) == pytest.approx(size * abs(by))
    assert slant(times(times((1, 0, 0, 1, x, y), turned), scaled)) == pytest.approx(0, abs=1e-6)


def test_boxes_and_paths() -> None:
    assert overlap(Box(0, 0, 10, 10), Box(5, 5, 20, 20)) == Box(5, 5, 10, 10)
    assert overlap(Box(0, 0, 1, 1), Box(2, 2, 3, 3)) is None
    ring = [[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)], [(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)]]
    assert [inside(5, 5, ring, even_odd) for even_odd in (False, True)] == [True, False]
    assert inside(1, 5, ring, even_odd=True)


def test_colours() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast((0.4, 0.4, 0.4), WHITE) == pytest.approx(5.74, abs=0.01)
    assert luminance((1, 0, 0)) == pytest.approx(0.2126)
    assert cmyk([0, 0, 0, 1]) == BLACK
    assert over(BLACK, 0.25, WHITE) == (0.75, 0.75, 0.75)


# Texts, lines and paragraphs

HALF = Face(
    name="Half",
    embedded=True,
    mapped=True,
    usual=True,
    italic=False,
    bold=False,
    light=False,
    step=1,
    em=1,
    texts=Codes({code: chr(code) for code in range(32, 127)}, "?"),
    widths=Codes({}, 0.5),
    space=0.5,
)
INK = Ink(BLACK, 1.0, None, False)


def shown(*items: Any, **state: Any) -> list[Text]:
    """Every letter is half as wide as it is tall, so that a test can do the sum in its head."""
    made = State(SAME, None)
    made.face, made.size = HALF, 10
    for name, value in state.items():
        setattr(made, name, value)
    return show(1, made, (1, 0, 0, 1, 100, 200), INK, items)[0]


def test_a_text_begins_and_ends_with_its_letters() -> None:
    (text,) = shown(b" one two ")
    assert (text.text, text.x0, text.x1, text.y, text.size, text.ink) == ("one two", 105, 140, 200, 10, 30)


def test_a_move_between_letters_is_kerning_a_space_or_another_column() -> None:
    assert [(t.text, t.x0, t.x1, t.ink) for t in shown(b"on", 40, b"e")] == [("one", 100, 114.6, 14.6)]
    assert [(t.text, t.x0, t.x1, t.ink) for t in shown(b"one", -300, b"two")] == [("one two", 100, 133, 30)]
    assert [(t.text, t.x0, t.x1) for t in shown(b"one", -3000, b"two")] == [("one", 100, 115), ("two", 145, 160)]


def test_spacing_and_scaling_change_where_letters_are() -> None:
    assert [(t.x1, t.ink) for t in shown(b"a b", spacing=1)] == [(118, 12)]
    assert [(t.x1, t.ink) for t in shown(b"a b", word_spacing=2)] == [(117, 10)]
    assert [(t.x1, t.narrowing) for t in shown(b"abcd", scale=0.5)] == [(110, 0.5)]


def put(text: str, x: float, y: float, size: float = 10, artifact: bool = False) -> Text:
    (made,) = shown(text.encode())
    return made._replace(x0=x, x1=x + len(text) * size / 2, y=y, size=size, artifact=artifact)


def test_texts_at_one_height_are_a_line_and_a_wide_gap_divides_it() -> None:
    texts = [put("left", 0, 100), put("bold", 25, 100), put("right", 100, 99), put("below", 0, 86), put("7", 0, 20)]
    assert [line.text for line in lines_of(texts, None)] == ["left bold", "right", "below", "7"]


def test_lines_of_one_size_under_one_another_are_a_paragraph() -> None:
    texts = [put("A heading", 0, 130, 15), put("one line", 0, 100), put("and one", 0, 86), put("far below", 0, 40)]
    said = [[line.text for line in paragraph] for paragraph in paragraphs_of(lines_of(texts, None))]
    assert said == [["A heading"], ["one line", "and one"], ["far below"]]


# Fonts


PDF = pikepdf.new()
"""Streams need one to belong to."""


def stream(text: str) -> pikepdf.Stream:
    return pikepdf.Stream(PDF, text.encode())


def test_a_simple_font() -> None:
    differences = Array([65, Name.quoteright, Name.uni00E9, Name("/f_f_i"), 70, Name("/a.alt")])
    font = Dictionary(
        Subtype=Name.TrueType,
        BaseFont=Name("/ABCDEF+Some-BoldItalic"),
        Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=differences),
        FirstChar=65,
        Widths=Array([250, 500]),
        FontDescriptor=Dictionary(Flags=32, FontFile2=stream(""), MissingWidth=600, ItalicAngle=0, FontWeight=300),
    )
    face = face_of(font, Effort())
    assert face.read(b"AB") == ("'\u00e9", 0.75, 2)
    assert face.read(b"CFz") == (f"{UNMAPPED}az", pytest.approx(1.8), 3)
    assert (face.name, face.embedded, face.mapped) == ("Some-BoldItalic", True, False)
    assert (face.italic, face.bold, face.light) == (True, True, True)


def test_a_standard_font_has_its_widths_without_saying_them() -> None:
    font = Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    face = face_of(font, Effort())
    assert face.read(b"Hi ") == ("Hi ", pytest.approx(0.722 + 0.222 + 0.278), 3)
    assert (face.embedded, face.usual, face.space) == (False, True, 0.278)


def test_a_composite_font() -> None:
    text = """1 begincodespacerange <0000> <FFFF> endcodespacerange
        2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar
        2 beginbfrange <0003> <0005> <0061> <0006> <0007> [<0020> <D83DDE00>] endbfrange"""
    inner = Dictionary(Subtype=Name.CIDFontType2, DW=900, W=Array([1, Array([500, 600]), 3, 5, 400]))
    inner.FontDescriptor = Dictionary(FontFile3=stream(""))
    font = Dictionary(Subtype=Name.Type0, BaseFont=Name.Some, DescendantFonts=Array([inner]), ToUnicode=stream(text))
    face = face_of(font, Effort())
    assert face.read(bytes((0, 1, 0, 2, 0, 3, 0, 5))) == ("Afiac", pytest.approx(1.9), 4)
    assert face.read(bytes((0, 6, 0, 7, 0, 8))) == (f" \U0001f600{UNMAPPED}", pytest.approx(2.7), 3)
    assert (face.embedded, face.mapped, face.space) == (True, True, 0.25)


def test_letters_of_a_type_3_font_are_as_large_as_its_box() -> None:
    font = Dictionary(Subtype=Name.Type3, FontMatrix=Array([0.01, 0, 0, 0.01, 0, 0]), FontBBox=Array([0, -20, 90, 80]))
    font.Widths, font.FirstChar = Array([50]), 65
    face = face_of(font, Effort())
    assert (face.em, face.read(b"A"), face.embedded) == (pytest.approx(1), ("A", 0.5, 1), True)


def test_colour_spaces() -> None:
    profile = pikepdf.Stream(PDF, b"", N=3)
    tint = Dictionary(FunctionType=2, N=1, C0=Array([0, 0, 0, 0]), C1=Array([0, 0, 0, 1]))
    assert space_of(Name.DeviceCMYK)([0, 0, 0, 1]) == BLACK
    assert space_of(Array([Name.ICCBased, profile]))([1, 0, 0]) == (1, 0, 0)
    assert space_of(Array([Name.Separation, Name.Ink, Name.DeviceCMYK, tint]))([0.5]) == (0.5, 0.5, 0.5)
    assert space_of(Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint]))([1]) == BLACK
    assert space_of(Array([Name.Lab, Dictionary()]))([100, 0, 0]) == pytest.approx(WHITE, abs=1e-3)
    assert space_of(Array([Name.Indexed, Name.DeviceRGB, 1, b"xxxxxx"]))([0]) is None


# Content streams


def painted(code: str, **resources: Any) -> Canvas:
    """What a stream paints on a page of 400 by 600 points; /F is Courier, every letter 0.6 of its size wide."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
    canvas = Canvas(1, 400, 600)
    reader = Reader(canvas, Shared(), Dictionary(Font=Dictionary(F=font), **resources), State(SAME, None), 1)
    reader.read(parsed(stream(code), canvas.faults))
    return canvas


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("BT /F 10 Tf 50 100 Td (ab) Tj (c) Tj ET", [("ab", 50, 100, 10), ("c", 62, 100, 10)]),
        ("BT /F 10 Tf 14 TL 50 100 Td (ab) Tj T* (c) Tj ET", [("ab", 50, 100, 10), ("c", 50, 86, 10)]),
        ("BT /F 10 Tf 50 100 TD 5 -12 TD (ab) Tj T* (c) Tj ET", [("ab", 55, 88, 10), ("c", 55, 76, 10)]),
        ("BT /F 10 Tf 14 TL 50 100 Td (ab) ' ET", [("ab", 50, 86, 10)]),
        ('BT /F 10 Tf 14 TL 50 100 Td 0 2 (ab) " (c) Tj ET', [("ab", 50, 86, 10), ("c", 66, 86, 10)]),
        ("BT /F 10 Tf 2 0 0 2 50 100 Tm 5 Ts (ab) Tj ET", [("ab", 50, 110, 20)]),
        ("q .5 0 0 .5 0 0 cm BT /F 10 Tf 50 100 Td (ab) Tj ET Q", [("ab", 25, 50, 5)]),
        ("q .5 0 0 .5 0 0 cm Q BT /F 10 Tf 50 100 Td (ab) Tj ET", [("ab", 50, 100, 10)]),
        ("BT /F -10 Tf -1 0 0 -1 50 100 Tm (ab) Tj ET", [("ab", 50, 100, 10)]),
        ("BT /F 10 Tf 50 100 Td 3 Tr (hidden) Tj ET", []),
        ("BT /F 10 Tf 500 100 Td (off the page) Tj ET", []),
        ("0 0 40 40 re W n BT /F 10 Tf 50 100 Td (clipped away) Tj ET", []),
        ("BT /F 10 Tf 50 100 Td (   ) Tj ET", []),
    ],
)
def test_where_text_is_and_how_large(code: str, expected: list[Any]) -> None:
    canvas = painted(code)
    assert [(t.text, t.x0, t.y, t.size) for t in canvas.texts] == expected
    assert canvas.faults == []


TEXT = "BT 0 g /F 10 Tf 50 100 Td (ab) Tj ET"


@pytest.mark.parametrize(
    ("code", "behind"),
    [
        ("", WHITE),
        ("0.5 g 0 0 200 200 re f", (0.5, 0.5, 0.5)),
        ("0.5 g 0 0 200 200 re f 1 g 0 0 200 200 re f", WHITE),
        ("0.5 g 0 0 40 40 re f", WHITE),
        ("0.5 g 0 0 200 200 re 10 10 180 180 re f*", WHITE),
        ("0.5 g 50 140 m 90 140 l 90 100 l h 0 0 m 40 0 l 0 40 l f", WHITE),
        ("0.5 g 0 0 m 200 0 200 200 0 200 c f", (0.5, 0.5, 0.5)),
        ("0.5 G 100 w 0 100 m 200 100 l S", (0.5, 0.5, 0.5)),
        ("0.5 G 0 0 200 200 re S", WHITE),
        ("/T gs 0 g 0 0 200 200 re f", (0.75, 0.75, 0.75)),
        ("q 0 0 10 10 re W n 0.5 g 0 0 200 200 re f Q", WHITE),
        ("/Pattern cs /P scn 0 0 200 200 re f", None),
        ("/S sh", None),
        ("q 200 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q", None),
    ],
)
def test_what_is_behind_text(code: str, behind: Any) -> None:
    canvas = painted(f"{code} {TEXT}", ExtGState=Dictionary(T=Dictionary(ca=0.25)))
    states = canvas.texts[0]
    assert states.behind == behind
    assert states.over_image == ("BI" in code)


def test_see_through_text_is_as_pale_as_it_looks() -> None:
    (text,) = painted(f"/T gs {TEXT}", ExtGState=Dictionary(T=Dictionary(ca=0.25))).texts
    assert text.colour == (0.75, 0.75, 0.75)


def test_marked_content() -> None:
    code = f"/P <</MCID 3>> BDC /Span <</Lang (cy)>> BDC {TEXT} EMC EMC /Artifact BMC {TEXT} EMC /Q /N BDC {TEXT} EMC {TEXT}"
    canvas = painted(code, Properties=Dictionary(N=Dictionary(MCID=7)))
    assert [(t.owner, t.artifact) for t in canvas.texts] == [
        ((1, 3), False),
        (None, True),
        ((1, 7), False),
        (None, False),
    ]
    assert canvas.unmarked == [1, 0]


def test_what_cannot_be_read_is_said() -> None:
    canvas = painted("1 0 0 cm BT /G 10 Tf (a) Tj ET 5 w")
    assert canvas.texts == []
    assert canvas.faults == ["cm (ValueError)", "Tf (KeyError)"]


# Tags


def test_the_tree_is_flat_in_the_order_of_the_document() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    mark = Dictionary(Type=Name.MCR, Pg=page, MCID=2)
    link = pdf.make_indirect(Dictionary(Subtype=Name.Link))
    reference = Dictionary(S=Name.Link, K=Array([1, Dictionary(Type=Name.OBJR, Obj=link)]))
    paragraph = Dictionary(S=Name.Body, Pg=page, K=Array([0, reference, mark]))
    figure = Dictionary(S=Name.Figure, Alt="A tree", K=Array([]))
    top = Dictionary(S=Name.Document, K=Array([paragraph, figure]))
    pdf.Root.StructTreeRoot = Dictionary(K=top, RoleMap=Dictionary(Body=Name.Text, Text=Name.P))
    tree = read_tree(pdf, Effort())
    assert tree is not None
    assert [(e.role, e.parent, e.owners) for e in tree.elements] == [
        ("Document", -1, []),
        ("P", 0, [(1, 0), (1, 2)]),
        ("Link", 1, [(1, 1)]),
        ("Figure", 0, []),
    ]
    assert (tree.elements[2].annotations, tree.elements[3].said) == ([link.objgen], True)
    assert tree.block((1, 1)) == 1
    assert list(tree.inside(1)) == [2]
    assert list(tree.around(2)) == ["Link", "P", "Document"]


def test_a_page_is_read_as_it_is_seen() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 500))
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(b"BT /F 10 Tf 0 -1 1 0 40 460 Tm (ab) Tj ET")
    page.CropBox, page.Rotate, page.UserUnit = Array([20, 0, 300, 500]), 270, 2
    into = BytesIO()
    pdf.save(into)
    (seen,) = read(into.getvalue(), None).pages
    assert (seen.width, seen.height, seen.cropped) == (1000, 600, True)
    (text,) = seen.texts
    assert (text.x0, text.y, text.size, text.turn) == (pytest.approx(80), pytest.approx(40), 20, 0)


# Rules that need more pages than a test wants to make

NOTHING = Catalogue("", False, "", "", False, "", "", "", 0, False)


def line(page: int, text: str, y: float, block: int = 0, role: str = "P", **more: Any) -> Line:
    made = Line(page, text, 100, 100 + 5 * len(text), y, 10, "Half", None, block, role, False, False)
    return made._replace(**more)


def doc(*pages: list[Line]) -> Doc:
    made = [
        Page(number, 400, 600, False, True, [], [], (0, 0), [], lines, paragraphs_of(lines))
        for number, lines in enumerate(pages, 1)
    ]
    return Doc(made, None, NOTHING, [], None, 10)


def test_a_paragraph_may_go_on_only_if_it_is_longer_than_a_page() -> None:
    short = doc(
        [line(1, "before it", 400, block=2), line(1, "begins", 40)],
        [line(2, "ends", 500, block=0), line(2, "another", 40, block=1)],
    )
    long = doc(*([line(page, "on and on", y) for y in range(500, 20, -15)] for page in (1, 2)))
    assert [fault.gate for fault in rules_pages.across(short)] == ["B"]
    assert [fault.gate for fault in rules_pages.across(long)] == ["W"]
    top = [line(1, "A heading", 500, block=7, role="H2"), *(line(1, "on and on", y) for y in range(450, 300, -15))]
    assert [fault.gate for fault in rules_pages.across(doc(top, [line(2, "it ends", 500)]))] == ["W"]


def test_without_tags_a_page_that_ends_in_mid_sentence_is_looked_at() -> None:
    ends = [line(1, "so that nobody", 100, block=-1), line(1, "Page 1 of 2", 40, block=-1)]
    begins = [line(2, "has to wait.", 500, block=-1), line(2, "Page 2 of 2", 40, block=-1)]
    assert [(f.page, f.gate) for f in rules_pages.mid_sentence(doc(ends, begins))] == [(1, "W")]


def test_short_lines_are_looked_at() -> None:
    lines = [line(1, "twenty letters of it", 500 - 14 * n) for n in range(12)]
    assert [fault.gate for fault in rules_lines.short_lines(doc(lines))] == ["W"]


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("Please call 0808 808", "1234 at any time", "a number"),
        ("Please call us on (0808)", "808 1234 at any time", "a number"),
        ("It began on 3rd", "March", "a date"),
        ("It began in March", "2026 or so", "a date"),
        ("Take 500", "mg at most", "an amount"),
        ("Write to us at help@", "example.org today", "an address"),
        ("Write to us at help@example", ".org today", "an address"),
        ("See www.macmillan.org.", "uk/breast for more", "an address"),
        ("There were 20 of us", "3 of them new", None),
        ("We may call you on the 3", "or not", None),
        ("It may be that", "May is too early", None),
        ("See www.nhs.uk.", "There is more", None),
        ("See www.nhs.uk/conditions", "for more", None),
        ("Write to help@example.org.uk", "at any time", None),
    ],
)
def test_what_must_not_be_divided(first: str, second: str, what: str | None) -> None:
    found = list(rules_lines.divided(doc([line(1, first, 100), line(1, second, 86)])))
    assert [fault.what.split(" over ")[0] for fault in found] == ([what] if what else [])

"""The web page: whole, well formed, private, and fit for every width and wish of a reader."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import build
from booklet.library import Library
from booklet.model import (
    Admonition,
    Block,
    Contents,
    ContentsEntry,
    Document,
    Emergency,
    Heading,
    List,
    ListItem,
    Paragraph,
    Ruler,
    Run,
    Table,
    WriteIn,
)
from booklet.theme import Stylesheet
from booklet.writers.html import write
from tests.conftest import SAMPLE, request_for, styles

PAGES = ("appointments", "medicines", "diary", "notes", "information")
LOADS = re.compile(r"<(?:script|link|img|iframe|object|embed|audio|video|source|form|input)\b|@import|\bsrc=|\bon\w+=")


def tree(page: str) -> ElementTree.Element:
    """The page read as strictly as XML is: every element closed, every attribute quoted, every sign escaped."""
    assert page.startswith("<!DOCTYPE html>\n")
    closed = re.sub(r"<(br|meta)\b([^>]*)>", r"<\1\2/>", page.removeprefix("<!DOCTYPE html>\n"))
    return ElementTree.fromstring(closed)


def written(*blocks: Block, sheet: Stylesheet) -> str:
    return write(Document("My booklet", "en-GB", date(2026, 11, 21), blocks), sheet).decode()


def body(page: str) -> str:
    return page[page.index("<body>") :]


def said(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@pytest.fixture(scope="module")
def everything(library: Library) -> str:
    request = request_for(library, packs=("everything",), write_in=PAGES, detail="more")
    return build.build(library, request, "html").data.decode()


def test_each_kind_of_block_as_it_is_written(sheet: Stylesheet) -> None:
    blocks: tuple[Block, ...] = (
        Heading(1, (Run("My booklet"),), "cover", cover=True),
        WriteIn((Run("This booklet belongs to"),)),
        Ruler((Run("Print at actual size."),), 100),
        Emergency("Call 999 now", (List((ListItem((Paragraph((Run("a fit"),)),)),)),), "call"),
        Heading(1, (Run("What is in this booklet"),), "contents"),
        Contents(
            (ContentsEntry(1, "Call 999 now", "call"), ContentsEntry(1, "1. One", "a"), ContentsEntry(2, "1.1", "b"))
        ),
        Heading(1, (Run("1. One"),), "a"),
        Heading(2, (Run("1.1"),), "b", sheet=True),
        Admonition(
            "note",
            "Please note",
            (
                Paragraph(
                    (Run("Call "), Run("116 123", True, "tel:116123"), Run(".\nNow")),
                ),
            ),
        ),
        Paragraph((Run("See 1.1", href="#b"), Run(", page ", page_of="b"))),
        Table(((Run("Part"),), (Run("Due"),)), (((Run("1.1"),), (Run("6 May 2027"),)),)),
        List((ListItem((Paragraph((Run("four"),)), Paragraph((Run("more"),)))),), 4),
        WriteIn((Run("Notes"),), 2),
        Emergency("Call 999 now", (Paragraph((Run("if"),)),), "back", back_cover=True),
    )
    assert body(written(*blocks, sheet=sheet)).replace("</th><t", "</th>\n<t").splitlines() == [
        "<body>",
        '<a class="skip" href="#main-text">Skip to the main text</a>',
        "<header>",
        '<h1 id="cover">My booklet</h1>',
        '<div class="write-in"><p>This booklet belongs to</p><div></div></div>',
        "</header>",
        '<main id="main-text" tabindex="-1">',
        '<section class="emergency" aria-labelledby="call">',
        '<h2 id="call">Call 999 now</h2>',
        "<ul>",
        "<li>a fit</li>",
        "</ul>",
        "</section>",
        '<nav aria-labelledby="contents">',
        '<h2 id="contents">What is in this booklet</h2>',
        '<a class="skip" href="#a">Skip the contents</a>',
        '<ul role="list">',
        '<li><a href="#call">Call 999 now</a>',
        "</li>",
        '<li><a href="#a">1. One</a>',
        '<ul role="list">',
        '<li><a href="#b">1.1</a>',
        "</li></ul></li></ul>",
        "</nav>",
        '<p class="screen"><a href="#contents">Back to the contents</a></p>',
        '<h2 id="a">1. One</h2>',
        '<h3 id="b" class="sheet">1.1</h3>',
        '<div class="note" role="group" aria-labelledby="box-1">',
        '<h4 id="box-1">Please note</h4>',
        '<p>Call <a href="tel:116123"><strong>116 123</strong></a>.<br>Now</p>',
        "</div>",
        '<p><a href="#b">See 1.1</a></p>',
        '<table role="table">',
        '<caption class="hidden">1.1</caption>',
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Part</th>',
        '<th scope="col" role="columnheader">Due</th></tr></thead>',
        '<tbody role="rowgroup">',
        '<tr role="row"><th scope="row" role="rowheader" data-name="Part"><span>1.1</span></th>',
        '<td role="cell" data-name="Due"><span>6\u00a0May\u00a02027</span></td></tr>',
        "</tbody>",
        "</table>",
        '<ol start="4">',
        "<li><p>four</p>",
        "<p>more</p></li>",
        "</ol>",
        '<p class="screen">The lines are to write on, when this page is printed.</p>',
        '<div class="write-in"><p>Notes</p><div></div><div></div></div>',
        '<p class="screen"><a href="#contents">Back to the contents</a></p>',
        "</main>",
        "<footer>",
        '<div class="emergency">',
        '<h2 id="back">Call 999 now</h2>',
        "<p>if</p>",
        "</div>",
        "</footer>",
        "</body>",
        "</html>",
    ]


def test_the_page_is_well_formed_and_its_elements_are_where_they_may_be(everything: str) -> None:
    page = tree(everything)
    inside = {"ul": {"li"}, "ol": {"li"}, "tr": {"th", "td"}, "tbody": {"tr"}, "p": {"a", "strong", "br"}}
    for element in page.iter():
        if element.tag in inside:
            assert {kid.tag for kid in element} <= inside[element.tag], element.tag
    assert page.attrib["lang"] == "en-GB"
    assert [said(title) for title in page.iter("title")] == ["My booklet"]
    assert [each.tag for each in page.findall("./body/*")] == ["a", "header", "main", "footer"]
    assert len(list(page.iter("nav"))) == 1


def test_one_title_and_no_level_of_heading_is_skipped(everything: str) -> None:
    levels = [int(each.tag[1]) for each in tree(everything).iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_is_there_once_and_every_link_leads_somewhere(everything: str) -> None:
    page = tree(everything)
    ids = [each.attrib["id"] for each in page.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    targets = [each.attrib["href"] for each in page.iter("a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    assert all(re.match(r"#|tel:\+?\d+$|mailto:\S+@\S+$|https://\S+$", target) for target in targets)
    assert {"tel:08088006000", "https://111.nhs.uk", "mailto:hello@make2ndscount.co.uk"} <= set(targets)
    named = [each.attrib["aria-labelledby"] for each in page.iter() if "aria-labelledby" in each.attrib]
    assert set(named) <= set(ids)


def test_a_number_that_is_followed_by_words_is_called_without_them(everything: str) -> None:
    assert '<a href="tel:111">111, then press 2</a>' in everything


def test_nothing_is_loaded_and_nothing_runs(everything: str) -> None:
    assert LOADS.findall(everything) == []
    assert "default-src 'none'" in everything
    assert set(re.findall(r"url\(\"([^,\"]*)", everything)) == {"data:font/ttf;base64"}


def test_what_is_for_paper_alone_is_not_there(everything: str) -> None:
    text = said(tree(everything))
    assert "100 mm" not in text
    assert "actual size" not in text
    assert ", page" not in text


def test_every_table_has_a_caption_and_the_headings_of_its_columns(everything: str) -> None:
    tables = list(tree(everything).iter("table"))
    assert tables
    for table in tables:
        assert [kid.tag for kid in table] == ["caption", "thead", "tbody"]
        assert said(table[0])
        assert {each.attrib["scope"] for each in table[1].iter("th")} == {"col"}
        assert all(each[0].attrib["scope"] == "row" for each in table[2].iter("tr"))


def test_a_pictogram_is_silent_beside_its_words(everything: str) -> None:
    drawn = list(tree(everything).iter("svg"))
    assert len(drawn) > 15
    assert {each.attrib["aria-hidden"] for each in drawn} == {"true"}
    assert all(said(each) == "" for each in drawn)


def test_the_wishes_of_the_reader_are_in_the_style(library: Library) -> None:
    chosen = {
        "text_size": "24",
        "typeface": "lexend",
        "weight": "heavier",
        "line_spacing": "1.5",
        "letter_spacing": "wide",
        "colour": "black-on-cream",
        "paper": "Letter",
        "sides": "one",
    }
    page = build.build(library, request_for(library, "breaks", **chosen), "html").data.decode()
    values = dict(re.findall(r"^  --([\w-]+): (.*);$", page, re.MULTILINE))
    assert values == {
        "family": '"Lexend", Verdana, Arial, sans-serif',
        "weight": "500",
        "size": "2rem",
        "printed-size": "24pt",
        "leading": "1.5",
        "tracking": "0.03em",
        "writing-line": values["writing-line"],
        "ink": "#000000",
        "paper": "#fff6dc",
    }
    assert "@page { size: letter;" in page
    assert "@page :left" not in page
    assert '<html lang="en-GB">' in page, "colours that were chosen stay in the dark"
    assert re.findall(r"font-weight: (\d+); src", page) == ["500", "700"]


def test_eighteen_point_is_a_size_and_a_half_of_the_browser_s(everything: str) -> None:
    assert "--size: 1.5rem;" in everything
    assert '<html lang="en-GB" class="usual">' in everything


def test_a_large_face_is_left_to_the_reader_s_computer(library: Library) -> None:
    page = build.build(library, request_for(library, "breaks", typeface="noto"), "html").data.decode()
    assert "@font-face" not in page
    assert '"Noto Sans", Verdana' in page


def test_there_is_a_style_for_print(everything: str) -> None:
    assert "@page { size: a4; margin: 14mm 15mm 13mm 25mm; }" in everything
    style = everything[everything.index("@media print") :]
    for rule in ("font-size: var(--printed-size)", "break-before: page", "nav, .skip, .screen { display: none; }"):
        assert rule in style


def test_a_name_is_shown_as_it_was_typed_and_only_on_the_cover(library: Library) -> None:
    name = """<b>O'Brien & "x"</b>"""
    page = build.build(library, request_for(library, "breaks", name=name), "html").data.decode()
    shown = [said(each) for each in tree(page).iter("strong") if said(each) == name]
    assert shown == [name]
    assert page.count("O&#x27;Brien") == 1


@settings(max_examples=200)
@given(
    text=st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
        min_size=1,
    )
)
def test_any_text_comes_back_as_it_went_in(sheet: Stylesheet, text: str) -> None:
    runs = (Run(text), Run(text, True), Run(text, False, f"https://{text}"))
    blocks = (
        Heading(1, (Run(text),), text),
        Paragraph(runs),
        Admonition("note", text, (List((ListItem((Paragraph(runs),)),)),)),
        Emergency(text, (), text + "2"),
        Table((runs,), ((runs,),)),
        WriteIn(runs),
        Contents((ContentsEntry(1, text, text),)),
    )
    page = tree(written(*blocks, sheet=sheet))
    assert [said(each) for each in page.iter("h2")] == [text, text, "Contents"]
    assert [said(each) for each in page.iter("h3")] == [text]
    assert said(next(page.iter("td" if page.iter("td") is None else "p"))) == text * 3
    assert [each.attrib["href"] for each in page.iter("a")].count(f"https://{text}") == 5
    assert [said(each) for each in page.iter("th")] == [text * 3] * 2
    assert {each.attrib["id"] for each in page.iter("h2")} == {text, text + "2", "contents"}


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org"])
def test_a_link_that_could_run_or_load_something_is_only_its_words(sheet: Stylesheet, href: str) -> None:
    assert "<p>here</p>" in written(Paragraph((Run("here", href=href),)), sheet=sheet)


def test_same_request_same_bytes(library: Library) -> None:
    made = [build.build(library, request_for(library, *SAMPLE), "html").data for _ in range(2)]
    assert made[0] == made[1]


def test_a_date_is_held_together_where_a_narrow_line_has_room_for_it(sheet: Stylesheet) -> None:
    block = Paragraph((Run("by 20 November 2026"),))
    assert "<p>by 20\u00a0November\u00a02026</p>" in written(block, sheet=sheet)
    assert "<p>by 20 November 2026</p>" in written(block, sheet=styles("24"))

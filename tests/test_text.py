"""Plain text: a sentence a line, every heading by its kind, nothing drawn."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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
from booklet.writers.text import write
from tests.conftest import SAMPLE, request_for, styles


def test_plain_text_names_the_cell_before_its_text(library: Library) -> None:
    text = build.build(library, request_for(library, "breaks"), "text").data.decode()
    row = "Parts: 8.1, 8.2, 8.3, 18; Checked: 20 November 2026 (version 1); Check again by: 20 November 2028."
    assert row in text


def test_plain_text_has_no_page_numbers(library: Library) -> None:
    assert ", page" not in build.build(library, request_for(library, *SAMPLE), "text").data.decode()


def written(*blocks: Block, columns: int = 0) -> list[str]:
    document = Document("My booklet", "en-GB", date(2026, 11, 21), blocks)
    return write(document, replace(styles("18"), columns=columns)).decode().splitlines()


def test_each_kind_of_block_as_it_is_written() -> None:
    one, two = Paragraph((Run("One. Two."),)), Paragraph((Run("Three"),))
    assert written(
        Heading(1, (Run("My booklet"),), cover=True),
        WriteIn((Run("This booklet belongs to"),)),
        Ruler((Run("Print at actual size."),), 100),
        Emergency("Call 999 now", (List((ListItem((one,)), ListItem((two,)))),)),
        Heading(1, (Run("1. First"),)),
        Contents((ContentsEntry(1, "1. First", "a"), ContentsEntry(2, "1.1 Next", "b"))),
        Heading(2, (Run("1.1 Next"),)),
        Heading(3, (Run("See also"),)),
        Admonition("note", "Please note", (two,)),
        List((ListItem((one, two)),), 9),
        Table(((Run("Part"),), (Run("Due"),)), (((Run("1.1"),), (Run("May"),)),)),
        Paragraph((Run("See 1.1", href="#b"), Run(", page ", page_of="b"), Run(".\nNow"))),
    ) == [
        *("My booklet", "", "To fill in: This booklet belongs to", "", "", ""),
        *("Call 999 now", "", "- One.", "  Two.", "- Three", "", "", ""),
        *("Part: 1. First", "", "1. First", "1.1 Next", ""),
        *("Section: 1.1 Next", "", "Heading: See also", "", "Please note", "", "Three", ""),
        *("9. One.", "  Two.", "  Three", "", "Part: 1.1; Due: May.", "", "See 1.1.", "Now"),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Call now. Do not wait.", ["Call now.", "Do not wait."]),
        ('Say: "I am ill." Then wait.', ['Say: "I am ill."', "Then wait."]),
        ("Is it 37.5C? Call.", ["Is it 37.5C?", "Call."]),
        ("Go to 7.2. It helps.", ["Go to 7.2.", "It helps."]),
        ("Mrs. A. Jones and Dr. Smith", ["Mrs. A. Jones and Dr. Smith"]),
        ("See nhs.uk, or ask. 3 in 4 do.", ["See nhs.uk, or ask.", "3 in 4 do."]),
    ],
)
def test_a_sentence_a_line(text: str, lines: list[str]) -> None:
    assert written(Paragraph((Run(text),))) == lines


def test_a_line_goes_on_under_its_words() -> None:
    item = ListItem((Paragraph((Run("sudden trouble breathing"),)),))
    assert written(List((item,)), columns=20) == ["- sudden trouble", "  breathing"]
    assert written(List((item,), 1), columns=20) == ["1. sudden trouble", "   breathing"]


@given(st.lists(st.text(st.characters(categories=("L", "N", "P"))), min_size=1), st.integers(20, 80))
def test_wrapping_loses_no_word_and_no_line_is_wider(text: list[str], columns: int) -> None:
    block = Paragraph((Run(" ".join(text)),))
    whole, wrapped = written(block), written(block, columns=columns)
    assert " ".join(wrapped).split() == " ".join(whole).split()
    assert all(len(line) <= columns or len(line.split()) == 1 for line in wrapped)


def test_nothing_is_drawn(library: Library) -> None:
    request = request_for(library, packs=("everything",), detail="more")
    text = build.build(library, request, "text").data.decode()
    assert not re.search(r"[.]{4}|[-_=*#~|•]{2}|[^\x00-\x7f]", text)

"""Braille: cells held against the rules of UEB, against a reader of our own, and against liblouis where it is."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from booklet import build, paths
from booklet.compose import compose
from booklet.errors import BookletError, ExitCode, LayoutError
from booklet.library import Library
from booklet.markdown import More, parse
from booklet.model import Document, Heading, List, ListItem, Paragraph, Run, bookmarks, words
from booklet.paginate import Page
from booklet.writers import braille
from booklet.writers.braille import liblouis, ueb
from booklet.writers.braille.cells import GOES_ON, PAGE, cells_of, fitted
from tests.braille import drawn, needs_liblouis, read_back, spoken, told, translated
from tests.conftest import MADE, request_for

LIBRARY = Library.load(paths.CONTENT)
LAYOUT = braille.load("braille")
GATES = {"prognosis": "yes", "end_of_life": "yes", "end_of_life_detail": "yes"}
LIBLOUIS_READS_OTHERWISE = ('".', "PIK3CA: PIK3CA")
"""It takes the closing mark of `"today".` for one without a direction (7.6 has a closing one), and writes no grade 1
sign between a digit and the letters a to j of a passage in capitals, which then read as digits (6.5)."""


@cache
def documents() -> tuple[Document, ...]:
    """Each pack with all detail, and everything there is with the gates open."""
    requests = [request_for(LIBRARY, packs=(pack,)) for pack in LIBRARY.packs]
    requests.append(request_for(LIBRARY, packs=("everything",), facts=GATES, write_in=tuple(LIBRARY.write_in)))
    return tuple(compose(LIBRARY, request, "more") for request in requests)


@cache
def texts() -> tuple[str, ...]:
    """Every line of print that any of them holds, once."""
    lines = (line for document in documents() for each in words(document.blocks) for line in each.split("\n"))
    return tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def pages_of(source: str) -> list[Page]:
    blocks = tuple(block for block in parse(source) if not isinstance(block, More))
    return braille.paginate(Document("T", "en-GB", MADE, blocks), LAYOUT)


@pytest.mark.parametrize(
    ("print_", "cells"),
    [
        ("Hello, world!", ",hello1 world6"),
        ("a1 b2", "a#a b#b"),  # 6.2
        ("1,000.50", "#a1jjj4ej"),  # 6.3
        ("3am", "#c;am"),  # 6.5: a to j after a number
        ("2nd 4k", "#bnd #dk"),
        ("37.5C", "#cg4e,c"),
        ("CDK4/6", ",,cdk#d_/#f"),  # 3.21
        ("0300 123 1234", '#jcjj"abc"abcd'),  # 6.6
        ("in 2026 12 people", "in #bjbf #ab people"),
        ("McDonald", ",mc,donald"),  # 8.3
        ("NHS and PET-CT", ",,nhs and ,,pet-,,ct"),  # 8.4
        ("MPs", ",,mp,'s"),
        ("mTOR FP92A", "m,,tor ,,fp#ib,a"),
        ("CALL THEM NOW please", ",,,call them now,' please"),  # 8.5
        ("NHS 111 UK", ",,nhs #aaa ,,uk"),
        ("PIK3CA BRCA1 HER2", ",,,pik#c;ca brca#a her#b,'"),
        ("A&E", ",a@&,e"),  # 3.1
        ("hello@make2ndscount.co.uk", "hello@amake#bndscount4co4uk"),
        ("£20 50% 37°C", "@l#bj #ej.0 #cg^j,c"),
        ("1 + 2 = 3", '#a "6 #b "7 #c'),
        ("LGBT+", ',,lgbt"6'),
        ("don't [x] {y} (z)", 'don\'t .<x.> _<y_> "<z">'),  # 7.1
        ('"Why?" \u201cyes\u201d', "8,why80 8yes0"),  # 7.6
        ("\u2018hi\u2019 it\u2019s", ",8hi,0 it's"),
        ("? what?", ";8 what8"),  # 7.5
        ("a\u2013b \u2014 c", "a,-b ,- c"),  # 7.2
        ("caf\u00e9 \u00c9lan na\u00efve fa\u00e7ade", "caf^/e ,^/elan na^3ive fa^&cade"),  # 4.2
        ("\u00bd \u2022 #", "#a/b _4 _?"),
        ("\ufb01t", "fit"),
        ("\u2605", "@.<black-star@.>"),  # 3.27
        ("", ""),
    ],
)
def test_print_becomes_the_cells_that_the_rules_say(print_: str, cells: str) -> None:
    assert ueb.uncontracted(print_) == cells


def test_every_line_of_every_pack_reads_back_as_it_was() -> None:
    assert len(texts()) > 3000
    assert [text for text in texts() if read_back(ueb.uncontracted(text)) != text] == []


def test_no_character_of_the_content_is_without_a_sign() -> None:
    files = [path.read_text("utf-8") for path in sorted(paths.CONTENT.rglob("*.md"))]
    assert files
    letters = {char for text in (*files, *texts()) for char in text if not char.isspace() and char != "`"}
    assert [char for char in sorted(letters) if not ueb.is_known(char)] == []


@needs_liblouis
def test_uncontracted_braille_is_that_of_liblouis() -> None:
    theirs = translated(list(texts()), "en-ueb-g1.ctb")
    differ = [text for text, cells in zip(texts(), theirs, strict=True) if ueb.uncontracted(text) != cells]
    assert [text for text in differ if not any(reason in text for reason in LIBLOUIS_READS_OTHERWISE)] == []
    assert len(differ) < 10


@needs_liblouis
def test_contracted_braille_reads_back_as_it_was() -> None:
    """But where the reader of liblouis has a fault of its own: a semicolon that it reads as "be", "letters)" as "lrs)"."""
    made = liblouis.contracted(texts())
    back = translated([made[text] for text in texts()], "en-ueb-g2.ctb", "--backward")
    back = [
        line.replace("\u2019", "'").replace("\u2026", "...").replace(")be ", "); ").replace("?be ", "?; ")
        for line in back
    ]
    differ = [text for text, line in zip(texts(), back, strict=True) if text != line]
    assert all(re.search(r"PD-L1|PIK3CA|\b(letters|again|enough|do)\b|[;.?\"]", text) for text in differ)
    assert len(differ) < len(texts()) / 50
    assert all(len(made[text].split(" ")) == len(ueb.words(text)) for text in texts())


@needs_liblouis
def test_contracted_braille_has_contractions_and_keeps_what_a_person_typed() -> None:
    made = liblouis.contracted(["You and the people", "a\\b \u2605 0300 123", "2026 12", "word " * 900, ""])
    assert made["You and the people"] == ",y & ! p"
    assert made["a\\b \u2605 0300 123"].endswith('@.> #jcjj"abc')
    assert made["2026 12"] == "#bjbf #ab"
    assert made["word " * 900] == " ".join(["^w"] * 900)
    assert made[""] == ""


@pytest.mark.parametrize("program", ["there-is-no-such-program", "false", "cat"])
def test_without_liblouis_contracted_braille_says_what_to_do(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(liblouis, "PROGRAM", program)
    with pytest.raises(BookletError) as caught:
        build.build(LIBRARY, request_for(LIBRARY, "breaks"), "braille-contracted")
    assert "liblouis" in str(caught.value)
    assert "--format braille:" in str(caught.value)
    assert caught.value.exit_code == ExitCode.FAILED


def printable() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=300)


@given(printable())
def test_any_text_becomes_cells_that_an_embosser_knows(text: str) -> None:
    cells = ueb.uncontracted(text)
    assert re.fullmatch(r"[ -_]*", cells.upper())
    assert cells.split(" ") == (cells.split() or [""])


@given(st.text("abcdefghijzABCJZ 0123456789.,:;?!'-()/&@", max_size=120))
def test_any_common_text_reads_back_as_it_was(text: str) -> None:
    text = " ".join(text.split())
    assert read_back(ueb.uncontracted(text)) == text


@given(printable(), st.integers(3, 38), st.integers(0, 3))
def test_no_line_is_too_long_and_no_cell_is_lost(text: str, width: int, indent: int) -> None:
    cells = ueb.uncontracted(text).split()
    lines = fitted(cells, width + 2 - indent, width + 2)
    assert all(len(line) <= (width + 2 if n else width + 2 - indent) for n, line in enumerate(lines))
    joined = ""
    for n, line in enumerate(lines):
        cut = line.endswith(GOES_ON) and n + 1 < len(lines)
        joined += line[:-1] if cut else f"{line} "
    assert joined.split() == cells


def test_an_address_is_divided_after_a_slash() -> None:
    address = ueb.uncontracted("cancerresearchuk.org/about-cancer/find-a-clinical-trial")
    assert fitted(["see", address], 40, 40) == ["see", 'cancerresearchuk4org_/about-cancer_/"', "find-a-clinical-trial"]


def test_bold_is_marked_where_place_does_not_tell_it() -> None:
    def cells(*runs: Run) -> str:
        return cells_of(runs, ueb.uncontracted, True)

    bold = Run("do not", strong=True)
    assert cells(Run("Please "), bold, Run(" wait.")) == ",please ^1do ^1not wait4"
    assert cells(Run("Say "), Run("call me now", strong=True), Run(", please.")) == ",say ^7call me now1^' please4"
    assert cells(bold, Run(": a rule")) == "do not3 a rule"
    assert cells(Run("Call "), Run("0300 123 1234", strong=True)) == ',call ^1#jcjj"abc"abcd'
    assert cells(Run("You must call.", strong=True)) == "^7,you must call4^'"
    assert cells(Run("Number\n"), bold) == ",number\ndo not"


def test_blocks_of_every_kind() -> None:
    source = """
## 4.2 A heading

A paragraph that is long enough to need a second line.

- one that is long enough to need a second line
- two
  - inside

::: get-help
Call now, if:

1. a thing
2. another
:::

| Who | Number |
| --- | --- |
| Fire | 999 |

::: write-in 2
- My medicines
:::
"""
    (page,) = drawn(pages_of(source), LAYOUT)
    assert page == [
        "      #d4b ,a heading",
        "  ,a paragraph that is long enough to",
        "need a second line4",
        "_4 one that is long enough to need a",
        "  second line",
        "_4 two",
        "  _4 inside",
        "",
        "7" * 40,
        "      ,get help if",
        "  ,call now1 if3",
        "#a4 a thing",
        "#b4 another",
        "g" * 40,
        "",
        ",who3 ,fire",
        ",number3 #iii",
        "",
        ",my medicines .-",
        *[""] * 5,
        "#a".rjust(40),
    ]


def test_a_page_number_may_stand_at_the_top() -> None:
    layout = replace(LAYOUT, page_number="top-right")
    document = Document("T", "en-GB", MADE, (Paragraph((Run("One."),)),))
    lines = braille.write(braille.paginate(document, layout), layout).decode().split("\r\n")
    assert lines[:2] == ["#A".rjust(40), "  ,ONE4"]


def test_the_contents_lead_to_the_pages_that_their_headings_are_on() -> None:
    document = documents()[0]
    pages = drawn(braille.paginate(document, LAYOUT), LAYOUT)
    text = "\n".join(line for page in pages for line in page)
    assert PAGE not in text
    for entry in bookmarks(document.blocks)[:12]:
        cells = ueb.uncontracted(entry.text)
        found = re.search(rf"{re.escape(cells)} \"+ (#[a-j]+)$", text, re.MULTILINE)
        if found:
            number = int(read_back(found[1]))
            assert any(cells in line for line in pages[number - 1])
    assert len(re.findall(r' "{2,} +#[a-j]+$', text, re.MULTILINE)) > 20


def test_every_pack_fits_its_pages_and_has_every_word_in_order() -> None:
    for document in documents():
        made = braille.write(braille.paginate(document, LAYOUT), LAYOUT)
        pages = made.decode("ascii").split("\f")
        assert pages.pop() == ""
        for number, page in enumerate(pages, 1):
            lines = page.split("\r\n")
            assert len(lines) == LAYOUT.lines + 1
            assert max(map(len, lines)) <= LAYOUT.cells
            assert lines[-2].strip().lower() == ueb.number(number)
        said = spoken(drawn(braille.paginate(document, LAYOUT), LAYOUT))
        at = 0
        for text in told(document):
            found = said.find(text, at)
            assert found >= 0, (text, said[at : at + 300])
            at = found + len(text)


def test_locked_blocks_begin_a_page_and_no_heading_ends_one() -> None:
    for document in documents():
        pages = braille.paginate(document, LAYOUT)
        assert drawn(pages, LAYOUT)[1][0].strip() == ",call #iii now"
        assert read_back(drawn(pages, LAYOUT)[-1][0].strip()).startswith("Call 999 now")
        for page in pages:
            owner = next((p.owner for line in reversed(page.lines) for p in line.strip.pieces if p.owner), None)
            assert owner is None or not isinstance(document.blocks[owner[0]], Heading) or len(page.lines) < 3


def test_a_closed_gate_leaves_no_trace() -> None:
    ours = build.build(LIBRARY, request_for(LIBRARY, packs=("everything",)), "braille").data.decode().lower()
    gated = [s for s in LIBRARY.sections.values() if s.meta.gate != "none"]
    assert gated
    open_ = (
        build.build(LIBRARY, request_for(LIBRARY, packs=("everything",), facts=GATES), "braille").data.decode().lower()
    )
    for section in gated:
        title = ueb.uncontracted(section.meta.title).split(" ")
        pattern = r"\s+".join(map(re.escape, title))
        assert re.search(pattern, open_)
        assert not re.search(pattern, ours)


def test_the_same_request_gives_the_same_bytes_and_their_summary() -> None:
    request = request_for(LIBRARY, "breaks")
    one, two = (build.build(LIBRARY, request, "braille") for _ in range(2))
    assert one.data == two.data
    assert one.pages == one.data.count(b"\f")
    assert one.size() == f"{one.pages} braille pages."
    assert one.summary()["sheets"] is None


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        (
            'grade = "uncontracted"',
            'grade = "two"',
            "grade: invalid enum value 'two'. It may be uncontracted or contracted.",
        ),
        ("cells = 40", "cells = 400", "cells: needs a whole number <= 60."),
        ("lines = 25", "rows = 25", "rows: there is no such key."),
        ('"foot-right"', '"left"', "page_number: invalid enum value 'left'. It may be top-right or foot-right."),
        ("cells = [3, 1]", "cells = [3]", "roles.body.cells: needs a list of length 2, got 1."),
    ],
)
def test_a_mistake_in_the_layout_is_named_with_what_may_stand_there(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    text = (paths.LAYOUTS / "braille.toml").read_text("utf-8")
    assert was in text
    path = tmp_path / "braille.toml"
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    with pytest.raises(LayoutError) as caught:
        braille.load_layout(path)
    assert said in str(caught.value)


def test_a_list_that_is_numbered_hangs_its_text_at_the_third_cell() -> None:
    items = tuple(ListItem((Paragraph((Run("word " * 12),)),)) for _ in range(2))
    pages = braille.paginate(Document("T", "en-GB", MADE, (List(items, start=9),)), LAYOUT)
    lines = drawn(pages, LAYOUT)[0]
    assert lines[0].startswith("#i4 word")
    assert lines[1].startswith("  word")
    assert lines[2].startswith("#aj4 word")

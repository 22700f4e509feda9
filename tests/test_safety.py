"""The test matrix of content-brief.md 4.7: whatever is known or chosen, the locked pages are there, word for word,
and what is behind a closed consent gate is nowhere in the file."""

import re
from io import BytesIO
from typing import get_args

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from booklet import build, fonts
from booklet.compose import compose
from booklet.library import Library
from booklet.model import Admonition, Block, Document, Emergency, Heading, bookmarks, words
from booklet.paginate import paginate
from booklet.paths import CONTENT
from booklet.request import Request
from booklet.theme import Detail
from tests.conftest import request_for
from tests.pdfwalk import Walk
from tests.test_about import facts

LIBRARY = Library.load(CONTENT)
RULER = fonts.Ruler()
GATED = re.compile(
    r"end[ -]of[ -]life|\bdying\b|\bdeath|\bdie[sd]?\b|last weeks|last days|prognosis|\bterminal|life expectancy"
    r"|bereave|funeral|resuscitat|\bCPR\b|ReSPECT|\bSR1\b|BASRiS|advance decision|Compassion in Dying|Winston's Wish",
    re.IGNORECASE,
)
ALLOWED = "It is not only for people at the end of life."
YES = {"prognosis": "yes", "end_of_life": "yes", "end_of_life_detail": "yes"}
MATRIX: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "all defaults": (("treatments", "side-effects"), {}),
    "hormone receptor positive, bone, chemotherapy now": (
        ("treatments", "side-effects"),
        {"receptor_hr": "yes", "receptor_her2": "negative", "sites": "bone", "treatments_now": "chemo"},
    ),
    "triple negative": (("treatments",), {"receptor_hr": "no", "receptor_her2": "negative"}),
    "HER2 positive, brain": (("treatments",), {"receptor_her2": "positive", "sites": "brain"}),
    "carer": (("palliative", "symptoms"), {"reader": "carer"}),
    "two topics": (("breaks", "trials"), {}),
    "every gate open": (("palliative", "family"), YES),
    "every gate closed": (("palliative", "family"), dict.fromkeys(YES, "no")),
    "gates not now": (("palliative", "practical"), {"prognosis": "not_now", "end_of_life": "not_now"}),
    "values that nobody offers": (
        ("treatments",),
        {"receptor_hr": "perhaps", "sites": "toe", "end_of_life": "perhaps"},
    ),
    "blank": (("treatments",), dict.fromkeys(LIBRARY.reader_facts, "")),
    "England": (("practical",), {"nation": "England"}),
    "Scotland": (("practical",), {"nation": "Scotland"}),
    "Wales": (("practical",), {"nation": "Wales"}),
    "Northern Ireland": (("practical",), {"nation": "Northern Ireland"}),
    "immunotherapy in the last year, nothing now": (("team",), {"immunotherapy_12m": "yes", "treatments_now": "none"}),
    "one section": (("side-effects/hair",), {"treatments_now": "none"}),
}


def request(case: str, **preferences: str) -> Request:
    ids, known = MATRIX[case]
    return request_for(LIBRARY, *ids, facts=known, **preferences)


def emergencies(blocks: tuple[Block, ...]) -> list[Emergency]:
    return [replace(block, anchor="", back_cover=False) for block in blocks if isinstance(block, Emergency)]


def check_locked(document: Document) -> None:
    """Call now after the cover, My numbers after it, and Call 999 now at the end, word for word."""
    signed_off = emergencies(LIBRARY.sections["emergencies/call-now"].core)
    assert emergencies(document.blocks) == [*signed_off, signed_off[0]]
    assert isinstance(document.blocks[-1], Emergency)
    first = next(n for n, block in enumerate(document.blocks) if isinstance(block, Emergency))
    assert [b.anchor for b in document.blocks[:first] if isinstance(b, Heading)] == ["cover"]
    numbers = LIBRARY.sections["emergencies/my-numbers"].core
    assert document.blocks[first + 3 : first + 3 + len(numbers)] == numbers


def check_pages(made: Request) -> None:
    """It is on page 2, at 18 point or more, no sign is divided, and it ends the last page."""
    sheet, document = build.layout(LIBRARY, made)
    pages = paginate(document, sheet, RULER)
    assert pages[1].text().split()[:3] == ["Call", "999", "now"]
    locked = [n for n, block in enumerate(document.blocks) if isinstance(block, Emergency)]
    seen: dict[tuple[int, ...], int] = {}
    for page in pages:
        for line in page.lines:
            for piece in line.strip.pieces:
                owner = piece.owner or (-1,)
                if owner[0] in locked:
                    assert piece.size >= 18
                    if len(owner) > 3:
                        assert seen.setdefault(owner[:3], page.number) == page.number, "a divided sign"
    last = [piece.owner for line in pages[-1].lines for piece in line.strip.pieces if piece.owner]
    assert {owner[0] for owner in last} == {locked[-1]}


@pytest.mark.parametrize("detail", get_args(Detail))
@pytest.mark.parametrize("case", MATRIX)
def test_the_locked_pages_are_in_every_booklet_word_for_word(case: str, detail: Detail) -> None:
    check_locked(compose(LIBRARY, request(case), detail))


@pytest.mark.parametrize("size", ["16", "24"])
@pytest.mark.parametrize("case", MATRIX)
def test_the_locked_pages_are_where_they_belong_and_large(case: str, size: str) -> None:
    check_pages(request(case, text_size=size, detail="key-points"))


@pytest.mark.parametrize("detail", ["less", "more"])
@pytest.mark.parametrize("case", [case for case, (_, known) in MATRIX.items() if known.get("end_of_life") != "yes"])
def test_a_closed_gate_leaves_no_word_behind(case: str, detail: str) -> None:
    ids, known = MATRIX[case]
    check_gates(request_for(LIBRARY, *ids, facts=known, detail=detail))


def check_gates(made: Request) -> None:
    _, document = build.layout(LIBRARY, made)
    text = " ".join([*words(document.blocks), *(entry.text for entry in bookmarks(document.blocks)), document.title])
    assert GATED.findall(text.replace(ALLOWED, "")) == []
    assert not [id for id in made.sections if LIBRARY.sections[id].meta.gate != "none"]


def everything(data: bytes) -> str:
    """Every string of a PDF: pages as they are read, bookmarks, metadata, tags, names, and the streams as they are."""
    walk = Walk(data)
    said = " ".join(text for _, text in walk.texts)
    pdf = pikepdf.open(BytesIO(data))
    rest = [repr(item.title) for item in pdf.open_outline().root]
    for number in range(1, len(pdf.objects)):
        item = pdf.get_object(number, 0)
        rest.append(str(item.unparse(resolved=False), "latin-1"))
        if isinstance(item, pikepdf.Stream):
            rest.append(str(item.read_bytes(), "latin-1"))
    return " ".join([said, *rest])


def test_a_closed_gate_leaves_no_trace_anywhere_in_the_pdf() -> None:
    ids = ("palliative/who-and-where", "palliative/hospices", "breaks", "family", "practical")
    text = everything(build.build(LIBRARY, request_for(LIBRARY, *ids, detail="more")).data)
    assert GATED.findall(text) == []
    assert "planning-ahead" not in text
    assert "outlook" not in text.lower()


@pytest.mark.parametrize("format", ["text", "html"])
def test_a_closed_gate_leaves_no_trace_anywhere_in_the_other_formats(format: str) -> None:
    ids = ("palliative/who-and-where", "palliative/hospices", "breaks", "family", "practical")
    data = build.build(LIBRARY, request_for(LIBRARY, *ids, detail="more"), format).data.decode()
    text = re.sub(r'base64,[^"]*', "", data)
    assert GATED.findall(text) == []
    assert "planning-ahead" not in text
    assert "outlook" not in text.lower()


def test_one_sentence_answers_the_fear_of_the_word_palliative() -> None:
    data = build.build(LIBRARY, request_for(LIBRARY, "palliative", detail="more")).data
    said = " ".join(text for _, text in Walk(data).texts)
    assert said.count(ALLOWED) == 1
    assert GATED.findall(said.replace(ALLOWED, "")) == []


def test_an_open_gate_prints_what_was_asked_for() -> None:
    opened = request_for(LIBRARY, "palliative", facts=YES)
    document = compose(LIBRARY, opened)
    titles = [entry.text for entry in bookmarks(document.blocks)]
    assert [id for id in opened.sections if LIBRARY.sections[id].meta.gate != "none"] == [
        "understanding/outlook",
        "practical/money-fast-track",
        "planning-ahead/why-plan",
        "planning-ahead/wishes-and-decisions",
        "planning-ahead/refusing-treatment-and-cpr",
        "planning-ahead/last-weeks",
    ]
    assert "17. Planning ahead" in titles
    assert "Winston's Wish" in " ".join(words(document.blocks))


def test_the_summary_for_programs_holds_no_gated_word() -> None:
    made = build.build(LIBRARY, request_for(LIBRARY, "palliative", "family", "practical"))
    assert GATED.findall(repr(made.summary())) == []


def test_a_request_that_names_gated_sections_prints_none_while_the_gate_is_closed() -> None:
    """Whatever made the request: the last word is with compose."""
    made = request_for(LIBRARY, "palliative")
    forced = replace(made, sections=(*made.sections, "understanding/outlook", "planning-ahead/last-weeks"))
    document = compose(LIBRARY, replace(forced, named=forced.sections), "more")
    text = " ".join(words(document.blocks))
    assert GATED.findall(text.replace(ALLOWED, "")) == []
    assert "planning-ahead/last-weeks" not in [entry.anchor for entry in bookmarks(document.blocks)]


def test_care_in_the_last_weeks_is_on_a_sheet_of_its_own() -> None:
    sheet, document = build.layout(LIBRARY, request_for(LIBRARY, "palliative", facts=YES))
    pages = paginate(document, sheet, RULER)
    anchors = {line.strip.anchor: page.number for page in pages for line in page.lines if line.strip.anchor}
    assert anchors["planning-ahead/last-weeks"] % 2 == 1
    assert anchors["questions"] % 2 == 1
    own = {
        n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.anchor == "planning-ahead/last-weeks"
    }
    (start,) = own
    (end,) = (n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.anchor == "questions")
    for page in pages[anchors["planning-ahead/last-weeks"] - 1 : anchors["questions"] - 1]:
        owners = {piece.owner[0] for line in page.lines for piece in line.strip.pieces if piece.owner}
        assert all(start <= owner < end for owner in owners)


def test_gated_choices_change_nothing_on_the_locked_pages() -> None:
    closed, opened = (compose(LIBRARY, request_for(LIBRARY, "palliative", facts=f)) for f in ({}, YES))
    assert emergencies(closed.blocks) == emergencies(opened.blocks)


@settings(max_examples=80)
@given(
    st.lists(st.sampled_from([topic.id for topic in LIBRARY.topics[:17]]), min_size=1, max_size=4, unique=True),
    facts(),
    st.sampled_from(get_args(Detail)),
)
def test_random_requests_hold_to_all_of_it(ids: list[str], known: dict[str, str], detail: Detail) -> None:
    made = request_for(LIBRARY, *ids, facts={"children": "yes", **known}, detail=detail)
    document = compose(LIBRARY, made, detail)
    check_locked(document)
    anchors = {entry.anchor for entry in bookmarks(document.blocks)}
    printed = [id for id in made.sections if id in anchors]
    assert printed == list(made.sections)
    for id in printed:
        assert made.about.opens(LIBRARY.sections[id].meta.gate)
    if known.get("end_of_life") != "yes" and known.get("prognosis") != "yes":
        check_gates(made)
    if "treatments" in ids or "side-effects" in ids:
        assert "emergencies/infection-sepsis" in anchors


@settings(max_examples=12)
@given(
    st.lists(st.sampled_from([topic.id for topic in LIBRARY.topics[:17]]), min_size=1, max_size=2, unique=True),
    facts(),
    st.sampled_from(["16", "18", "24", "28", "36"]),
)
def test_random_requests_on_pages(ids: list[str], known: dict[str, str], size: str) -> None:
    check_pages(request_for(LIBRARY, *ids, facts={"children": "yes", **known}, text_size=size, detail="key-points"))


@pytest.mark.parametrize("id", [id for id, s in LIBRARY.sections.items() if s.is_choosable])
@pytest.mark.parametrize("detail", get_args(Detail))
def test_no_detail_takes_away_key_points_or_signs(id: str, detail: Detail) -> None:
    section = LIBRARY.sections[id]
    made = request_for(LIBRARY, id, facts=YES)
    begin = next(n for n, b in enumerate(compose(LIBRARY, made, detail).blocks) if getattr(b, "anchor", "") == id)
    printed = [b for b in compose(LIBRARY, made, detail).blocks[begin:] if isinstance(b, Admonition)]
    wanted = [b for b in section.core if isinstance(b, Admonition) and b.kind in ("key-points", "get-help")]
    kinds = [block.kind for block in printed]
    for block in wanted:
        assert block.kind in kinds
        if block.kind == "get-help":
            assert block in printed, "the words of signs are never changed"


def test_what_streams_hold_is_what_was_read() -> None:
    """The search above would be blind if the streams could not be opened."""
    data = build.build(LIBRARY, request_for(LIBRARY, "breaks")).data
    assert b"blotchy" not in data
    assert "blotchy" in everything(data)

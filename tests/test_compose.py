"""What is in a booklet, and in which order (product.md section 2)."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from booklet.clinic import Clinic
from booklet.compose import compose, long_date, overdue
from booklet.library import Library
from booklet.markdown import More
from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    Paragraph,
    WriteIn,
    bookmarks,
    plain,
    walk,
)
from booklet.paths import CONTENT
from booklet.personal import Personal
from tests.conftest import MADE, request_for
from tests.test_markdown import outline

LIBRARY = Library.load(CONTENT)
IDS = [id for id, section in LIBRARY.sections.items() if section.is_choosable and section.meta.gate == "none"]


def said(document: Document) -> list[str]:
    return [plain(block.runs) for _, block in walk(document.blocks) if isinstance(block, Paragraph)]


def in_every_booklet(library: Library) -> set[str]:
    core = library.sections["emergencies/call-now"].core
    return {plain(block.runs) for _, block in walk(core) if isinstance(block, Paragraph)}


def unexplained(text: str, printed: list[str]) -> bool:
    """Whether a text stands in print once what explains its abbreviations is left out again."""
    return any(re.sub(r" \([^)]*\)", "", each) == text for each in printed)


def written(document: Document) -> str:
    return "\n".join((*said(document), *titles(document)))


def titles(document: Document) -> list[str]:
    return [entry.text for entry in bookmarks(document.blocks)]


def test_the_order_of_a_booklet(library: Library) -> None:
    request = request_for(library, "trials/what-trials-are", "breaks/taking-a-break", write_in=("notes",))
    document = compose(library, request)
    assert titles(document) == [
        "My booklet",
        "Call 999 now",
        "Call your cancer helpline now",
        "My numbers",
        "What is in this booklet",
        "About this booklet",
        "8. Taking a break from treatment, or stopping",
        "8.1 Taking a break from treatment",
        "10. Clinical trials",
        "10.1 What clinical trials are",
        "Questions for my team",
        "Questions from this booklet",
        "My own questions",
        "My notes",
        "18. Words explained",
        "19. Organisations that can help",
        "About the content",
        "When each part was checked",
        "Where the facts come from",
        "What is not in this booklet",
        "Call 999 now (again)",
    ]


def test_the_contents_list_everything_after_the_cover_but_themselves(library: Library) -> None:
    document = compose(library, request_for(library, "breaks"))
    (contents,) = [block for block in document.blocks if isinstance(block, Contents)]
    listed = [entry.text for entry in contents.entries]
    assert listed == [title for title in titles(document) if title not in ("My booklet", "What is in this booklet")]


def test_a_section_as_the_reader_gets_it(library: Library, golden: Callable[[str], None]) -> None:
    document = compose(library, request_for(library, "breaks/taking-a-break", "breaks/changing-treatment"))
    begin = next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.anchor == "breaks")
    end = next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.anchor == "questions")
    golden("\n".join(outline(document.blocks[begin:end])))


def test_a_cross_reference_points_only_at_what_is_there(library: Library) -> None:
    document = compose(library, request_for(library, "breaks/taking-a-break"))
    anchors = {entry.anchor for entry in bookmarks(document.blocks)}
    texts = [block for _, block in walk(document.blocks) if isinstance(block, Paragraph)]
    for block in texts:
        for run in block.runs:
            assert run.page_of is None or run.page_of in anchors
            assert not (run.href or "").startswith("#") or (run.href or "")[1:] in anchors
    assert any(plain(block.runs).startswith("Ask your nurse about: ") for block in texts)


def test_the_cover_has_a_line_when_no_name_is_given(library: Library) -> None:
    def cover(name: str) -> tuple[Block, ...]:
        return compose(library, request_for(library, "breaks", name=name)).blocks[:3]

    assert any(isinstance(block, WriteIn) for block in cover(""))
    assert not any(isinstance(block, WriteIn) for block in cover("Edna"))
    assert "Edna" in plain(cover("Edna")[1].runs)  # type: ignore[union-attr]


def test_what_a_person_told_stands_where_the_line_to_write_on_would_be(library: Library) -> None:
    person = Personal(
        appointment="Tuesday 1 December, 10am",
        nurse="Jo Okafor",
        phone_day="020 7946 0000",
        phone_night="0808 157 0111",
        temperature="37.9C",
        questions=("Can I still drive?",),
    )
    request = request_for(library, "breaks")
    plainly, told = (written(compose(library, r)) for r in (request, replace(request, personal=person)))
    for text in person.texts():
        assert text not in plainly
        assert text in told
    assert "My appointments" in told
    assert "My appointments" not in plainly, "it comes by itself only with an appointment to print on it"


def test_a_number_that_a_person_told_comes_before_the_clinics(library: Library) -> None:
    clinic = Clinic(phone_day="020 7946 0001", phone_night="020 7946 0002")
    request = replace(request_for(library, "breaks"), clinic=clinic, personal=Personal(phone_day="020 7946 0009"))
    text = written(compose(library, request))
    assert "020 7946 0009" in text
    assert "020 7946 0002" in text
    assert "020 7946 0001" not in text


@pytest.mark.parametrize("id", IDS)
def test_a_note_that_warns_prints_at_every_detail(library: Library, id: str) -> None:
    notes = [b for b in library.sections[id].core if isinstance(b, Admonition) and b.kind == "note"]
    printed = said(compose(library, request_for(library, id), "key-points"))
    for note in notes:
        for block in note.blocks:
            if isinstance(block, Paragraph):
                assert plain(block.runs) in printed or unexplained(plain(block.runs), printed)


def test_detail_never_takes_away_key_points_or_get_help(library: Library) -> None:
    request = request_for(library, "side-effects/infection")
    kinds = {
        detail: [
            b.kind
            for b in compose(library, request, detail).blocks  # type: ignore[arg-type]
            if type(b).__name__ == "Admonition"
        ]
        for detail in ("key-points", "less", "more")
    }
    begin = ["note"]  # the honest label
    signs = ["key-points", "get-help"] * 3  # the emergencies that come with treatment
    asked = ["key-points", "get-help", "questions"] * 3
    assert kinds["key-points"] == [*begin, *signs, "key-points", "get-help"]
    assert kinds["less"] == [*begin, *asked, "key-points", "get-help", "questions"]
    assert set(kinds["less"]) <= set(kinds["more"])


@pytest.mark.parametrize("id", IDS)
def test_the_more_layer_prints_only_when_asked_for(library: Library, id: str) -> None:
    extra = [b for block in library.sections[id].blocks if isinstance(block, More) for b in block.blocks]
    heard = {block for block in library.sections[id].core if not isinstance(block, Admonition)}
    shown = [plain(b.runs) for b in extra if isinstance(b, Paragraph) and b not in heard]
    less, more = (said(compose(library, request_for(library, id), detail)) for detail in ("less", "more"))
    less = [text for text in less if text not in in_every_booklet(library)]
    assert bool(extra) == ("more" in library.sections[id].meta.layers) or library.sections[id].meta.generated
    assert not [text for text in shown if text in less]
    assert not [text for text in shown if text not in more and "(" not in text and not unexplained(text, more)]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(IDS), min_size=1, max_size=8, unique=True),
    st.sampled_from(["key-points", "less", "more"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=40),
)
def test_the_locked_blocks_are_in_every_booklet_word_for_word(ids: list[str], detail: str, name: str) -> None:
    document = compose(LIBRARY, request_for(LIBRARY, *ids, name=name), detail)  # type: ignore[arg-type]
    signed_off = [block for block in LIBRARY.sections["emergencies/call-now"].core if isinstance(block, Emergency)]
    printed = [block for block in document.blocks if isinstance(block, Emergency)]
    assert [replace(b, anchor="", back_cover=False) for b in printed] == [*signed_off, signed_off[0]]
    assert printed[-1] is document.blocks[-1]
    numbers = LIBRARY.sections["emergencies/my-numbers"].core
    begin = next(n for n, b in enumerate(document.blocks) if getattr(b, "anchor", "") == "emergencies/my-numbers")
    assert document.blocks[begin + 1 : begin + 1 + len(numbers)] == numbers
    anchors = [entry.anchor for entry in bookmarks(document.blocks)]
    assert len(anchors) == len(set(anchors))


def test_overdue_content_prints_with_a_notice(library: Library) -> None:
    request = replace(request_for(library, "treatments/overview", "breaks/taking-a-break"), made=date(2028, 1, 5))
    texts = [plain(b.runs) for _, b in walk(compose(library, request).blocks) if isinstance(b, Paragraph)]
    notice = "This was due to be checked in November 2027. Ask your nurse if it has changed."
    assert texts.count(notice) == 1
    late = [section.id for section in overdue(library, request)]
    assert late[:2] == ["emergencies/call-now", "emergencies/my-numbers"]
    assert "treatments/overview" in late
    assert "organisations/list" in late
    assert "breaks/taking-a-break" not in late


def test_nothing_is_overdue_on_the_day_the_tests_are_pinned_to(library: Library) -> None:
    assert overdue(library, request_for(library, *IDS)) == []


def test_the_honest_label_is_in_every_booklet(library: Library) -> None:
    document = compose(library, request_for(library, "breaks"))
    assert library.locked["label"] in " ".join(said(document))


def test_dates_are_written_as_people_say_them() -> None:
    assert long_date(date(2026, 8, 6)) == "6 August 2026"
    assert long_date(MADE) == "21 November 2026"

"""What is in a booklet, and in which order (product.md section 2)."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from booklet.clinic import Clinic
from booklet.compose import (
    call_now,
    compose,
    cover,
    honest_label,
    long_date,
    my_numbers,
    overdue,
    title_of,
    with_shorter_cover,
)
from booklet.errors import ContentError
from booklet.library import Library
from booklet.library.files import CitedSource, Fact, ListedQuestion, Organisation, Term
from booklet.markdown import More, Short, When
from booklet.model import (
    Admonition,
    Block,
    Contents,
    Document,
    Emergency,
    Heading,
    List,
    ListItem,
    Paragraph,
    QrCode,
    Ruler,
    Run,
    WriteIn,
    bookmarks,
    plain,
    walk,
)
from booklet.paths import CONTENT
from booklet.personal import Personal
from tests.conftest import MADE, request_for
from tests.test_markdown import outline
from tests.test_parts import part

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
        "More that you can ask for",
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


def test_the_language_and_the_places_that_are_found_by_name(library: Library) -> None:
    document = compose(library, request_for(library, "breaks"))
    assert (document.title, document.language) == ("My booklet", "en-GB")
    anchors = [entry.anchor for entry in bookmarks(document.blocks)]
    assert anchors[0] == "cover"
    assert anchors[-1] == "back-cover"
    assert {"contents", "emergencies/call-now-1", "emergencies/call-now-2", "emergencies/my-numbers"} <= set(anchors)
    last = document.blocks[-1]
    assert isinstance(last, Emergency)
    assert last.back_cover
    assert document == compose(library, request_for(library, "breaks"), "less"), "the usual amount of detail"


def test_pictures_stand_at_topics_at_three_chapters_and_at_signs(library: Library) -> None:
    request = request_for(library, "side-effects/infection", "trials")
    document = compose(library, request, pictures=True)
    drawn = {b.anchor: b.picture for b in document.blocks if isinstance(b, Heading) and b.picture}
    assert drawn == {
        "emergencies": "emergencies",
        "side-effects": "side-effects",
        "trials": "trials",
        "questions": "questions",
        "glossary/words": "glossary",
        "organisations/list": "organisations",
    }
    boxes = [b for b in document.blocks if isinstance(b, Admonition)]
    assert {b.picture for b in boxes if b.kind == "get-help"} == {"get-help"}
    assert {b.picture for b in boxes if b.kind != "get-help"} == {""}
    undrawn = compose(dataclasses.replace(library, pictures={}), request, pictures=True)
    chapters = [b.anchor for b in undrawn.blocks if isinstance(b, Heading) and b.picture]
    assert chapters == ["questions", "glossary/words", "organisations/list"]
    plainly = compose(library, request)
    assert not [b for b in plainly.blocks if isinstance(b, Heading | Admonition) and b.picture]


def test_the_cover_and_the_cover_of_a_volume_by_value(library: Library) -> None:
    begin = Heading(1, (Run("My booklet"),), "cover", cover=True)
    end = (
        Paragraph((Run("Made on 21 November 2026."),)),
        Ruler((Run("Print at actual size.", strong=True), Run(" This line must measure 100 mm:")), 100),
    )
    line = WriteIn((Run("This booklet belongs to"),))
    name = Paragraph((Run("This booklet belongs to\n"), Run("Edna", strong=True)))
    volume = Paragraph((Run("Part 1 of 2", strong=True),))
    assert tuple(cover(request_for(library, "breaks"))) == (begin, line, *end)
    assert tuple(cover(request_for(library, "breaks", name="Edna"), "Part 1 of 2")) == (begin, volume, name, *end)


OURS, OWNER, DAY = Heading(1, (Run("My booklet"),), "cover"), Paragraph((Run("Edna"),)), Paragraph((Run("Today"),))
PAGE = Paragraph((Run("This booklet is yours."),))


def covered(cover: tuple[Block, ...], page: tuple[Block, ...]) -> Document:
    """A small booklet with a cover and a page About this booklet."""
    sign, back = Emergency("Call 999 now", ()), Emergency("Call 999 now", (), back_cover=True)
    numbers = (Heading(1, (Run("My numbers"),), "emergencies/my-numbers"), Paragraph((Run("GP"),)))
    about = Heading(1, (Run("About this booklet"),), "about-this-booklet")
    topics = [(Heading(1, (Run(title),), title), Paragraph((Run(f"On {title}."),))) for title in ("pain", "sleep")]
    return Document("T", "en-GB", MADE, (*cover, sign, *numbers, about, *page, *topics[0], *topics[1], back))


def test_the_last_line_of_a_cover_without_room_stands_at_the_end_of_about_this_booklet() -> None:
    note = Admonition("note", "Not checked", (PAGE,))
    line = Ruler((Run("100 mm"),), 100)
    full = covered((OURS, OWNER, DAY, line), (PAGE, note))
    assert with_shorter_cover(full) == covered((OURS, OWNER, DAY), (PAGE, note, line))
    assert with_shorter_cover(covered((OURS, OWNER, DAY), (PAGE,))) == covered((OURS, OWNER), (PAGE, DAY))
    assert with_shorter_cover(covered((OURS, OWNER, DAY), ())) == covered((OURS, OWNER), (DAY,))


def test_a_cover_always_says_what_it_is_and_whose() -> None:
    least = covered((OURS, OWNER), (PAGE,))
    assert with_shorter_cover(least) == least


@pytest.mark.parametrize("name", ["", "Edna"])
@pytest.mark.parametrize("reader", ["patient", "carer"])
def test_a_cover_gives_up_its_lines_to_one_page_and_nothing_else_moves(
    library: Library, name: str, reader: str
) -> None:
    usual = compose(library, request_for(library, "breaks", name=name, facts={"reader": reader}))
    title, owner, *lines = usual.blocks[:4]
    before, after = [usual], with_shorter_cover(usual)
    while after != before[-1]:
        before.append(after)
        after = with_shorter_cover(after)
    assert len(before) == 3, "the date and the ruler move"
    for moved, document in enumerate(before):
        kept = 4 - moved
        assert document.blocks[:kept] == (title, owner, *lines[: kept - 2])
        assert isinstance(document.blocks[kept], Emergency), "Call 999 now comes next"
        page, about = part(document, "about-this-booklet"), part(usual, "about-this-booklet")
        assert page[: len(about)] == about
        assert len(page) == len(about) + moved
        assert all(page.count(line) == 1 for line in lines[kept - 2 :])
        elsewhere = [block for block in document.blocks[kept:] if block not in page]
        assert elsewhere == [block for block in usual.blocks[4:] if block not in about]


def test_the_page_of_numbers_by_value(library: Library) -> None:
    page = library.sections["emergencies/my-numbers"].core
    title = Heading(1, (Run("My numbers"),), "emergencies/my-numbers")
    assert tuple(my_numbers(library, {})) == (title, *page)
    known = {plain(b.label): "0808 157 0111" for b in page if isinstance(b, WriteIn)}
    (gp,) = [label for label in known if label == "My GP"]
    told = list(my_numbers(library, {gp: "Dr Shah"}))
    at = next(n for n, b in enumerate(page) if isinstance(b, WriteIn) and plain(b.label) == gp)
    assert told == [title, *page[:at], Paragraph((Run("My GP\n"), Run("Dr Shah", strong=True))), *page[at + 1 :]]


def test_the_honest_label_by_value(library: Library) -> None:
    words = (
        "This booklet was written by people who are not clinicians, from published UK sources checked in November 2026.",
        "It has not been checked by a doctor or nurse.",
        "Use it to help you talk to your own team.",
        "It does not replace their advice.",
    )
    paragraphs = tuple(Paragraph((Run(sentence),)) for sentence in words)
    assert honest_label(library) == Admonition("note", "Not checked by a doctor or nurse", paragraphs)
    assert " ".join(words) == library.locked["label"]
    document = compose(library, request_for(library, "breaks"))
    assert Heading(1, (Run("About this booklet"),), "about-this-booklet") in document.blocks


def test_the_page_about_the_booklet_by_value(library: Library) -> None:
    def about(reader: str) -> list[Block]:
        return part(compose(library, request_for(library, "breaks", facts={"reader": reader})), "about-this-booklet")

    page, carers = library.front["about-this-booklet"], library.front["for-carers"]
    assert about("patient") == [*page, honest_label(library)]
    assert about("carer") == [*page, *carers, honest_label(library)]


def test_nothing_but_its_boxes_is_on_the_page_of_signs(library: Library) -> None:
    section = library.sections["emergencies/call-now"]
    hello = Paragraph((Run("Hello."),))
    read = {voice: (hello, *section.in_voice(voice)) for voice in ("patient", "carer")}
    first, *others = library.topics
    sections = tuple(dataclasses.replace(s, _read=read) if s is section else s for s in first.sections)
    ours = dataclasses.replace(library, topics=(dataclasses.replace(first, sections=sections), *others))
    assert list(call_now(ours)) == list(call_now(library))
    theirs, usual = (
        part(compose(each, request_for(each, "symptoms", facts={"reader": "carer"})), "carers/what-to-watch-for")
        for each in (ours, library)
    )
    assert theirs == usual


def test_the_code_is_in_letters_and_in_a_square(library: Library) -> None:
    request = request_for(library, "breaks")
    blocks = compose(library, request, code="B-1234").blocks
    assert [b for b in blocks if isinstance(b, QrCode)] == [QrCode("B-1234")]
    assert Paragraph((Run("B-1234", strong=True),), leads=True) in blocks
    assert not [b for b in compose(library, request).blocks if isinstance(b, QrCode)]


def test_the_contents_are_every_heading_but_the_cover(library: Library) -> None:
    document = compose(library, request_for(library, "breaks"))
    (contents,) = [block for block in document.blocks if isinstance(block, Contents)]
    rest = [entry for entry in bookmarks(document.blocks) if entry.anchor not in ("cover", "contents")]
    assert list(contents.entries) == rest
    before = document.blocks[document.blocks.index(contents) - 1]
    assert before == Heading(1, (Run("What is in this booklet"),), "contents")


LAYERS = """
::: key-points
- A point.
:::

Core.

::: when nation=scotland
For Scotland.
:::

::: questions
- A question?
:::

::: note
A note.
:::

:::: more
More.

::: when nation=scotland
More for Scotland.
:::
::::

::: short
Short.
:::

::: get-help
a sign.

Call 999 now.
:::
"""


def with_section(library: Library, id: str, text: str, **meta: Any) -> Library:
    """The library with another text, and other front matter, for one section."""
    old = library.sections[id]
    new = dataclasses.replace(old, source=text, _read={}, meta=replace(old.meta, **meta))
    topics = tuple(
        dataclasses.replace(topic, sections=tuple(new if section is old else section for section in topic.sections))
        for topic in library.topics
    )
    return dataclasses.replace(library, topics=topics)


def of_section(library: Library, detail: str, id: str = "breaks/taking-a-break", **facts: str) -> list[Block]:
    request = request_for(library, "breaks", facts=facts)
    return part(compose(library, request, detail), id)  # type: ignore[arg-type]


def texts_of(blocks: list[Block]) -> list[str]:
    """Every text and every title of a box, in order."""
    return [
        block.title if isinstance(block, Admonition) else plain(block.runs)
        for _, block in walk(tuple(blocks))
        if isinstance(block, Admonition | Heading | Paragraph)
    ]


HELP = ["Get help if", "a sign.", "Call 999 now."]
ASKED = ["Questions you may want to ask", "A question?"]
POINTS = ["Key points", "A point."]
NOTE = ["Please note", "A note."]


@pytest.mark.parametrize(
    ("detail", "nation", "expected"),
    [
        ("key-points", "scotland", [*POINTS, *NOTE, *HELP]),
        ("less", "wales", [*POINTS, "Core.", *NOTE, *HELP, *ASKED]),
        ("less", "scotland", [*POINTS, "Core.", "For Scotland.", *NOTE, *HELP, *ASKED]),
        ("more", "wales", [*POINTS, "Core.", *NOTE, "More.", *HELP, *ASKED]),
        ("more", "scotland", [*POINTS, "Core.", "For Scotland.", *NOTE, "More.", "More for Scotland.", *HELP, *ASKED]),
    ],
)
def test_what_prints_of_a_section_at_each_detail(
    library: Library, detail: str, nation: str, expected: list[str]
) -> None:
    ours = with_section(library, "breaks/taking-a-break", LAYERS, see_also=(), locked_blocks=())
    blocks = of_section(ours, detail, nation=nation)
    assert not [block for block in blocks if isinstance(block, More | Short | When)]
    first, *rest = texts_of(blocks)
    assert first == "How to ask for a break, and how your team can plan it with you."
    assert rest == expected


def test_what_prints_of_the_short_version_of_a_section(library: Library) -> None:
    meta = {"see_also": (), "locked_blocks": ("worried",), "show_if": {"sites": ("bone",)}}
    ours = with_section(library, "breaks/taking-a-break", LAYERS, **meta)
    for detail in ("key-points", "less", "more"):
        blocks = of_section(ours, detail, sites="liver")
        assert texts_of(blocks)[1:] == ["Short.", *HELP, library.locked["worried"]]
        assert blocks[0] == Paragraph((Run(ours.sections["breaks/taking-a-break"].meta.summary),), leads=True)
        assert blocks[-1] == Paragraph((Run(library.locked["worried"], strong=True),))


def test_a_condition_on_a_fact_that_does_not_exist(library: Library) -> None:
    text = "Core.\n\n::: when moon=full\nHowl.\n:::\n"
    ours = with_section(library, "breaks/taking-a-break", text)
    with pytest.raises(ContentError) as caught:
        of_section(ours, "less")
    (problem,) = caught.value.problems
    assert problem.what == "There is no fact moon."
    section = ours.sections["breaks/taking-a-break"]
    assert (problem.path, problem.line) == (section.path, section.first_line + 2)


def test_the_headings_of_topics_and_sections_by_value(library: Library) -> None:
    opened = {"end_of_life": "yes", "end_of_life_detail": "yes", "reader": "carer"}
    blocks = compose(library, request_for(library, "breaks", "planning-ahead", facts=opened)).blocks
    headings = {b.anchor: b for b in blocks if isinstance(b, Heading)}
    assert headings["breaks"] == Heading(
        1, (Run("8. Taking a break from treatment, or stopping"),), "breaks", "Topic 8"
    )
    anchor = "breaks/taking-a-break"
    assert headings[anchor] == Heading(2, (Run("8.1 Taking a break from treatment"),), anchor)
    sheets = [anchor for anchor, heading in headings.items() if heading.sheet]
    assert sheets == ["planning-ahead/last-weeks", "questions"]


def test_what_a_section_says_of_itself_before_its_text(library: Library) -> None:
    request = replace(request_for(library, "breaks", facts={"reader": "carer"}), made=date(2029, 1, 1))
    summary, late, to, *_ = part(compose(library, request), "breaks/taking-a-break")
    words = "How to ask for a break, and how your team can plan it with you."
    assert summary == Paragraph((Run(words),), leads=True)
    due = "This was due to be checked in November 2028. Ask your nurse if it has changed."
    assert late == Admonition("note", "Check this part", (Paragraph((Run(due),)),))
    speaks = "This part speaks to the person with cancer. You can read it together."
    assert to == Admonition("note", "For the person you care for", (Paragraph((Run(speaks),)),))


def test_the_next_to_read_by_value(library: Library) -> None:
    ids = ("emergencies/call-now", "emergencies/my-numbers", "breaks/stopping-treatment", "planning-ahead/why-plan")
    ours = with_section(library, "breaks/taking-a-break", "Core.\n", see_also=(*ids, "trials/pros-and-cons"))
    *_, heading, listed = of_section(ours, "less")
    assert heading == Heading(3, (Run("See also"),))

    def to(title: str, anchor: str) -> ListItem:
        return ListItem((Paragraph((Run(title, href=f"#{anchor}"), Run(", page ", page_of=anchor))),))

    assert listed == List(
        (
            to(ours.sections[ids[0]].meta.title, "emergencies/call-now-1"),
            to("My numbers", "emergencies/my-numbers"),
            to("8.3 Choosing to stop treatment", "breaks/stopping-treatment"),
            ListItem((Paragraph((Run(f"Ask your nurse about: {ours.sections['trials/pros-and-cons'].meta.title}"),)),)),
        )
    )
    two = with_section(
        library, "breaks/taking-a-break", "Core.\n", see_also=("trials/pros-and-cons", "team/who-is-who")
    )
    titles = [two.sections[id].meta.title for id in ("trials/pros-and-cons", "team/who-is-who")]
    assert texts_of(of_section(two, "less"))[-1] == f"Ask your nurse about: {'; '.join(titles)}"
    inside = with_section(library, "breaks/taking-a-break", "Core.\n", see_also=("breaks/stopping-treatment",))
    assert texts_of(of_section(inside, "less"))[-1] == "8.3 Choosing to stop treatment, page ", "and nothing to ask for"
    gated = with_section(library, "breaks/taking-a-break", "Core.\n", see_also=("planning-ahead/why-plan",))
    assert "See also" not in texts_of(of_section(gated, "less"))


def test_a_title_in_the_words_of_its_reader(library: Library) -> None:
    id = "breaks/taking-a-break"
    ours = with_section(library, id, "Core.\n", title="{Your} break")
    assert title_of(ours.sections[id]) == "Your break"
    assert title_of(ours.sections[id], "carer") == "Their break"
    for key in ("title", "summary"):
        wrong = with_section(library, id, "Core.\n", **{key: "{yuor} break."})
        with pytest.raises(ContentError) as caught:
            compose(wrong, request_for(wrong, "breaks"))
        problem = caught.value.problems[0]
        assert (problem.path, problem.line) == (wrong.sections[id].path, 1)


def test_the_list_of_questions_by_value(library: Library) -> None:
    listed = (
        ListedQuestion("Later?", topics=("trials",)),
        ListedQuestion("Never?", topics=("breaks",), gate="prognosis"),
        ListedQuestion("Core?", topics=("trials",), core=True),
        ListedQuestion("First?", topics=("breaks",), core=True),
        ListedQuestion("Mine:", topics=("all",), core=True, write_in=True),
    )
    ours = dataclasses.replace(library, listed=listed)
    id = "appointments/question-list"

    def asked(detail: str, **facts: str) -> list[Block]:
        blocks = part(compose(ours, request_for(ours, id, "breaks", facts=facts), detail), id)  # type: ignore[arg-type]
        at = next(n for n, block in enumerate(blocks) if isinstance(block, WriteIn))
        return blocks[at - 1 : at + 1]

    def expected(*questions: str) -> list[Block]:
        items = tuple(ListItem((Paragraph((Run(question),)),)) for question in questions)
        return [List(items), WriteIn((Run("Mine"),), 3)]

    assert asked("less") == expected("First?", "Core?")
    assert asked("more") == expected("First?", "Later?", "Core?")
    assert asked("more", prognosis="yes") == expected("Never?", "First?", "Later?", "Core?")


def test_medicines_are_named_with_more_detail_only(library: Library) -> None:
    ids = tuple(library.medicines)[:1]
    ours = with_section(library, "breaks/taking-a-break", "Core.\n", see_also=(), locked_blocks=(), medicines=ids)
    note = library.locked["medicine_table"]
    assert len(texts_of(of_section(ours, "key-points"))) == 1, "its summary"
    assert texts_of(of_section(ours, "less"))[1:] == ["Core.", note]
    assert note in texts_of(of_section(ours, "more"))
    assert len(of_section(ours, "more")) > len(of_section(ours, "less"))


def row(**more: Any) -> Organisation:
    values = {"does": "x", "source": "B01", "code": "V", "checked": MADE, "recheck": MADE, "topics": ("all",), **more}
    return Organisation(**values)


@pytest.mark.parametrize(
    ("ids", "facts", "expected"),
    [
        ("breaks", {}, ["everyone", "scots", "locked"]),
        ("breaks", {"nation": "wales"}, ["everyone", "locked"]),
        ("breaks", {"nation": "scotland"}, ["everyone", "scots", "locked"]),
        ("trials", {"nation": "wales"}, ["everyone", "locked", "trials"]),
        ("breaks", {"nation": "wales", "end_of_life": "yes"}, ["everyone", "locked", "gated", "gated and locked"]),
    ],
)
def test_which_organisations_are_named(library: Library, ids: str, facts: dict[str, str], expected: list[str]) -> None:
    rows = (
        row(name="everyone"),
        row(name="scots", nations=("scotland",)),
        row(name="locked", topics=("carers",), locked=True),
        row(name="trials", topics=("trials",)),
        row(name="gated", gate="end_of_life"),
        row(name="gated and locked", gate="end_of_life", locked=True),
    )
    ours = dataclasses.replace(library, organisations={each.name: each for each in rows})
    page = part(compose(ours, request_for(ours, ids, facts=facts)), "organisations/list")
    named = [block for block in page if isinstance(block, List)][-1]
    assert [text.partition("\n")[0] for text in texts_of([named])] == expected


def test_a_word_behind_a_closed_gate_is_neither_explained_nor_marked(library: Library) -> None:
    words = {"sunrise": Term("When it gets light.", "x"), "sunset": Term("When it gets dark.", "x", gate="end_of_life")}
    ours = dataclasses.replace(library, glossary=words)
    text = "Sunrise and Sunset, and moonrise.\n"
    ours = with_section(ours, "breaks/taking-a-break", text, terms=("sunrise", "sunset"))
    for facts, expected in (({}, ["sunrise"]), ({"end_of_life": "yes"}, ["sunrise", "sunset"])):
        request = request_for(ours, "breaks/taking-a-break", facts=facts)
        document = compose(ours, request, key_words=True)
        listed = [block for block in part(document, "glossary/words") if isinstance(block, List)][-1]
        assert [text.partition(":")[0] for text in texts_of([listed])] == expected
        bold = [run.text for _, b in walk(document.blocks) if isinstance(b, Paragraph) for run in b.runs if run.strong]
        assert [text for text in bold if text in ("Sunrise", "Sunset")] == ["Sunrise", "Sunset"][: len(expected)]


def test_a_word_is_explained_where_a_section_names_it_and_not_where_it_only_stands(library: Library) -> None:
    """A word of the glossary may mean something else in a section that does not name it."""
    words = {word: Term("x", "x") for word in ("sunrise", "sunset")}
    ours = dataclasses.replace(library, glossary=words)
    ours = with_section(ours, "breaks/taking-a-break", "Sunrise and sunset.\n", terms=("sunset",))
    page = part(compose(ours, request_for(ours, "breaks/taking-a-break")), "glossary/words")
    assert texts_of([page[-1]]) == ["sunset: x"]


def test_sources_are_named_once_in_the_order_of_their_table_and_only_where_they_are_used(library: Library) -> None:
    def rests_on(*sources: str) -> tuple[Fact, ...]:
        return tuple(Fact(f"F{n}", "x", source, "V", MADE, MADE) for n, source in enumerate(sources))

    topics = tuple(
        dataclasses.replace(
            topic, sections=tuple(dataclasses.replace(s, meta=replace(s.meta, facts=())) for s in topic.sections)
        )
        for topic in library.topics
    )
    rows = {
        "a1": CitedSource("One", "A"),
        "unused": CitedSource("Unused", "Nobody"),
        "b1": CitedSource("Best", "B", date="May 2026"),
        "a2": CitedSource("Two", "A"),
        "a3": CitedSource("Three", "A"),
        "a3 again": CitedSource("Three", "A"),
        "a4": CitedSource("Four", "A"),
        **{letter: CitedSource(f"Page {letter}", letter) for letter in "CDEFGHI"},
    }
    ours = dataclasses.replace(library, topics=topics, sources=rows)
    cited = rests_on("b1", "a4", "a3 again", "a3", "a2", "a1", *"IHGFEDC")
    ours = with_section(ours, "breaks/taking-a-break", "Core.\n", facts=cited)

    def named(detail: str) -> list[str]:
        document = compose(ours, request_for(ours, "breaks/taking-a-break"), detail)  # type: ignore[arg-type]
        (listed,) = [block for block in part(document, "sources") if isinstance(block, List)]
        return texts_of([listed])

    assert named("less") == ["A; B; C; D", "E; F; G; H", "I"]
    pages = [f"{letter}: Page {letter}" for letter in "CDEFGHI"]
    assert named("more") == ["A: One; Two; Three", "A: Four", "B: Best (May 2026)", *pages]


def test_a_source_behind_a_closed_gate_is_not_named(library: Library) -> None:
    cited = {fact.source for fact in library.sections["breaks/taking-a-break"].meta.facts}
    gated = {
        id: replace(source, gate="end_of_life" if id in cited else "none", publisher="P", title=id, date="no date")
        for id, source in library.sources.items()
    }
    ours = dataclasses.replace(library, sources=gated)
    for facts, there in (({}, False), ({"end_of_life": "yes"}, True)):
        request = request_for(ours, "breaks/taking-a-break", facts=facts)
        named = "; ".join(texts_of(part(compose(ours, request, "more"), "sources"))).replace("P: ", "").split("; ")
        assert cited
        assert all((id in named) == there for id in cited)
        assert "N05" in named or "H01" in named, "what the locked pages rest on"
        assert len(named) == len(set(named))


def test_what_is_left_out_is_what_a_reader_may_have(library: Library) -> None:
    def left(*ids: str, **facts: str) -> list[str]:
        request = request_for(library, *ids, facts=facts)
        blocks = part(compose(library, request), "left-out")
        return texts_of([next(block for block in blocks if isinstance(block, List))])

    titles = {topic.id: topic.title for topic in library.topics}
    always = ("emergencies", "glossary", "organisations")
    every = [titles[id] for id in titles if id not in (*always, "planning-ahead")]
    assert left("team/who-is-who") == every
    assert left("team") == [title for title in every if title != titles["team"]]
    open_ = [s.id for t in library.topics if t.id == "understanding" for s in t.sections if s.meta.gate == "none"]
    assert left(*open_) == [title for title in every if title != titles["understanding"]]
    both = (titles["understanding"], titles["team"])
    assert left(*open_, "team", prognosis="yes") == [title for title in every if title not in both]


def test_an_emergency_is_never_a_matter_for_the_nurse(library: Library) -> None:
    """Where a booklet has not the part on an emergency, the page to call from is named instead, and once."""
    asked = ("side-effects/pain", "emergencies/spinal-cord", "emotional/crisis", "team/who-is-who")
    ours = with_section(library, "breaks/taking-a-break", "Core.\n", see_also=asked)
    pain, who = (ours.sections[id].meta.title for id in (asked[0], asked[3]))
    assert texts_of(of_section(ours, "less"))[-3:] == [
        "See also",
        f"{ours.sections['emergencies/call-now'].meta.title}, page ",
        f"Ask your nurse about: {pain}; {who}",
    ]
    request = request_for(library, "side-effects", "tests")
    for block in compose(library, request).blocks:
        for said in texts_of([block]):
            if said.startswith("Ask your nurse about: "):
                urgent = {s.meta.title for s in library.sections.values() if s.meta.safety}
                assert urgent.isdisjoint(said.removeprefix("Ask your nurse about: ").split("; "))


def test_a_table_that_the_program_writes_is_named_as_its_heading_is(library: Library) -> None:
    ours = with_section(library, "breaks/taking-a-break", "Core.\n", see_also=("organisations/list",))
    document = compose(ours, request_for(ours, "breaks"), "less")
    (heading,) = (plain(b.runs) for b in document.blocks if isinstance(b, Heading) and b.anchor == "organisations/list")
    assert heading == "19. Organisations that can help"
    assert texts_of(of_section(ours, "less"))[-1] == f"{heading}, page "
    assert ours.number(ours.sections["organisations/list"]) == "19"


def test_the_name_stands_on_the_page_that_tells_how_somebody_likes_to_read(library: Library) -> None:
    request = replace(request_for(library, "breaks"), write_in=("information",))
    page = part(compose(library, request), "write-in-information")
    assert "My name" in [plain(b.label) for b in page if isinstance(b, WriteIn)]
    named = replace(request, personal=Personal(name="Edna Smith"))
    page = part(compose(library, named), "write-in-information")
    assert "My name" not in [plain(b.label) for b in page if isinstance(b, WriteIn)]
    assert Paragraph((Run("My name\n"), Run("Edna Smith", strong=True))) in page


def test_a_question_that_two_sections_ask_is_gathered_once(library: Library) -> None:
    ours = with_section(library, "breaks/taking-a-break", "::: questions\n- One?\n- Two?\n- Three?\n:::\n")
    ours = with_section(ours, "breaks/stopping-treatment", "::: questions\n- Two?\n- Four?\n- Five?\n- Six?\n:::\n")
    request = request_for(ours, "breaks/taking-a-break", "breaks/stopping-treatment")
    page = texts_of(part(compose(ours, request), "questions-gathered"))
    assert page[-4:] == ["One?", "Two?", "Four?", "Five?"]


def test_a_carer_is_told_whose_questions_they_are(library: Library) -> None:
    told = "Some of these are for the person with cancer to ask. You can ask them together."
    for reader, there in (("patient", False), ("carer", True)):
        request = request_for(library, "breaks", facts={"reader": reader})
        assert (told in texts_of(part(compose(library, request), "questions-gathered"))) == there


def test_questions_are_the_first_two_of_each_section_in_full(library: Library) -> None:
    asked = "::: questions\n- One?\n- Two?\n- Three?\n:::\n\n::: short\nShort.\n:::\n"
    id = "breaks/taking-a-break"
    ours = with_section(library, id, asked, show_if={"sites": ("bone",)})
    gathered = [
        texts_of(part(compose(ours, request_for(ours, "breaks", facts={"sites": site})), "questions-gathered"))
        for site in ("bone", "liver")
    ]
    assert {"One?", "Two?"} <= set(gathered[0])
    assert "Three?" not in gathered[0]
    assert not {"One?", "Two?", "Three?"} & set(gathered[1])


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


def test_everything_that_prints_grows_old(library: Library) -> None:
    request = replace(request_for(library, "breaks/taking-a-break"), made=date(2040, 1, 1))
    assert [section.id for section in overdue(library, request)] == [
        "emergencies/call-now",
        "emergencies/my-numbers",
        *request.sections,
        "glossary/words",
        "organisations/list",
    ]


def test_a_library_without_the_two_tables_makes_a_booklet(library: Library) -> None:
    some = tuple(topic for topic in library.topics if topic.id not in ("glossary", "organisations"))
    ours = dataclasses.replace(library, topics=some)
    anchors = {entry.anchor for entry in bookmarks(compose(ours, request_for(ours, "breaks")).blocks)}
    assert "breaks" in anchors
    assert not anchors & {"glossary/words", "organisations/list"}


def test_nothing_is_overdue_on_the_day_the_tests_are_pinned_to(library: Library) -> None:
    assert overdue(library, request_for(library, *IDS)) == []


def test_the_honest_label_is_in_every_booklet(library: Library) -> None:
    document = compose(library, request_for(library, "breaks"))
    assert library.locked["label"] in " ".join(said(document))


def test_dates_are_written_as_people_say_them() -> None:
    assert long_date(date(2026, 8, 6)) == "6 August 2026"
    assert long_date(MADE) == "21 November 2026"

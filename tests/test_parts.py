"""What follows the topics, and what is fitted to the reader inside them (product.md section 2, content-brief.md 4)."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from booklet.check.front import _ACTION
from booklet.check.texts import text_of
from booklet.compose import compose
from booklet.compose.end import terms_in
from booklet.compose.explain import explained
from booklet.library import Library
from booklet.library.files import Term
from booklet.model import (
    Admonition,
    Block,
    Document,
    Heading,
    List,
    ListItem,
    Paragraph,
    Run,
    WriteIn,
    plain,
    walk,
    words,
)
from booklet.theme import Detail
from tests.conftest import request_for


def part(document: Document, anchor: str) -> list[Block]:
    """The blocks from a heading of level 1 or 2 to the next of the same level or above."""
    blocks = list(document.blocks)
    begin = next(n for n, block in enumerate(blocks) if getattr(block, "anchor", "") == anchor)
    level = getattr(blocks[begin], "level", 1)
    rest = blocks[begin + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, Heading) and b.level <= level), len(rest))
    return rest[:end]


def said(blocks: list[Block]) -> str:
    return " ".join(words(tuple(blocks)))


def items(blocks: list[Block]) -> Iterator[str]:
    for _, block in walk(tuple(blocks)):
        if isinstance(block, List):
            yield from (
                plain(inner.runs) for item in block.items for inner in item.blocks if isinstance(inner, Paragraph)
            )


def made(library: Library, *ids: str, detail: Detail = "less", **more: object) -> Document:
    return compose(library, request_for(library, *ids, **more), detail)  # type: ignore[arg-type]


def test_questions_are_gathered_by_topic_with_the_four_for_any_choice(library: Library) -> None:
    document = made(library, "breaks", "trials/what-trials-are")
    page = part(document, "questions")
    asked = list(items(page))
    assert asked[:4] == [
        "What are the benefits?",
        "What are the risks?",
        "What are my other choices (the alternatives)?",
        "What happens if I do nothing for now?",
    ]
    assert [plain(b.runs) for b in page if isinstance(b, Heading) and b.level == 3] == [
        "Taking a break from treatment, or stopping",
        "Clinical trials",
    ]
    boxes = [b for b in document.blocks if isinstance(b, Admonition) and b.kind == "questions"]
    firsts = [plain(item.blocks[0].runs) for box in boxes for item in box.blocks[0].items[:2]]  # type: ignore[union-attr]
    assert asked[4:] == firsts
    assert [b.lines for b in page if isinstance(b, WriteIn)] == [12]


def test_questions_of_a_short_version_are_not_asked(library: Library) -> None:
    known = {"receptor_hr": "no", "treatments_now": "none"}
    assert "ovarian suppression" not in said(part(made(library, "treatments", facts=known), "questions"))


def test_pages_to_write_on_follow_the_questions(library: Library) -> None:
    document = made(library, "breaks", write_in=("appointments", "diary"))
    assert next(b.label for b in part(document, "write-in-appointments") if isinstance(b, WriteIn)) == (
        Run("Day and time"),
    )
    diary = said(part(document, "write-in-diary"))
    assert "This page is a record only." in diary
    titles = [b.anchor for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert titles.index("write-in-appointments") == titles.index("questions") + 1


def test_only_the_words_used_are_explained(library: Library) -> None:
    document = made(library, "palliative/hospices")
    listed = [item.partition(":")[0] for item in items(part(document, "glossary/words"))]
    assert "hospice" in listed
    assert "chemotherapy" not in listed
    assert listed == sorted(listed, key=str.casefold)


def test_a_word_of_the_more_layer_is_explained_only_where_it_prints(library: Library) -> None:
    for detail in ("less", "more"):
        document = made(library, "trials/what-trials-are", detail=detail)  # type: ignore[arg-type]
        listed = [item.partition(":")[0] for item in items(part(document, "glossary/words"))]
        assert ("placebo" in listed) == (detail == "more")


def test_every_word_that_is_explained_is_in_the_booklet(library: Library) -> None:
    document = made(library, "treatments", "tests", detail="more")
    begin = next(n for n, b in enumerate(document.blocks) if getattr(b, "anchor", "") == "questions")
    printed = " ".join(words(document.blocks[:begin]))
    listed = [item.partition(":")[0] for item in items(part(document, "glossary/words"))]
    assert set(terms_in(printed, {term: library.glossary[term] for term in listed})) == set(listed)


def test_words_are_found_as_whole_words_in_any_form() -> None:
    glossary = {
        "scan": Term("A picture.", "Tests", also=("scans",)),
        "CT": Term("A scan.", "Tests"),
        "ileum": Term("x", "y"),
    }
    assert list(terms_in("Two Scans and a PET-CT.", glossary)) == ["scan"]


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("scan", True),
        ("A SCAN.", True),
        ("(scan)", True),
        ("a scan-free week", True),
        ("scanner, then scan", True),
        ("A scanner", False),
        ("a prescan", False),
        ("a PET-scan", False),
        ("CT/scan", False),
        ("scan/CT", False),
        ("_scan", False),
        ("scan_", False),
        ("scan2", False),
        ("", False),
    ],
)
def test_a_word_is_found_only_where_nothing_is_joined_to_it(said: str, there: bool) -> None:
    assert list(terms_in(said, {"scan": Term("A picture.", "Tests")})) == ["scan"] * there


def explain(*texts: str, **more: str) -> list[str]:
    library = type(
        "L",
        (),
        {
            "glossary": {
                "MRI": Term("x", "y", also=("MRI scan", "MRI scans"), explain="pictures made with magnets"),
                "HER2": Term("x", "y", explain="a protein"),
                "scan": Term("x", "y", explain="never, it is a word"),
            }
        },
    )()
    blocks: tuple[Block, ...] = tuple(Paragraph((Run(text),)) for text in texts)
    return [plain(b.runs) for b in explained(blocks, library) if isinstance(b, Paragraph)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            ("An MRI scan shows it.", "Another MRI."),
            ("An MRI scan (pictures made with magnets) shows it.", "Another MRI."),
        ),
        (("A test (MRI) and an MRI.",), ("A test (MRI) and an MRI (pictures made with magnets).",)),
        (("A protein called HER2.", "HER2 again."), ("A protein called HER2.", "HER2 again.")),
        (("MRI (a kind of scan).", "MRI."), ("MRI (a kind of scan).", "MRI.")),
        (("XMRI and MRI-like.",), ("XMRI and MRI-like.",)),
        (("MRI and HER2.",), ("MRI (pictures made with magnets) and HER2 (a protein).",)),
        (("A scan.",), ("A scan.",)),
    ],
)
def test_an_abbreviation_is_explained_where_it_is_first_used(texts: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(explain(*texts)) == expected


def test_headings_and_signs_are_left_as_they_are(library: Library) -> None:
    mri = Paragraph((Run("An MRI."),))
    heading, box = Heading(2, (Run("MRI"),)), Admonition("get-help", "Get help if", (List((ListItem((mri,)),)),))
    key = Admonition("key-points", "Key points", (List((ListItem((mri,)),)),))
    first, second, third = explained((heading, box, key), library)
    assert (first, second) == (heading, box)
    assert "An MRI (pictures made with magnets)." in list(words((third,)))[-1]


def test_first_use_is_first_use_in_this_booklet(library: Library) -> None:
    alone = said(part(made(library, "tests/biopsy-and-receptors"), "tests"))
    assert "HER2 (a protein that helps cells grow)" in alone
    after = made(library, "understanding/types-of-breast-cancer", "tests/biopsy-and-receptors")
    assert "HER2 (a protein that helps cells grow)" not in said(part(after, "tests"))


@pytest.mark.parametrize(
    ("nation", "shown", "hidden"),
    [
        ("scotland", ("NHS 111", "Citizens Advice Scotland"), ("GP out of hours, Northern Ireland", "DVA")),
        (
            "northern_ireland",
            ("Lifeline", "Advice NI"),
            ("Citizens Advice Scotland", "NHS 111 mental health option"),
        ),
        ("not_sure", ("Lifeline", "NHS 111", "Citizens Advice, Wales", "Citizens Advice Scotland"), ()),
    ],
)
def test_organisations_are_those_of_the_reader_s_nation(
    library: Library, nation: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    document = made(library, "practical", "emotional", facts={"nation": nation})
    names = [item.partition("\n")[0] for item in items(part(document, "organisations/list"))]
    for name in shown:
        assert any(name in each for each in names), (name, names)
    for name in hidden:
        assert not any(name in each for each in names if name != "GP out of hours, Northern Ireland"), (name, names)


def test_the_locked_organisations_are_in_every_booklet(library: Library) -> None:
    names = {item.partition("\n")[0] for item in items(part(made(library, "breaks"), "organisations/list"))}
    assert {row.name for row in library.organisations.values() if row.locked} <= names
    assert {"Breast Cancer Now helpline", "Samaritans"} <= names
    assert not any("Carers UK" in name for name in names), "it does not fit the topics"


@pytest.mark.parametrize(
    ("nation", "there", "gone"),
    [
        ("england", "In the NHS: England, offered", "Scotland"),
        ("wales", "In the NHS: Wales, offered", "Scotland"),
        ("northern_ireland", "In the NHS: Northern Ireland, offered", "England"),
        ("scotland", "In the NHS: Scotland, offered", "England"),
        ("not_sure", "England, Wales and Northern Ireland, offered to some people; Scotland, offered", "zzz"),
    ],
)
def test_medicines_are_those_of_the_reader_s_nation(library: Library, nation: str, there: str, gone: str) -> None:
    facts = {"nation": nation}
    rows = [
        i
        for i in items(part(made(library, "treatments/targeted-therapy", detail="more", facts=facts), "treatments"))
        if "In the NHS" in i
    ]
    assert len(rows) == 7
    assert there in rows[0]
    assert not any(gone in row for row in rows)
    note = library.locked["medicine_table"]
    for detail in ("less", "more"):
        assert note in said(part(made(library, "treatments/targeted-therapy", detail=detail), "treatments"))  # type: ignore[arg-type]


def test_the_question_list_has_ten_or_all_and_those_of_the_booklet_first(library: Library) -> None:
    def asked(detail: Detail, *ids: str, **known: str) -> list[str]:
        texts = [question.text for question in library.listed]
        page = part(
            made(library, "appointments/question-list", *ids, detail=detail, facts=known), "appointments/question-list"
        )
        lines = [plain(block.label) + ":" for block in page if isinstance(block, WriteIn)]
        said = [re.sub(r" \([^)]*\)", "", item) for item in (*items(page), *lines)]
        return [question for item in said for question in texts if re.sub(r" \([^)]*\)", "", question) == item]

    assert len(asked("less")) == 10
    assert len(asked("more")) == 24
    assert len(asked("more", prognosis="yes")) == 25
    first = asked("more", "trials")[0]
    assert "trials" in next(question.topics for question in library.listed if question.text == first)


def test_a_carer_reads_of_the_person_they_care_for(library: Library) -> None:
    document = made(library, "symptoms", facts={"reader": "carer"})
    page = said(part(document, "symptoms"))
    assert not re.search(r"\{\w+\}", page)
    assert "they have a new cough, or they are more breathless than usual" in page
    assert "you have a new cough" not in page
    assert "For the person you care for" not in page
    about = said(part(document, "about-this-booklet"))
    assert "it means the person you care for" in about


def test_a_section_for_patients_says_so_in_a_carer_s_copy(library: Library) -> None:
    page = said(part(made(library, "side-effects/hair", facts={"reader": "carer"}), "side-effects/hair"))
    assert "This part speaks to the person with cancer." in page
    assert "This part speaks" not in said(part(made(library, "side-effects/hair"), "side-effects/hair"))


def test_the_signs_for_a_carer_are_those_of_call_now_in_their_words(library: Library) -> None:
    page = part(made(library, "symptoms", facts={"reader": "carer"}), "carers/what-to-watch-for")
    boxes = [block for block in page if isinstance(block, Admonition) and block.kind == "get-help"]
    assert [box.title for box in boxes] == ["Call 999 now", "Call your cancer helpline now"]
    signs = [item for box in boxes for item in items([box])]
    patient = list(items(list(library.sections["emergencies/call-now"].core)))
    assert len(signs) == len(patient) == 22
    assert "their temperature is 37.5C or higher, or below 36C (or the number on their alert card)" in signs
    for theirs, yours in zip(signs, patient, strict=True):
        assert re.sub(r"\b(?:they|their)\b", "X", theirs) == re.sub(r"\b(?:you|your)\b(?! press)", "X", yours)


def test_a_carer_is_never_told_to_take_or_stop_a_medicine(library: Library) -> None:
    for section in library.sections.values():
        if set(section.meta.audience) == {"patient", "carer"} and not section.is_always_there:
            for line in text_of(section, library, "carer").lines:
                told = not line.inside("questions") and "when reader=patient" not in line.boxes
                assert not (told and _ACTION.search(line.text)), (section.id, line.text)


def test_a_gentler_way_to_say_it(library: Library) -> None:
    plainly = said(part(made(library, "breaks/stopping-treatment"), "breaks/stopping-treatment"))
    gently = said(
        part(
            made(library, "breaks/stopping-treatment", facts={"sensitive_detail": "gentler"}),
            "breaks/stopping-treatment",
        )
    )
    assert "the cancer is likely to get worse faster than it would on treatment" in plainly
    assert "It is likely the cancer will grow more quickly. Your team can talk to you about this" in gently
    assert "worse faster" not in gently
    assert (
        gently.count("Stopping is a choice you can make.") == plainly.count("Stopping is a choice you can make.") == 1
    )


def test_the_bridge_to_planning_ahead(library: Library) -> None:
    line = "If you would like information about planning ahead, your nurse can give it to you."
    assert line in said(part(made(library, "palliative"), "palliative"))
    assert line not in said(part(made(library, "palliative", facts={"end_of_life": "yes"}), "palliative"))


def test_a_short_version_keeps_its_signs(library: Library) -> None:
    known = {"receptor_hr": "no", "treatments_now": "none"}
    document = made(library, "treatments", facts=known)
    page = part(document, "treatments/hormone-therapy")
    assert "You may not need this treatment." in said(page)
    assert [b.kind for b in page if isinstance(b, Admonition)] == ["get-help"]
    assert "Some breast cancers use the hormone oestrogen to grow." not in said(page)
    left = said(part(document, "left-out"))
    assert "Treatments" in left


def test_what_was_left_out_never_names_what_is_gated(library: Library) -> None:
    assert "Planning ahead" not in said(part(made(library, "breaks"), "left-out"))
    opened = made(library, "breaks/taking-a-break", facts={"end_of_life": "yes"})
    assert "Taking a break" in said(part(opened, "left-out"))


def test_sources_are_named_with_more_detail_and_their_publishers_always(library: Library) -> None:
    less, more = (said(part(made(library, "breaks", detail=detail), "sources")) for detail in ("less", "more"))  # type: ignore[arg-type]
    assert "Breast Cancer Now" in less
    assert "Deciding to pause or stop treatment" not in less
    assert "Deciding to pause or stop treatment" in more


def test_every_part_of_the_end_is_dated(library: Library) -> None:
    late = replace(request_for(library, "breaks"), made=date(2027, 6, 1))
    page = said(part(compose(library, late), "about-the-content"))
    assert "Organisations that can help" in page

"""The booklet code: it makes the booklet again, says what has changed, and holds nothing about a person."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from booklet import build
from booklet.__main__ import run
from booklet.code import GROUP, LETTERS, _gamma, _letters, _name, code_of, read_code
from booklet.errors import ExitCode, RequestError
from booklet.library import Library
from booklet.library.files import Change
from booklet.paths import CONTENT, LAYOUTS
from booklet.personal import Personal
from booklet.request import Recipe, Request
from tests.conftest import MADE, request_for

LIBRARY = Library.load(CONTENT)
OPEN = [id for id, section in LIBRARY.sections.items() if section.is_choosable]
CHOICES = {key: list(preference.choices) for key, preference in build.preferences().items()}
USUAL = {key: preference.default for key, preference in build.preferences().items()}
NAMES = [path.stem for path in LAYOUTS.glob("*.toml")]


def made(*ids: str, **given: object) -> Request:
    return replace(request_for(LIBRARY, "breaks"), sections=tuple(ids), **given)  # type: ignore[arg-type]


def test_a_code_as_it_is_printed() -> None:
    request = made("breaks/taking-a-break", preferences={"text-size": "24", "colour": "black-on-white"})
    code = code_of(LIBRARY, request, USUAL)
    assert code == code_of(LIBRARY, replace(request, personal=Personal("Edna"), named=()), USUAL)
    assert {len(group) for group in code.split()} == {GROUP}
    assert set(code) <= {*LETTERS, " "}
    coded = read_code(LIBRARY, code, CHOICES, NAMES)
    assert coded.recipe == Recipe(("breaks/taking-a-break",), {"text-size": "24"})
    assert coded.changed == ()


@given(
    chosen=st.sets(st.sampled_from(range(len(OPEN)))),
    values=st.lists(st.sampled_from([(key, value) for key, values in CHOICES.items() for value in values])),
    pages=st.sets(st.sampled_from(sorted(LIBRARY.write_in))),
    layout=st.sampled_from(["", *sorted(NAMES)]),
)
def test_a_code_says_what_went_into_it(
    chosen: set[int], values: list[tuple[str, str]], pages: set[str], layout: str
) -> None:
    ids = tuple(OPEN[n] for n in sorted(chosen))
    preferences = {key: value for key, value in values if value != USUAL[key]}
    request = made(*ids, preferences=preferences, write_in=tuple(sorted(pages)), layout=layout)
    coded = read_code(LIBRARY, code_of(LIBRARY, request, USUAL), CHOICES, NAMES)
    assert coded.recipe.sections == ids
    assert coded.recipe.preferences == preferences
    assert set(coded.recipe.write_in) == pages
    assert coded.layout == layout
    assert coded.changed == ()


@given(at=st.integers(0, 10_000), letter=st.sampled_from(LETTERS))
def test_a_letter_that_is_wrong_is_noticed(at: int, letter: str) -> None:
    code = code_of(LIBRARY, made("breaks/taking-a-break", "trials/what-trials-are"), USUAL).replace(" ", "")
    at %= len(code)
    wrong = code[:at] + letter + code[at + 1 :]
    if wrong != code:
        with pytest.raises(RequestError, match="not a booklet code"):
            read_code(LIBRARY, wrong, CHOICES, NAMES)


@given(text=st.text(max_size=100))
def test_anything_typed_is_a_code_or_a_problem(text: str) -> None:
    try:
        read_code(LIBRARY, text, CHOICES, NAMES)
    except RequestError as e:
        said = str(e)
    else:
        said = ""
    assert "\x1b" not in said


@given(bits=st.text("01", max_size=400))
def test_a_code_that_is_well_typed_and_means_nothing_is_a_problem(bits: str) -> None:
    try:
        coded = read_code(LIBRARY, _letters(_gamma(1) + bits), CHOICES, NAMES)
    except RequestError as e:
        assert len(e.problems) == 1  # noqa: PT017  # either outcome is right
    else:
        assert set(coded.recipe.sections) <= set(LIBRARY.sections)


def test_a_code_can_be_typed_in_capitals_and_with_other_marks_between() -> None:
    code = code_of(LIBRARY, made("breaks/taking-a-break"), USUAL)
    for typed in (code.upper(), code.replace(" ", "-"), code.replace(" ", ""), f"  {code}\n"):
        assert read_code(LIBRARY, typed, CHOICES, NAMES) == read_code(LIBRARY, code, CHOICES, NAMES)


def test_no_two_choices_have_the_same_stand_in() -> None:
    pairs = [(key, value) for key, values in CHOICES.items() for value in values]
    pairs += [("write-in", page) for page in LIBRARY.write_in] + [("layout", name) for name in NAMES]
    assert len({_name(*pair) for pair in pairs}) == len(pairs)


def changed(id: str, *, gone: bool = False, more: Change | None = None) -> Library:
    """The library with a section that is gone or that has changed."""
    from dataclasses import replace as with_

    topics = []
    for topic in LIBRARY.topics:
        sections = []
        for section in topic.sections:
            if section.id == id and more:
                meta = replace(section.meta, changelog=(*section.meta.changelog, more))
                sections.append(with_(section, meta=meta))
            elif section.id != id or not gone:
                sections.append(section)
        topics.append(with_(topic, sections=tuple(sections)))
    return with_(LIBRARY, topics=tuple(topics))


@pytest.mark.parametrize("id", ["breaks/taking-a-break", "emergencies/call-now"])
def test_what_has_changed_since_is_said(id: str) -> None:
    code = code_of(LIBRARY, made("breaks/taking-a-break"), USUAL)
    later = changed(id, more=Change(MADE, "New advice on steroids."))
    (said,) = read_code(later, code, CHOICES, NAMES).changed
    assert said == f"{LIBRARY.sections[id].meta.title}: New advice on steroids ({MADE})"


def test_a_part_that_is_gone_is_said_and_the_others_print() -> None:
    code = code_of(LIBRARY, made("breaks/taking-a-break", "breaks/changing-treatment"), USUAL)
    coded = read_code(changed("breaks/taking-a-break", gone=True), code, CHOICES, NAMES)
    assert coded.recipe.sections == ("breaks/changing-treatment",)
    assert coded.changed == ("Section 8.1 is no longer there",)


def test_a_code_for_other_topics_is_refused() -> None:
    from dataclasses import replace as with_

    theirs = with_(LIBRARY, topics=LIBRARY.topics)
    code = code_of(theirs, made("breaks/taking-a-break"), USUAL)
    section = LIBRARY.sections["breaks/taking-a-break"]
    other = with_(section, meta=replace(section.meta, id="breaks/our-own-break"))
    topics = tuple(with_(t, sections=tuple(other if s is section else s for s in t.sections)) for t in LIBRARY.topics)
    with pytest.raises(RequestError, match="other topics"):
        read_code(with_(LIBRARY, topics=topics), code, CHOICES, NAMES)


def test_a_booklet_is_made_again_from_its_own_last_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, again = tmp_path / "first.txt", tmp_path / "again.txt"
    asked = ["--detail", "key-points", "--write-in", "notes", "--date", "2026-11-20"]
    assert run(["build", "breaks", "trials", *asked, "-o", str(first)]) == ExitCode.DONE
    lines = first.read_text().splitlines()
    (code,) = (line for line in lines if re.fullmatch(f"[{LETTERS}]{{4}}( [{LETTERS}]{{4}})+", line))
    assert run(["build", "--code", code, "--date", "2026-11-20", "-o", str(again), "--json"]) == ExitCode.DONE
    assert again.read_text() == first.read_text()
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["changed"] == []


def test_a_wrong_code_is_heard_of_with_all_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--code", "ABCD", "--text-size", "23", "-o", str(tmp_path / "b.pdf")]
    assert run(["build", *asked]) == ExitCode.BAD_REQUEST
    said = capsys.readouterr().err
    assert "This is not a booklet code, or a letter of it is wrong." in said
    assert 'Print size cannot be "23".' in said
    assert "No topic was chosen" not in said, "the topics are in the code"

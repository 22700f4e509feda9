"""The content folder: every problem of every file at once, and the locked texts as they were signed off."""

import shutil
from pathlib import Path

import pytest

from booklet.compose import compose
from booklet.errors import ContentError
from booklet.library import LOCKED, Library, digest_of, read_section
from booklet.paths import CONTENT
from booklet.request import choose
from tests.conftest import request_for

BROKEN = """+++
id = "treatments/overview"
numbr = 1
title = "What treatments there are"
summary = 7
layers = ["core"]
audience = ["patient"]
last_reviewed = 2026-11-20
written_by = "x"

[[changelog]]
date = 2026-11-20
change = "First draft"

[[facts]]
id = "F001"
text = "x"
source = "B01"
code = "X"
checked = 2026-11-20
recheck = 2027-11-20
+++

Text.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        Library.load(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_the_library_has_the_sections_of_the_first_release(library: Library) -> None:
    assert {topic.id: len(topic.sections) for topic in library.topics} == {
        "emergencies": 2,
        "treatments": 4,
        "side-effects": 5,
        "breaks": 3,
        "palliative": 4,
        "trials": 5,
    }


def test_numbers_are_those_of_the_full_plan(library: Library) -> None:
    numbers = {id: library.number(section) for id, section in library.sections.items()}
    assert numbers["treatments/radiotherapy"] == "6.8"
    assert numbers["side-effects/nausea"] == "7.6"
    assert numbers["trials/access-to-new-medicines"] == "10.5"


def test_every_problem_of_broken_front_matter_has_its_line(folder: Path) -> None:
    (folder / "treatments/overview.md").write_text(BROKEN)
    assert problems(folder) == [
        "treatments/overview.md:3: numbr: there is no such key. Did you mean number?",
        "treatments/overview.md:5: summary: needs text, got a whole number.",
        "treatments/overview.md:19: facts[0].code: invalid enum value 'X'.",
        "treatments/overview.md:2: number is missing. Add it.",
        "treatments/overview.md:2: next_review is missing. Add it.",
    ]


def test_problems_of_several_files_are_heard_of_together(folder: Path) -> None:
    (folder / "treatments/overview.md").write_text("No front matter\n")
    (folder / "trials/pros-and-cons.md").write_text("+++\ntitle = Trials\n+++\n")
    assert problems(folder) == [
        "treatments/overview.md:1: The front matter is missing. Begin with it, between two lines of +++.",
        'trials/pros-and-cons.md:2: This is not TOML: Invalid value. Text goes in "quotation marks".',
    ]


def test_an_id_that_is_not_the_path_and_a_number_used_twice(folder: Path) -> None:
    path = folder / "trials/finding-a-trial.md"
    path.write_text(
        path.read_text().replace('id = "trials/finding-a-trial"\nnumber = 3', 'id = "trials/find"\nnumber = 1')
    )
    assert problems(folder) == [
        'trials/finding-a-trial.md:2: id: this says "trials/find". Write id = "trials/finding-a-trial".',
        (
            "trials/what-trials-are.md:3: number: finding-a-trial.md has 1 already. "
            "Give the newer one a number that was never used."
        ),
    ]


def test_names_of_what_does_not_exist(folder: Path) -> None:
    path = folder / "side-effects/pain.md"
    text = path.read_text().replace('"treatments/radiotherapy"', '"treatments/radiotherpy"', 1)
    path.write_text(text.replace('locked_blocks = ["worried"]', 'locked_blocks = ["worryed"]'))
    pack = folder / "packs/newly-told.toml"
    pack.write_text(pack.read_text().replace("side-effects/infection", "side-effects/infections"))
    assert problems(folder) == [
        "side-effects/pain.md:12: see_also: there is no treatments/radiotherpy. Did you mean treatments/radiotherapy?",
        "side-effects/pain.md:10: locked_blocks: there is no worryed. Did you mean worried?",
        "packs/newly-told.toml: There is no section side-effects/infections. Did you mean side-effects/infection?",
    ]


@pytest.mark.parametrize("name", LOCKED)
def test_a_missing_locked_file_stops_everything(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}: This locked file is missing." in problems(folder)[0]


@pytest.mark.parametrize("name", LOCKED)
def test_an_altered_locked_file_stops_everything(folder: Path, name: str) -> None:
    path = folder / name
    text = path.read_text()
    path.write_text(text[:-20] + text[-20:].replace("e", "E", 1))
    assert f"{name}: The words of this locked file were changed." in problems(folder)[0]


def test_dates_of_a_locked_file_may_change(folder: Path) -> None:
    path = folder / "emergencies/call-now.md"
    path.write_text(path.read_text().replace("next_review = 2027-02-20", "next_review = 2027-05-20"))
    assert digest_of(path) == LOCKED["emergencies/call-now.md"]
    Library.load(folder)


def test_line_ends_of_windows_do_not_count_as_a_change(folder: Path) -> None:
    path = folder / "emergencies/call-now.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(path) == LOCKED["emergencies/call-now.md"]


def test_a_problem_in_the_text_has_the_line_of_the_file(folder: Path) -> None:
    path = folder / "breaks/taking-a-break.md"
    path.write_text(path.read_text() + "\nAn *odd* word.\n")
    with pytest.raises(ContentError) as caught:
        _ = read_section(path).blocks
    assert caught.value.problems[0].line == len(path.read_text().splitlines())


def test_a_missing_front_page_is_a_problem_and_not_a_fault(folder: Path) -> None:
    (folder / "front/about-this-booklet.md").unlink()
    assert problems(folder) == [
        "front/about-this-booklet.md: This page is missing. Put it back from the program's own content."
    ]


def test_a_gated_section_is_in_no_pack_and_leaves_no_trace(folder: Path) -> None:
    path = folder / "palliative/hospices.md"
    path.write_text(path.read_text("utf-8").replace('gate = "none"', 'gate = "end_of_life"'), "utf-8")
    pack = folder / "packs/newly-told.toml"
    pack.write_text(pack.read_text("utf-8").replace("palliative/what-it-is", "palliative/hospices"), "utf-8")
    library = Library.load(folder)
    assert "palliative/hospices" not in choose(library, [], ["newly-told", "everything"])
    text = repr(compose(library, request_for(library, "palliative")))
    assert "ospice do" not in text
    assert "What hospices do" not in text


def test_files_that_would_never_be_printed_and_numbers_used_twice(folder: Path) -> None:
    (folder / "extra").mkdir()
    (folder / "extra/page.md").write_text("x")
    (folder / "trials/old.markdown").write_text("x")
    topic = folder / "trials/topic.toml"
    topic.write_text(topic.read_text("utf-8").replace("number = 10", "number = 9"))
    (folder / "packs/empty.toml").write_text('title = "a"\nsummary = "b"\n')
    assert problems(folder) == [
        "extra/page.md: This file is in no topic, so it is never printed. Name it .md, beside a topic.toml.",
        "trials/old.markdown: This file is in no topic, so it is never printed. Name it .md, beside a topic.toml.",
        "trials/topic.toml: number: palliative has 9 already. Give the newer topic another.",
        "packs/empty.toml: sections: this pack is empty. Name at least one section.",
    ]


def test_only_the_locked_sections_are_locked(folder: Path) -> None:
    path = folder / "side-effects/infection.md"
    path.write_text(path.read_text("utf-8").replace("safety = false", "safety = true"), "utf-8")
    assert problems(folder) == [
        "side-effects/infection.md:9: safety: only the locked sections are, and they always are."
    ]


def test_files_of_windows_editors_and_files_that_are_not_text(folder: Path) -> None:
    path = folder / "trials/genomic-tests.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    Library.load(folder)
    (folder / "locked.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "packs/newly-told.toml").write_text("a = " + "[" * 100000)
    assert any("This is not UTF-8 text." in problem for problem in problems(folder))
    assert any("This is nested too deep." in problem for problem in problems(folder))

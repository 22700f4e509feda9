"""The content folder: every problem of every file at once, and the locked texts as they were signed off."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from booklet import build
from booklet.about import about
from booklet.errors import ContentError
from booklet.library import Library
from booklet.library.load import read_section
from booklet.library.locked import LOCKED, altered, digest_of
from booklet.model import Paragraph, Run
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


def test_the_library_has_the_101_sections_of_the_plan(library: Library) -> None:
    counts = {
        "emergencies": 10,
        "understanding": 5,
        "symptoms": 2,
        "tests": 5,
        "team": 3,
        "decisions": 4,
        "treatments": 13,
        "side-effects": 17,
        "breaks": 3,
        "palliative": 4,
        "trials": 5,
        "emotional": 5,
        "family": 2,
        "practical": 6,
        "appointments": 3,
        "living": 5,
        "carers": 3,
        "planning-ahead": 4,
        "glossary": 1,
        "organisations": 1,
    }
    assert {topic.id: len(topic.sections) for topic in library.topics} == counts
    assert [topic.number for topic in library.topics] == list(range(20))
    assert len(library.sections) == sum(counts.values()) == 101
    assert all([s.meta.number for s in t.sections] == list(range(1, counts[t.id] + 1)) for t in library.topics)


def test_what_is_behind_a_consent_gate(library: Library) -> None:
    assert {id: s.meta.gate for id, s in library.sections.items() if s.meta.gate != "none"} == {
        "understanding/outlook": "prognosis",
        "practical/money-fast-track": "prognosis_or_end_of_life",
        "planning-ahead/why-plan": "end_of_life",
        "planning-ahead/wishes-and-decisions": "end_of_life",
        "planning-ahead/refusing-treatment-and-cpr": "end_of_life",
        "planning-ahead/last-weeks": "end_of_life_detail",
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
        "treatments/overview.md:19: facts[0].code: invalid enum value 'X'. It may be V or V- or S or MEM.",
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
    pack.write_text(pack.read_text().replace("team/who-is-who", "team/who-is-whos"))
    assert problems(folder) == [
        "side-effects/pain.md:12: see_also: there is no treatments/radiotherpy. Did you mean treatments/radiotherapy?",
        "side-effects/pain.md:10: locked_blocks: there is no worryed. Did you mean worried?",
        "packs/newly-told.toml: There is no section team/who-is-whos. Did you mean team/who-is-who?",
    ]


@pytest.mark.parametrize("name", LOCKED)
def test_a_missing_locked_file_stops_everything(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}: This locked file is missing." in problems(folder)[0]


@pytest.mark.parametrize("name", LOCKED)
def test_an_altered_locked_file_stops_everything(folder: Path, name: str) -> None:
    path = folder / name
    text = path.read_text()
    path.write_text(text + "\nmore = 1\n")
    assert f"{name}: The words of this locked file were changed." in problems(folder)[0]


def test_every_text_that_keeps_a_reader_safe_is_locked() -> None:
    emergencies = {f"emergencies/{path.name}" for path in (CONTENT / "emergencies").glob("*.md")}
    assert set(LOCKED) == {*emergencies, "carers/what-to-watch-for.md", "emotional/crisis.md", "locked.toml"}


def test_each_locked_file_is_looked_at_whatever_is_wrong_with_another(folder: Path) -> None:
    gone, unread, changed, last = (folder / name for name in list(LOCKED)[:4])
    gone.unlink()
    unread.write_bytes(b"\xff\xfe\x00")
    for path in (changed, last):
        path.write_text(path.read_text("utf-8") + "More.\n", "utf-8")
    found = [(problem.path, problem.what) for problem in altered(folder)]
    assert found == [
        (gone, "This locked file is missing."),
        (unread, "This is not UTF-8 text."),
        (changed, "The words of this locked file were changed."),
        (last, "The words of this locked file were changed."),
    ]


def test_the_digest_is_of_the_title_and_the_text_and_of_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    for header, title in (('id = "x"\ntitle = "A"', 'title = "A"'), ('id = "y"', "")):
        path.write_text(f"+++\n{header}\n+++\n\nText.\n", "utf-8")
        assert digest_of(path) == hashlib.sha256(f"{title}\n\nText.\n".encode()).hexdigest()


def test_dates_of_a_locked_file_may_change(folder: Path) -> None:
    path = folder / "emergencies/call-now.md"
    path.write_text(path.read_text().replace("next_review = 2027-02-20", "next_review = 2027-05-20"))
    assert digest_of(path) == LOCKED["emergencies/call-now.md"]
    Library.load(folder)


def test_line_ends_of_windows_do_not_count_as_a_change(folder: Path) -> None:
    path = folder / "emergencies/call-now.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(path) == LOCKED["emergencies/call-now.md"]


def test_a_problem_in_the_text_has_the_line_of_the_file(folder: Path, library: Library) -> None:
    path = folder / "breaks/taking-a-break.md"
    path.write_text(path.read_text() + "\nAn *odd* word.\n")
    with pytest.raises(ContentError) as caught:
        _ = read_section(path, library.words).blocks
    assert caught.value.problems[0].line == len(path.read_text().splitlines())


@pytest.mark.parametrize("name", ["about-this-booklet", "questions-for-my-team"])
def test_a_missing_front_page_is_a_problem_and_not_a_fault(folder: Path, name: str) -> None:
    (folder / f"front/{name}.md").unlink()
    assert problems(folder) == [f"front/{name}.md: This page is missing. Put it back from the program's own content."]


@pytest.mark.parametrize(
    "name",
    ["about", "choosing", "glossary", "medicines", "organisations", "pictures", "questions", "sources"],
)
def test_a_missing_table_is_said_once_and_hides_nothing_else(folder: Path, name: str) -> None:
    (folder / f"{name}.toml").unlink()
    (folder / "write-in/notes.md").write_text("No front matter\n")
    assert sorted(problems(folder)) == sorted(
        [
            f"{name}.toml: This cannot be read: No such file or directory.",
            "write-in/notes.md:1: The front matter is missing. Begin with it, between two lines of +++.",
        ]
    )


def test_without_the_words_in_braces_every_page_that_has_them_is_named(folder: Path) -> None:
    (folder / "words.toml").unlink()
    notes = folder / "write-in/notes.md"
    notes.write_text(notes.read_text("utf-8").replace("anything", "{anything}"), "utf-8")
    said = [problem.partition(": ")[::2] for problem in problems(folder)]
    assert [(path, what.partition(".")[0]) for path, what in said] == [
        ("words.toml", "This cannot be read: No such file or directory"),
        ("front/for-carers.md:1", "There is no {disease}"),
        ("write-in/notes.md:6", "There is no {anything}"),
    ]


def test_words_in_braces_are_filled_in_on_pages_to_write_on(folder: Path) -> None:
    notes = folder / "write-in/notes.md"
    notes.write_text(notes.read_text("utf-8").replace("anything", "{disease}"), "utf-8")
    library = Library.load(folder)
    disease = library.words.names["disease"]
    assert library.write_in["notes"].blocks[0] == Paragraph((Run(f"This page is for {disease} you want to remember."),))


def test_files_that_would_never_be_printed_and_numbers_used_twice(folder: Path) -> None:
    (folder / "extra").mkdir()
    (folder / "extra/page.md").write_text("x")
    (folder / "trials/old.markdown").write_text("x")
    topic = folder / "trials/topic.toml"
    topic.write_text(topic.read_text("utf-8").replace("number = 10", "number = 9"))
    assert problems(folder) == [
        "extra/page.md: This file is in no topic, so it is never printed. Name it .md, beside a topic.toml.",
        "trials/old.markdown: This file is in no topic, so it is never printed. Name it .md, beside a topic.toml.",
        "trials/topic.toml: number: palliative has 9 already. Give the newer topic another.",
    ]


def test_a_pack_without_sections(folder: Path) -> None:
    (folder / "packs/empty.toml").write_text('title = "a"\nsummary = "b"\n')
    assert problems(folder) == ["packs/empty.toml: sections: this pack is empty. Name at least one section."]


def test_only_the_locked_sections_are_locked(folder: Path) -> None:
    path = folder / "side-effects/infection.md"
    path.write_text(path.read_text("utf-8").replace("safety = false", "safety = true"), "utf-8")
    assert problems(folder) == [
        "side-effects/infection.md:9: safety: only the locked sections are, and they always are."
    ]


BESIDE = """+++
id = "our-ward/parking"
number = 1
title = "Where to park"
summary = "How to find us by car."
layers = ["core"]
audience = ["patient"]
last_reviewed = 2026-11-20
next_review = 2028-11-20
written_by = "the ward"

[[changelog]]
date = 2026-11-20
change = "First draft"
+++

Park behind the clock tower.
"""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder that a hospital adds: a topic, a section and a pack of its own."""
    (tmp_path / "ours/our-ward").mkdir(parents=True)
    (tmp_path / "ours/packs").mkdir()
    (tmp_path / "ours/our-ward/topic.toml").write_text('number = 30\ntitle = "Our ward"\n')
    (tmp_path / "ours/our-ward/parking.md").write_text(BESIDE)
    pack = 'title = "Day unit"\nsummary = "For the day unit."\nsections = ["our-ward/parking", "team/who-is-who"]\n'
    (tmp_path / "ours/packs/day-unit.toml").write_text(pack)
    return tmp_path / "ours"


def test_a_hospital_adds_sections_and_packs_beside_ours(beside: Path) -> None:
    both = Library.load(CONTENT, beside)
    assert len(both.sections) == 102
    assert both.number(both.sections["our-ward/parking"]) == "30.1"
    assert choose(both, [], ["day-unit"], about(both)[0]) == ("team/who-is-who", "our-ward/parking")


def test_a_topic_of_a_hospital_needs_no_picture(beside: Path) -> None:
    both = Library.load(CONTENT, beside)
    assert build.build(both, request_for(both, "our-ward", facts={"nation": "wales"})).pages


def test_a_hospital_s_section_takes_the_place_of_one_of_ours(beside: Path) -> None:
    (beside / "team").mkdir()
    ours = (CONTENT / "team/who-is-who.md").read_text("utf-8")
    (beside / "team/who-is-who.md").write_text(ours.replace("title = ", "title = 'Our people' # "), "utf-8")
    both = Library.load(CONTENT, beside)
    assert both.sections["team/who-is-who"].meta.title == "Our people"
    assert len(both.sections) == 102


@pytest.mark.parametrize("name", LOCKED)
def test_a_local_file_never_takes_the_place_of_a_locked_one(beside: Path, name: str) -> None:
    (beside / name).parent.mkdir(exist_ok=True)
    shutil.copy(CONTENT / name, beside / name)
    with pytest.raises(ContentError) as caught:
        Library.load(CONTENT, beside)
    assert "A local file may not take the place of a locked one." in str(caught.value)


def said_of(beside: Path) -> list[str]:
    """The problems of a local folder beside ours."""
    with pytest.raises(ContentError) as caught:
        Library.load(CONTENT, beside)
    return [str(problem).replace(f"{beside}/", "") for problem in caught.value.problems]


ROW = 'name = "Ours"\ndoes = "x"\nsource = "H22"\ncode = "V"\nchecked = 2026-11-20\nrecheck = 2027-01-01\n'


def test_a_local_folder_can_neither_change_the_safety_rules_nor_a_locked_organisation(beside: Path) -> None:
    (beside / "choosing.toml").write_text("rules = []\n")
    (beside / "organisations.toml").write_text(f"[nhs-111]\n{ROW}")
    assert said_of(beside) == [
        "choosing.toml: A local folder cannot have this file. Delete it; the program's own is used.",
        "organisations.toml:1: nhs-111: this row is locked. Give yours another name.",
    ]


@pytest.mark.parametrize("name", ["about.toml", "choosing.toml", "words.toml", "style.toml"])
def test_what_holds_the_safety_rules_is_ours_alone(beside: Path, name: str) -> None:
    shutil.copy(CONTENT / name, beside / name)
    assert said_of(beside) == [f"{name}: A local folder cannot have this file. Delete it; the program's own is used."]


def test_a_hospital_adds_organisations_and_replaces_those_that_are_not_locked(beside: Path, library: Library) -> None:
    assert not library.organisations["maggies"].locked
    (beside / "organisations.toml").write_text(f"[our-ward]\n{ROW}\n[maggies]\n{ROW}")
    both = Library.load(CONTENT, beside).organisations
    assert set(both) == {*library.organisations, "our-ward"}
    assert {id for id, row in both.items() if row.name == "Ours"} == {"our-ward", "maggies"}


def test_a_local_table_that_cannot_be_read_is_said_once(beside: Path) -> None:
    (beside / "organisations.toml").write_text("[our-ward]\nname = Ours\n")
    assert said_of(beside) == ['organisations.toml:2: This is not TOML: Invalid value. Text goes in "quotation marks".']


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_prints_what_the_folder_holds_and_nothing_from_outside_it(beside: Path) -> None:
    inside, outside = beside / "our-ward/parking.md", beside.parent / "elsewhere.md"
    inside.rename(beside / "parking.md")
    inside.symlink_to(beside / "parking.md")
    assert "our-ward/parking" in Library.load(CONTENT, beside).sections
    (beside / "parking.md").rename(outside)
    inside.unlink()
    inside.symlink_to(outside)
    assert said_of(beside) == [
        "our-ward/parking.md: This is a link that leads out of the folder. Put the file itself here."
    ]


def test_a_local_number_that_is_taken(beside: Path) -> None:
    path = beside / "our-ward/topic.toml"
    path.write_text('number = 6\ntitle = "Our ward"\n')
    with pytest.raises(ContentError) as caught:
        Library.load(CONTENT, beside)
    assert "has 6 already. Give the newer topic another." in str(caught.value)


def test_words_in_braces_that_do_not_exist(folder: Path) -> None:
    path = folder / "team/who-is-who.md"
    path.write_text(path.read_text("utf-8") + "\nAsk {yuor} nurse.\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        _ = Library.load(folder).sections["team/who-is-who"].blocks
    assert "There is no {yuor}. Did you mean your?" in str(caught.value)


def test_files_of_windows_editors_and_files_that_are_not_text(folder: Path) -> None:
    path = folder / "trials/genomic-tests.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    Library.load(folder)
    (folder / "locked.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "packs/newly-told.toml").write_text("a = " + "[" * 100000)
    assert any("This is not UTF-8 text." in problem for problem in problems(folder))
    assert any("This is nested too deep." in problem for problem in problems(folder))

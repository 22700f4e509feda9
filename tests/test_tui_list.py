"""The clinic list on the full screen: typing it, changing it, making it, and that no name of it stays."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from booklet import kept
from booklet.clinic import Clinic
from booklet.clinic_list import SIZE, Lines
from booklet.errors import ExitCode, OutputError, Problem
from booklet.kept import ClinicLine
from booklet.library import Library
from booklet.request import Request
from booklet.tui.jobs import Stopped
from booklet.tui.loading import Known, with_kept
from booklet.tui.screens import list_made
from booklet.tui.screens.clinic_list import ClinicList
from booklet.tui.screens.list_made import ListMade
from booklet.tui.screens.printing import Printing
from booklet.tui.screens.start import Start
from booklet.tui.screens.unsaved import Unsaved
from tests.sitting import SIZES, TINY, Built, Sitting, short_booklets

CANARY = "Canary Featherstonehaugh"
LAST = (ClinicLine("newly-told", "24", 2), ClinicLine("carer"))


@pytest.fixture
def sitting(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """At the clinic list, with booklets that are made at once."""
    short_booklets(monkeypatch)
    monkeypatch.setattr(list_made, "build", lambda *_: Built())
    return Sitting(library, tmp_path).keys("down", "enter")


def lines(sitting: Sitting) -> Lines:
    return sitting.desk.listed.lines


def short(sitting: Sitting) -> list[tuple[str, str, int, str]]:
    return [
        (*line.choices.packs, line.choices.preferences.get(SIZE, ""), line.copies, line.name) for line in lines(sitting)
    ]  # type: ignore[misc]


def add(sitting: Sitting, *typed: str) -> Sitting:
    for text in typed:
        sitting.type(text).keys("enter")
    return sitting


def test_lines_are_typed_and_the_totals_follow(sitting: Sitting) -> None:
    assert "No booklets yet." in sitting.words()
    add(sitting, "newly 24", "trials 28 x2", "carer = Edna")
    assert short(sitting) == [("newly-told", "24", 1, ""), ("clinical-trials", "28", 2, ""), ("carer", "", 1, "Edna")]
    sizes = [sitting.desk.listed.size(line) for line in lines(sitting)]
    pages = [size.pages for size in sizes if size]
    assert len(pages) == 3
    assert f"4 booklets. {pages[0] + 2 * pages[1] + pages[2]} pages, " in sitting.words()
    assert "None made yet." in sitting.words()
    assert "1 Newly told, 24 point" in sitting.words()
    assert "2 copies" in sitting.words()
    assert "name Edna" in sitting.words()
    assert sitting.focused() == "> Add:"


def test_while_a_line_is_counted_no_total_is_shown(sitting: Sitting) -> None:
    sitting.type("newly")
    sitting.desk.key("enter")
    assert "1 booklet. Counting the pages." in sitting.words()
    sitting.finish()
    assert "Counting" not in sitting.words()


def test_what_is_wrong_with_a_line_is_said_and_what_was_typed_stays(sitting: Sitting) -> None:
    add(sitting, "trails 17")
    assert "There is a problem. There is no such pack. Did you mean Clinical trials?" in sitting.words()
    assert "This is not a print size that there is." in sitting.words()
    assert sitting.focused() == "> Add: trails 17"
    assert lines(sitting) == ()


def test_the_keys_of_a_line_change_it_and_undo_brings_it_back(sitting: Sitting) -> None:
    add(sitting, "newly 24 = Edna", "carer 16")
    sitting.keys("down", "right")
    assert short(sitting)[0] == ("newly-told", "28", 1, "Edna")
    sitting.keys("left", "left")
    assert short(sitting)[0] == ("newly-told", "20", 1, "Edna")
    sitting.keys("ctrl+d")
    assert short(sitting)[:2] == [("newly-told", "20", 1, "Edna"), ("newly-told", "20", 1, "")]
    assert "Copied line 1. The copy has no name." in sitting.words()
    assert sitting.focused().startswith("> 2 Newly told, 20 point")
    sitting.keys("delete", "delete")
    assert short(sitting) == [("newly-told", "20", 1, "Edna")]
    assert "Removed Carer" in sitting.words() or "Removed For a carer" in sitting.words()
    sitting.keys("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
    assert short(sitting) == [("newly-told", "24", 1, "Edna"), ("carer", "16", 1, "")]
    assert "Undone: print size of line 1." in sitting.words()
    sitting.keys("ctrl+z", "ctrl+z")
    assert lines(sitting) == ()
    sitting.keys("ctrl+z")
    assert "There is nothing to undo." in sitting.words()


def test_enter_on_a_line_lets_it_be_typed_again(sitting: Sitting) -> None:
    add(sitting, "newly 24 x2", "carer")
    sitting.keys("down", "enter")
    assert sitting.focused() == "> Line 1: newly-told 24 x2"
    sitting.keys("backspace", "9", "enter")
    assert short(sitting) == [("newly-told", "24", 9, ""), ("carer", "", 1, "")]
    assert sitting.focused() == "> Add:"


def test_letters_typed_on_a_line_go_to_the_line_to_type_on(sitting: Sitting) -> None:
    add(sitting, "newly").keys("down", "c", "a", "r")
    assert sitting.focused() == "> Add: car"


def test_the_list_is_there_when_one_comes_back(sitting: Sitting) -> None:
    add(sitting, "newly").keys("escape")
    assert "Newly told" not in sitting.words()
    sitting.keys("home", "down", "enter")
    assert "1 Newly told, 18 point" in sitting.words()


def test_all_are_made_and_printed_with_one_key(sitting: Sitting) -> None:
    add(sitting, "newly 24", "trials 28 x2").keys("ctrl+r")
    assert sitting.printed == [("001-newly-told-24.pdf", "Desk", 1), ("002-clinical-trials-28.pdf", "Desk", 2)]
    assert isinstance(sitting.desk.page, Printing)
    assert "Is it coming out?" in sitting.words()
    assert sitting.focused() == "> [ Yes ]"
    sitting.keys("enter")
    assert "2 of 2 booklets ready" in sitting.words()
    assert "1 Newly told, 24 point: ready: 58 pages" in sitting.words()
    sitting.keys("enter")
    assert isinstance(sitting.desk.page, ClinicList)
    assert "All made." in sitting.words()


def test_one_line_that_fails_stops_none_of_the_others(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(library: object, request: Request, *_: object) -> Built:
        if request.preferences["text-size"] == "28":
            raise OutputError(Problem("There is no room left.", "Free some space."))
        if request.preferences["text-size"] == "36":
            name = CANARY
            raise RuntimeError(name)
        return Built()

    monkeypatch.setattr(list_made, "build", build)
    add(sitting, "newly 28", f"newly 36 = {CANARY}", "newly 16").keys("ctrl+r", "enter")
    assert sitting.printed == [("003-newly-told-16.pdf", "Desk", 1)]
    assert "1 of 3 booklets ready" in sitting.words()
    assert "1 Newly told, 28 point: problem: There is no room left. Free some space." in sitting.words()
    assert "2 Newly told, 36 point: problem: Something went wrong inside this program. Code: " in sitting.words()
    assert CANARY not in sitting.words()
    sitting.keys("escape")
    assert "1 of 3 made." in sitting.words()
    assert "problem: There is no room left." in sitting.words()


def test_the_making_of_a_list_can_be_stopped(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def build(library: object, request: Request, format: str, progress: Callable[[int, int], None]) -> Built:
        assert "Nothing has been printed yet." in sitting.words()
        if made:
            sitting.desk.key("ctrl+c")
            assert "Stopping." in sitting.words()
            assert "make" in sitting.stopping
            raise Stopped
        progress(0, 58)
        assert "[....................] Booklet 1 of 2: Newly told, 18 point. Page 0 of 58." in sitting.words()
        made.append("one")
        return Built()

    monkeypatch.setattr(list_made, "build", build)
    add(sitting, "newly", "carer").keys("ctrl+r")
    assert "1 of 2 booklets ready" in sitting.words()
    assert "Stopped. What was ready before is listed here." in sitting.words()
    assert sitting.printed == []
    sitting.keys("escape")
    assert isinstance(sitting.desk.page, Unsaved)
    assert "The booklets were not printed, opened or saved" in sitting.words()
    assert sitting.focused() == "> [ Save a copy ]"


def test_all_are_made_into_a_folder_and_no_file_name_says_whose_they_are(sitting: Sitting, tmp_path: Path) -> None:
    add(sitting, f"newly 24 = {CANARY}", "carer x3")
    sitting.keys("tab", "tab", "tab", "enter")
    assert "Where should the booklets go?" in sitting.words()
    sitting.keys("enter")
    (folder,) = tmp_path.iterdir()
    assert folder.name == "clinic-2026-11-21-1432"
    assert sorted(path.name for path in folder.iterdir()) == ["001-newly-told-24.pdf", "002-carer-18.pdf"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert "The booklets are in" in sitting.words()
    assert not sitting.work.exists()
    assert sitting.printed == []
    sitting.keys("escape")
    assert isinstance(sitting.desk.page, ClinicList), "they are safe, so nothing is asked"


def test_a_folder_that_is_not_there_is_said(sitting: Sitting, tmp_path: Path) -> None:
    add(sitting, "newly").keys("tab", "tab", "tab", "enter", "down").type(str(tmp_path / "gone")).keys("tab", "enter")
    assert "There is no such folder." in sitting.words()


def test_booklets_that_nobody_took_are_asked_about(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    add(sitting, "newly", "carer")
    page = ListMade(sitting.desk)
    page.begin()
    sitting.finish()
    sitting.keys("ctrl+q")
    assert "The booklets were not printed, opened or saved" in sitting.words()
    assert "If you go on, they are deleted." in sitting.words()
    sitting.keys("escape", "ctrl+q", "end")
    assert sitting.focused() == "> [ Delete them and leave ]"
    sitting.keys("home", "enter", "enter")
    assert sitting.code == ExitCode.DONE


def test_finishing_forgets_the_list_and_removes_its_booklets(sitting: Sitting) -> None:
    add(sitting, f"newly = {CANARY}").keys("ctrl+r", "enter", "down", "enter")
    assert isinstance(sitting.desk.page, Start)
    assert lines(sitting) == ()
    assert sitting.desk.listed.past == []
    assert list(sitting.work.iterdir()) == []


def test_the_last_list_is_kept_without_names_and_comes_back(
    sitting: Sitting, library: Library, tmp_path: Path, home: Path
) -> None:
    add(sitting, f"newly 24 x2 = {CANARY}", "carer").keys("ctrl+r")
    assert kept.last_clinic_list(library) == LAST
    everything = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert json.loads(everything[0])
    assert not [data for data in everything if b"Canary" in data or b"Featherstone" in data]
    other = Sitting(library, tmp_path, with_kept(Known(library))).keys("down", "enter", "down", "enter")
    assert short(other) == [("newly-told", "24", 2, ""), ("carer", "", 1, "")]
    assert "Added 2 lines of the last clinic. No names were kept." in other.words()


def test_a_clinic_can_forbid_that_anything_is_kept(
    library: Library, home: Path, tmp_path: Path, sitting: Sitting
) -> None:
    kept.keep_clinic_list(LAST, Clinic())
    known = with_kept(Known(library, Clinic(remember="nothing")))
    assert known.last_list == ()
    other = Sitting(library, tmp_path, known).keys("down", "enter")
    assert "Same as last clinic" not in other.words()
    add(other, "newly").keys("ctrl+r")
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_a_list_is_loaded_from_a_file(sitting: Sitting, tmp_path: Path) -> None:
    path = tmp_path / "clinic list.csv"
    path.write_text(f"pack,text-size,copies,name\nnewly-told,24,2,\ncarer,,,{CANARY}\n")
    sitting.keys("tab", "enter").type(str(path)).keys("enter")
    assert short(sitting) == [("newly-told", "24", 2, ""), ("carer", "", 1, CANARY)]
    assert "Added 2 lines." in sitting.words()


def test_every_problem_of_a_file_is_shown_with_its_line(sitting: Sitting, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"pack,text-size\nnewlly,24\ncarer,17\n{CANARY},18\n")
    sitting.keys("tab", "enter").type(f"'{path}'").keys("enter")
    sitting.size = (80, 40)
    assert "Not loaded: 3 problems" in sitting.words()
    assert "Line 2: There is no such pack. Did you mean Newly told?" in sitting.words()
    assert "Line 3: " in sitting.words()
    assert "Line 4: There is no such pack." in sitting.words()
    assert CANARY not in sitting.words()
    assert lines(sitting) == ()


def test_a_line_that_cannot_be_typed_says_where_to_change_it(sitting: Sitting, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ids,paper\nbreaks,A5\n")
    sitting.keys("tab", "enter").type(str(path)).keys("enter", "enter")
    assert "Change it in the list it came from." in sitting.words()


def test_choices_that_do_not_go_together_are_said_on_their_line(
    library: Library, tmp_path: Path, sitting: Sitting
) -> None:
    other = Sitting(library, tmp_path, Known(library, Clinic(preferences={"paper": "A5"}))).keys("down", "enter")
    add(other, "newly 24")
    assert "problem: Paper A5 does not work with print size 24." in other.words()


def test_names_can_be_hidden_on_the_list_too(sitting: Sitting) -> None:
    add(sitting, f"newly = {CANARY}").type(f"carer = {CANARY}")
    assert CANARY in sitting.words()
    sitting.keys("ctrl+l")
    assert CANARY not in sitting.words()
    assert "Canary" not in sitting.words()
    assert "name (hidden)" in sitting.words()


@pytest.mark.parametrize("size", [*SIZES, TINY], ids=str)
def test_at_every_width_a_line_is_text_and_no_table(sitting: Sitting, size: tuple[int, int]) -> None:
    add(sitting, "newly 24", "trials 28 x2 = Edna")
    sitting.size = size
    sitting.keys("end", *["up"] * 10, "down", "down")
    while not sitting.focused().startswith("> 2 "):
        sitting.keys("down")
    assert sitting.focused().startswith("> 2 Clinical trials, 28 point 2 copies, name Edna, ")


def test_the_list_is_as_drawn(sitting: Sitting, golden: Callable[[str], None]) -> None:
    golden(
        add(sitting, "newly 24", "newly", "trials 28 x2 = Edna", "taking 20", "carer 16 x5").keys("up", "down").grid()
    )


def test_the_list_magnified_is_as_drawn(sitting: Sitting, golden: Callable[[str], None]) -> None:
    add(sitting, "newly 24", "newly", "trials 28 x2 = Edna", "taking 20", "carer 16 x5").keys("down", "down")
    sitting.size = (40, 24)
    golden(sitting.grid())


def pressed(typed: str) -> list[str]:
    return ["space" if letter == " " else letter for letter in typed]


def test_ten_lines_take_no_more_keys_than_promised(library: Library, tmp_path: Path, sitting: Sitting) -> None:
    ten = [key for size in (16, 18, 20, 24, 28) * 2 for key in (*pressed(f"new {size}"), "enter")]
    walk = ["down", "enter", *ten, "ctrl+r", "enter"]
    other = Sitting(library, tmp_path).keys(*walk)
    assert len(other.printed) == 10
    assert len(walk) <= 75


def test_one_pack_ten_times_takes_no_more_keys_than_promised(
    library: Library, tmp_path: Path, sitting: Sitting
) -> None:
    walk = [*pressed("newly 24 x10"), "enter", "ctrl+r", "enter"]
    other = Sitting(library, tmp_path).keys("down", "enter", *walk)
    assert [copies for _, _, copies in other.printed] == [10]
    assert len(walk) <= 15


def test_the_same_as_last_clinic_takes_no_more_keys_than_promised(
    library: Library, tmp_path: Path, sitting: Sitting
) -> None:
    walk = ["down", "enter", "down", "enter", "ctrl+r", "enter"]
    known = Known(library, last_list=(ClinicLine("newly-told", "24"),) * 10)
    other = Sitting(library, tmp_path, known).keys(*walk)
    assert len(other.printed) == 10
    assert len(walk) <= 6

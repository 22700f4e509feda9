"""What can be done with a booklet that is ready: print it, open it, save it, and nothing of it stays by itself."""

from pathlib import Path

import pytest

from booklet.clinic import Clinic
from booklet.errors import ExitCode, PrintingError, Problem
from booklet.library import Library
from booklet.printing import Outcome, Printer
from booklet.questions import NAME
from booklet.tui.loading import Known
from booklet.tui.screens import making
from booklet.tui.screens.check import Check
from booklet.tui.screens.done import Done
from booklet.tui.screens.printers import Printers
from booklet.tui.screens.start import Start
from booklet.tui.screens.unsaved import Unsaved
from tests.sitting import Built, Sitting, short_booklets

SECRET = "Canary Featherstonehaugh"
LOST = "The booklet was not printed, opened or saved"


class Folded(Built):
    folded = (b"%PDF-1", b"%PDF-2")  # type: ignore[assignment]


@pytest.fixture
def sitting(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """With a booklet that is ready."""
    return ready(Sitting(library, tmp_path), monkeypatch)


def ready(sitting: Sitting, monkeypatch: pytest.MonkeyPatch, built: type[Built] = Built) -> Sitting:
    short_booklets(monkeypatch)
    monkeypatch.setattr(making, "build", lambda *_: built())
    sitting.keys("enter", "space", "f10")
    sitting.desk.change(sitting.desk.asked[NAME], (SECRET,))
    return sitting.keys("enter")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_printer_the_sides_and_the_paper_are_said_before_printing(sitting: Sitting) -> None:
    assert sitting.focused() == "> [ Print it ] Desk, both sides, A4, actual size"


def test_a_booklet_is_printed_and_somebody_looks(sitting: Sitting) -> None:
    sitting.keys("enter")
    assert sitting.printed == [("booklet-2026-11-21-1432.pdf", "Desk", 1)]
    assert "Is it coming out?" in sitting.words()
    assert "Sent to the printer: Desk." in sitting.words()
    assert [row.text for row in sitting.desk.stops() if row.text.startswith("[")] == [
        "[ Yes ]",
        "[ Print it again ]",
        "[ Choose another printer ]",
        "[ Open it instead ]",
    ]
    sitting.keys("down", "enter", "down", "down", "enter")
    assert isinstance(sitting.desk.page, Printers)
    sitting.keys("down", "down", "enter")
    assert [printer for _, printer, _ in sitting.printed] == ["Desk", "Desk", "Ward"]
    sitting.keys("down", "down", "down", "enter")
    assert isinstance(sitting.desk.page, Done)
    assert [path.name for path in sitting.opened] == ["booklet-2026-11-21-1432.pdf"]
    assert sitting.words().count("Ward, both sides") == 1


def test_printing_that_fails_says_why_and_offers_other_ways(sitting: Sitting) -> None:
    sitting.refused = PrintingError(Problem("The system's printing did not answer in time.", "Look at the printer."))
    sitting.keys("enter")
    assert "It was not printed" in sitting.words()
    assert "The system's printing did not answer in time. Look at the printer." in sitting.words()
    assert sitting.desk.page.view().back
    sitting.refused = None
    sitting.keys("enter")
    assert "Is it coming out?" in sitting.words()


def test_a_fault_in_printing_leaves_the_booklet_where_it_is(sitting: Sitting) -> None:
    sitting.refused = RuntimeError(SECRET)  # type: ignore[assignment]
    sitting.keys("enter")
    assert "Code for the helpdesk: " in sitting.words()
    assert SECRET not in sitting.words()
    sitting.keys("escape")
    assert isinstance(sitting.desk.page, Done)


def test_where_there_is_more_than_one_printer_and_no_usual_one_somebody_chooses(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting(library, tmp_path)
    sitting.printers = (Printer("Desk", False), Printer("Ward", False))
    ready(sitting, monkeypatch)
    assert sitting.focused() == "> [ Print it ] you choose the printer, both sides, A4, actual size"
    sitting.keys("enter")
    assert sitting.printed == []
    assert "There is more than one printer." in sitting.words()
    sitting.keys("down", "enter")
    assert [printer for _, printer, _ in sitting.printed] == ["Ward"]


def test_the_clinic_s_printer_is_used_and_one_that_is_not_there_is_never_replaced_unasked(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = ready(Sitting(library, tmp_path, Known(library, Clinic(printer="Ward"))), monkeypatch)
    assert [printer for _, printer, _ in sitting.keys("enter").printed] == ["Ward"]
    other = ready(Sitting(library, tmp_path / "b", Known(library, Clinic(printer="Gone"))), monkeypatch)
    assert other.keys("enter").printed == []
    assert isinstance(other.desk.page, Printers)


def test_where_nothing_prints_the_file_is_open_and_the_keys_are_said(sitting: Sitting) -> None:
    outcome = Outcome(False, "The file is open. It is not printed yet. Press Ctrl+P.")
    sitting.send = lambda *_: outcome  # type: ignore[method-assign]
    object.__setattr__(sitting.desk.outside, "send", lambda *_: outcome)
    sitting.keys("enter")
    assert "Print it in the window that opened" in sitting.words()
    assert "It is not printed yet. Press Ctrl+P." in sitting.words()
    assert sitting.focused() == "> [ Go on ]"


def test_a_booklet_to_fold_is_printed_and_copied_with_its_parts(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting(library, tmp_path)
    sitting.desk.change(sitting.desk.asked["paper"], ("A5",))
    ready(sitting, monkeypatch, Folded)
    assert sitting.focused() == "> [ Print it ] Desk, to fold, both sides, A4, actual size"
    assert "it is printed as 2 parts" in sitting.words()
    sitting.keys("enter")
    stem = "booklet-2026-11-21-1432"
    assert [name for name, _, _ in sitting.printed] == [f"{stem}-fold-1.pdf", f"{stem}-fold-2.pdf"]
    sitting.keys("enter", "up", "enter", "enter")
    assert files(tmp_path) == [f"{stem}-fold-1.pdf", f"{stem}-fold-2.pdf", f"{stem}.pdf"]


def test_a_copy_goes_to_the_documents_with_two_enters(sitting: Sitting, tmp_path: Path) -> None:
    sitting.keys("down", "down", "enter", "enter")
    assert "A copy is at" in sitting.words()
    assert files(tmp_path) == ["booklet-2026-11-21-1432.pdf"]
    assert (tmp_path / "booklet-2026-11-21-1432.pdf").stat().st_mode & 0o777 == 0o600
    sitting.keys("up", "enter", "enter")
    assert files(tmp_path) == ["booklet-2026-11-21-1432-2.pdf", "booklet-2026-11-21-1432.pdf"]


def test_a_copy_goes_where_it_is_asked_for(sitting: Sitting, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    sitting.keys("down", "down", "enter", "tab", "tab", "enter")
    assert "There is a problem. Type where it should go." in sitting.words()
    sitting.keys("up").type(str(tmp_path / "stick")).keys("tab", "enter")
    assert "A copy is at" in sitting.words()
    (copy,) = (tmp_path / "stick").iterdir()
    assert copy.read_bytes() == Built.data
    sitting.keys("up", "enter", "tab").type(str(copy)).keys("tab", "enter")
    assert "There is a file of this name already." in sitting.words()
    sitting.keys("escape", "enter", "tab").type(str(tmp_path / "gone" / "away")).keys("tab", "enter")
    assert "There is no such folder." in sitting.words()


def test_finishing_with_a_booklet_that_nobody_took_asks_first(sitting: Sitting, tmp_path: Path) -> None:
    sitting.keys("down", "down", "down", "down", "enter")
    assert isinstance(sitting.desk.page, Unsaved)
    assert LOST in sitting.words()
    assert sitting.focused() == "> [ Save a copy ]"
    sitting.keys("escape")
    assert isinstance(sitting.desk.page, Done)
    sitting.keys("enter", "enter", "enter")
    assert isinstance(sitting.desk.page, Start)
    assert len(files(tmp_path)) == 1
    assert files(sitting.work) == []
    assert "A copy is at" in sitting.words()
    assert sitting.desk.answers == sitting.desk.start


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
def test_leaving_a_booklet_that_nobody_took_asks_first(sitting: Sitting, key: str) -> None:
    sitting.keys("f1", key)
    assert LOST in sitting.words()
    sitting.keys(key)
    assert isinstance(sitting.desk.page, Done)
    sitting.keys(key, "end")
    assert sitting.focused() == "> [ Delete it and leave ]"
    sitting.keys("enter")
    assert sitting.code == ExitCode.DONE
    work = sitting.work
    sitting.desk.close()
    assert not work.exists()


def test_another_is_not_made_over_one_that_nobody_took_without_asking(sitting: Sitting) -> None:
    sitting.keys("down", "down", "down", "enter")
    assert LOST in sitting.words()
    sitting.keys("end", "enter")
    assert isinstance(sitting.desk.page, Check)
    assert sitting.desk.answers[NAME] == ()


@pytest.mark.parametrize("way", [("enter",), ("down", "enter"), ("down", "down", "enter", "enter")])
def test_a_booklet_that_somebody_took_is_left_without_a_word(sitting: Sitting, way: tuple[str, ...]) -> None:
    sitting.keys(*way, "escape") if way == ("enter",) else sitting.keys(*way)
    sitting.keys("ctrl+q")
    assert sitting.code == ExitCode.DONE


def test_a_booklet_is_private_and_only_the_newest_is_there(sitting: Sitting) -> None:
    assert [path.stat().st_mode & 0o777 for path in sitting.work.iterdir()] == [0o600]
    sitting.keys("escape", "enter")
    assert len(files(sitting.work)) == 1


def test_a_booklet_that_cannot_be_opened_says_so(sitting: Sitting) -> None:
    def none(path: Path) -> None:
        raise PrintingError(Problem("This computer could not open the file.", "Open it yourself."))

    object.__setattr__(sitting.desk.outside, "open_file", none)
    sitting.keys("down", "enter")
    assert "This computer could not open the file." in sitting.words()
    sitting.keys("escape", "ctrl+q")
    assert LOST in sitting.words()


def test_the_preview_opens_the_real_file(sitting: Sitting) -> None:
    sitting.keys("escape")
    sitting.desk.page.press("preview")
    sitting.finish()
    sitting.desk.page.press("open")
    sitting.finish()
    assert [path.name for path in sitting.opened] == ["booklet-2026-11-21-1432.pdf"]

"""The clinic list one line at a time: a transcript, what may be typed, and that no name stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from booklet import kept, printing
from booklet.build import Booklet
from booklet.errors import ExitCode, OutputError, PrintingError, Problem
from booklet.kept import ClinicLine
from booklet.library import Library
from booklet.paginate import Page
from booklet.plain import clinic
from booklet.printing import Outcome
from booklet.request import Request
from tests.conftest import styles
from tests.plain_talk import STOP, Heard, hold

CANARY = "Canary Featherstonehaugh"
OPEN, CLOSE = "make booklets", ("quit", "yes", "no")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Booklets of as many pages as their print has points, made at once; what was printed is listed."""
    printed: list[tuple[str, int]] = []

    def pages_of(library: Library, request: Request, ruler: object) -> tuple[list[Page], object]:
        size = request.preferences.get("text-size", "18")
        return [Page(0, ()) for _ in range(int(size))], styles(size)

    def built(library: Library, request: Request) -> Booklet:
        return Booklet(b"%PDF", "pdf", int(request.preferences.get("text-size", "18")), 9, 63, (), ())

    def send(path: Path, printer: str, copies: int) -> Outcome:
        printed.append((path.name, copies))
        return Outcome(True, "Sent to the printer: Ward.")

    monkeypatch.setattr(clinic, "pages_of", pages_of)
    monkeypatch.setattr(clinic, "build", built)
    monkeypatch.setattr(printing, "send", send)
    return printed


def listed(library: Library, folder: Path, *typed: str, width: int = 80) -> Heard:
    return hold(library, folder, OPEN, *typed, *CLOSE, width=width)


def test_a_clinic_list_in_lines(
    library: Library, tmp_path: Path, sent: list[tuple[str, int]], golden: Callable[[str], None]
) -> None:
    typed = ("newly 24", "trails", "trials 28 x2 = Edna", "carer", "size 3 16", "copy 2", "remove 1", "undo", "list")
    heard = listed(library, tmp_path, *typed, "make and print")
    assert heard.code == ExitCode.DONE
    assert sent == [
        ("001-newly-told-24.pdf", 1),
        ("002-clinical-trials-28.pdf", 2),
        ("003-clinical-trials-28.pdf", 2),
        ("004-carer-16.pdf", 1),
    ]
    (folder,) = tmp_path.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == [name for name, _ in sent]
    golden(heard.text)


def test_in_forty_letters_a_line_too(library: Library, tmp_path: Path, sent: object) -> None:
    heard = listed(library, tmp_path, "newly 24 x2", "help", "list", width=40)
    assert all(len(line) <= 40 or "FOLDER" in line for line in heard.text.split("\n") if ": " not in line)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Which pack? Type a pack and, if you want, a size, x and how many."),
        ("make", "The list is empty."),
        ("remove 1", "There is no line of that number. Add a line first."),
        ("size 1", "There is no line of that number."),
        ("load nowhere.csv", "There is a problem."),
        ("same", "No list of an earlier clinic is kept."),
        ("undo", "There is nothing to undo."),
        ("?", "remove 2, to take line 2 out."),
    ],
)
def test_what_cannot_be_done_is_said(library: Library, tmp_path: Path, sent: object, typed: str, said: str) -> None:
    heard = hold(library, tmp_path, OPEN, typed, "quit")
    assert said in " ".join(heard.text.split())
    assert list(tmp_path.iterdir()) == []


def test_a_size_that_there_is_not_is_said(library: Library, tmp_path: Path, sent: object) -> None:
    heard = listed(library, tmp_path, "newly", "size 1 17", "size 1")
    assert "This is not a print size that there is. The nearest is 16." in heard.text
    assert "Which size? Type it after the number, such as size 1 24." in heard.text


def test_one_line_that_fails_stops_none_of_the_others(
    library: Library, tmp_path: Path, sent: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = clinic.build

    def build(library: Library, request: Request) -> Booklet:
        if request.preferences.get("text-size") == "28":
            raise OutputError(Problem("There is no room left.", "Free some space."))
        if request.preferences.get("text-size") == "36":
            raise RuntimeError(CANARY)
        return whole(library, request)

    monkeypatch.setattr(clinic, "build", build)
    heard = listed(library, tmp_path, "newly 28", "newly 36", "newly 16", "make and print")
    text = " ".join(heard.text.split())
    assert "1. Newly told, 28 point: not made. There is no room left. Free some space." in text
    assert "2. Newly told, 36 point: not made. Something went wrong inside this program. Code: " in text
    assert "3. Newly told, 16 point: ready, 16 pages." in text
    assert "Done. 1 of 3 booklets ready." in text
    assert CANARY not in text
    assert sent == [("003-newly-told-16.pdf", 1)]


def test_a_printer_that_does_not_answer_leaves_the_booklets(
    library: Library, tmp_path: Path, sent: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(*_: object) -> Outcome:
        raise PrintingError(Problem("The system's printing did not answer in time."))

    monkeypatch.setattr(printing, "send", send)
    heard = listed(library, tmp_path, "newly", "make and print")
    assert "0 of 1 were sent. The booklets are safe in their folder." in heard.text
    assert len(list(tmp_path.rglob("*.pdf"))) == 1


def test_what_is_kept_of_a_list_has_no_name(library: Library, tmp_path: Path, sent: object, home: Path) -> None:
    heard = listed(library, tmp_path, f"newly 24 x2 = {CANARY}", "make")
    assert CANARY in heard.text
    assert kept.last_clinic_list(library) == (ClinicLine("newly-told", "24", 2),)
    everything = [path for folder in (home, tmp_path) for path in folder.rglob("*")]
    assert not [path for path in everything if "anary" in path.name]
    assert not [path for path in everything if path.is_file() and b"Canary" in path.read_bytes()]
    again = listed(library, tmp_path, "same")
    assert "1. Newly told, 24 point, 2 copies" not in again.text
    assert "Added 1 line of the last clinic. No names were kept." in again.text


def test_a_list_comes_from_a_file_with_every_problem_at_its_line(
    library: Library, tmp_path: Path, sent: object
) -> None:
    path = tmp_path / "a list.csv"
    path.write_text(f"pack,name\nnewlly,\ncarer,{CANARY}\n")
    heard = listed(library, tmp_path, f'load "{path}"')
    assert "Line 2 of the file: There is no such pack. Did you mean Newly told?" in heard.text
    assert "No booklets yet." in heard.text
    path.write_text("pack,text-size\nnewly-told,24\ncarer,\n")
    heard = listed(library, tmp_path, f"load {path}", "list")
    assert "Added 2 lines." in heard.text
    assert "2. For a carer, 18 point." in heard.text


def test_the_list_is_there_when_one_comes_back(library: Library, tmp_path: Path, sent: object) -> None:
    heard = hold(library, tmp_path, OPEN, "newly 24", "back", OPEN, "list", *CLOSE)
    assert heard.text.count("1. Newly told, 24 point.") == 2


def test_leaving_a_list_is_asked_about(library: Library, tmp_path: Path, sent: object) -> None:
    heard = hold(library, tmp_path, OPEN, "newly", "quit", "", "quit", "yes", "no")
    assert heard.code == ExitCode.DONE
    assert heard.text.count("Do you want to leave? The list will be forgotten.") == 2


@pytest.mark.parametrize("typed", [(), ("newly",), ("newly", "size 1 24")])
def test_answers_that_end_too_soon_leave_nothing(
    library: Library, tmp_path: Path, sent: object, typed: tuple[str, ...], home: Path
) -> None:
    heard = hold(library, tmp_path, OPEN, *typed)
    assert heard.error
    assert heard.error.exit_code == ExitCode.BAD_REQUEST
    assert [path for folder in (tmp_path, home) for path in folder.rglob("*") if path.is_file()] == []


def test_it_can_be_stopped(library: Library, tmp_path: Path, sent: object) -> None:
    assert hold(library, tmp_path, OPEN, "newly", STOP).code is None
    heard = hold(library, tmp_path, OPEN, "newly", "make", STOP)
    assert heard.code == ExitCode.STOPPED
    assert "Stopped. What was made before is saved." in heard.text

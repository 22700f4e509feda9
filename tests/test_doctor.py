"""What this computer can do: true, in plain words, and with nobody's name in it."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from booklet import doctor, fonts, paths, printing
from booklet.__main__ import run
from booklet.doctor import Fact, examine
from booklet.errors import ExitCode, PrintingError, Problem
from booklet.printing import Printer

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def two_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SYSTEM", "linux")
    monkeypatch.setattr(printing, "printers", lambda: (Printer("Desk", True), Printer("Ward", False)))


def said(today: date = TODAY) -> list[str]:
    return [str(fact) for fact in examine(today)]


def test_everything_is_a_sentence_in_a_line_and_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    assert all(line.split(": ")[0] in ("OK", "Please note") and line.endswith(".") for line in lines)
    assert "OK: There is a printer called Desk, and it is the usual one." in lines
    assert "OK: All 14 typefaces can be read." in lines
    assert run(["doctor", "--json"]) == ExitCode.DONE
    rows = json.loads(capsys.readouterr().out)
    assert [row["kind"] for row in rows][:2] == ["ok", "ok"]
    assert len(rows) == len(lines)


def test_nobody_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "Canary"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("BOOKLET_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "Canary")
    monkeypatch.setenv("HOSTNAME", "Canary")
    lines = said()
    assert "Canary" not in "".join(lines)
    assert any("The folder for settings is ~" in line for line in lines)
    assert os.uname().nodename not in "".join(lines).split()


def test_fonts_that_cannot_be_read_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        if name == "noto":
            raise ValueError("not a font")

    monkeypatch.setattr(fonts, "face", broken)
    assert "Problem: Typefaces cannot be read: noto. Install the program again." in said()


def test_content_that_cannot_be_read_is_a_problem_and_ends_in_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "CONTENT", tmp_path)
    assert run(["doctor"]) == ExitCode.FAILED
    assert "things to put right. To see them, run: booklet check" in capsys.readouterr().out


def test_content_past_its_review_date_is_a_note() -> None:
    assert "OK: The next section is due to be checked by 2027-02-20." in said()
    (late,) = [line for line in said(date(2029, 1, 1)) if "past the day" in line]
    assert late.startswith("Please note: ")


def test_folders_that_cannot_be_written_are_notes(home: Path) -> None:
    home.rmdir()
    home.write_text("")
    (note,) = [line for line in said() if "last choices" in line]
    assert note.startswith("Please note: The folder for the last choices cannot be written: ")
    assert note.endswith("The program works without it.")


def test_looking_makes_no_folder(home: Path) -> None:
    said()
    assert list(home.iterdir()) == []


def test_printing_that_does_not_work_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs() -> None:
        raise PrintingError(Problem("It did not answer.", "Wait."))

    monkeypatch.setattr(printing, "printers", hangs)
    assert "Please note: It did not answer. Wait." in said()
    monkeypatch.setattr(printing, "printers", lambda: ())
    assert any(line.startswith("Please note: There is no printer. Add one") for line in said())
    monkeypatch.setattr(printing, "printers", lambda: (Printer("A", False), Printer("B", False)))
    assert any(line.startswith("Please note: No printer is the usual one.") for line in said())
    monkeypatch.setattr(printing, "SYSTEM", "win32")
    monkeypatch.setattr(printing, "sumatra", lambda: None)
    assert any("cannot be sent to a printer from here" in line for line in said())


def test_which_interface_would_open_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "why_not_full_screen", lambda: "this is not a terminal")
    assert any("The full screen cannot open, because this is not a terminal." in line for line in said())
    monkeypatch.setattr(doctor, "why_not_full_screen", lambda: None)
    assert "OK: The full screen can open." in said()


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256 colours"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million colours"),
        ({"TERM": "xterm"}, "16 colours"),
        ({"TERM": "dumb"}, "no colours that we know of"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "colours switched off"),
    ],
)
def test_colours(environment: dict[str, str], colours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert any(line.endswith(f"has {colours}.") for line in said())


def test_a_fact_is_a_line() -> None:
    assert str(Fact("note", "No.", "Do this.")) == "Please note: No. Do this."

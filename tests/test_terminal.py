"""Full screen or one line at a time is decided before Textual is imported, in every environment."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from booklet import terminal


class Terminal(io.StringIO):
    def __init__(self, tty: bool = True, encoding: str = "utf-8") -> None:
        super().__init__()
        self.tty, self.named = tty, encoding

    def isatty(self) -> bool:
        return self.tty

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.named


@pytest.mark.parametrize(
    ("tty", "term", "encoding", "size", "reason"),
    [
        (True, "xterm-256color", "utf-8", (80, 24), None),
        (True, "xterm-256color", "UTF-8", (26, 10), None),
        (True, "xterm", "cp65001", (26, 10), None),
        (False, "xterm", "utf-8", (80, 24), "this is not a terminal"),
        (True, "dumb", "utf-8", (80, 24), "this terminal cannot move its cursor"),
        (True, "unknown", "utf-8", (80, 24), "this terminal cannot move its cursor"),
        (True, "", "utf-8", (80, 24), "this terminal cannot move its cursor"),
        (True, "xterm", "ascii", (80, 24), "this terminal is not set to Unicode"),
        (True, "xterm", "latin-1", (80, 24), "this terminal is not set to Unicode"),
        (True, "xterm", "utf-8", (25, 24), "the window is smaller than 26 letters by 10 lines"),
        (True, "xterm", "utf-8", (80, 9), "the window is smaller than 26 letters by 10 lines"),
    ],
)
def test_where_the_full_screen_can_open(
    monkeypatch: pytest.MonkeyPatch,
    tty: bool,
    term: str,
    encoding: str,
    size: tuple[int, int],
    reason: str | None,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(tty))
    monkeypatch.setattr(sys, "stdout", Terminal(tty, encoding))
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(terminal.shutil, "get_terminal_size", lambda *_, **__: os.terminal_size(size))
    monkeypatch.setattr(terminal.os, "name", "posix")
    assert terminal.why_not_full_screen() == reason


@pytest.mark.parametrize(
    ("flag", "saved", "environment", "tty", "ui"),
    [
        ("", "", {}, True, "screen"),
        ("plain", "screen", {"BOOKLET_UI": "screen"}, True, "plain"),
        ("screen", "plain", {"BOOKLET_UI": "plain", "ACCESSIBLE": "1", "TERM": "dumb"}, True, "screen"),
        ("", "screen", {"BOOKLET_UI": "plain"}, True, "plain"),
        ("", "plain", {"BOOKLET_UI": "screen", "ACCESSIBLE": "1", "TERM": "dumb"}, True, "screen"),
        ("", "screen", {"BOOKLET_UI": "purple", "ACCESSIBLE": "yes"}, True, "plain"),
        ("", "", {"ACCESSIBLE": "0"}, True, "screen"),
        ("", "", {"ACCESSIBLE": "False"}, True, "screen"),
        ("", "plain", {"ACCESSIBLE": "no"}, True, "plain"),
        ("", "screen", {"TERM": "dumb"}, True, "screen"),
        ("", "", {"TERM": "dumb"}, True, "plain"),
        ("", "", {}, False, "plain"),
        ("screen", "screen", {"BOOKLET_UI": "screen"}, False, "plain"),
    ],
)
def test_the_first_that_says_so_chooses(
    monkeypatch: pytest.MonkeyPatch,
    flag: terminal.Ui,
    saved: terminal.Ui,
    environment: dict[str, str],
    tty: bool,
    ui: str,
) -> None:
    for name in ("BOOKLET_UI", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", Terminal(tty))
    monkeypatch.setattr(sys, "stdout", Terminal(tty))
    monkeypatch.setattr(terminal.shutil, "get_terminal_size", lambda *_, **__: os.terminal_size((80, 24)))
    monkeypatch.setattr(terminal.os, "name", "posix")
    assert terminal.mode(flag, saved).ui == ui


def test_a_stream_that_is_closed_or_not_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (closed, None):
        monkeypatch.setattr(sys, "stdin", stream)
        assert terminal.mode("screen") == ("plain", "this is not a terminal")


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ((), {}, "There is nobody to ask"),
        (("--plain",), {}, "There is nobody to ask"),
        (("--plain", "--width", "40"), {}, "There is nobody to ask"),
        (("--width=40",), {}, "There is nobody to ask"),
        ((), {"BOOKLET_UI": "screen"}, "There is nobody to ask"),
        ((), {"ACCESSIBLE": "1"}, "There is nobody to ask"),
        ((), {"TERM": ""}, "There is nobody to ask"),
        ((), {"PYTHONIOENCODING": "ascii"}, "There is nobody to ask"),
        (("--screen",), {}, "The full screen cannot open here: this is not a terminal. Run: booklet --plain"),
        (("--screen", "--plain"), {}, "Something in the command was not understood."),
        (("--plain", "--width", "9"), {}, "--width cannot be less than 20 letters."),
        (("--width", "wide"), {}, "Something in the command was not understood."),
    ],
)
def test_where_there_is_no_terminal_nothing_hangs(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "booklet", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr

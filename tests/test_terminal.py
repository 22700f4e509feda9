"""Whether the full screen can open is decided before Textual is imported, in every environment."""

import io
import sys

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
        (True, "xterm-256color", "UTF-8", (40, 12), None),
        (True, "xterm", "cp65001", (40, 12), None),
        (False, "xterm", "utf-8", (80, 24), "this is not a terminal"),
        (True, "dumb", "utf-8", (80, 24), "this terminal cannot move its cursor"),
        (True, "unknown", "utf-8", (80, 24), "this terminal cannot move its cursor"),
        (True, "", "utf-8", (80, 24), "this terminal cannot move its cursor"),
        (True, "xterm", "ascii", (80, 24), "this terminal is not set to Unicode"),
        (True, "xterm", "latin-1", (80, 24), "this terminal is not set to Unicode"),
        (True, "xterm", "utf-8", (39, 24), "the window is smaller than 40 letters by 12 lines"),
        (True, "xterm", "utf-8", (80, 11), "the window is smaller than 40 letters by 12 lines"),
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
    monkeypatch.setattr(terminal.shutil, "get_terminal_size", lambda: size)
    monkeypatch.setattr(terminal.os, "name", "posix")
    assert terminal.why_not_full_screen() == reason

"""The program in a real terminal: what it writes, where its cursor is, and what it leaves behind."""

import contextlib
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from booklet.kept import Look, keep_look

pty = pytest.importorskip("pty", reason="a Unix terminal")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

ROOT = Path(__file__).parent.parent
PATIENCE = 30
"""Seconds after which a terminal that shows nothing new is a failure."""
KEYS = {"enter": "\r", "space": " ", "down": "\x1b[B", "up": "\x1b[A", "tab": "\t", "ctrl+r": "\x12", "ctrl+q": "\x11"}
CRASH = """
from booklet.__main__ import main
from booklet.tui.desk import Desk

def key(self, key, letter=None):
    name = "Canary Featherstonehaugh"
    raise RuntimeError(name)

Desk.key = key
main()
"""


class Terminal:
    """A program in a terminal of its own, and the screen that it draws."""

    def __init__(self, home: Path, *argv: str, size: tuple[int, int] = (80, 24), **more: str) -> None:
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.written = b""
        self.code: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
            for name in ("COLUMNS", "LINES", "BOOKLET_UI", "ACCESSIBLE", "NO_COLOR", "COLORTERM", "XDG_CONFIG_HOME"):
                environment.pop(name, None)
            environment |= more
            os.execve(sys.executable, [sys.executable, *argv], environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def read(self, seconds: float) -> bytes:
        """What is written within a time; nothing if the program has ended."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        try:
            data = os.read(self.fd, 65536) if ready else b""
        except OSError:
            data = b""
        self.written += data
        # pyte does not know the private sequences with which Textual asks what a terminal can do
        self.stream.feed(data.replace(b"\x1b[?2026$p", b"").replace(b"\x1b[?2048$p", b""))
        return data

    def wait(self, shown: Callable[[], bool]) -> "Terminal":
        end = time.monotonic() + PATIENCE
        while not shown() and time.monotonic() < end:
            self.read(0.2)
        assert shown(), "\n".join(self.screen.display)
        return self

    def until(self, words: str) -> "Terminal":
        return self.wait(lambda: words in self.text())

    def until_at(self, label: str) -> "Terminal":
        """Until the cursor stands on a label."""
        return self.wait(lambda: self.around().startswith(label))

    def keys(self, *keys: str) -> "Terminal":
        os.write(self.fd, "".join(KEYS.get(key, key) for key in keys).encode())
        return self

    def text(self) -> str:
        return " ".join(" ".join(self.screen.display).split())

    def cells(self) -> list[pyte.screens.Char]:
        """Every cell, with its colours."""
        return [self.screen.buffer[y][x] for y in range(self.screen.lines) for x in range(self.screen.columns)]

    def around(self) -> str:
        """The 40 cells from the cursor on, as a braille display shows them."""
        x, y = self.screen.cursor.x, self.screen.cursor.y
        return self.screen.display[y][x : x + 40]

    def before(self) -> str:
        """The line of the cursor, up to it."""
        return self.screen.display[self.screen.cursor.y][: self.screen.cursor.x]

    def end(self) -> bytes:
        """Reads on until the program has ended."""
        while self.read(PATIENCE):
            pass
        _, status = os.waitpid(self.pid, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return self.written

    def close(self) -> None:
        if self.code is None:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
        os.close(self.fd)


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def opened(
    terminals: list[Terminal], home: Path, *argv: str, size: tuple[int, int] = (80, 24), **more: str
) -> Terminal:
    terminals.append(Terminal(home, *(argv or ("-m", "booklet", "--screen")), size=size, **more))
    return terminals[-1].until("What do you want to do?")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
def test_a_booklet_is_made_in_a_terminal_and_only_the_copy_is_left(
    terminals: list[Terminal], tmp_path: Path, home: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "Documents").mkdir()
    terminal = opened(terminals, tmp_path, size=size)
    terminal.keys("enter").until("Which topics go in")
    terminal.keys("down", "down", "down", "down", "space").until("1 topic chosen.").until("sheets of paper.")
    terminal.keys("tab", "enter", "tab", "tab", "tab", "enter").until("Name:").keys("Canary").until("Name: Canary")
    terminal.keys("ctrl+r").until("Make the booklet").keys("enter").until("Your booklet is ready")
    (there,) = (home / "work").rglob("*.pdf")
    assert there.stat().st_mode & 0o077 == 0
    terminal.keys("down", "down").until_at("> [ Save a copy ]").keys("enter").until("Save here").keys("enter")
    terminal.until("A copy is at")
    (made,) = (tmp_path / "Documents").rglob("*.pdf")
    assert made.read_bytes().startswith(b"%PDF")
    assert "Canary" not in made.name
    assert made.stat().st_mode & 0o077 == 0
    terminal.keys("ctrl+q").end()
    assert terminal.code == 0
    left = [path for path in tmp_path.rglob("*") if path.is_file() and "fontconfig" not in path.parts]
    assert left == [made]
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in kept] == ["choices.json"]
    assert b"Canary" not in kept[0].read_bytes()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_window_that_is_closed_leaves_no_booklet(
    terminals: list[Terminal], tmp_path: Path, home: Path, sent: signal.Signals
) -> None:
    terminal = opened(terminals, tmp_path)
    terminal.keys("enter").until("> [ ] Emergencies").keys("space").until("1 topic chosen.")
    terminal.keys("ctrl+r").until("Make the booklet").keys("enter").until("Your booklet is ready")
    assert list((home / "work").rglob("*.pdf"))
    os.kill(terminal.pid, sent)
    terminal.end()
    assert list((home / "work").iterdir()) == []


def test_the_cursor_of_the_terminal_is_shown_and_stands_on_the_focused_label(
    terminals: list[Terminal], tmp_path: Path
) -> None:
    terminal = opened(terminals, tmp_path)
    terminal.keys("enter").until("Which topics go in").until("> [ ] Emergencies")
    for key, label in (
        ("down", "> [ ] About secondary breast cancer"),
        ("space", "> [x] About secondary breast cancer"),
        ("up", "> [ ] Emergencies"),
        ("tab", "> [ Continue ]"),
        ("enter", "> (*) 18 point"),
        ("down", "> ( ) 20 point"),
        ("enter", "> (*) 20 point"),
        ("ctrl+r", "> [ Make the booklet ]"),
        ("down", "> Change topics"),
    ):
        terminal.keys(key).until_at(label)
        assert not terminal.screen.cursor.hidden


def test_the_line_that_is_typed_on_has_the_cursor_behind_the_last_letter(
    terminals: list[Terminal], tmp_path: Path
) -> None:
    terminal = opened(terminals, tmp_path)
    terminal.keys("enter").until("> [ ] Emergencies").keys("b", "r", "e").until("Find: bre")
    terminal.wait(lambda: terminal.before().endswith("> Find: bre"))


def test_a_screen_that_nobody_touches_writes_nothing(terminals: list[Terminal], tmp_path: Path) -> None:
    terminal = opened(terminals, tmp_path)
    terminal.keys("enter").until("> [ ] Emergencies").until("pages")
    while terminal.read(0.5):
        pass
    assert terminal.read(1.5) == b""


@pytest.mark.parametrize("look", ["dark", "light", "yellow", "own"])
@pytest.mark.parametrize(
    "kind", [{"TERM": "xterm"}, {"TERM": "xterm-256color"}, {"COLORTERM": "truecolor"}, {"NO_COLOR": "1"}], ids=str
)
def test_the_first_page_is_there_before_the_app_and_stays(
    terminals: list[Terminal], tmp_path: Path, home: Path, kind: dict[str, str], look: str
) -> None:
    """Textual says that it is there by asking the terminal what it can do."""
    keep_look(Look(look))
    terminal = opened(terminals, tmp_path, **kind).until_at("> Make one booklet")
    cells = terminal.cells()
    while b"\x1b[?2026$p" not in terminal.written:
        assert terminal.read(PATIENCE)
    while terminal.read(0.5):
        assert "What do you want to do?" in terminal.text()
    assert terminal.cells() == cells, "the app draws what is there"
    assert terminal.written.count(b"\x1b[?1049h") == 1
    before, _, _ = terminal.written.partition(b"\x1b[?2026$p")
    assert b"What do you want to do?" in before


def test_where_no_colours_are_wanted_the_terminal_keeps_its_own(terminals: list[Terminal], tmp_path: Path) -> None:
    terminal = opened(terminals, tmp_path, NO_COLOR="1").keys("enter").until("Which topics go in")
    assert {(cell.fg, cell.bg) for cell in terminal.cells()} == {("default", "default")}


def test_what_is_typed_before_the_app_is_there_is_not_lost(terminals: list[Terminal], tmp_path: Path) -> None:
    terminal = opened(terminals, tmp_path).keys("down", "down", "enter").until("ready-made pack?")
    assert b"^[" not in terminal.written


def test_the_terminal_is_as_it_was_when_the_program_ends_before_its_app_is_there(
    terminals: list[Terminal], tmp_path: Path
) -> None:
    broken = "import sys; sys.modules['textual'] = None\nfrom booklet.__main__ import main\nmain()"
    terminals.append(Terminal(tmp_path, "-c", broken, "--screen"))
    before = termios.tcgetattr(terminals[0].fd)
    written = terminals[0].end()
    assert termios.tcgetattr(terminals[0].fd) == before
    assert b"Code: " in written.rpartition(b"\x1b[?1049l")[2]


def test_nothing_of_what_a_person_chose_is_left_in_the_terminal(terminals: list[Terminal], tmp_path: Path) -> None:
    terminal = opened(terminals, tmp_path)
    terminal.keys("enter").until("> [ ] Emergencies").keys("space").until("> [x] Emergencies")
    terminal.keys("ctrl+q").until("Do you want to leave?").keys("down", "down", "enter").end()
    assert terminal.code == 0
    assert b"\x1b[?1049l" in terminal.written.rpartition(b"Leave and forget")[2]


def test_a_crash_in_a_terminal_shows_no_variable(terminals: list[Terminal], tmp_path: Path) -> None:
    terminal = opened(terminals, tmp_path, "-c", CRASH, "--screen")
    written = terminal.keys("down").end()
    assert b"Something went wrong inside this program. Code: " in written
    assert b"Canary" not in written
    assert b"Featherstonehaugh" not in written


def test_the_terminal_s_own_colours_are_left_alone(terminals: list[Terminal], tmp_path: Path) -> None:
    terminal = opened(terminals, tmp_path)
    terminal.keys("down", "down", "down", "down", "enter").until("Which colours are easiest")
    terminal.keys("down", "down", "down", "enter").until("> (*) The colours of this terminal")
    terminal.wait(lambda: {(cell.fg, cell.bg) for cell in terminal.cells()} == {("default", "default")})
    assert any(cell.reverse and cell.bold for cell in terminal.cells())


def test_the_program_ends_when_its_terminal_is_gone(tmp_path: Path) -> None:
    """No signal tells it, where the terminal is not the one that controls it."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "booklet", "--screen"]
    with subprocess.Popen(
        command, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
    ) as process:
        try:
            os.close(its)
            seen = b""
            while b"What do you want to do" not in seen:
                assert select.select([ours], [], [], PATIENCE)[0], seen
                seen += os.read(ours, 65536)
            os.close(ours)
            assert process.wait(PATIENCE) != 0
        finally:
            process.kill()

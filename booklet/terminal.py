"""Full screen or one line at a time: decided before Textual, which hangs or misdraws where it cannot open, is imported."""

import os
import shutil
import sys
from typing import Literal, NamedTuple, TextIO

WIDTH, HEIGHT = 26, 10
"""The smallest screen that holds every page, in cells."""
Ui = Literal["plain", "screen", ""]


class Mode(NamedTuple):
    ui: Literal["plain", "screen"]
    because: str = ""
    """Why the full screen cannot open, where nobody asked for plain lines."""


def mode(flag: Ui = "", saved: str = "") -> Mode:
    """What was asked for, else what this terminal can do: the first that says so (screen.md section 2).

    A flag is obeyed even where the screen cannot be drawn well; nothing opens a screen where there is no terminal.
    """
    named = os.environ.get("BOOKLET_UI", "").strip().lower()
    accessible = os.environ.get("ACCESSIBLE", "").strip().lower() not in ("", "0", "false", "no")
    wish = flag or (named if named in ("plain", "screen") else "") or ("plain" if accessible else saved)
    if wish == "plain":
        return Mode("plain")
    reason = why_not_full_screen(forced=wish == "screen")
    return Mode("plain", reason) if reason else Mode("screen")


def why_not_full_screen(forced: bool = False) -> str | None:
    """The reason, in words that follow "because"; None where it can open (screen.md sections 1 and 2).

    Forced, only what nobody could use is a reason: a place where no key can be pressed.
    """
    if not is_terminal(sys.stdin) or not is_terminal(sys.stdout):
        return "this is not a terminal"
    if forced:
        return None
    if not _moves_cursor():
        return "this terminal cannot move its cursor"
    if (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "utf16", "cp65001"):
        return "this terminal is not set to Unicode"
    columns, lines = shutil.get_terminal_size()
    if columns < WIDTH or lines < HEIGHT:
        return f"the window is smaller than {WIDTH} letters by {HEIGHT} lines"
    return None


def is_terminal(stream: TextIO | None) -> bool:
    """False as well for a stream that is closed, or was never there."""
    return stream is not None and not stream.closed and stream.isatty()


def _moves_cursor() -> bool:
    """By the name of the terminal; on Windows, by whether the console can be switched to terminal codes."""
    if os.name != "nt":
        return os.environ.get("TERM", "") not in ("", "dumb", "unknown")
    import ctypes

    console = ctypes.windll.kernel32  # type: ignore[attr-defined]
    output, codes = console.GetStdHandle(-11), ctypes.c_uint()
    return bool(console.GetConsoleMode(output, ctypes.byref(codes)) and console.SetConsoleMode(output, codes.value | 4))


def colours() -> int:
    """How many colours this terminal says that it has; nothing is asked of it."""
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return 2**24
    term = os.environ.get("TERM", "")
    if os.name != "nt" and term in ("", "dumb", "unknown"):
        return 0
    return 256 if "256color" in term or "kitty" in term else 16


def wants_no_colour() -> bool:
    """Whether programs are asked not to choose colours themselves (no-color.org); what a person chose in one goes first."""
    return bool(os.environ.get("NO_COLOR"))

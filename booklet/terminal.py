"""Whether the full screen can open here; asked before Textual, which hangs or misdraws otherwise, is imported."""

import os
import shutil
import sys

WIDTH, HEIGHT = 40, 12
"""The smallest screen that holds every page, in cells."""


def why_not_full_screen(forced: bool = False) -> str | None:
    """The reason, in words that follow "because"; None where it can open (screen.md sections 1 and 2).

    Forced, only what nobody could use is a reason: a place where no key can be pressed.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        return "this is not a terminal"
    if forced:
        return None
    if os.name != "nt" and os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "this terminal cannot move its cursor"
    if (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "utf16", "cp65001"):
        return "this terminal is not set to Unicode"
    columns, lines = shutil.get_terminal_size()
    if columns < WIDTH or lines < HEIGHT:
        return f"the window is smaller than {WIDTH} letters by {HEIGHT} lines"
    return None

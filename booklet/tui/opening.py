"""The first page, on the screen before Textual is loaded, which takes longer than all the rest of the start.

The app draws the same page over it. What is typed in between waits in the terminal, unseen, and reaches the app.
"""

import shutil
import sys
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from booklet.terminal import colours
from booklet.tui.looks import LOOKS, OWN
from booklet.tui.rows import Line, padded

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

OPEN, CLOSE = "\x1b[?1049h", "\x1b[?1049l"
"""The codes of a terminal for its second screen, which leaves what was on the first as it was."""


class Opening:
    """Holds the terminal from its first page on; at the end the terminal takes lines again, as it did before."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.is_open = False
        """The page is on the screen, and it is for us to close it."""
        self.before: list[Any] | None = None

    def __enter__(self) -> Self:
        """Does nothing where a terminal is set otherwise, as in Windows: the app's own first page is soon enough."""
        try:
            import termios
        except ImportError:
            return self
        try:
            self.before = termios.tcgetattr(sys.stdin)
            self._listen(termios)
        except termios.error:
            return self
        size = shutil.get_terminal_size()  # as the app asks for it
        shown = self.desk.screen((size.columns, size.lines))
        _write(OPEN + written(shown.lines, shown.cursor, self.desk.look, size.columns))
        self.is_open = True
        return self

    def _listen(self, termios: Any) -> None:
        """Keys are kept as they are pressed, and not shown: Enter stays Enter, and Ctrl+Q is no code of the line."""
        now = termios.tcgetattr(sys.stdin)
        now[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        now[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        now[6][termios.VMIN] = 1
        termios.tcsetattr(sys.stdin, termios.TCSANOW, now)

    def hand_over(self) -> bool:
        """The app has the screen from now on, and closes it. Whether it is open."""
        was, self.is_open = self.is_open, False
        return was

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.before is None:
            return
        import termios

        with suppress(OSError, termios.error):  # a terminal that is gone needs nothing more
            if self.is_open:
                _write(CLOSE)
            termios.tcsetattr(sys.stdin, termios.TCSANOW, self.before)


def written(lines: tuple[Line, ...], cursor: tuple[int, int], look: str, width: int) -> str:
    """The codes that draw lines as the app does, from the top left, and put the cursor in its cell."""
    pair = "0" if look == OWN else f"0{_colour(LOOKS[look].ink, 30)}{_colour(LOOKS[look].paper, 40)}"
    drawn = []
    for number, line in enumerate(lines, 1):
        weight = ";1" if line.bold or line.focused else ""
        drawn.append(f"\x1b[{number};1H\x1b[{pair}{weight}{';7' if line.focused else ''}m{padded(line.text, width)}")
    x, y = cursor
    return f"{''.join(drawn)}\x1b[0m\x1b[{y + 1};{x + 1}H"


def _colour(named: str, base: int) -> str:
    """The code for "#rrggbb", of which each part is all or nothing; `base` is 30 for letters and 40 for what is behind.

    A terminal takes a code for more colours than it has for something else, such as blinking.
    """
    parts = [int(named[n : n + 2], 16) for n in (1, 3, 5)]
    red, green, blue = (part // 255 for part in parts)
    match colours():
        case 0:
            return ""
        case 16:
            return f";{base + (60 if any(parts) else 0) + red + 2 * green + 4 * blue}"
        case 256:
            return f";{base + 8};5;{16 + 180 * red + 30 * green + 5 * blue}"
        case _:
            return f";{base + 8};2;{parts[0]};{parts[1]};{parts[2]}"


def _write(codes: str) -> None:
    sys.stdout.write(codes)
    sys.stdout.flush()

"""A conversation in plain mode for the tests: what is typed is echoed, as a terminal does, so that a transcript reads."""

import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from booklet.clinic import Clinic
from booklet.errors import ExitCode, RequestError
from booklet.library import Library
from booklet.plain import Talk, Voice, welcome
from booklet.plain.making import Workshop

NOW = datetime(2026, 11, 21, 14, 32)
STOP = "<Ctrl+C>"


class Keyboard(io.StringIO):
    """Types one line for each prompt; after the last there is no more."""

    def __init__(self, lines: Iterable[str], out: io.StringIO) -> None:
        super().__init__()
        self.lines, self.out = list(lines), out

    def isatty(self) -> bool:
        return True

    def readline(self, *_: object) -> str:  # type: ignore[override]
        if not self.lines:
            return ""
        line = self.lines.pop(0)
        if line == STOP:
            raise KeyboardInterrupt
        self.out.write(f"{line}\n")
        return f"{line}\n"


@dataclass
class Heard:
    code: ExitCode | None
    """None: it was stopped."""
    text: str
    talk: Talk
    error: RequestError | None = None


def hold(
    library: Library, folder: Path, *lines: str, width: int = 80, clock: Callable[[], float] = lambda: 0.0
) -> Heard:
    """A whole conversation, of which everything but a person's own words has to be ASCII and only ever added."""
    out = io.StringIO()
    voice = Voice(Keyboard(lines, out), out, width)
    welcome(voice)
    talk = Talk(voice, lambda: Workshop(library, Clinic(), clock, lambda: NOW, lambda: folder))
    code, error = None, None
    try:
        with suppress(KeyboardInterrupt):
            code = talk.run()
    except RequestError as e:
        error = e
    text = out.getvalue()
    assert not set(text) & {"\x1b", "\r", "\b", "\t"}
    typed = "".join(lines)
    assert all(char.isascii() or char in typed for char in text)
    for line in text.split("\n"):
        assert not line.startswith(" ") or not line.strip(), "a line begins with spaces"
    return Heard(code, text.replace(str(folder), "FOLDER"), talk, error)

"""What the interface does outside itself, in one place to be passed in: open a file, say where files go."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from booklet.paths import documents


def open_file(path: Path) -> None:
    """Shows a file in this computer's own reader. Raises OSError where there is none."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        program = "open" if sys.platform == "darwin" else "xdg-open"
        quiet = subprocess.DEVNULL
        subprocess.Popen([program, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


@dataclass(frozen=True)
class Outside:
    """What a test, or a computer that can do more, may have otherwise."""

    folder: Callable[[], Path] = documents
    """Where booklets are saved."""
    open_file: Callable[[Path], None] = open_file

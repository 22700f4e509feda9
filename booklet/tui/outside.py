"""What the interface does outside itself, in one place to be passed in: printers, readers of PDFs, folders, the clock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from booklet import printing
from booklet.paths import documents
from booklet.work import work_folder


def booklets() -> Path:
    """Where copies are saved; it need not be there yet."""
    return documents() / "Large print booklets"


@dataclass(frozen=True)
class Outside:
    """What a test, or a computer that can do more, may have otherwise."""

    folder: Callable[[], Path] = booklets
    open_file: Callable[[Path], None] = printing.open_file
    """Shows a file in this computer's own reader. Raises PrintingError where there is none."""
    printers: Callable[[], tuple[printing.Printer, ...]] = printing.printers
    send: Callable[[Path, str, int], printing.Outcome] = printing.send
    work: Callable[[], AbstractContextManager[Path]] = work_folder
    """Opens the private folder where a booklet is until it is saved."""
    now: Callable[[], datetime] = datetime.now

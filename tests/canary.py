"""Details of somebody who does not exist, and a search for them in everything that a program may leave behind."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

DETAILS = {
    "name": "Zebedee Quillfeather",
    "phone-day": "020 7946 0973",
    "appointment": "Tuesday 1 December, Xylophone Ward",
    "nurse": "Nurse Marmalade",
    "questions": "Will my zucchini grow?",
}
FLAGS = tuple(part for key, value in DETAILS.items() for part in (f"--{key}", value))
WORDS = ("zebedee", "quillfeather", "7946 0973", "79460973", "xylophone", "marmalade", "zucchini")
"""What is looked for; no page of ours has any of them."""


def found(data: bytes, depth: int = 3) -> set[str]:
    """The words of the canary in bytes: plain, as UTF-16, as hexadecimal figures, and in whatever is packed inside."""
    said: set[str] = set()
    lower = data.lower()
    for word in WORDS:
        forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
        forms += [form.hex().encode() for form in forms]
        if any(form in lower for form in forms):
            said.add(word)
    for part in unpacked(data) if depth else ():
        said |= found(part, depth - 1)
    return said


def unpacked(data: bytes) -> Iterator[bytes]:
    """The streams of a PDF, and what gzip has packed."""
    if data.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data)
    for begin in re.finditer(rb"stream\r?\n", data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[begin.end() :])


def left_behind(*folders: Path, but: Iterable[Path] = ()) -> dict[str, set[str]]:
    """Every file and folder that has a word of the canary in it or in its name, but for those that should."""
    allowed = {path.resolve() for path in but}
    told: dict[str, set[str]] = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.resolve() not in allowed:
            said = found(path.name.encode()) | (found(path.read_bytes()) if path.is_file() else set())
            if said:
                told[str(path)] = said
    return told


def spoken(data: bytes) -> str:
    """All that the pages of a PDF say, in small letters."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    said = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(said.split()).lower()

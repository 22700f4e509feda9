"""How much of a PDF is read: one that was made to harm must take neither the memory of a computer nor a nurse's morning.

The limits count what is in the file and never seconds, so that a file is judged alike on every computer. Our largest
booklet, everything at 36 point, stays below half of each.
"""

from math import isfinite
from pathlib import Path

from booklet.errors import Problem, RequestError

LARGEST_FILE = 100_000_000
"""Bytes."""
LARGEST_STREAM = 16_000_000
"""Bytes of one stream when it is unpacked, whatever it holds."""
LARGEST_CONTENT = 4_000_000
"""Bytes of what draws a page or a form, or of the map of a font, when they are unpacked."""
MOST_PAGES = 3000
MOST_STEPS = 40_000_000
"""Steps of reading a whole file: an operator, a pair of marks that must be compared, a letter of a font."""
DEEPEST = 200
"""Tags inside one another."""
LONGEST_TEXT = 1000
"""Letters of a line that are looked at; a good line has at most 70."""
MOST_FAULTS = 1000
"""Of a page, that are kept."""
_READABLE = {"/FlateDecode", "/Fl", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/RunLengthDecode", "/RL"}
"""Ways of packing that qpdf unpacks within a limit. LZW is none of them: no program has written it for thirty years."""


def too_much() -> RequestError:
    advice = "Save it again from the program that made it, or check a few of its pages."
    return RequestError(Problem("This PDF is too large or too tangled to be read here.", advice))


def read_pdf(path: Path) -> bytes:
    """Raises RequestError for what is no ordinary file, or too large a one."""
    try:
        if not path.is_file():
            raise RequestError(Problem("There is no such file.", path=path))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as e:
        raise RequestError(Problem(f"This cannot be read: {e.strerror}.", path=path)) from None
    if len(data) > LARGEST_FILE:
        raise too_much()
    return data


class Effort:
    """What reading one file may still take."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Raises RequestError when it is used up."""
        self.left -= steps
        if self.left < 0:
            raise too_much()


def set_limits() -> None:
    """Before a PDF of unknown origin is opened. qpdf keeps them for the whole process; our own files are far below."""
    from pikepdf.settings import set_qpdf_limits

    set_qpdf_limits(
        doc_max_warnings=1000,
        parser_max_container_size=1_000_000,
        max_stream_filters=3,
        flate_max_memory=LARGEST_STREAM,
        png_max_memory=LARGEST_STREAM,
        tiff_max_memory=LARGEST_STREAM,
        run_length_max_memory=LARGEST_STREAM,
    )


def unpacked(stream: object) -> bytes:
    """What a stream holds, or several of them one after another. Raises RequestError when it is too much."""
    import pikepdf

    data = b""
    for part in stream if isinstance(stream, pikepdf.Array) else (stream,):
        if isinstance(part, pikepdf.Stream):
            named = part.get("/Filter", pikepdf.Array())
            filters = {str(each) for each in (named if isinstance(named, pikepdf.Array) else (named,))}
            if not filters <= _READABLE:
                raise ValueError("packed in a way that is not read here")
            data += part.read_bytes() + b"\n"
        if len(data) > LARGEST_CONTENT:
            raise too_much()
    return data


def are_finite(*values: float) -> bool:
    """Whether a place can be compared and rounded; a PDF may hold numbers of any length."""
    return all(map(isfinite, values))

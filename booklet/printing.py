"""Sends a PDF to a printer at its own size, or opens it and says what to press (product.md section 7).

Pages are never scaled, and paper and sides are those that the PDF itself names. A print job is always called "Booklet":
its title stands on the printer and in its lists, where anyone would read a name in it. No command that is run here sees
a file name that a person chose, but for the one that opens the file.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from booklet.errors import PrintingError, Problem, RequestError, did_you_mean

SYSTEM: str = sys.platform
JOB = "Booklet"
LISTING, SENDING, OPENING = 10.0, 120.0, 3.0
"""Seconds that a command may take: to name the printers, to take a booklet, to say that it cannot open one."""
MOST_COPIES = 99
SETTINGS = "Choose Actual size or 100 per cent."
BY_HAND = "Open the file in a program for PDFs and print it from there, at actual size."
SIDES = {
    "DuplexFlipLongEdge": "two-sided-long-edge",
    "DuplexFlipShortEdge": "two-sided-short-edge",
    "Simplex": "one-sided",
}
"""What a PDF says of its sides (PR-05), and the words of the system's printing for it."""
IN_SUMATRA = {"two-sided-long-edge": "duplexlong", "two-sided-short-edge": "duplexshort", "one-sided": "simplex"}
IN_WORDS = {
    "two-sided-long-edge": "Choose both sides, turned on the long edge.",
    "two-sided-short-edge": "Choose both sides, turned on the short edge.",
    "one-sided": "Choose one side.",
}
EXACT = 3.0
"""Points by which a page may differ from its paper."""


class Printer(NamedTuple):
    name: str
    usual: bool
    """Whether the system prints on it when nobody says where."""


class Sheet(NamedTuple):
    """How a PDF is meant to be printed; empty where it does not say."""

    paper: str
    sides: str
    """One of the values of SIDES."""


class Outcome(NamedTuple):
    sent: bool
    """Whether a printer has it; otherwise it is open, and the words say what to press."""
    said: str


def printers() -> tuple[Printer, ...]:
    """The printers of this computer by name; none on Windows, where the usual one is used.

    Raises PrintingError when the system's printing does not answer.
    """
    if SYSTEM == "win32":
        return ()
    names = _run(_command("lpstat"), "-e", seconds=LISTING)
    usual = _run(_command("lpstat"), "-d", seconds=LISTING).rpartition(": ")[2].strip()
    return tuple(Printer(name, name == usual) for name in sorted(set(names.split())))


def choose(printers: Iterable[Printer], name: str = "") -> str:
    """The printer of that name, else the usual one, else the only one. Raises RequestError, PrintingError."""
    known = {printer.name: printer for printer in printers}
    listed = ", ".join(known)
    if not known:
        raise PrintingError(
            Problem("This computer has no printer.", f"Add one in the settings of the computer. Or: {BY_HAND}")
        )
    if name and name not in known:
        raise RequestError(
            Problem("There is no such printer.", did_you_mean(name, known) or f"The printers are {listed}.")
        )
    usual = next((printer.name for printer in known.values() if printer.usual), "")
    chosen = name or usual or (next(iter(known)) if len(known) == 1 else "")
    if not chosen:
        raise RequestError(Problem("Which printer?", f"Name one with --printer. The printers are {listed}."))
    return chosen


def sheet_of(data: bytes, path: Path) -> Sheet:
    """What a PDF says of its paper and sides. Raises RequestError when it is none."""
    import pikepdf

    from booklet.audit.limits import set_limits
    from booklet.theme import PAPER

    set_limits()
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            left, bottom, right, top = (float(value) for value in pdf.pages[0].mediabox.as_list())
            told = str(pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/Duplex", ""))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, pikepdf.PikepdfError):
        advice = "Print a file that ends in .pdf and opens without a password."
        raise RequestError(Problem("This is not a PDF that can be printed.", advice, path)) from None
    short, long = sorted((abs(right - left), abs(top - bottom)))
    fits = (name for name, (w, h) in PAPER.items() if abs(w - short) <= EXACT and abs(h - long) <= EXACT)
    return Sheet(next(fits, ""), SIDES.get(told.removeprefix("/"), ""))


def send(path: Path, printer: str = "", copies: int = 1, sides: Literal["", "both", "one"] = "") -> Outcome:
    """Sends one PDF; what it says of itself is used where `sides` is empty.

    Raises RequestError for what cannot be printed as asked, PrintingError when it could not be sent.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise RequestError(Problem("This number of copies cannot be printed.", f"Choose 1 to {MOST_COPIES}."))
    from booklet.audit.limits import read_pdf

    data = read_pdf(path)
    sheet = sheet_of(data, path)
    if sides == "one":
        sheet = sheet._replace(sides="one-sided")
    elif sides == "both" and sheet.sides in ("", "one-sided"):
        sheet = sheet._replace(sides="two-sided-long-edge")
    if SYSTEM == "win32":
        return _send_in_windows(path, data, sheet, printer, copies)
    printer = choose(printers(), printer)
    options = ["print-scaling=none", "number-up=1"]  # a computer may be set to print two pages on a side
    options += [f"media={sheet.paper}"] if sheet.paper else []
    options += [f"sides={sheet.sides}"] if sheet.sides else []
    options += ["collate=true"] if copies > 1 else []
    given = ("-d", printer, "-n", str(copies), "-t", JOB, *(part for option in options for part in ("-o", option)))
    _run(_command("lp"), *given, seconds=SENDING, data=data)
    return Outcome(True, f"Sent to the printer: {printer}.")


def open_file(path: Path) -> None:
    """Opens a file in the program that this computer has for it. Raises PrintingError when nothing does."""
    path = path.resolve()
    try:
        if SYSTEM == "win32":
            os.startfile(path)  # type: ignore[attr-defined]
            return
        seen = SYSTEM == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        command = shutil.which("open" if SYSTEM == "darwin" else "xdg-open") if seen else None
        if command and _starts(command, path):
            return
    except OSError:
        pass
    raise PrintingError(Problem("This computer could not open the file.", "Open it yourself.", path))


def _starts(command: str, path: Path) -> bool:
    """Whether a program took the file; one that is still there after a while is showing it."""
    process = subprocess.Popen(
        [command, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it stays open when our window is closed
    )
    try:
        return process.wait(OPENING) == 0
    except subprocess.TimeoutExpired:
        _OPENED.append(process)
        return True


_OPENED: list["subprocess.Popen[bytes]"] = []
"""Programs that show a file: nobody waits for them, and Python complains of a process that is forgotten."""


def _command(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise PrintingError(Problem("This computer has no printing system that we can use.", BY_HAND))
    return found


def _run(*command: str, seconds: float, data: bytes = b"") -> str:
    """What a command of the system's printing says, in English. Raises PrintingError."""
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, env={**os.environ, "LC_ALL": "C"}, check=True
        )
    except subprocess.TimeoutExpired:
        advice = "Look at the printer before you try again, so that nothing is printed twice." if data else BY_HAND
        raise PrintingError(Problem("The system's printing did not answer in time.", advice)) from None
    except subprocess.CalledProcessError as e:
        raise PrintingError(Problem("The system's printing refused.", f"{_said(e.stderr)}{BY_HAND}")) from None
    except OSError:
        raise PrintingError(Problem("The system's printing could not be started.", BY_HAND)) from None
    return done.stdout.decode("utf-8", "replace")


def _said(error: bytes | None) -> str:
    """The first line of what a command complained of; it was told nothing about a person."""
    lines = (error or b"").decode("utf-8", "replace").strip().splitlines()
    plain = "".join(char for char in lines[0] if char.isprintable())[:200] if lines else ""
    return f"It says: {plain.removeprefix('lp: ').removeprefix('lpstat: ').rstrip('.')}. " if plain else ""


def _send_in_windows(path: Path, data: bytes, sheet: Sheet, printer: str, copies: int) -> Outcome:
    """Through SumatraPDF, which can print without a window; else the file is opened, with what to press."""
    program = sumatra()
    if program is None:
        open_file(path)
        sides, many = IN_WORDS.get(sheet.sides, ""), f"Choose {copies} copies." if copies > 1 else ""
        keys = ("The file is open. It is not printed yet. Press Ctrl+P.", SETTINGS, sides, many)
        return Outcome(False, " ".join(filter(None, keys)))
    from booklet.saving import save
    from booklet.work import work_folder

    settings = ["noscale", IN_SUMATRA.get(sheet.sides, ""), f"paper={sheet.paper}" if sheet.paper else "", f"{copies}x"]
    where = ("-print-to", printer) if printer else ("-print-to-default",)
    with work_folder() as folder:
        copy = folder / f"{JOB}.pdf"  # the name of the file becomes the title of the job
        save(data, copy)
        options = ("-print-settings", ",".join(filter(None, settings)), "-silent", "-exit-when-done", str(copy))
        _run(str(program), *where, *options, seconds=SENDING)
    return Outcome(True, f"Sent to the printer{f': {printer}' if printer else ''}.")


def sumatra() -> Path | None:
    """SumatraPDF where its installers put it, else on the path."""
    folders = [os.environ[key] for key in ("PROGRAMFILES", "LOCALAPPDATA", "PROGRAMFILES(X86)") if os.environ.get(key)]
    usual = (Path(folder) / "SumatraPDF" / "SumatraPDF.exe" for folder in folders)
    found = next((path for path in usual if path.is_file()), None)
    on_path = shutil.which("SumatraPDF") if found is None else None
    return Path(on_path) if on_path else found

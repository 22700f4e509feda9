"""Printing: what the system's own commands are told, and what a person is told when they cannot."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from booklet import printing
from booklet.__main__ import run
from booklet.errors import BookletError, ExitCode, PrintingError, RequestError
from booklet.fold import fold
from booklet.printing import Printer, Sheet
from booklet.theme import PAPER

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
Process = subprocess.Popen[bytes]
WARD, DESK = Printer("Ward", False), Printer("Desk", True)
RECORD = """for a in "$@"; do printf '%s\\n' "$a"; done >> "{file}"; echo . >> "{file}"
cat > "{file}.data"; echo "$LC_ALL" > "{file}.locale\""""
LISTED = 'case "$1" in -e) echo Ward; echo Desk;; -d) echo "system default destination: Desk";; esac'


def pdf(paper: str = "A4", duplex: str = "/DuplexFlipLongEdge", pages: int = 4) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=PAPER[paper])
        if duplex:
            made.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name(duplex))
        out = BytesIO()
        made.save(out)
    return out.getvalue()


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def bin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stand-ins for the system's commands; `lp` writes down how it was called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(printing, "SYSTEM", "linux")
    program(folder, "lpstat", LISTED)
    program(folder, "lp", RECORD.format(file=tmp_path / "lp"))
    return folder


def calls(tmp_path: Path) -> list[list[str]]:
    return [call.split("\n")[:-1] for call in (tmp_path / "lp").read_text().split(".\n")[:-1]]


def wrong(error: type[BookletError], *arguments: object, **named: object) -> str:
    with pytest.raises(error) as caught:
        printing.send(*arguments, **named)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_pdf_says_its_own_paper_and_sides() -> None:
    for paper in PAPER:
        assert printing.sheet_of(pdf(paper), Path("b.pdf")) == Sheet(paper, "two-sided-long-edge")
    assert printing.sheet_of(pdf(duplex="/Simplex"), Path("b.pdf")).sides == "one-sided"
    assert printing.sheet_of(pdf(duplex=""), Path("b.pdf")) == Sheet("A4", "")
    assert printing.sheet_of(fold(pdf("A5")), Path("b.pdf")) == Sheet("A4", "two-sided-short-edge")
    with pytest.raises(RequestError, match="not a PDF"):
        printing.sheet_of(b"Edna", Path("b.pdf"))


def test_a_booklet_is_sent_at_its_own_size_under_a_neutral_title(bin: Path, tmp_path: Path) -> None:
    path = tmp_path / "-Canary; rm.pdf"
    path.write_bytes(pdf())
    outcome = printing.send(path, "Ward", copies=2)
    assert outcome == (True, "Sent to the printer: Ward.")
    options = ("print-scaling=none", "number-up=1", "media=A4", "sides=two-sided-long-edge", "collate=true")
    given = [part for option in options for part in ("-o", option)]
    assert calls(tmp_path) == [["-d", "Ward", "-n", "2", "-t", "Booklet", *given]]
    assert (tmp_path / "lp.data").read_bytes() == path.read_bytes()
    assert (tmp_path / "lp.locale").read_text() == "C\n"


@pytest.mark.parametrize(
    ("duplex", "sides", "sent"),
    [
        ("/DuplexFlipLongEdge", "one", "one-sided"),
        ("/Simplex", "both", "two-sided-long-edge"),
        ("/Simplex", "", "one-sided"),
        ("", "both", "two-sided-long-edge"),
        ("/DuplexFlipShortEdge", "both", "two-sided-short-edge"),
    ],
)
def test_sides_as_asked(bin: Path, tmp_path: Path, duplex: str, sides: str, sent: str) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(pdf(duplex=duplex))
    printing.send(path, sides=sides)  # type: ignore[arg-type]
    assert f"sides={sent}" in calls(tmp_path)[0]


def test_the_printers_and_the_one_that_is_meant(bin: Path) -> None:
    assert printing.printers() == (DESK, WARD)
    assert printing.choose((WARD, DESK)) == "Desk"
    assert printing.choose((WARD, DESK), "Ward") == "Ward"
    assert printing.choose((WARD,)) == "Ward"
    with pytest.raises(RequestError, match=r"no such printer\. Did you mean Ward\?"):
        printing.choose((WARD, DESK), "Wrad")
    with pytest.raises(RequestError, match=r"Which printer\? Name one with --printer. The printers are Ward, Lab."):
        printing.choose((WARD, Printer("Lab", False)))
    with pytest.raises(PrintingError, match=r"no printer\. Add one"):
        printing.choose(())


def test_no_usual_printer_is_no_printer_of_that_name(bin: Path) -> None:
    program(bin, "lpstat", 'case "$1" in -e) echo Ward;; -d) echo "no system default destination";; esac')
    assert printing.printers() == (WARD,)


def test_printing_that_fails_says_why_and_what_to_do(bin: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(pdf())
    program(bin, "lp", "cat > /dev/null; echo 'lp: Paper is out.' >&2; exit 1")
    assert wrong(PrintingError, path).startswith("The system's printing refused. It says: Paper is out. Open the file")
    assert run(["print", str(path)]) == ExitCode.PRINTING_FAILED
    (bin / "lpstat").unlink()
    if shutil.which("lpstat") is None:
        assert "no printing system" in wrong(PrintingError, path)


def test_printing_that_hangs_is_given_up(bin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(pdf())
    monkeypatch.setattr(printing, "SENDING", 0.2)
    program(bin, "lp", "exec sleep 60")
    assert "did not answer in time. Look at the printer before you try again" in wrong(PrintingError, path)
    monkeypatch.setattr(printing, "LISTING", 0.2)
    program(bin, "lpstat", "exec sleep 60")
    assert "did not answer in time." in wrong(PrintingError, path)


def test_what_cannot_be_printed(bin: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(pdf())
    assert "number of copies" in wrong(RequestError, path, copies=0)
    assert "There is no such file" in wrong(RequestError, tmp_path / "gone.pdf")
    assert not (tmp_path / "lp").exists()


def test_the_command_prints_on_the_clinic_s_printer_and_says_sent(
    bin: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    one.write_bytes(pdf())
    two.write_bytes(pdf("A5", "/Simplex"))
    (home / "settings").mkdir()
    (home / "settings" / "clinic.toml").write_text('printer = "Ward"\n')
    assert run(["print", str(one), str(two)]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert said == f"{one}: Sent to the printer: Ward.\n{two}: Sent to the printer: Ward.\n"
    assert [call[1] for call in calls(tmp_path)] == ["Ward", "Ward"]
    assert run(["print", str(one), "--printer", "Dsk"]) == ExitCode.BAD_REQUEST
    assert "Did you mean Desk?" in capsys.readouterr().err
    assert run(["print", str(one), "--copies", "many"]) == ExitCode.BAD_REQUEST
    assert run(["print", str(one), "--sides", "long"]) == ExitCode.BAD_REQUEST


def test_a_file_is_opened_in_the_computer_s_own_program(
    bin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, path = tmp_path / "opened", tmp_path / "-b.pdf"
    monkeypatch.setenv("DISPLAY", ":0")
    for system, command in (("linux", "xdg-open"), ("darwin", "open")):
        monkeypatch.setattr(printing, "SYSTEM", system)
        program(bin, command, f'echo "$@" > "{opened}"')
        printing.open_file(path)
        assert opened.read_text() == f"{path}\n"
        program(bin, command, "exit 3")
        with pytest.raises(PrintingError, match=r"could not open the file\. Open it yourself\."):
            printing.open_file(path)


def test_a_viewer_that_stays_open_is_left_open(bin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(printing, "OPENING", 0.1)
    program(bin, "xdg-open", "exec sleep 60")
    printing.open_file(tmp_path / "b.pdf")
    viewer = printing._OPENED.pop()
    assert viewer.poll() is None
    viewer.kill()
    viewer.wait()


def test_nothing_is_opened_where_nobody_could_see_it(bin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    program(bin, "xdg-open", "exit 0")
    with pytest.raises(PrintingError):
        printing.open_file(Path("b.pdf"))


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Windows, as far as this module looks; what it opened."""
    opened: list[Path] = []
    monkeypatch.setattr(printing, "SYSTEM", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path / "programs"))
    return opened


def test_windows_prints_through_sumatra_without_the_name_of_the_file(
    bin: Path, tmp_path: Path, windows: list[Path], home: Path
) -> None:
    folder = tmp_path / "programs" / "SumatraPDF"
    folder.mkdir(parents=True)
    copied = tmp_path / "copied"
    program(
        folder, "SumatraPDF.exe", f'for last; do true; done; cat "$last" > "{copied}"; echo "$@" > "{tmp_path}/args"'
    )
    path = tmp_path / "Canary.pdf"
    path.write_bytes(pdf())
    assert printing.send(path, copies=2) == (True, "Sent to the printer.")
    asked = (tmp_path / "args").read_text()
    assert asked.startswith("-print-to-default -print-settings noscale,duplexlong,paper=A4,2x -silent -exit-when-done ")
    assert asked.endswith("Booklet.pdf\n")
    assert "Canary" not in asked
    assert copied.read_bytes() == path.read_bytes()
    assert list((home / "work").iterdir()) == []
    assert printing.send(path, "Ward").said == "Sent to the printer: Ward."
    assert (tmp_path / "args").read_text().startswith("-print-to Ward ")
    assert printing.printers() == ()


def test_windows_without_sumatra_opens_the_file_and_says_what_to_press(
    bin: Path, tmp_path: Path, windows: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(pdf())
    assert run(["print", str(path), "--copies", "3"]) == ExitCode.DONE
    assert windows == [path]
    assert capsys.readouterr().out == (
        f"{path}: The file is open. It is not printed yet. Press Ctrl+P. Choose Actual size or 100 per cent. "
        "Choose both sides, turned on the long edge. Choose 3 copies.\n"
    )


CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
FILES = """ServerRoot {0}/etc
CacheDir {0}/cache
StateDir {0}/state
RequestRoot {0}/spool
TempDir {0}/spool/tmp
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/page
FileDevice Yes
"""
SERVER = """Listen {0}/s
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Process]]:
    """A printing system of our own, with a printer that prints into nothing."""
    if CUPSD is None or shutil.which("lpadmin", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("there is no cupsd here (Debian: cups and cups-client)")
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as made:
        folder = Path(made)  # a socket's path is short, and cupsd's own user must reach it
        folder.chmod(0o755)
        for name in ("etc", "cache", "state", "spool", "spool/tmp"):
            (folder / name).mkdir()
        me = ""
        if os.getuid():  # a cupsd of root has a user of its own
            import grp
            import pwd

            me = f"User {pwd.getpwuid(os.getuid()).pw_name}\nGroup {grp.getgrgid(os.getgid()).gr_name}\n"
        (folder / "cups-files.conf").write_text(FILES.format(folder) + me)
        (folder / "cupsd.conf").write_text(SERVER.format(folder))
        given = ["-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf"]
        server = subprocess.Popen([CUPSD, *given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        monkeypatch.setenv("CUPS_SERVER", str(folder / "s"))
        try:
            admin = shutil.which("lpadmin", path="/usr/sbin:/usr/bin") or ""
            for _ in range(100):
                asked = [admin, "-p", "Ward", "-E", "-v", "file:/dev/null", "-m", "raw"]
                done = subprocess.run(asked, capture_output=True, check=False)
                if done.returncode == 0:
                    break
                with pytest.raises(subprocess.TimeoutExpired):
                    server.wait(0.1)
            yield folder, server
        finally:
            server.terminate()
            server.wait()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="CUPS")
def test_the_real_cups_takes_a_booklet_as_it_is(
    system: tuple[Path, Process], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(printing, "SYSTEM", "linux")
    path = tmp_path / "Canary.pdf"
    path.write_bytes(fold(pdf("A5")))
    cups, server = system
    assert printing.printers() == (Printer("Ward", False),)
    assert run(["print", str(path), "--printer", "Wrad"]) == ExitCode.BAD_REQUEST
    assert run(["print", str(path), "--copies", "2"]) == ExitCode.DONE
    assert capsys.readouterr().out.endswith("Sent to the printer: Ward.\n")
    assert (cups / "spool" / "d00001-001").read_bytes() == path.read_bytes()
    server.terminate()  # it then writes down what it knows of its jobs
    server.wait()
    job = (cups / "spool" / "c00001").read_bytes()
    for said in (
        b"job-name\x00\x07Booklet",
        b"sides\x00\x14two-sided-short-edge",
        b"media\x00\x02A4",
        b"print-scaling\x00\x04none",
    ):
        assert said in job
    assert b"Canary" not in job

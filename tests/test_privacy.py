"""What a person typed is in the booklet that was asked for and nowhere else (product.md section 6, docs/privacy.md)."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from booklet import audit as auditing
from tests import bombs, canary

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(os.name == "nt", reason="owners and signals are those of POSIX")
FAULTY = """
import sys
import booklet.{module}
def fault(*_, **__): raise ValueError(repr((_, __)))
booklet.{module}.{name} = fault
from booklet.__main__ import main
main()
"""


class Computer:
    """The folders of one person, all of them below one, and what their programs said."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, b""
        self.work, self.bin = folder / "work", folder / "bin"
        names = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "XDG_CONFIG_HOME": "home/.config"}
        names |= {"XDG_STATE_HOME": "home/.state", "XDG_CACHE_HOME": "home/.cache", "XDG_DATA_HOME": "home/.data"}
        self.env = {**os.environ, **{key: str(folder / name) for key, name in names.items()}}
        self.env["PATH"] = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        self.env["PYTHONPATH"] = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
        del self.env["BOOKLET_HOME"]
        for path in (self.work, self.bin, *(folder / name for name in names.values())):
            path.mkdir(parents=True, exist_ok=True)
        (folder / "run").chmod(0o700)

    def start(self, *arguments: str, program: tuple[str, ...] = ("-m", "booklet")) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *program, *arguments],
            cwd=self.work,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, program: tuple[str, ...] = ("-m", "booklet")) -> int:
        process = self.start(*arguments, program=program)
        out, err = process.communicate()
        self.said += out + err
        return process.returncode


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_search_finds_what_is_hidden() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"(Zebedee) Tj")
        pdf.docinfo["/Title"] = "Łarge Quillfeather"  # which makes it UTF-16
        out = BytesIO()
        pdf.save(out, compress_streams=True)
    assert canary.found(out.getvalue()) == {"zebedee", "quillfeather"}
    assert canary.found(b"XYLOPHONE") == {"xylophone"}
    assert canary.found(b"nothing") == set()


@posix
@pytest.mark.parametrize("ending", ["pdf", "txt", "html", "brf"])
def test_a_booklet_is_the_only_place_that_knows(computer: Computer, ending: str) -> None:
    path = computer.work / f"b.{ending}"
    assert (
        computer.run("build", "breaks/taking-a-break", *canary.FLAGS, "--save-recipe", "r.toml", "-o", path.name) == 0
    )
    assert sorted(each.name for each in computer.work.iterdir()) == [path.name, "r.toml"]
    assert canary.left_behind(computer.folder, but=[path]) == {}
    assert canary.found(computer.said) == set()
    assert mode(path) == 0o600
    said = canary.spoken(path.read_bytes()) if ending == "pdf" else path.read_text("utf-8").lower()
    assert "zebedee" in said, "or the search proves nothing"
    assert "zucchini" in said


@posix
def test_nothing_but_the_pages_knows(computer: Computer) -> None:
    assert computer.run("build", "breaks/taking-a-break", "--paper", "A5", "--fold", *canary.FLAGS, "-o", "b.pdf") == 0
    booklet, folded = computer.work / "b.pdf", computer.work / "b-fold.pdf"
    assert mode(booklet) == mode(folded) == 0o600
    assert canary.left_behind(computer.folder, but=[booklet, folded]) == {}
    for path in (booklet, folded):
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                for key in ("/Contents", "/Resources", "/StructParents", "/Annots"):
                    if key in page.obj:
                        del page.obj[key]
            if "/StructTreeRoot" in pdf.Root:
                del pdf.Root.StructTreeRoot  # what a screen reader says of the pages; its texts are theirs
            rest = BytesIO()
            pdf.remove_unreferenced_resources()
            pdf.save(rest, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert canary.found(rest.getvalue()) == set(), "title, metadata, bookmarks, labels"


def descendants(pid: int) -> Iterator[Path]:
    """The processes that a process started, and those that they did."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield Path(f"/proc/{child}")
        yield from descendants(int(child))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the list of processes is read from /proc")
def test_no_process_of_a_list_is_told_who_it_is_for(computer: Computer) -> None:
    questions, name = canary.DETAILS["questions"], canary.DETAILS["name"]
    line = f'breaks/taking-a-break,{name},"{questions}"\n'
    (computer.folder / "list.csv").write_text(f"topics,name,questions\n{line}{line}")
    process = computer.start("batch", "../list.csv", "-d", "out", "--merge", "all.pdf")
    seen: set[Path] = set()
    while process.poll() is None:
        for child in descendants(process.pid):
            try:
                told = (child / "cmdline").read_bytes() + (child / "environ").read_bytes()
            except OSError:
                continue
            seen.add(child)
            assert canary.found(told) == set()
    out, err = process.communicate()
    assert process.returncode == 0
    assert seen
    assert canary.found(out + err) == set()
    made = [*(computer.work / "out").glob("*.pdf"), computer.work / "all.pdf"]
    assert len(made) == 3
    assert {mode(path) for path in made} == {0o600}
    assert canary.left_behind(computer.folder, but=[*made, computer.folder / "list.csv"]) == {}


@posix
def test_the_printing_of_the_system_is_told_a_neutral_title(computer: Computer) -> None:
    assert computer.run("build", "breaks/taking-a-break", *canary.FLAGS, "-o", "Zebedee.pdf") == 0
    record = computer.folder / "job"
    for name, script in (
        ("lpstat", 'case "$1" in -e) echo Ward;; esac'),
        ("lp", f'echo "$@" > "{record}"; env >> "{record}"; cat > /dev/null'),
    ):
        (computer.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (computer.bin / name).chmod(0o755)
    computer.said = b""
    assert computer.run("print", "Zebedee.pdf") == 0
    assert b"-t Booklet" in record.read_bytes()
    assert canary.found(record.read_bytes()) == set()
    assert canary.left_behind(computer.folder, but=[computer.work / "Zebedee.pdf"]) == {}


@posix
@pytest.mark.parametrize(
    ("module", "name"), [("build", "compose"), ("build", "paginate"), ("fold", "fold"), ("saving", "save_all")]
)
def test_a_fault_of_ours_tells_nobody(computer: Computer, module: str, name: str) -> None:
    program = ("-c", FAULTY.format(module=module, name=name))
    code = computer.run(
        "build", "breaks/taking-a-break", "--fold", "--paper", "A5", *canary.FLAGS, "-o", "b.pdf", program=program
    )
    assert code == 1
    assert b"Something went wrong inside this program. Code: " in computer.said
    assert canary.found(computer.said) == set()
    assert canary.left_behind(computer.folder) == {}


@posix
def test_a_run_that_is_killed_leaves_one_private_file_which_the_next_run_removes(computer: Computer) -> None:
    kill = "import os, signal, booklet.saving as b; b.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
    program = ("-c", kill + "from booklet.__main__ import main\nmain()")
    build = ("build", "breaks/taking-a-break", *canary.FLAGS, "-o", "b.txt")
    assert computer.run(*build, program=program) == -signal.SIGKILL
    (part,) = computer.work.iterdir()
    assert (part.suffix, mode(part)) == (".part", 0o600)
    assert canary.left_behind(computer.folder, but=[part]) == {}
    assert computer.run(*build) == 0
    assert [path.name for path in computer.work.iterdir()] == ["b.txt"]


def test_the_audit_says_where_and_never_the_words() -> None:
    data = bombs.plain_pdf(b"BT /F 6 Tf 10 100 Td (ZEBEDEE QUILLFEATHER XYLOPHONE 7946 0973) Tj ET")
    report = auditing.audit(data)
    assert any("mm above the foot of the page" in line for line in report.lines())
    assert canary.found("\n".join(report.lines()).encode() + repr(report.as_dict()).encode()) == set()


def test_no_test_and_no_program_of_a_test_reaches_the_network() -> None:
    with pytest.raises(AssertionError), socket.socket() as mine:
        mine.connect(("192.0.2.1", 80))
    program = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "tried to reach the network" in done.stderr


WATCHED = """
import sys
def watch(event, _):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        raise SystemExit(f"network: {event}")
sys.addaudithook(watch)
from booklet.__main__ import main
main()
"""


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_making_a_booklet_asks_for_no_address_and_no_connection(computer: Computer, ending: str) -> None:
    assert computer.run("build", "breaks/taking-a-break", "-o", f"b.{ending}", program=("-c", WATCHED)) == 0
    asked = WATCHED.replace(
        "from booklet.__main__ import main\nmain()", "import socket; socket.gethostbyname('x.test')"
    )
    assert computer.run(program=("-c", asked)) == 1, "or the watch sees nothing"

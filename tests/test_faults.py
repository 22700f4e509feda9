"""What can go wrong around the program: it is killed, the disk is full, a folder is gone, the locale is none.

After each: no half file, an older file whole, a message that says what to do, the exit code of product.md section 8,
and the next run works and leaves nothing of ours behind. Run with -rP to read the figures, with -m slow for all kills.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from booklet.saving import save
from tests.test_privacy import Computer, mode

posix = pytest.mark.skipif(os.name == "nt", reason="signals, owners and limits are those of POSIX")
BUILD = ("build", "breaks/taking-a-break", "--date", "2026-11-21", "-o", "b.pdf")
FOLD = (*BUILD[:-1], "b.pdf", "--paper", "A5", "--fold")
BATCH = ("batch", "../list.csv", "-d", "out", "--jobs", "2", "--date", "2026-11-21")
KILLED_AT = """
import os, signal, sys
left = int(sys.argv.pop(1))
def count(event, arguments):
    global left
    if event in ("open", "os.rename", "os.remove", "os.listdir", "fcntl.flock", "shutil.rmtree") and "part" in str(arguments):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
from booklet.__main__ import main
main()
"""
"""Killed at the nth step of writing files, which a clock would seldom hit."""
STEPS = 12
GOLDEN = 0.618


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    made = Computer(tmp_path)
    (tmp_path / "list.csv").write_text("topics\nbreaks/taking-a-break\nbreaks/changing-treatment\n")
    return made


def refused(
    computer: Computer,
    code: int,
    *said: str,
    arguments: tuple[str, ...] = BUILD,
    before: tuple[str, ...] = (),
    **how: Any,
) -> None:
    """The message, the exit code, and that nothing new is in the folder."""
    there = files(computer.work)
    done = subprocess.run(
        [*before, sys.executable, "-m", "booklet", *arguments],
        cwd=computer.work,
        env=computer.env,
        capture_output=True,
        check=False,
        **how,
    )
    err = done.stderr.decode()
    assert done.returncode == code, err
    assert all(part in err for part in said), err
    assert "Traceback" not in err
    assert files(computer.work) == there


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Killed


def killed(computer: Computer, arguments: tuple[str, ...], good: dict[str, bytes], at: float) -> bool:
    """Whether a run was killed, at a time in seconds or at a step of writing; all that must hold holds after it."""
    old = {} if arguments is BATCH else dict.fromkeys(good, b"older")
    for path in sorted(computer.work.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, data in old.items():
        (computer.work / name).write_bytes(data)
    if isinstance(at, int):
        process = computer.start(str(at), *arguments, program=("-c", KILLED_AT))
    else:
        process = computer.start(*arguments)
        try:
            process.wait(at)
        except subprocess.TimeoutExpired:
            process.kill()
    process.communicate()
    assert process.returncode in (0, -signal.SIGKILL)
    for name, data in files(computer.work).items():
        if name.endswith(".part"):
            assert mode(computer.work / name) == 0o600
        elif "not-finished" not in name:
            assert data in (good[name], old.get(name)), f"{name} is not whole"
    if process.returncode and arguments is BATCH and (computer.work / "out" / "not-finished.json").exists():
        arguments = (*arguments, "--resume")
    if process.returncode and files(computer.work) != good:  # a list that is made is not made again
        assert computer.run(*arguments) == 0, computer.said
    assert files(computer.work) == good
    return process.returncode != 0


def all_killed(computer: Computer, times: int, steps: int) -> Counter[str]:
    """Each command killed so many times at moments all over its run, and so many at steps of writing."""
    told: Counter[str] = Counter()
    for name, arguments in (("build", BUILD), ("fold", FOLD), ("batch", BATCH)):
        for path in sorted(computer.work.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        begin = time.monotonic()
        assert computer.run(*arguments) == 0
        took, good = time.monotonic() - begin, files(computer.work)
        for n in range(steps):
            told[f"{name} killed"] += killed(computer, arguments, good, 1 + n * STEPS // steps)
            told["tried"] += 1
        wanted, n = told[f"{name} killed"] + times, 0
        while told[f"{name} killed"] < wanted and n < 3 * times:
            n += 1
            moment = n * GOLDEN % 1 * took  # spread evenly over the run, however many there are
            told[f"{name} killed"] += killed(computer, arguments, good, moment)
            told["tried"] += 1
    return told


@posix
def test_killed_at_any_moment_nothing_is_half_made_or_lost(computer: Computer) -> None:
    told = all_killed(computer, 1, 2)
    print(dict(told))
    assert sum(told.values()) - told["tried"] >= 6


@posix
@pytest.mark.slow
def test_killed_at_two_hundred_moments_nothing_is_half_made_or_lost(computer: Computer) -> None:
    told = all_killed(computer, 60, 12)
    print(dict(told))
    assert sum(told.values()) - told["tried"] >= 200


@posix
def test_what_a_living_program_is_writing_stays(tmp_path: Path) -> None:
    program = (
        "import sys, booklet.saving as b; from pathlib import Path\n"
        "def wait(_): print('writing', flush=True); sys.stdin.readline()\n"
        "b.os.fsync = wait\n"
        "b.save(b'one', Path('one.pdf'))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        dead = tmp_path / ".booklet-0123456789ab.part"
        dead.write_bytes(b"half")
        save(b"two", tmp_path / "two.pdf")
        assert not dead.exists()
        assert len(list(tmp_path.glob(".booklet-*.part"))) == 1
        other.communicate("\n")
    assert files(tmp_path) == {"one.pdf": b"one", "two.pdf": b"two"}


# No room, no folder, no leave


def limit(size: int) -> Callable[[], None]:
    def set_limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return set_limit


@posix
@pytest.mark.parametrize(("size", "arguments"), [(0, BUILD), (20_000, BUILD), (20_000, FOLD), (200_000, FOLD)])
def test_where_no_more_can_be_written_the_older_files_stay(
    computer: Computer, size: int, arguments: tuple[str, ...]
) -> None:
    for name in ("b.pdf", "b-fold.pdf"):
        (computer.work / name).write_bytes(b"older")
    said = ("There is no room left to write the booklet. Nothing was changed. Free some space.",)
    assert computer.run(*arguments) == 0
    sizes = sorted(path.stat().st_size for path in computer.work.iterdir())
    if size < sizes[-1]:
        refused(computer, 1, *said, arguments=arguments, preexec_fn=limit(size))


@pytest.mark.skipif(sys.platform != "linux" or os.name == "nt" or os.geteuid() != 0, reason="only root can mount")
def test_a_disk_that_is_full(computer: Computer) -> None:
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", computer.work], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        (computer.work / "b.pdf").write_bytes(b"older")
        refused(computer, 1, "There is no room left to write the booklet. Nothing was changed.")
    finally:
        subprocess.run(["umount", computer.work], check=True)


@posix
def test_a_folder_that_may_only_be_read(computer: Computer) -> None:
    (computer.work / "b.pdf").write_bytes(b"older")
    mortal = shutil.which("setpriv") if os.geteuid() == 0 else "env"
    if mortal is None:
        pytest.skip("root may write everywhere, and cannot be kept from it here")
    given = ("--bounding-set=-dac_override,-dac_read_search",) if os.geteuid() == 0 else ()
    computer.work.chmod(0o555)
    try:
        said = "The booklet cannot be written here. Choose a folder of your own"
        refused(computer, 1, said, before=(mortal, *given))
    finally:
        computer.work.chmod(0o755)


def test_a_folder_that_is_gone_and_a_target_that_is_a_folder(computer: Computer) -> None:
    refused(computer, 2, "There is no such folder. Make it first", arguments=(*BUILD[:-1], "gone/b.pdf"))
    (computer.work / "b.pdf").mkdir()
    refused(computer, 2, "This is a folder. Add a file name, such as my-booklet.pdf.")
    recipe = ("--save-recipe", "gone/r.toml")
    refused(computer, 2, "There is no such folder.", arguments=(*BUILD[:-1], "c.pdf", *recipe))


@posix
def test_a_file_that_is_open_elsewhere_is_replaced_and_its_reader_keeps_the_older_one(computer: Computer) -> None:
    import fcntl

    path = computer.work / "b.pdf"
    path.write_bytes(b"older")
    with path.open("rb") as reader:
        fcntl.flock(reader, fcntl.LOCK_EX)
        assert computer.run(*BUILD) == 0
        assert reader.read() == b"older"
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(os.name != "nt", reason="only Windows keeps a file that is open")
def test_a_file_that_windows_keeps(computer: Computer) -> None:
    (computer.work / "b.pdf").write_bytes(b"older")
    with (computer.work / "b.pdf").open("rb"):
        refused(computer, 1, "close the file if it is open in another program")


# Nobody's home, no clock, no letters


NOBODY = """
import pwd
def gone(_): raise KeyError("nobody knows this person")
pwd.getpwuid = gone
from booklet.__main__ import main
main()
"""


@posix
@pytest.mark.parametrize("place", [None, "", "/nowhere/at/all", "relative"])
@pytest.mark.parametrize("program", [("-m", "booklet"), ("-c", NOBODY)], ids=["known", "unknown"])
def test_somebody_without_a_home(computer: Computer, place: str | None, program: tuple[str, ...]) -> None:
    for key in [key for key in computer.env if key.startswith(("XDG_", "HOME"))]:
        del computer.env[key]
    computer.env |= {} if place is None else {"HOME": place}
    assert computer.run(*BUILD, program=program) == 0, computer.said
    assert computer.run("packs", program=program) == 0, computer.said
    assert computer.run("doctor", program=program) in (0, 1)
    assert b"Traceback" not in computer.said
    assert b"Something went wrong" not in computer.said
    assert [path.name for path in computer.work.iterdir()] == ["b.pdf"], "no folder called ~"


@pytest.mark.parametrize("date", ["1970-01-01", "2020-01-01", "0001-01-01", "9999-12-31"])
def test_a_clock_that_is_wrong(computer: Computer, date: str) -> None:
    assert computer.run(*BUILD[:2], "--date", date, "-o", "b.pdf") == 0, computer.said
    computer.env["SOURCE_DATE_EPOCH"] = "0"
    assert computer.run(*BUILD[:2], "-o", "c.pdf") == 0, computer.said


@posix
@pytest.mark.parametrize(
    "name", ["caf\u00e9.pdf", "two words.pdf", "\U0001f600.pdf", "-b.pdf", "a" * 200 + ".pdf", "\u202egnp.pdf"]
)
def test_names_of_files_in_a_locale_without_letters(computer: Computer, name: str) -> None:
    computer.env |= {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    folder = computer.work / name.removesuffix(".pdf")
    folder.mkdir()
    assert computer.run(*BUILD[:-1], f"{folder}/{name}", "--name", "Zo\u00eb") == 0, computer.said
    assert [path.name for path in folder.iterdir()] == [name]
    assert all(32 <= byte < 127 or byte == 10 for byte in computer.said), (
        "plain ASCII, and no letter turns others round"
    )


def test_a_name_that_is_too_long_is_said_before_any_work(computer: Computer) -> None:
    refused(
        computer,
        2,
        "This file name cannot be used. Choose a shorter and simpler one.",
        arguments=(*BUILD[:-1], "a" * 300 + ".pdf"),
    )

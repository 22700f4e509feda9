"""Many booklets at once: what is made, what is said, and what is left when it is stopped at any moment."""

import io
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
import pikepdf
import pytest

from booklet import batch, batch_command, resume
from booklet.__main__ import run
from booklet.batch import LOST, Job, Made
from booklet.errors import ExitCode, OutputError, Problem, RequestError
from booklet.library import Library
from booklet.progress import Progress, time_left
from tests.conftest import MADE, request_for

LIST = """topics,text-size,sides,copies,name,file
breaks/taking-a-break,18,,1,Canary,
breaks/changing-treatment,16,,2,,
breaks/taking-a-break,20,,1,Canary,bay-4
breaks/stopping-treatment,16,,1,,
"""
FILES = ("001-topics-18.pdf", "002-topics-16.pdf", "bay-4.pdf", "004-topics-16.pdf")
COPIES = (1, 2, 1, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path


def command(folder: Path, *more: str) -> list[str]:
    jobs = ("--jobs", "1", "--date", MADE.isoformat())
    return ["batch", str(folder / "list.csv"), "-d", str(folder / "out"), *jobs, *more]


def start(folder: Path, *more: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "booklet", *command(folder, *more)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a list that was made without a stop."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "list.csv").write_text(LIST)
    assert run(command(folder, "--merge", str(folder / "all.pdf"))) == ExitCode.DONE
    return folder / "out"


def same(folder: Path, whole: Path, names: tuple[str, ...] = FILES) -> bool:
    return all((folder / name).read_bytes() == (whole / name).read_bytes() for name in names)


def test_a_list_is_a_file_for_each_line_a_result_for_each_and_the_totals(
    folder: Path, whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command(folder)) == ExitCode.DONE
    printed = capsys.readouterr()
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(FILES)
    assert same(folder / "out", whole)
    pages = [len(pikepdf.open(folder / "out" / name).pages) for name in FILES]
    assert printed.out.splitlines() == [
        f"1 of 4: 001-topics-18.pdf: {pages[0]} pages, {pages[0] // 2} sheets.",
        f"2 of 4: 002-topics-16.pdf: {pages[1]} pages, {pages[1] // 2} sheets, 2 copies.",
        f"3 of 4: bay-4.pdf: {pages[2]} pages, {pages[2] // 2} sheets.",
        f"4 of 4: 004-topics-16.pdf: {pages[3]} pages, {pages[3] // 2} sheets.",
        f"5 booklets to print: {sum(pages) + pages[1]} pages, {(sum(pages) + pages[1]) // 2} sheets of paper.",
    ]
    assert printed.err == ""


def test_a_line_makes_the_booklet_that_one_command_makes(whole: Path, tmp_path: Path) -> None:
    asked = ["breaks/taking-a-break", "--text-size", "18", "--name", "Canary", "--date", MADE.isoformat()]
    assert run(["build", *asked, "-o", str(tmp_path / "b.pdf")]) == ExitCode.DONE
    assert (tmp_path / "b.pdf").read_bytes() == (whole / FILES[0]).read_bytes()


def test_only_the_person_who_made_them_can_read_them_and_no_name_says_whose_they_are(whole: Path) -> None:
    assert whole.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in whole.iterdir()} == {0o600}
    assert not any("canary" in path.name.lower() for path in whole.iterdir())


def test_nothing_is_made_of_a_list_with_a_mistake(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "list.csv").write_text(LIST.replace("20", "21"))
    assert run(command(folder)) == ExitCode.BAD_REQUEST
    assert f"{folder / 'list.csv'}:4: Print size cannot be" in capsys.readouterr().err
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("line", "more", "said"),
    [
        ("trials,18,,1,,001-topics-18", (), "list.csv:6: Another line makes a file of this name."),
        ("trials,18,one,1,,", ("--merge", "all.pdf"), "list.csv:6: This is not on the same paper and sides"),
        ("trials,18,,1,,all", ("--merge", "all.pdf"), "all.pdf: A booklet of the list has this name."),
        ("", ("--jobs", "0"), "This is not a number of processes that can run."),
        ("", ("--merge", "/nowhere/all.pdf"), "There is no such folder."),
        ("", ("--cluster", "tcp://192.0.2.1:8786"), "others on the network could read them"),
        ("", ("--cluster", "scheduler"), "This is not the address of a scheduler."),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_made(
    folder: Path, line: str, more: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "list.csv").write_text(LIST + line)
    assert run(command(folder, *more)) == ExitCode.BAD_REQUEST
    assert said in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_the_summary_for_programs_says_nothing_of_a_person(
    folder: Path, whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "out").mkdir()
    assert run([*command(folder), "--json"]) == ExitCode.DONE
    printed = capsys.readouterr().out
    told = json.loads(printed)
    assert [(row["line"], row["file"], row["copies"]) for row in told["booklets"]] == list(
        zip((2, 3, 4, 5), FILES, COPIES, strict=True)
    )
    assert (told["copies"], told["failed"], told["merged"]) == (5, 0, None)
    assert told["pages"] == sum(row["pages"] * row["copies"] for row in told["booklets"])
    assert "Canary" not in printed


def test_a_line_that_fails_never_stops_the_others_and_is_made_when_it_is_resumed(
    folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = batch_command.save_all

    def full(*files: tuple[bytes, Path]) -> None:
        if files[-1][1].name == FILES[1]:
            raise OutputError(Problem("There is no room left.", "Free some space.", files[-1][1]))
        real(*files)

    monkeypatch.setattr(batch_command, "save_all", full)
    merged = ("--merge", str(folder / "all.pdf"))
    assert run(command(folder, *merged)) == ExitCode.FAILED
    printed = capsys.readouterr()
    assert f"2 of 4: {folder / 'list.csv'}:3: not made. There is no room left. Free some space." in printed.err
    assert printed.err.endswith(
        "Not made: 1 of 4. The file of all was not made. To try again, give the same command with --resume.\n"
    )
    assert not (folder / "all.pdf").exists()
    assert same(folder / "out", whole, (FILES[0], *FILES[2:]))
    monkeypatch.setattr(batch_command, "save_all", real)
    assert run(command(folder, *merged, "--resume")) == ExitCode.DONE
    printed = capsys.readouterr()
    assert [line.split(" pages")[0] for line in printed.out.splitlines()[:2]] == [
        "Made before: 3 of 4.",
        f"4 of 4: 002-topics-16.pdf: {len(pikepdf.open(whole / FILES[1]).pages)}",
    ]
    assert same(folder / "out", whole)
    assert (folder / "all.pdf").read_bytes() == (whole.parent / "all.pdf").read_bytes()


def test_a_folded_booklet_has_its_file_for_the_printer_beside_it(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("topics,paper,fold\nbreaks/taking-a-break,A5,booklet\n")
    assert run(command(tmp_path, "--merge", str(tmp_path / "all.pdf"))) == ExitCode.BAD_REQUEST
    assert run(command(tmp_path)) == ExitCode.DONE
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["001-topics-18-fold.pdf", "001-topics-18.pdf"]


def test_the_file_for_the_printer_is_all_of_them_in_order_copies_and_all(whole: Path) -> None:
    with pikepdf.open(whole.parent / "all.pdf") as merged:
        assert list(merged.check_pdf_syntax()) == []
        pages = [len(pikepdf.open(whole / name).pages) for name in FILES]
        starts = [0, pages[0], pages[0] + pages[1], pages[0] + 2 * pages[1], sum(pages[:3]) + pages[1]]
        assert len(merged.pages) == sum(pages) + pages[1]
        assert [merged.Root.PageLabels.Nums[n] for n in range(0, 10, 2)] == starts
        with merged.open_outline() as outline:
            assert [item.title for item in outline.root] == [Path(FILES[n]).stem for n in (0, 1, 1, 2, 3)]
        assert merged.Root.ViewerPreferences.PrintScaling == "/None"
        assert merged.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert not {"/StructTreeRoot", "/Metadata", "/MarkInfo"} & set(merged.Root.keys())
        for name, start_ in zip((FILES[0], FILES[1], FILES[1], FILES[2], FILES[3]), starts, strict=True):
            with pikepdf.open(whole / name) as one:
                for at, page in enumerate(one.pages):
                    assert page.Contents.read_bytes() == merged.pages[start_ + at].Contents.read_bytes()


def test_a_booklet_that_ends_on_a_front_has_a_blank_back_in_the_file_for_the_printer(tmp_path: Path) -> None:
    from booklet.merge import merge

    for name, pages, duplex in (("a", 3, "DuplexFlipLongEdge"), ("b", 3, "Simplex")):
        with pikepdf.new() as made:
            for _ in range(pages):
                made.add_blank_page(page_size=(420, 595))
            made.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name(f"/{duplex}"))
            made.docinfo["/Producer"] = "booklet"
            made.save(tmp_path / f"{name}.pdf")
    for name, pages in (("a", 8), ("b", 6)):
        with pikepdf.open(io.BytesIO(merge([(tmp_path / f"{name}.pdf", 2)]))) as merged:
            assert [page.mediabox.as_list()[2:] for page in merged.pages] == [[420, 595]] * pages


# What is kept, and going on


def test_a_folder_with_booklets_or_a_list_that_is_not_finished_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "out").mkdir()
    (folder / "out" / FILES[2]).write_bytes(b"of another list")
    for more in ((), ("--resume",)):
        assert run(command(folder, *more)) == ExitCode.BAD_REQUEST
        assert "There is a booklet of this name already" in capsys.readouterr().err
    (folder / "out" / FILES[2]).unlink()
    resume.begin(folder / "out", [], [b"another list"], MADE, resume=False)
    assert run(command(folder)) == ExitCode.BAD_REQUEST
    assert "A list was begun in this folder and is not finished." in capsys.readouterr().err
    assert run(command(folder, "--resume")) == ExitCode.BAD_REQUEST
    assert "are not those that were begun in this folder" in capsys.readouterr().err
    (folder / "out" / resume.NAME).write_text("{")
    assert run(command(folder, "--resume")) == ExitCode.BAD_REQUEST
    assert [path.name for path in (folder / "out").iterdir()] == [resume.NAME]


def test_what_is_kept_is_a_salt_and_one_digest_of_the_whole_list(tmp_path: Path) -> None:
    one, other = (resume.record(MADE, [LIST.encode()]) for _ in range(2))
    assert (one.salt, one.digest) != (other.salt, other.digest)
    assert resume.record(MADE, [LIST.encode()], one.salt) == one
    for made, parts in (
        (MADE, [LIST.encode() + b" "]),
        (MADE.replace(day=1), [LIST.encode()]),
        (MADE, [b"", LIST.encode()]),
    ):
        assert resume.record(made, parts, one.salt).digest != one.digest
    resume.begin(tmp_path, [], [LIST.encode()], MADE, resume=False)
    kept = json.loads((tmp_path / resume.NAME).read_bytes())
    assert kept.keys() == {"made", "salt", "digest"}
    assert (tmp_path / resume.NAME).stat().st_mode & 0o777 == 0o600


def test_a_list_that_is_resumed_keeps_its_date(folder: Path, whole: Path) -> None:
    parts = [batch.edition().encode(), (folder / "list.csv").read_bytes()]
    (folder / "out").mkdir()
    resume.begin(folder / "out", [], parts, MADE, resume=False)
    asked = [part for part in command(folder, "--resume") if part not in ("--date", MADE.isoformat())]
    assert run(asked) == ExitCode.DONE
    assert same(folder / "out", whole)


def test_what_was_half_written_is_deleted_and_what_is_damaged_is_made_again(folder: Path, whole: Path) -> None:
    out = folder / "out"
    out.mkdir()
    parts = [batch.edition().encode(), (folder / "list.csv").read_bytes()]
    resume.begin(out, [], parts, MADE, resume=False)
    (out / ".booklet-0123456789ab.part").write_bytes(b"%PDF half")
    (out / FILES[0]).write_bytes(b"%PDF damaged")
    (out / FILES[1]).write_bytes((whole / FILES[1]).read_bytes())
    before = (out / FILES[1]).stat().st_mtime_ns
    assert run(command(folder, "--resume")) == ExitCode.DONE
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    assert same(out, whole)
    assert (out / FILES[1]).stat().st_mtime_ns == before, "it was there, so it is not made twice"


def kill_and_resume(folder: Path, whole: Path, seconds: float) -> int:
    """Ends it at once at a moment, and goes on. Gives how many booklets were there."""
    running = start(folder)
    try:
        running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate(timeout=30)  # which ends when the last worker lets go of the pipe
    out = folder / "out"
    there = tuple(name for name in FILES if (out / name).exists())
    assert same(out, whole, there), "what stands under its name is whole"
    times = {name: (out / name).stat().st_mtime_ns for name in there}
    if (out / resume.NAME).exists() or not there:
        assert run(command(folder, "--resume")) == ExitCode.DONE
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    assert same(out, whole)
    assert {name: (out / name).stat().st_mtime_ns for name in there} == times
    return len(there)


@pytest.mark.parametrize("seconds", [0.9, 1.5])
def test_killed_at_a_moment_it_leaves_whole_booklets_and_goes_on(folder: Path, whole: Path, seconds: float) -> None:
    kill_and_resume(folder, whole, seconds)


@pytest.mark.parametrize("write", [1, 2, 4])
def test_killed_while_it_writes_a_file_it_leaves_none_under_that_name(folder: Path, whole: Path, write: int) -> None:
    program = (
        "import os, signal, sys, itertools, booklet.__main__ as m\n"
        "count = itertools.count(1)\n"
        f"os.fsync = lambda f: os.kill(os.getpid(), signal.SIGKILL) if next(count) == {write} else None\n"
        f"m.run({command(folder)!r})"
    )
    path = str(Path(__file__).parent.parent)
    running = subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": path}, check=False)
    out = folder / "out"
    there = tuple(name for name in FILES if (out / name).exists())
    assert (running.returncode, len(there)) == (-signal.SIGKILL, max(write - 2, 0))
    assert len(list(out.glob("*.part"))) == 1
    assert same(out, whole, there)
    assert run(command(folder, *(("--resume",) if write > 1 else ()))) == ExitCode.DONE
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    assert same(out, whole)


@pytest.mark.slow
def test_killed_at_many_moments(tmp_path: Path, whole: Path) -> None:
    moments = random.Random(7)
    counts = []
    for n in range(30):
        folder = tmp_path / str(n)
        folder.mkdir()
        (folder / "list.csv").write_text(LIST)
        counts.append(kill_and_resume(folder, whole, moments.uniform(0.2, 2.2)))
    assert len(set(counts)) > 2, "the moments are spread over all of the work"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_answered_with_what_is_made_and_how_to_go_on(
    folder: Path, whole: Path, number: signal.Signals
) -> None:
    (folder / "list.csv").write_text(LIST + "treatments,28,,1,,\n" * 20)  # so long that it is stopped before its end
    running = start(folder)
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, number)
    _, err = running.communicate(timeout=30)
    there = tuple(path.name for path in (folder / "out").iterdir() if path.name != resume.NAME)
    assert 0 < len(there) < 24
    told = f"Stopped. {len(there)} of 24 booklets made, each of them whole."
    assert (running.returncode, err) == (
        130,
        f"{told} To make the others, give the same command with --resume.\n",
    )
    assert same(folder / "out", whole, tuple(name for name in there if name in FILES))
    assert {path.name for path in (folder / "out").iterdir()} == {*there, resume.NAME}
    assert b"Canary" not in (folder / "out" / resume.NAME).read_bytes()


# Workers


class Here(Executor):
    """Does the work at once."""

    def submit(self, fn: Callable[..., Made], /, *given: object, **_: object) -> "Future[Made]":  # type: ignore[override]
        future: Future[Made] = Future()
        future.set_result(fn(*given))
        return future


@contextmanager
def here() -> Iterator[Executor]:
    yield Here()


class Killer:
    """Ends whichever process it comes to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)


def test_a_worker_that_dies_takes_only_its_own_booklet_with_it(library: Library) -> None:
    good = request_for(library, "breaks/taking-a-break", text_size="16")
    jobs = [Job(1, good), Job(2, Killer()), Job(3, good)]  # type: ignore[arg-type]
    made = list(batch.make_all(jobs, partial(batch.processes, 2, ()), 4, lambda: None))
    assert sorted((job.number, outcome.problems) for job, outcome in made) == [(1, ()), (2, (LOST,)), (3, ())]
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says which signals a process blocks")
def test_a_worker_leaves_ctrl_c_to_the_program_from_its_first_moment_on() -> None:
    with batch.processes(1, ()) as pool:
        batch._submit(pool, Job(1, None)).result()  # type: ignore[arg-type]
        (worker,) = multiprocessing.active_children()
        status = Path(f"/proc/{worker.pid}/status").read_text()
    blocked = int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk")), 16)
    assert blocked & 1 << (signal.SIGINT - 1)


def test_what_cannot_be_made_is_a_problem_and_a_fault_of_ours_a_code(library: Library) -> None:
    unknown = msgspec.structs.replace(request_for(library, "breaks"), preferences={"paper": "A9"})
    assert batch.make(Job(1, unknown)).problems[0].what == 'Paper cannot be "A9".'
    (fault,) = batch.make(Job(1, None)).problems  # type: ignore[arg-type]
    assert fault.what.startswith("Something went wrong inside this program. Code: build-")


def test_a_worker_with_another_edition_makes_nothing(library: Library, tmp_path: Path) -> None:
    good = request_for(library, "breaks/taking-a-break")
    ours = batch.edition()
    (tmp_path / "x.toml").write_text("")
    assert batch.edition((tmp_path,)) != ours
    assert batch.make(Job(1, good, (), ours)).pages > 0
    (problem,) = batch.make(Job(1, good, (), "another")).problems
    assert "another edition" in problem.what


def test_few_are_under_way_at_once_and_each_comes_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "make", lambda job: Made(pages=job.number))
    jobs = [Job(number, None) for number in range(1, 30)]  # type: ignore[arg-type]
    ticks: list[int] = []
    made = list(batch.make_all(jobs, here, 3, lambda: ticks.append(1)))
    assert sorted(job.number for job, _ in made) == list(range(1, 30))
    assert all(job.number == outcome.pages for job, outcome in made)
    assert len(ticks) == 10, "three at a time"


def test_a_job_and_what_is_made_of_it_are_not_in_what_a_log_would_show(library: Library) -> None:
    assert repr(Job(1, request_for(library, "breaks", name="Canary"))) == "Job(1)"
    assert repr(Made(b"Canary")) == "Made(...)"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:2", "tls://x.example:3"])
def test_names_go_only_where_others_cannot_read_them(address: str) -> None:
    batch.check_address(address, personal=True)
    batch.check_address("tcp://192.0.2.1:8786", personal=False)
    with pytest.raises(RequestError):
        batch.check_address("tcp://192.0.2.1:8786", personal=True)


@pytest.mark.parametrize("address", ["", "8786", "tcp://:1", "http://127.0.0.1:1", "tcp://127.0.0.1", "tcp://h:port"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(RequestError, match="not the address of a scheduler"):
        batch.check_address(address, personal=False)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RequestError, match="needs Dask"), batch.cluster("tcp://127.0.0.1:1"):
        pass


# Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_over_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("BOOKLET_UI", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    screen, now = Screen(), [0.0]
    progress = Progress(4, screen, lambda: now[0])
    progress.show(0)
    now[0] = 100
    progress.show(1)
    progress.clear()
    first, second, blank, nothing = screen.getvalue().split("\r")[1:]
    assert first == "[....................] 0 of 4, working out how long it takes"
    assert second.rstrip() == "[#####...............] 1 of 4, about 5 minutes left"
    assert (len(second), blank.strip(), nothing) == (len(first), "", "")
    monkeypatch.setenv("COLUMNS", "40")
    progress.show(1)
    assert screen.getvalue().split("\r")[-1] == "1 of 4, about 5 minutes left"


@pytest.mark.parametrize(
    ("screen", "key", "value"),
    [
        (Screen, "TERM", "dumb"),
        (Screen, "BOOKLET_UI", "plain"),
        (Screen, "ACCESSIBLE", "1"),
        (io.StringIO, "TERM", "xterm"),
    ],
)
def test_a_plain_line_at_most_every_ten_seconds_where_nothing_can_be_drawn(
    monkeypatch: pytest.MonkeyPatch, screen: Callable[[], io.StringIO], key: str, value: str
) -> None:
    monkeypatch.setenv(key, value)
    lines, now = screen(), [0.0]
    progress = Progress(10, lines, lambda: now[0])
    for second in range(25):
        now[0] = float(second)
        progress.show(second // 5)
        progress.clear()
    assert lines.getvalue() == "2 of 10 made, less than a minute left.\n4 of 10 made, less than a minute left.\n"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute left"),
        (60, "less than a minute left"),
        (61, "about 2 minutes left"),
        (3600, "about 1 hour 0 minutes left"),
        (7300, "about 2 hours 2 minutes left"),
    ],
)
def test_the_time_left_is_in_words(seconds: float, said: str) -> None:
    assert time_left(seconds) == said

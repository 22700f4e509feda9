"""Files and texts made to harm: each ends in a booklet or in advice, within bounds, and nothing in it reaches a terminal.

Bounds are of sizes and steps and not of seconds: a limit that fails to hold shows as memory or as a run that never ends,
so that every bomb runs in a process of its own, whose memory is watched.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from booklet import code, list_csv, resume
from booklet import settings as toml
from booklet.__main__ import run
from booklet.audit import audit
from booklet.build import build, preferences
from booklet.choices import person
from booklet.clinic import Clinic, parse_clinic
from booklet.errors import BookletError, ContentError, Problem, RequestError, printable
from booklet.library import Library
from booklet.library.files import FrontMatter, Organisation, Pack
from booklet.markdown import parse
from booklet.pictures import segments
from booklet.printing import sheet_of
from booklet.request import Recipe
from booklet.theme import load_layout, load_preferences
from tests import bombs
from tests.conftest import MADE, request_for

ROOT = Path(__file__).parent.parent
few = settings(
    max_examples=int(os.environ.get("BOOKLET_FUZZ", "25")), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
DRIVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, and what turns letters round."""
EVIL = ("\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202egnp", "\u2066x", "a\x7f", "\x08\x08", "\ud800")


def told(act: Callable[[], object]) -> str:
    """What is said when something is refused; a fault of ours is not caught. Nothing that is said drives a terminal."""
    try:
        act()
    except BookletError as e:
        said = str(e)
        assert said
        assert not DRIVES.search(said.replace("\n", ""))
        assert len(said) < 2_000_000
        return said
    return ""


# What bombs do, each in a process of its own

MOST, GROWS = 3_000_000_000, 400_000_000
"""Bytes: of addresses, so that no bomb harms the computer of the tests; and that memory may grow while one is read."""
BOMB = """
import resource, sys
from pathlib import Path
from booklet.errors import BookletError
from tests import bombs

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

kind, name, path, most, grows = *sys.argv[1:3], Path(sys.argv[3]), *map(int, sys.argv[4:])
data = bombs.ALL[kind][name]()
resource.setrlimit(resource.RLIMIT_AS, (most, most))
before = peak()
try:
    bombs.read(kind, data, path)
except BookletError as e:
    print(str(e)[:300])
if peak() - before > grows:
    sys.exit(f"memory grew by {peak() - before} bytes")
"""


@pytest.mark.skipif(os.name == "nt", reason="memory is bounded as POSIX does it")
@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, all in bombs.ALL.items() for name in all])
def test_a_bomb_does_no_harm(tmp_path: Path, kind: str, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOMB, kind, name, str(tmp_path / "bomb"), str(MOST), str(GROWS)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# Anything at all

marks = st.sampled_from(
    [*EVIL, *"#*_[]()<>`~|:\\&\n-+>.1 ", "::: note\n", ":::\n", "**", "{you}", "+++\n", "| a |\n", "[x](https://a.uk)"]
)
texts = st.lists(marks | st.text(max_size=8), max_size=60).map("".join)
tomls = st.lists(
    st.sampled_from(
        [
            "a = ",
            '"',
            "'",
            '"""',
            "[",
            "]",
            "[[",
            "{",
            "}",
            "\n",
            ".",
            ",",
            "=",
            "title",
            "sections",
            "ward",
            "packs",
            "inf",
            "9" * 5000,
            "1979-05-27",
            "\\u001b",
            "\ufeff",
            "#",
        ]
    )
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@few
@given(texts)
@example("**" * 3000 + "a" + "**" * 3000)
@example("a\u202eb")
def test_any_markdown_is_blocks_or_advice(text: str) -> None:
    told(lambda: parse(text, Path("x.md")))


@pytest.mark.parametrize("type", [Clinic, Recipe, FrontMatter, Pack, Organisation])
@few
@given(text=tomls)
@example(text='"\\u001b[2J" = 1')
@example(text="a = " + "9" * 5000)
@example(text=".".join(["a"] * 200) + " = 1")
def test_any_toml_is_read_or_advice(type: type, text: str) -> None:
    told(lambda: toml.decode(text, type, Path("x.toml"), error=RequestError))


@few
@given(text=tomls)
def test_any_clinic_layout_and_preferences_are_read_or_advice(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text.replace("\ud800", ""), "utf-8", "replace")
    told(lambda: parse_clinic(text, path))
    told(lambda: load_layout(path))
    told(lambda: load_preferences(path))


@few
@given(
    st.lists(
        st.sampled_from(
            [
                "pack",
                "name",
                "copies",
                "ids",
                "text-size",
                "file",
                ",",
                ";",
                '"',
                "\n",
                "newly-told",
                "24",
                "../x",
                "con",
            ]
        )
        | marks,
        max_size=60,
    ).map("".join)
)
@example("name," * 200)
@example("pack,name\n" + '"\x1b[2J",\n' * 3)
def test_any_list_is_rows_or_advice(library: Library, text: str) -> None:
    told(lambda: list_csv.parse(library, text, Path("l.csv"), MADE, Clinic()))


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/b", "a\\b", "..", "con", "LPT1", "nul", "x\0y", "\x1b[2J", ".hidden", "-rf"]
)
def test_no_name_of_a_file_leads_out_of_its_folder(library: Library, name: str) -> None:
    text = f'topics,file\nbreaks/taking-a-break,"{name}"\n'
    assert "This cannot be the name of a file." in told(
        lambda: list_csv.parse(library, text, Path("l.csv"), MADE, Clinic())
    )


@pytest.mark.parametrize(
    "id", ["../x", "/etc/passwd", "a\0b", "con", "\x1b]0;x\x07", "\u202e", "x" * 100_000, "breaks/../breaks", ""]
)
def test_ids_are_looked_up_and_never_opened(tmp_path: Path, id: str) -> None:
    for arguments in (
        [id, "--pack", id],
        ["breaks", "--profile", id],
        ["breaks", "--code", id],
        ["breaks", "--write-in", id],
    ):
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = run(["build", *arguments, "-o", str(tmp_path / "b.txt")])
        assert status in (0, 2)
        assert not DRIVES.search((out.getvalue() + err.getvalue()).replace("\n", ""))


@few
@given(st.text(alphabet=code.LETTERS, max_size=80) | st.text(max_size=40))
def test_any_code_is_choices_or_advice(library: Library, text: str) -> None:
    told(lambda: code.read_code(library, text, {}, []))


@few
@given(st.text(alphabet="01", max_size=2000))
@example("1" + "0" * 900 + "1" * 1800)
def test_any_code_with_a_true_check_is_choices_or_advice(library: Library, bits: str) -> None:
    choices = {key: preference.choices for key, preference in preferences().items()}
    told(lambda: code.read_code(library, code._letters("1" + bits), choices, ["large-print"]))


@few
@given(st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 30)), min_size=1, max_size=12))
def test_any_damage_to_a_pdf_is_judged_or_advice(changes: list[tuple[int, bytes, int]]) -> None:
    data = bytearray(bombs.plain_pdf())
    for at, new, length in changes:
        data[at % len(data) : at % len(data) + length] = new
    told(lambda: list(audit(bytes(data)).lines()))
    told(lambda: sheet_of(bytes(data), Path("x.pdf")))


operators = st.lists(
    st.sampled_from(
        [
            "q",
            "Q",
            "cm",
            "w",
            "gs",
            "cs",
            "CS",
            "sc",
            "scn",
            "SC",
            "SCN",
            "g",
            "G",
            "rg",
            "RG",
            "k",
            "K",
            "m",
            "l",
            "c",
            "v",
            "y",
            "re",
            "f",
            "F",
            "f*",
            "S",
            "s",
            "B",
            "b",
            "n",
            "W",
            "W*",
            "sh",
            "Do",
            "BMC",
            "BDC",
            "EMC",
            "BT",
            "ET",
            "Tf",
            "Tc",
            "Tw",
            "Tz",
            "TL",
            "Ts",
            "Tr",
            "Td",
            "TD",
            "Tm",
            "T*",
            "Tj",
            "TJ",
            "'",
            '"',
        ]
    )
    | st.sampled_from(
        [
            "/F",
            "/X",
            "(hello)",
            "[(a) -2000 (b)]",
            "<<",
            ">>",
            "/MCID",
            "9" * 400,
            "-0.0001",
            "1 0 0 1 50 50",
            "/Artifact",
            "(",
            "<",
            "[",
            "]",
        ]
    )
    | st.integers(-1000, 1000).map(str),
    max_size=80,
).map(lambda parts: " ".join(parts).encode())


@few
@given(operators)
def test_any_content_of_a_page_is_judged(content: bytes) -> None:
    report = audit(bombs.plain_pdf(content))
    said = "\n".join(report.lines()) + json.dumps(report.as_dict(), allow_nan=False)
    assert not DRIVES.search(said.replace("\n", ""))


@few
@given(
    st.lists(
        st.sampled_from(
            [
                "<svg>",
                "</svg>",
                "<g>",
                '<path d="M0 0',
                "L1 1",
                "A1 1 0 0 0 5 5",
                "nan",
                "1e999",
                '"/>',
                '<rect width="-1"/>',
                "<use/>",
                "&a;",
                "<!DOCTYPE x>",
                "<",
            ]
        )
        | st.text(max_size=5),
        max_size=20,
    ).map("".join)
)
def test_any_picture_is_drawn_or_advice(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.svg"
    path.write_text(text.replace("\ud800", ""), "utf-8", "replace")
    told(lambda: segments(path))


# What is shown


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_is_shown_drives_a_terminal(evil: str) -> None:
    shown = str(Problem(f"There is no {evil}.", f"Not {evil}.", Path(f"a{evil}b"), 3))
    assert not DRIVES.search(shown)
    assert "?" in shown
    assert printable("caf\u00e9 \u00a0\u4e2d \U0001f600") == "caf\u00e9  \u4e2d \U0001f600"


@pytest.mark.parametrize("evil", ["\x1b[2J", "\u202egnp", "\x9b1m"])
def test_folders_of_one_s_own_show_nothing_that_drives_a_terminal(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], evil: str
) -> None:
    (tmp_path / "c" / "packs").mkdir(parents=True)
    (tmp_path / "c" / "packs" / f"own{evil}.toml").write_text(
        'title = "Own"\nsummary = "x"\nsections = ["breaks/taking-a-break"]\n'
    )
    escaped = evil.encode("unicode_escape").decode().replace("\\x", "\\u00")
    (tmp_path / "clinic.toml").write_text(f'organisation = "{escaped}"\n"{escaped}" = 1\n')
    for arguments in (
        ["packs", "--content", str(tmp_path / "c")],
        ["packs", "--json", "--content", str(tmp_path / "c")],
        ["build", "breaks", "--clinic", str(tmp_path / "clinic.toml"), "-o", str(tmp_path / f"b{evil}.txt")],
        ["build", "breaks", "-o", str(tmp_path / f"b{evil}.txt")],
        ["size-test", "-o", str(tmp_path / f"b{evil}.pdf")],
        ["audit", str(tmp_path / f"no{evil}.pdf")],
    ):
        run(arguments)
        printed = capsys.readouterr()
        assert not DRIVES.search((printed.out + printed.err).replace("\n", "")), arguments


@few
@given(st.text(max_size=40))
@example("<script>alert(1)</script>")
@example("](javascript:x) **b** {you} [red]x[/]")
@example("\u202egnp")
def test_a_name_is_letters_and_never_marks(library: Library, name: str) -> None:
    try:
        typed = person({"name": name})
    except RequestError:
        return
    request = request_for(library, "breaks/taking-a-break", name=typed.name)
    page = build(library, request, "html").data.decode()
    assert "<script>alert" not in page
    assert not DRIVES.search(page.replace("\n", ""))


def test_names_that_turn_letters_round_are_refused() -> None:
    for char in "\u202e\u2066\u200f\u200b\x1b\x9b":
        said = told(partial(person, {"name": f"Jo{char}e"}))
        assert "that this program cannot print" in said


# Folders and files that are not what they seem


def content(folder: Path) -> Path:
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "topic.toml").write_text('number = 99\ntitle = "Own"\n')
    return folder


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("target", ["/etc/passwd", "..", "loop.md", "/dev/zero"])
def test_a_link_that_leads_out_of_a_folder_is_refused(tmp_path: Path, target: str) -> None:
    folder = content(tmp_path / "c")
    (folder / "own" / "loop.md").symlink_to(target)
    from booklet.paths import CONTENT

    with pytest.raises(ContentError, match=r"leads out of the folder|not an ordinary file"):
        Library.load(CONTENT, folder)


@pytest.mark.skipif(os.name == "nt", reason="pipes have names there")
def test_what_never_ends_is_not_read(library: Library, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path in (Path("/dev/zero"), pipe, Path("/dev/tty")):
        for act in (
            lambda path=path: toml.text_of(path),
            lambda path=path: list_csv.read(library, path, MADE, Clinic()),
        ):
            assert "This is not an ordinary file." in told(act) or not path.exists()
        for command in ("audit", "print"):
            assert run([command, str(path)]) == 2


def test_a_record_that_is_not_ours_is_said(tmp_path: Path) -> None:
    for data in (b"", b"[" * 100_000, b'{"made":"2026-11-21","salt":"zz","digest":""}', b"\xff" * 50_000):
        (tmp_path / resume.NAME).write_bytes(data)
        assert "This file cannot be read." in told(lambda: resume.begun(tmp_path))


def test_a_list_is_as_long_as_a_clinic_can_use(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_csv, "MOST_LINES", 3)
    text = "topics\n" + "breaks/taking-a-break\n" * 4
    assert "A list has at most 3 lines." in told(lambda: list_csv.parse(library, text, Path("l.csv"), MADE, Clinic()))
    text = "topics\n" + "nothing-like-it\n" * 400
    assert "Put these right first." in told(lambda: list_csv.parse(library, text, Path("l.csv"), MADE, Clinic()))

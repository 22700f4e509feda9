"""The code and the documents held against their own rules, so that one command checks everything."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "booklet").rglob("*.py"))


def tool(*arguments: str) -> None:
    program = shutil.which(arguments[0], path=str(Path(sys.executable).parent)) or arguments[0]
    done = subprocess.run([program, *arguments[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_format_is_ruff_s() -> None:
    tool("ruff", "format", "--check", "booklet", "tests", "benchmarks")


def test_ruff_finds_nothing() -> None:
    tool("ruff", "check", "booklet", "tests", "benchmarks")


def test_mypy_finds_nothing() -> None:
    tool("mypy")


def test_imports_point_down() -> None:
    tool("lint-imports")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_at_most_400_lines_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert text.startswith('"""')


def test_reportlab_s_private_names_are_in_one_module() -> None:
    users = [
        path.name for path in SOURCES if re.search(r"pdf\._|__NoDefault__|PDFStream\.format", path.read_text("utf-8"))
    ]
    assert users == ["pdf.py"]


def test_only_three_modules_write_to_disk() -> None:
    writes = re.compile(r"write_(text|bytes)\(|NamedTemporaryFile|open\([^)]*[\"']w|\.unlink\(|\.mkdir\(")
    assert [path.name for path in SOURCES if writes.search(path.read_text("utf-8"))] == [
        "kept.py",
        "saving.py",
        "work.py",
    ]


def test_every_command_of_the_readme_s_tests_is_the_one_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (command,) = re.findall(r"^python3 -m venv .*pytest$", readme, re.MULTILINE)
    assert command in script


def test_every_licence_is_beside_its_typeface() -> None:
    folder = ROOT / "layouts" / "fonts"
    families = {re.sub(r"-.*", "", path.stem) for path in folder.glob("*.ttf")}
    assert families == {path.name.removesuffix("-LICENSE.txt") for path in folder.glob("*-LICENSE.txt")}


def test_every_test_that_the_hazards_name_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "hazards.md").read_text("utf-8")))
    there = {
        name
        for path in (ROOT / "tests").glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    assert len(named) > 20
    assert named <= there

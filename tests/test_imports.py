"""What import-linter cannot see: what is really loaded at run time."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "ssl",
    "http.client",
    "urllib.request",
    "reportlab",
    "textual",
    "pikepdf",
    "rich",
    "PIL",
    "markdown_it",
    "msgspec",
    "platformdirs",
)


def loaded(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*({set(HEAVY)} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["booklet", "booklet.__main__", "booklet.terminal", "booklet.errors", "booklet.paths"]
)
def test_the_start_loads_nothing_slow(module: str) -> None:
    assert loaded(f"import {module}") == set()


@pytest.mark.parametrize(
    "module",
    [
        "booklet.paginate",
        "booklet.compose",
        "booklet.build",
        "booklet.writers",
        "booklet.questions",
        "booklet.list_csv",
    ],
)
def test_the_model_side_loads_no_output_library(module: str) -> None:
    assert not loaded(f"import {module}") & {"reportlab", "textual", "pikepdf", "rich", "PIL"}


def test_a_build_loads_no_screen(tmp_path: Path) -> None:
    path = str(tmp_path / "b.pdf")
    code = f"import io, sys; sys.stdout, out = io.StringIO(), sys.stdout; from booklet.__main__ import run; run(['build', 'breaks', '-o', {path!r}]); sys.stdout = out"
    assert not loaded(code) & {"textual", "rich", "platformdirs", "urllib", "http", "ssl"}, (
        "nothing here needs a network"
    )


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["batch", "--help"], ["--version"]])
def test_help_loads_nothing_that_it_does_not_print(arguments: list[str]) -> None:
    hidden = "import io, contextlib, sys; out = io.StringIO()"
    code = f"{hidden}\nwith contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):\n    from booklet.__main__ import run; run({arguments})\n"
    assert not loaded(code) & {"reportlab", "textual", "pikepdf", "rich", "PIL", "markdown_it", "platformdirs"}


def test_the_interface_loads_no_pdf_library_before_its_first_page() -> None:
    assert not loaded("import booklet.tui.app") & {"reportlab", "pikepdf"}


def test_the_first_question_in_plain_lines_needs_the_standard_library_alone() -> None:
    code = (
        "import io, sys, booklet.__main__ as m, booklet.plain as p\n"
        "class Asked(Exception): pass\n"
        "def asked(talk): raise Asked(sys.stdout.getvalue())\n"
        "p.Talk.walk, sys.stdout, out = property(asked), io.StringIO(), sys.stdout\n"
        "try: m.run(['--plain'])\n"
        "except Asked as e: assert str(e).endswith('Enter: ')\n"
        "finally: sys.stdout = out\n"
    )
    assert loaded(code) == set()


def test_the_first_page_waits_for_no_library_and_no_table() -> None:
    """What it would load besides Textual is what a person would wait for."""
    code = """
from datetime import date
from booklet.tui.app import BookletApp
from booklet.tui.desk import Desk
from booklet.tui.outside import Outside
app = BookletApp(Desk(Outside(), date.today()))
app.desk.screen((80, 24))
"""
    assert not loaded(code) & {"reportlab", "pikepdf", "markdown_it", "msgspec", "PIL"}

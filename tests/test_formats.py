"""A format is one module and one line in FORMATS: everything else finds it by itself."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from booklet.__main__ import run
from booklet.errors import ExitCode
from booklet.model import Document, words
from booklet.theme import Stylesheet
from booklet.writers import FORMATS, Format


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(document: Document, sheet: Stylesheet) -> bytes:
        return "|".join(words(document.blocks)).encode()

    module = ModuleType("booklet.writers.toy")
    module.write = write  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "booklet.writers.toy", module)
    monkeypatch.setitem(FORMATS, "toy", Format("toy", "A toy format", ".toy"))


@pytest.mark.usefixtures("toy")
def test_a_new_format_is_made_by_its_ending_by_its_name_and_as_an_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending, named, also = tmp_path / "b.toy", tmp_path / "b.x", tmp_path / "c.txt"
    assert run(["build", "breaks", "-o", str(ending)]) == ExitCode.DONE
    assert run(["build", "breaks", "--format", "toy", "-o", str(named)]) == ExitCode.DONE
    assert run(["build", "breaks", "--also", "toy", "-o", str(also)]) == ExitCode.DONE
    assert capsys.readouterr().out.count("a toy format.") == 3
    assert ending.read_bytes() == named.read_bytes() == (tmp_path / "c.toy").read_bytes()
    assert "Taking a break from treatment" in ending.read_text()


@pytest.mark.usefixtures("toy")
def test_a_new_format_is_in_the_help_and_in_the_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["build", "--help"])
    assert ".toy" in capsys.readouterr().out
    assert run(["build", "breaks", "-o", str(tmp_path / "b.doc")]) == ExitCode.BAD_REQUEST
    assert ".toy" in capsys.readouterr().err

"""The guide for those who make booklets: right about the program, and as readable on paper as a booklet."""

import re
from pathlib import Path

import page as validator
import pytest

import booklet
from booklet.audit import audit
from booklet.build import make_guide
from booklet.check.readability import score
from booklet.guide import guide
from booklet.model import words
from booklet.paths import GUIDE
from tests.conftest import MADE

PROGRAM = Path(booklet.__file__).parent
TEXT = GUIDE.read_text("utf-8")


@pytest.mark.parametrize("size", ["18", "28"])
def test_the_guide_is_a_valid_pdf_in_large_print(size: str) -> None:
    data = make_guide(MADE, {"text-size": size})
    for profile in ("ua1", "2a"):
        assert validator.validate_pdf_bytes(data, profile=profile).is_compliant
    report = audit(data, float(size))
    assert [str(finding) for finding in report.findings if finding.gate == "B"] == []


def test_whatever_is_in_bold_stands_on_a_page_of_the_program() -> None:
    screens = "".join(path.read_text("utf-8") for path in sorted(PROGRAM.rglob("*.py")))
    named = re.findall(r"\*\*(.+?)\*\*", TEXT)
    assert len(named) == 8
    assert [name for name in named if f'"{name}' not in screens] == []


def test_every_word_of_the_file_is_in_the_guide() -> None:
    said = " ".join(words(guide(MADE).blocks))
    assert [part for part in re.findall(r"[A-Za-z']{3,}", TEXT.replace("::: note", "")) if part not in said] == []


def test_the_guide_is_easy_to_read() -> None:
    found = score(words(guide(MADE).blocks))
    assert found
    assert found.grade <= 6

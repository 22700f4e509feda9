"""`booklet check` catches a planted fault of each kind, and our own content has none."""

import shutil
from pathlib import Path

import pytest

from booklet.check import check
from booklet.paths import CONTENT, LAYOUTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def found(folder: Path, *only: Path) -> list[str]:
    return [str(problem).replace(f"{folder}/", "") for problem in check(folder, LAYOUTS, only)]


def test_our_own_content_and_layouts_have_nothing_wrong() -> None:
    assert [str(problem) for problem in check(CONTENT, LAYOUTS)] == []


def test_a_character_no_face_has(folder: Path) -> None:
    path = folder / "trials/genomic-tests.md"
    path.write_text(path.read_text("utf-8").replace("## ", "## \u0e01", 1), "utf-8")
    (problem,) = found(folder)
    assert 'No typeface has the character "\u0e01" (U+0E01). Write it in another way.' in problem
    assert problem.startswith("trials/genomic-tests.md:")


def test_layers_that_do_not_say_what_is_there(folder: Path) -> None:
    path = folder / "trials/genomic-tests.md"
    path.write_text(path.read_text("utf-8").replace('layers = ["core", "more"]', 'layers = ["core"]'), "utf-8")
    assert "layers: this does not say what the text below has." in found(folder)[0]


def test_front_matter_and_text_of_several_files_at_once(folder: Path) -> None:
    first, second = folder / "trials/genomic-tests.md", folder / "breaks/taking-a-break.md"
    first.write_text(first.read_text("utf-8").replace("number = 4", 'number = "4"'), "utf-8")
    second.write_text(second.read_text("utf-8") + "\n*odd*\n", "utf-8")
    assert [problem.split(":")[0] for problem in found(folder)] == [
        "breaks/taking-a-break.md",
        "trials/genomic-tests.md",
    ]
    assert [problem.split(":")[0] for problem in found(folder, second)] == ["breaks/taking-a-break.md"]


def test_a_file_that_is_not_utf_8(folder: Path) -> None:
    path = folder / "trials/genomic-tests.md"
    path.write_bytes(path.read_bytes() + "\nna\u00efve\n".encode("latin-1"))
    assert "This is not UTF-8 text. Save it as UTF-8 in your editor." in found(folder)[0]


def test_characters_no_face_has_outside_the_sections(folder: Path) -> None:
    for name, was in (("trials/topic.toml", "Clinical"), ("front/about-this-booklet.md", "This booklet")):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(was, f"{was} \u0e01", 1), "utf-8")
    assert [problem.split(":")[0] for problem in found(folder)] == ["front/about-this-booklet.md", "trials/topic.toml"]


def test_front_matter_where_there_is_none(folder: Path) -> None:
    path = folder / "front/about-this-booklet.md"
    path.write_text("+++\nid = 1\n+++\n" + path.read_text("utf-8"), "utf-8")
    assert "front/about-this-booklet.md:1: This page has no front matter. Delete it." in found(folder)

"""Several editions of one request in one run: the same numbers and words, each in a file of its own."""

import json
from pathlib import Path

import pikepdf
import pytest

from booklet.__main__ import run
from booklet.editions import editions
from booklet.errors import ExitCode, RequestError
from booklet.library import Library
from tests.conftest import request_for


def test_what_a_list_of_editions_asks_for(library: Library) -> None:
    request = request_for(library, "breaks", text_size="18", fold="booklet")
    made = editions(" 12pt, 28pt,html ,low-vision,28pt", request, "pdf", Path("out/b.pdf"))
    assert [(edition.path.name, edition.format) for edition in made] == [
        ("b-12pt.pdf", "pdf"),
        ("b-28pt.pdf", "pdf"),
        ("b.html", "html"),
        ("b-low-vision.pdf", "pdf"),
    ]
    nurse, large, web, profile = (edition.request for edition in made)
    assert (nurse.layout, nurse.preferences["detail"]) == ("nurse-copy", "more")
    assert (large.layout, large.preferences["text-size"]) == ("", "28")
    assert web.preferences == request.preferences
    assert profile.preferences["text-size"] != "18"
    assert {edition.request.sections for edition in made} == {request.sections}


def test_two_editions_never_have_one_file(library: Library) -> None:
    made = editions("html,text,braille,braille-contracted", request_for(library, "breaks"), "html", Path("b.html"))
    names = [edition.path.name for edition in made]
    assert names == ["b-html.html", "b.txt", "b.brf", "b-braille-contracted.brf"]


def test_everything_wrong_with_editions_is_said_at_once(library: Library) -> None:
    request = request_for(library, "breaks", paper="A5", text_size="16")
    with pytest.raises(RequestError) as e:
        editions("28pt,htlm,17pt", request, "pdf", Path("b.pdf"))
    said = [str(problem) for problem in e.value.problems]
    assert said[0].startswith("28pt: Paper A5 does not work with print size 28.")
    assert said[1] == 'There is no edition called "htlm". Did you mean html?'
    assert said[2].startswith('There is no edition called "17pt".')


def test_a_nurse_and_a_patient_find_the_same_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main = tmp_path / "b.pdf"
    assert run(["build", "breaks", "--detail", "less", "--also", "12pt,24pt,text", "-o", str(main), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [Path(each["file"]).name for each in told["also"]] == ["b-12pt.pdf", "b-24pt.pdf", "b.txt"]
    sections = [[each["title"] for each in one["sections"]] for one in (told, *told["also"])]
    assert all(each == sections[0] for each in sections)
    assert sections[0]
    for one in (told, *told["also"][:2]):
        with pikepdf.open(one["file"]) as pdf:
            assert len(pdf.pages) == one["pages"]
    assert told["also"][0]["pages"] < told["pages"] < told["also"][1]["pages"]
    assert (tmp_path / "b.txt").stat().st_mode & 0o777 == 0o600


def test_a_line_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.txt"
    assert run(["build", "breaks", "--also", "html", "-o", str(path)]) == ExitCode.DONE
    assert capsys.readouterr().out.splitlines() == [f"{path}: plain text.", f"{tmp_path / 'b.html'}: one web page."]


def test_a_wrong_edition_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "breaks", "--also", "htlm", "-o", str(tmp_path / "b.txt")]) == ExitCode.BAD_REQUEST
    assert "Did you mean html?" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

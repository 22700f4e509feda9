"""The command line: a contract of names, exit codes and what goes to which stream (product.md section 8)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from booklet import audit
from booklet.__main__ import run
from booklet.errors import ExitCode

ROOT = str(Path(__file__).parent.parent)


def python(*arguments: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((ROOT, os.environ.get("PYTHONPATH", ""))), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def booklet(*arguments: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "booklet", *arguments, folder=folder, **env)


def test_the_command_of_the_readme_makes_a_booklet_in_an_empty_folder(tmp_path: Path) -> None:
    done = booklet("build", "--pack", "newly-told", "-o", "my-booklet.pdf", folder=tmp_path)
    offer = "Please note: a long booklet can be too much. For less of it: --detail key-points, or fewer topics.\n"
    assert (done.returncode, done.stderr) == (0, offer)
    assert [path.name for path in tmp_path.iterdir()] == ["my-booklet.pdf"]
    pages = len(pikepdf.open(tmp_path / "my-booklet.pdf").pages)
    assert done.stdout == f"my-booklet.pdf: {pages} pages, {pages // 2} sheets of paper.\n"


def test_json_says_pages_sheets_and_sections_and_nothing_personal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "b.pdf"
    code = run(["build", "breaks", "--name", "Canary", "--date", "2026-11-20", "--json", "-o", str(path)])
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert code == ExitCode.DONE
    assert list(summary) == ["file", "format", "pages", "sheets", "grams", "sections", "warnings", "audit"]
    assert summary["sheets"] == summary["pages"] / 2
    assert [section["id"] for section in summary["sections"]] == [
        "breaks/taking-a-break",
        "breaks/changing-treatment",
        "breaks/stopping-treatment",
    ]
    assert "Canary" not in printed.out + printed.err


def test_every_mistake_in_a_request_is_heard_of_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["build", "treatmnts", "--text-size", "23", "--date", "soon", "--name", "x" * 300, "-o", "b.doc"])
    assert code == ExitCode.BAD_REQUEST
    assert capsys.readouterr().err.splitlines() == [
        "The date is not one. Write year, month and day, such as 2026-11-20.",
        'There is no topic called "treatmnts". Did you mean treatments?',
        (
            "Name: this is 300 letters long, and the booklet has room for 50. "
            "Write less, or leave it empty: the booklet then has a line to write on."
        ),
        'Print size cannot be "23". The nearest is 24. The choices are 16, 18, 20, 24, 28, 36.',
        "The file name does not say which format to make. End the file name in .pdf or .txt or .html or .brf, or add --format.",
    ]


def test_a_failed_build_leaves_no_file_and_an_older_one_as_it_was(tmp_path: Path) -> None:
    old = tmp_path / "b.pdf"
    old.write_bytes(b"old")
    assert run(["build", "nothing-like-it", "-o", str(old)]) == ExitCode.BAD_REQUEST
    assert run(["build", "breaks", "-o", str(tmp_path / "gone" / "b.pdf")]) == ExitCode.BAD_REQUEST
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_the_ending_or_the_flag_says_the_format(tmp_path: Path) -> None:
    assert run(["build", "breaks", "-o", str(tmp_path / "b.txt")]) == ExitCode.DONE
    assert (tmp_path / "b.txt").read_text("utf-8").startswith("My booklet")
    assert run(["build", "breaks", "--format", "pdf", "-o", str(tmp_path / "b")]) == ExitCode.DONE
    assert (tmp_path / "b").read_bytes().startswith(b"%PDF-1.7")
    assert run(["build", "breaks", "--format", "pfd", "-o", str(tmp_path / "c")]) == ExitCode.BAD_REQUEST


def test_the_date_comes_from_the_flag_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026
    for name, more in (("a", []), ("b", ["--date", "2026-11-21"])):
        assert run(["build", "breaks", *more, "-o", str(tmp_path / f"{name}.pdf")]) == ExitCode.DONE
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_overdue_content_is_a_note_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", "breaks", "--date", "2029-01-01", "--json", "-o", str(tmp_path / "b.pdf")])
    printed = capsys.readouterr()
    warned = json.loads(printed.out)["warnings"]
    assert "breaks/taking-a-break was due to be checked by 2028-11-20" in warned
    assert "Please note: breaks/taking-a-break was due to be checked by 2028-11-20." in printed.err


def test_what_there_is_to_choose_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topics"]) == run(["packs"]) == run(["preferences"]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "treatments: Treatments\n    treatments/overview: 6.1 What treatments there are\n" in out
    assert "newly-told: Newly told. " in out
    assert "    18: 18 point, clear large print (usual)\n" in out
    assert "call-now" not in out, "it is in every booklet"
    assert "planning-ahead" not in out, "it is behind a gate"


@pytest.mark.parametrize(("command", "key"), [("topics", "number"), ("packs", "sections"), ("preferences", "choices")])
def test_lists_for_programs(command: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--json"]) == ExitCode.DONE
    rows = json.loads(capsys.readouterr().out)
    assert all(row["id"] and row[key] for row in rows)


def test_check_says_what_is_wrong_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == ExitCode.DONE
    assert run(["check", str(tmp_path / "gone")]) == ExitCode.BAD_REQUEST
    assert "There is no such file or folder." in capsys.readouterr().err


def test_with_no_terminal_the_interface_says_what_to_do(tmp_path: Path) -> None:
    done = booklet(folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("There is nobody to ask: this is not a terminal, and no answers were given.")
    assert "booklet build --pack newly-told" in done.stderr


def test_a_fault_of_ours_is_a_code_and_never_what_was_typed(tmp_path: Path) -> None:
    program = (
        "import booklet.__main__ as m, booklet.personal as r\n"
        "def broken(name): raise KeyError(name)\n"
        "r.personal = broken\n"
        "import sys; sys.argv = ['booklet', 'build', 'breaks', '--name', 'Canary', '-o', 'b.pdf']\n"
        "m.main()"
    )
    done = python("-c", program, folder=tmp_path)
    assert done.returncode == 1
    assert "Code: choices-" in done.stderr
    assert "Canary" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "trials", "--name", "Edna", "Canary", "-o", "n.pdf"), "in quotation marks"),
        (("build", "trials", "--nane", "Canary", "-o", "n.pdf"), "Did you mean --name?"),
        (("build", "trials", "--txt-size", "18", "-o", "n.pdf"), "Did you mean --text-size?"),
        (("build", "--pack", "-o", "b.pdf"), "--pack needs a value."),
        (("biuld",), "Did you mean build?"),
        (("--name", "Canary"), "Something in the command was not understood."),
        (("Canary",), "Something in the command was not understood."),
    ],
)
def test_a_slip_in_the_command_is_answered_with_what_there_is(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(arguments)) == ExitCode.BAD_REQUEST
    printed = capsys.readouterr().err
    assert said in printed
    assert "Canary" not in printed


def test_a_preferences_file_that_is_broken_does_not_stop_check_from_saying_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from booklet import paths

    broken = tmp_path / "preferences.toml"
    broken.write_text("bad =")
    monkeypatch.setattr(paths, "PREFERENCES", broken)
    assert run(["topics"]) == ExitCode.DONE
    assert run(["build", "trials", "-o", str(tmp_path / "b.pdf")]) == ExitCode.FAILED
    assert "preferences.toml:1: This is not TOML" in capsys.readouterr().err


@pytest.mark.parametrize("epoch", ["junk", "²", "99999999999999999", "1e9"])
def test_a_time_in_the_environment_that_is_none(tmp_path: Path, epoch: str) -> None:
    asked = ("build", "breaks/taking-a-break", "-o", "b.pdf")
    done = booklet(*asked, folder=tmp_path, SOURCE_DATE_EPOCH=epoch)
    assert (done.returncode, done.stderr) == (
        2,
        "SOURCE_DATE_EPOCH is not a time. Write seconds since 1970, or unset it.\n",
    )
    assert booklet(*asked, "--date", "2026-11-21", folder=tmp_path, SOURCE_DATE_EPOCH=epoch).returncode == 0


def test_a_stop_from_outside_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, booklet.__main__ as m\n"
        "fsync = os.fsync\n"
        "os.fsync = lambda f: os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.argv = ['booklet', 'build', 'breaks', '-o', 'b.pdf']\n"
        "m.main()"
    )
    done = python("-c", program, folder=tmp_path)
    assert (done.returncode, done.stderr) == (130, "Stopped. Nothing was saved.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_result_that_cannot_be_shown_says_what_was_done(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "booklet", "build", "breaks", "-o", "b.pdf"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("What was asked for was done, but its result could not be shown")
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]


def test_a_file_name_that_the_console_cannot_show(tmp_path: Path) -> None:
    done = booklet("build", "breaks", "-o", "\u00f6.pdf", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "\\xf6.pdf")


def test_facts_about_the_reader_fit_the_booklet_and_are_said_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "b.pdf"
    facts = ("--about", "sites=liver", "--about", "sites=bone", "--about", "nation=Northern Ireland")
    assert run(["build", "treatments", *facts, "--json", "-o", str(path)]) == ExitCode.DONE
    summary = json.loads(capsys.readouterr().out)
    ids = [section["id"] for section in summary["sections"]]
    assert {"treatments/site-liver", "treatments/site-bone"} <= set(ids)
    assert "treatments/site-lung" not in ids
    assert "northern" not in json.dumps(summary).lower()
    assert b"northern_ireland" not in path.read_bytes()


def test_a_value_that_is_not_understood_is_a_note_and_never_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "breaks", "--about", "sites=Canary", "-o", str(tmp_path / "b.pdf")]) == ExitCode.DONE
    printed = capsys.readouterr()
    note = "sites: not one of bone, liver, lung, brain, other, not_sure, so it counts as not_sure."
    assert f"Please note: {note}" in printed.err
    assert "Canary" not in printed.out + printed.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--about", "site=bone"), "There is no such fact about the reader. Did you mean sites?"),
        (("--about", "Canary"), "--about needs a fact and its value."),
        (("--write-in", "diry"), 'There is no page to write on called "diry". Did you mean diary?'),
        (("--content", "/nowhere"), "/nowhere: There is no such folder."),
        (("planning-ahead",), "planning-ahead is printed only for a reader who asked for it."),
    ],
)
def test_what_is_wrong_with_what_was_said_of_the_reader(
    tmp_path: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "breaks", *arguments, "-o", str(tmp_path / "b.pdf")]) == ExitCode.BAD_REQUEST
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_pack_says_for_whom_it_is_and_a_flag_says_it_louder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "b.txt"
    assert run(["build", "--pack", "carer", "-o", str(path)]) == ExitCode.DONE
    assert "it means the person you care for" in path.read_text()
    assert run(["build", "--pack", "carer", "--about", "reader=patient", "-o", str(path)]) == ExitCode.DONE
    assert "it means the person you care for" not in path.read_text()


def test_pages_to_write_on_are_added(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    assert run(["build", "breaks", "--write-in", "diary,notes", "-o", str(path)]) == ExitCode.DONE
    text = path.read_text()
    assert text.index("My symptom diary") < text.index("My notes")
    assert "My appointments" not in text


def test_what_a_booklet_can_take_into_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["facts"]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "--about sites=: Where the cancer is (more than one, with commas)\n    bone: Bones\n" in out
    assert "    not_now: Not now (usual)\n" in out
    assert run(["facts", "--json"]) == ExitCode.DONE
    assert {row["id"] for row in json.loads(capsys.readouterr().out)} >= {"reader", "nation", "prognosis"}


def test_check_for_programs_and_the_table_of_readability(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json"]) == ExitCode.DONE
    rows = json.loads(capsys.readouterr().out)
    assert {row["kind"] for row in rows} <= {"warning"}
    assert all(list(row) == ["file", "line", "what", "advice", "kind"] for row in rows)
    assert run(["check", "--readability"]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 102
    assert lines[1].split()[0] == "emergencies/call-now"
    assert run(["check", "--readability", "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["treatments/overview"]["grade"] < 8


def test_a_hospital_builds_with_a_folder_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tmp_path / "ours"
    (ours / "packs").mkdir(parents=True)
    (ours / "packs/ward.toml").write_text('title = "Ward"\nsummary = "For the ward."\nsections = ["team/who-is-who"]\n')
    done = run(["build", "--content", str(ours), "--pack", "ward", "-o", str(tmp_path / "b.txt"), "--json"])
    assert done == ExitCode.DONE
    assert [s["id"] for s in json.loads(capsys.readouterr().out)["sections"]] == ["team/who-is-who"]
    assert run(["packs", "--content", str(ours)]) == ExitCode.DONE
    assert "ward: Ward. For the ward." in capsys.readouterr().out
    assert run(["check", "--content", str(ours)]) == ExitCode.DONE


def test_a_recipe_makes_the_same_booklet_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, again, recipe = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "r.toml"
    asked = ["--text-size", "20", "--write-in", "notes", "--date", "2026-11-21"]
    person = ["--name", "Canary", "--about", "nation=wales"]
    assert run(["build", "breaks", *asked, "--save-recipe", str(recipe), "-o", str(first)]) == ExitCode.DONE
    assert run(["build", "--recipe", str(recipe), "--date", "2026-11-21", "-o", str(again)]) == ExitCode.DONE
    assert first.read_bytes() == again.read_bytes()
    assert run(["build", "breaks", *asked, *person, "--save-recipe", str(recipe), "-o", str(first)]) == ExitCode.DONE
    assert "Canary" not in recipe.read_text()
    assert "wales" not in recipe.read_text()
    assert f"{recipe}: your choices." in capsys.readouterr().out


def test_a_folded_booklet_has_a_file_for_the_printer_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    assert run(["build", "breaks/taking-a-break", "--paper", "A5", "--fold", "-o", str(path)]) == ExitCode.DONE
    booklet_pages, folded = pikepdf.open(path).pages, pikepdf.open(tmp_path / "b-fold.pdf").pages
    assert len(booklet_pages) % 4 == 0
    assert len(folded) == len(booklet_pages) / 2


def test_a_booklet_that_is_too_thick_to_fold_has_a_file_for_each_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "b.pdf"
    assert run(["build", "treatments", "--fold", "--json", "-o", str(path)]) == ExitCode.DONE
    said = capsys.readouterr()
    summary = json.loads(said.out)
    names = [tmp_path / "b-fold-1.pdf", tmp_path / "b-fold-2.pdf"]
    assert [summary["folded-1"], summary["folded-2"]] == [str(name) for name in names]
    assert sorted(tmp_path.iterdir()) == [*names, path]
    assert "so it is in 2 parts to fold" in said.err


def test_profiles_clinics_and_flags_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clinic, path, recipe = tmp_path / "clinic.toml", tmp_path / "b.pdf", tmp_path / "r.toml"
    clinic.write_text('[preferences]\ntext-size = "16"\nsides = "one"\n')
    asked = ["--clinic", str(clinic), "--profile", "low-vision", "--typeface", "noto", "--save-recipe", str(recipe)]
    assert run(["build", "breaks", *asked, "-o", str(path)]) == ExitCode.DONE
    saved = recipe.read_text()
    for line in ('text-size = "24"', 'sides = "one"', 'typeface = "noto"', 'weight = "heavier"'):
        assert line in saved
    assert run(["build", "breaks", "--profile", "low-visoin", "-o", str(path)]) == ExitCode.BAD_REQUEST
    assert "There is no such profile. Did you mean low-vision?" in capsys.readouterr().err
    assert run(["profiles"]) == run(["profiles", "--json"]) == ExitCode.DONE
    assert "--profile dyslexia: Dyslexia. " in capsys.readouterr().out


def test_a_pdf_is_held_against_the_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.pdf"
    assert run(["build", "breaks/taking-a-break", "--text-size", "24", "--json", "-o", str(path)]) == ExitCode.DONE
    summary = json.loads(capsys.readouterr().out)
    assert summary["audit"]["passed"] is True
    assert summary["audit"]["measured"]["smallest size"] >= 24
    assert run(["audit", str(path), "--size", "24"]) == ExitCode.DONE
    assert "Nothing must be mended." in capsys.readouterr().err
    assert run(["audit", str(path), "--size", "36"]) == ExitCode.FAILED
    assert "LP-01" in capsys.readouterr().out
    assert run(["audit", str(path), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["passed"] is True
    assert run(["audit", str(tmp_path / "gone.pdf")]) == ExitCode.BAD_REQUEST


def test_a_booklet_that_fails_the_audit_is_not_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = audit.Finding("LP-02", "B", 3, "9 point is smaller than was asked for", "UKAAF")
    monkeypatch.setattr(audit, "audit", lambda *_: audit.Report(3, (fault,), {}))
    path = tmp_path / "b.pdf"
    path.write_bytes(b"older")
    assert run(["build", "breaks", "-o", str(path)]) == ExitCode.FAILED
    assert "The booklet breaks a rule for large print. Page 3: 9 point is smaller" in capsys.readouterr().err
    assert path.read_bytes() == b"older"


def test_a_nurse_s_copy_is_not_held_to_large_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.pdf"
    assert run(["build", "breaks", "--profile", "nurse-copy", "--json", "-o", str(path)]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["audit"] is None


def test_pages_to_choose_print_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.pdf"
    assert run(["size-test", "-o", str(path)]) == ExitCode.DONE
    assert len(pikepdf.open(path).pages) > 8
    assert run(["size-test", "--paper", "A9", "-o", str(path)]) == ExitCode.BAD_REQUEST
    assert 'Paper cannot be "A9".' in capsys.readouterr().err


def test_plain_text_is_wrapped_as_wide_as_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    assert run(["build", "breaks", "--width", "40", "-o", str(path)]) == ExitCode.DONE
    lines = path.read_text().splitlines()
    assert 35 < max(len(line) for line in lines if " " in line.strip()) <= 40


@pytest.mark.parametrize(
    ("width", "name", "told"),
    [
        ("40", "b.html", "--width is for plain text. Leave it out, or end the file name in .txt.\n"),
        ("19", "b.txt", "--width is not a number from 20 to 1000. A braille display may have 40.\n"),
        ("wide", "b.txt", "--width is not a number from 20 to 1000. A braille display may have 40.\n"),
    ],
)
def test_a_width_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], width: str, name: str, told: str
) -> None:
    assert run(["build", "breaks", "--width", width, "-o", str(tmp_path / name)]) == ExitCode.BAD_REQUEST
    assert capsys.readouterr().err == told
    assert list(tmp_path.iterdir()) == []


def test_a_web_page_is_made_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.html"
    assert run(["build", "breaks", "-o", str(path)]) == ExitCode.DONE
    assert capsys.readouterr().out == f"{path}: one web page.\n"
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--pack", "newly-told"], True),
        (["--pack", "newly-told", "--detail", "key-points", "--text-size", "28"], False),
        (["breaks"], False),
    ],
)
def test_a_long_booklet_is_offered_with_less(
    asked: list[str], told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So much can overwhelm; nobody has to know that there is less of it to be had."""
    assert run(["build", *asked, "-o", str(tmp_path / "b.pdf"), "--json"]) == ExitCode.DONE
    said = capsys.readouterr()
    assert (json.loads(said.out)["pages"] > 60) == (asked[0] == "--pack")
    offer = "Please note: a long booklet can be too much. For less of it: --detail key-points, or fewer topics."
    assert (offer in said.err) == told

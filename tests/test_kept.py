"""What stays between two runs: who can read it, for how long, and that nothing else ever comes of it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from booklet import kept, settings
from booklet.__main__ import run
from booklet.check import check
from booklet.clinic import Clinic, read_clinic
from booklet.errors import ExitCode, OutputError, RequestError
from booklet.kept import ClinicLine, Look
from booklet.library import Library
from booklet.paths import CONTENT, LAYOUTS, folders
from booklet.request import Recipe
from booklet.work import empty, sweep, work_folder

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
RECIPE = Recipe(("breaks/taking-a-break", "trials/genomic-tests"), {"text-size": "24"}, ("notes",))
LINES = (ClinicLine("newly-told", "24", 2), ClinicLine("carer"))


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def in_the_way(home: Path) -> None:
    """Nothing can be written in any of the folders."""
    home.rmdir()
    home.write_text("")


def test_the_last_choices_are_kept_for_a_day_and_then_gone(library: Library, home: Path) -> None:
    assert kept.keep_choices(library, RECIPE, Clinic(), NOW)
    path = home / "kept" / "choices.json"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert kept.last_choices(library, NOW + timedelta(hours=23, minutes=59)) == RECIPE
    assert kept.last_choices(library, NOW + timedelta(hours=24)) is None
    assert list(path.parent.iterdir()) == []


def test_choices_from_the_future_are_gone_too(library: Library) -> None:
    kept.keep_choices(library, RECIPE, Clinic(), NOW)
    assert kept.last_choices(library, NOW - timedelta(seconds=1)) is None


def test_what_somebody_consented_to_read_about_is_not_kept(library: Library, home: Path) -> None:
    gated = [id for id, section in library.sections.items() if section.meta.gate != "none"]
    assert kept.keep_choices(library, Recipe((*gated, "breaks/taking-a-break")), Clinic(), NOW)
    text = (home / "kept" / "choices.json").read_text()
    assert gated
    assert not [id for id in gated if id in text]


def test_choices_of_another_version_lose_only_what_is_no_more(library: Library, home: Path) -> None:
    kept.keep_choices(library, RECIPE, Clinic(), NOW)
    path = home / "kept" / "choices.json"
    path.write_text(path.read_text().replace("trials/genomic-tests", "trials/gone").replace('"24"', '"23"'))
    assert kept.last_choices(library, NOW) == Recipe(("breaks/taking-a-break",), {}, ("notes",))


def test_the_last_clinic_list_has_no_names_and_stays_until_the_next(library: Library) -> None:
    assert kept.last_clinic_list(library) == ()
    assert kept.keep_clinic_list((*LINES, ClinicLine("gone"), ClinicLine("carer", "23")), Clinic())
    assert kept.last_clinic_list(library) == LINES
    assert ClinicLine._fields == ("pack", "size", "copies")


def test_a_clinic_can_forbid_it_and_what_was_kept_goes(library: Library, home: Path) -> None:
    kept.keep_choices(library, RECIPE, Clinic(), NOW)
    kept.keep_clinic_list(LINES, Clinic())
    forbids = Clinic(remember="nothing")
    assert not kept.keep_choices(library, RECIPE, forbids, NOW)
    assert not kept.keep_clinic_list(LINES, forbids)
    assert list((home / "kept").iterdir()) == []


def test_the_look_of_the_screen_is_kept(home: Path) -> None:
    assert kept.look() == Look()
    assert kept.keep_look(Look("yellow-on-black", "plain"))
    assert kept.look() == Look("yellow-on-black", "plain")
    assert mode(home / "settings" / "look.json") == 0o600


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * 300_000 + b"{}",
        b'{"at": 1e400, "choices": {}}',
        b'{"at": "now", "choices": {"sections": "Canary"}}',
        b'{"at": 1795253400, "choices": {"sections": [], "name": "Canary"}}',
        b'{"theme": 7, "mode": "plain"}',
        b'{"theme": "", "mode": "Canary"}',
        b'[{"pack": "carer", "size": "24", "copies": 0}]',
        b'[{"pack": "carer", "size": "24", "copies": true}]',
        b'[{"pack": {}, "size": "24", "copies": 1}]',
    ],
)
def test_a_file_that_is_damaged_or_not_ours_is_removed_without_a_word(
    library: Library, home: Path, text: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [home / "settings" / kept.LOOK, home / "kept" / kept.CHOICES, home / "kept" / kept.CLINIC_LIST]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    assert kept.look() == Look()
    assert kept.last_choices(library, NOW) is None
    assert kept.last_clinic_list(library) == ()
    left = [path for path in paths if path.exists()]
    assert left == ([paths[2]] if text == b"[]" else [])  # which is a list without lines
    assert capsys.readouterr() == ("", "")


@given(st.binary())
def test_no_bytes_at_all_are_an_error(data: bytes) -> None:
    path = folders().settings / kept.LOOK
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    assert isinstance(kept.look(), Look)


def test_where_nothing_can_be_kept_the_program_goes_on(library: Library, home: Path, tmp_path: Path) -> None:
    in_the_way(home)
    assert not kept.keep_choices(library, RECIPE, Clinic(), NOW)
    assert not kept.keep_clinic_list(LINES, Clinic())
    assert not kept.keep_look(Look("dark"))
    assert kept.last_choices(library, NOW) is None
    assert kept.look() == Look()
    kept.forget()
    with work_folder() as folder:
        assert mode(folder) == 0o700
    assert not folder.exists()
    with pytest.raises(OutputError, match=r"Your clinic settings could not be saved\. Nothing was changed\."):
        kept.save_clinic(Clinic())
    with pytest.raises(OutputError, match="The pack could not be saved"):
        kept.save_pack(library, "Ward 3", RECIPE)
    assert run(["build", "breaks/taking-a-break", "-o", str(tmp_path / "b.txt")]) == ExitCode.DONE


shown = st.characters().filter(lambda char: not settings.HIDDEN.match(char))
lines = st.text(shown, max_size=80)
phones = st.sampled_from(["", "020 7946 0000", "+44 20 7946 0001, option 2", "999"])
clinics = st.builds(
    Clinic,
    organisation=lines,
    ward=lines,
    phone_day=phones,
    phone_night=phones,
    phone_weekend=phones,
    alert_temperature=st.sampled_from(["", "37.5C", "38C"]),
    leaflet_code=lines,
    feedback=lines,
    overdue=st.sampled_from(["print", "refuse"]),
    preferences=st.dictionaries(st.text(shown), st.text(shown)),
    printer=st.text(shown),
    packs=st.just("") | st.text(shown.filter(lambda char: char != "/"), min_size=1).map(lambda name: f"/srv/{name}"),
    remember=st.sampled_from(["choices", "nothing"]),
)


@given(clinics)
def test_clinic_settings_are_read_as_they_were_saved(clinic: Clinic) -> None:
    path = kept.save_clinic(clinic)
    assert read_clinic(path) == kept.clinic() == clinic
    assert mode(path) == 0o600


def test_every_key_of_a_clinic_is_saved() -> None:
    said = Clinic(
        **{field.name: "x" for field in fields(Clinic) if field.name != "preferences"}, preferences={"x": "y"}
    ).text()
    assert all(field.name in said for field in fields(Clinic))


def test_settings_that_could_not_be_read_again_are_not_saved(home: Path) -> None:
    for clinic, said in (
        (Clinic(phone_day="07946000000"), "phone_day: this is not a phone number"),
        (Clinic(ward="x" * 81), "ward: "),
    ):
        with pytest.raises(RequestError, match=said):
            kept.save_clinic(clinic)
    assert not (home / "settings").exists()


def test_the_clinic_of_this_computer_is_used_and_one_that_is_named_instead(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.save_clinic(Clinic(organisation="Anytown Hospital"))
    (tmp_path / "other.toml").write_text('organisation = "Otherton Hospital"\n')
    path = tmp_path / "b.txt"
    for more, there in (((), "Anytown"), (("--clinic", str(tmp_path / "other.toml")), "Otherton")):
        assert run(["build", "breaks/taking-a-break", *more, "-o", str(path)]) == ExitCode.DONE
        assert f"{there} Hospital" in path.read_text()
    (home / "settings" / "clinic.toml").write_text("phone_day = 7\n")
    assert run(["build", "breaks/taking-a-break", "-o", str(path)]) == ExitCode.BAD_REQUEST
    assert "clinic.toml:1: phone_day: needs text" in capsys.readouterr().err
    assert run(["build", "breaks", "--clinic", str(tmp_path / "gone.toml"), "-o", str(path)]) == ExitCode.BAD_REQUEST


def test_a_folder_of_packs_is_beside_the_file_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text('packs = "ours"\n')
    assert read_clinic(path).packs == str(tmp_path / "ours")


def test_every_key_of_a_clinic_s_file_is_in_its_guide_and_in_its_example() -> None:
    text = (ROOT / "docs" / "clinic.md").read_text("utf-8")
    example = settings.decode(text.partition("```toml\n")[2].partition("```")[0], Clinic, Path("clinic.md"))
    for field in fields(Clinic):
        assert f"| `{field.name}` |" in text
        assert getattr(example, field.name)


def test_a_pack_of_one_s_own_is_where_packs_are(
    library: Library, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept.save_pack(library, " Ward  3, Tuesdays ", RECIPE) == "ward-3-tuesdays"
    assert mode(home / "packs" / "ward-3-tuesdays.toml") == 0o600
    assert run(["packs"]) == ExitCode.DONE
    assert "ward-3-tuesdays: Ward 3, Tuesdays (your own). Saved on this computer.\n" in capsys.readouterr().out
    assert run(["packs", "--json"]) == ExitCode.DONE
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["ward-3-tuesdays"]["own"]
    assert rows["ward-3-tuesdays"]["sections"] == [*RECIPE.sections]
    assert not rows["newly-told"]["own"]
    asked = ["build", "--pack", "ward-3-tuesdays", "-o", str(tmp_path / "b.txt"), "--json"]
    assert run(asked) == ExitCode.DONE
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["sections"]] == [*RECIPE.sections]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "cannot be the name of a pack"),
        ("---", "cannot be the name of a pack"),
        ("x" * 41, "cannot be the name of a pack"),
        ("ward\x1b[2J", "cannot be the name of a pack"),
        ("../../etc/ward", "."),
        ("Newly told", "There is a pack of this name already"),
        ("Ward 1", "There is a pack of this name already"),
    ],
)
def test_names_that_a_pack_cannot_have(library: Library, home: Path, name: str, said: str) -> None:
    kept.save_pack(library, "Ward 1", RECIPE)
    if name.startswith(".."):
        assert kept.save_pack(library, name, RECIPE) == "etc-ward"
    else:
        with pytest.raises(RequestError, match=said):
            kept.save_pack(library, name, RECIPE)
    assert {path.parent for path in home.rglob("*.toml")} == {home / "packs"}


@given(st.text(max_size=kept.PACK_NAME_LENGTH))
def test_any_name_makes_a_pack_that_can_be_read_or_says_why(library: Library, name: str) -> None:
    for path in folders().packs.glob("*.toml"):
        path.unlink()
    try:
        id = kept.save_pack(library, name, RECIPE)
    except RequestError:
        return
    joined = kept.with_packs(library, asked=[id])
    assert joined.packs[id].sections == RECIPE.sections
    assert joined.packs[id].title == " ".join(name.split())


def test_packs_that_are_wrong_are_said_where_they_are_used_and_disturb_no_other(
    library: Library, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packs = home / "packs"
    packs.mkdir()
    (packs / "broken.toml").write_text("title =")
    (packs / "newly-told.toml").write_text('title = "x"\nsummary = "x"\nsections = ["trials/genomic-tests"]\n')
    (packs / "odd.toml").write_text('title = "x"\nsummary = "x"\nsections = ["trials/genomic-tets"]\n')
    (packs / "good.toml").write_text('title = "Good"\nsummary = "x"\nsections = ["trials/genomic-tests"]\n')
    said = [
        f"{packs / 'broken.toml'}:1: This is not TOML",
        f"{packs / 'newly-told.toml'}: The program has a pack of this name. Give the file another name.",
        f"{packs / 'odd.toml'}: There is no section trials/genomic-tets. Did you mean trials/genomic-tests?",
    ]
    assert [str(p)[: len(s)] for p, s in zip(kept.wrong_packs(library), said, strict=True)] == said
    assert run(["packs"]) == ExitCode.DONE
    printed = capsys.readouterr()
    assert "good: Good (your own). x\n" in printed.out
    assert all(f"Please note: {line}" in printed.err for line in said)
    path = str(tmp_path / "b.txt")
    assert run(["build", "--pack", "good", "--pack", "newly-told", "-o", path]) == ExitCode.BAD_REQUEST
    assert run(["build", "--pack", "good", "-o", path]) == ExitCode.DONE
    assert run(["build", "--pack", "broken", "-o", path]) == ExitCode.BAD_REQUEST
    assert said[0] in capsys.readouterr().err
    assert run(["check", str(packs)]) == ExitCode.FAILED
    assert [line[: len(s)] for line, s in zip(capsys.readouterr().out.splitlines(), said, strict=True)] == said
    assert check(CONTENT, LAYOUTS, (packs,)) == []


def test_a_clinic_shares_packs_and_one_s_own_is_stronger(library: Library, home: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    for folder, id in ((shared, "breaks/taking-a-break"), (home / "packs", "trials/genomic-tests")):
        folder.mkdir()
        (folder / "ward.toml").write_text(f'title = "x"\nsummary = "x"\nsections = ["{id}"]\n')
    clinic = tmp_path / "clinic.toml"
    clinic.write_text('packs = "shared"\n')
    assert kept.with_packs(library, clinic).packs["ward"].sections == ("trials/genomic-tests",)
    (home / "packs" / "ward.toml").unlink()
    assert kept.with_packs(library, clinic).packs["ward"].sections == ("breaks/taking-a-break",)
    assert "ward" not in kept.with_packs(library).packs
    clinic.write_text('packs = "gone"\n')
    assert kept.with_packs(library, clinic).packs == library.packs


def test_a_pack_of_one_s_own_that_needs_consent_is_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "packs").mkdir()
    pack = home / "packs" / "hospice.toml"
    pack.write_text('title = "Hospice"\nsummary = "x"\nsections = ["understanding/outlook"]\n')
    assert run(["packs"]) == ExitCode.DONE
    assert "hospice: Hospice (your own)" in capsys.readouterr().out


def test_a_work_folder_is_private_and_gone_at_the_end_whatever_happens(home: Path) -> None:
    def fails() -> None:
        with work_folder() as folder:
            (folder / "b.pdf").write_text("Canary")
            assert mode(folder) == mode(folder.parent) == 0o700
            assert len(list((home / "work").iterdir())) == 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert list((home / "work").iterdir()) == []


def test_a_work_folder_is_emptied_when_somebody_finishes() -> None:
    with work_folder() as folder:
        (folder / "b.pdf").write_text("Canary")
        assert empty(folder)
        assert list(folder.iterdir()) == []


def test_what_a_killed_process_left_goes_at_the_next_start_and_that_of_a_living_one_stays(home: Path) -> None:
    program = (
        "import sys; from booklet.work import work_folder\n"
        "with work_folder() as folder:\n"
        "    (folder / 'b.pdf').write_text('Canary'); print(folder, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        kept.tidy(NOW)
        assert (folder / "b.pdf").read_text() == "Canary"
        other.kill()
        other.wait()
    assert folder.exists()
    (home / "work" / "not ours").mkdir()
    kept.tidy(NOW)
    assert [path.name for path in (home / "work").iterdir()] == ["not ours"]


def test_a_folder_whose_lock_is_gone_is_swept_too(home: Path) -> None:
    left = home / "work" / ("0" * 16)
    left.mkdir(parents=True)
    sweep(home / "work")
    assert list((home / "work").iterdir()) == []
    sweep(home / "nowhere")


def test_folders_are_where_the_system_keeps_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKLET_HOME")
    memory = tmp_path / "memory"
    memory.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folders().work == memory / "large-print-booklets"
    memory.chmod(0o755)
    assert folders().work.name == "work"
    assert all(folder.is_relative_to(tmp_path) for folder in folders())
    assert len(set(folders())) == 4


def test_what_the_start_reads_loads_nothing_slow() -> None:
    program = "import sys; from booklet import kept; kept.look(); print({'msgspec', 'reportlab', 'textual'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"

"""What the full screen keeps for the next time and what it never keeps; the clinic's settings; packs of one's own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import fields

from booklet import kept
from booklet.clinic import Clinic
from booklet.errors import ExitCode, Problem, RequestError
from booklet.kept import Look
from booklet.library import Library
from booklet.questions import ABOUT, NAME, PACK, PERSONAL, YES, fact_key
from booklet.request import Recipe
from booklet.tui.app import _known
from booklet.tui.loading import Known, with_kept
from booklet.tui.screens import making
from booklet.tui.screens.check import Check
from booklet.tui.screens.clinic_settings import SETTINGS, ClinicSettings
from booklet.tui.screens.problem import Problem as ProblemPage
from booklet.tui.screens.topics import Topics
from tests.sitting import Built, Sitting, opened, short_booklets

SECRET = "Canary Featherstonehaugh"
NUMBER = "01632 960 987"


@pytest.fixture
def sitting(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    short_booklets(monkeypatch)
    monkeypatch.setattr(making, "build", lambda *_: Built())
    return Sitting(library, tmp_path)


def again(library: Library, folder: Path) -> Sitting:
    """The next start."""
    return Sitting(library, folder, with_kept(Known(library, kept.clinic())))


def on_disk(home: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in home.rglob("*") if path.is_file())


def personal(sitting: Sitting) -> None:
    """Every kind of thing that may be told of a person."""
    desk = sitting.desk
    told = {
        ABOUT: (YES,),
        PERSONAL: (YES,),
        NAME: (SECRET,),
        "phone_day": (NUMBER,),
        "questions": (f"{SECRET}?",),
        fact_key("end_of_life"): (YES,),
        fact_key("prognosis"): (YES,),
        fact_key("sites"): ("brain",),
    }
    assert set(told) <= set(desk.asked)
    desk.replace({**desk.answers, **told}, "told all")


def test_the_last_choices_come_back_as_they_were_without_the_person(
    sitting: Sitting, library: Library, tmp_path: Path, home: Path
) -> None:
    sitting.keys("enter", "down", "space", "f10")
    sitting.desk.change(sitting.desk.asked["text-size"], ("24",))
    without = sitting.desk.answers
    personal(sitting)
    sitting.keys("enter")
    assert "Your booklet is ready" in sitting.words()
    assert "Canary" not in on_disk(home)
    assert NUMBER not in on_disk(home)
    other = again(library, tmp_path)
    assert "Make the last one again" in other.words()
    assert "About secondary breast cancer, 24 point" in other.words()
    other.keys("down", "down", "down", "enter")
    assert isinstance(other.desk.page, Check)
    assert other.desk.answers == without
    assert other.focused() == "> [ Make the booklet ]"


def test_what_follows_from_facts_about_a_reader_is_not_kept(sitting: Sitting, library: Library, home: Path) -> None:
    sitting.keys("enter", "down", "space", "f10", "enter")
    plain = on_disk(home).partition('"choices"')[2]
    assert plain
    sitting.keys("escape")
    personal(sitting)
    sitting.keys("enter")
    assert on_disk(home).partition('"choices"')[2] == plain


def test_a_pack_is_called_by_its_name(sitting: Sitting, library: Library, tmp_path: Path) -> None:
    for id, pack in library.packs.items():
        if not pack.about:
            sitting.desk.answers = {**sitting.desk.start, PACK: (id,)}
            sitting.desk.open(Check(sitting.desk))
            sitting.keys("enter", "escape")
            assert f"{pack.title}, 18 point" in " ".join(again(library, tmp_path).words().split())


def test_the_last_one_is_offered_as_soon_as_there_is_one(sitting: Sitting) -> None:
    assert "Make the last one again" not in sitting.words()
    sitting.keys("enter", "space", "f10", "enter", "enter", "enter", "down", "enter")
    assert "Make the last one again" in sitting.words()
    assert "Emergencies, 18 point" in sitting.words()


def test_a_clinic_that_forbids_it_keeps_nothing(library: Library, tmp_path: Path, sitting: Sitting, home: Path) -> None:
    other = Sitting(library, tmp_path, Known(library, Clinic(remember="nothing")))
    other.keys("enter", "space", "f10", "enter")
    assert "Your booklet is ready" in other.words()
    other.keys("enter", "enter", "escape", "ctrl+q")
    assert "Leave and keep" not in other.words()
    assert on_disk(home) == ""


def test_leaving_can_keep_the_choices(sitting: Sitting, library: Library, tmp_path: Path, home: Path) -> None:
    sitting.keys("enter", "space", "f10")
    personal(sitting)
    sitting.keys("ctrl+q", "down")
    assert sitting.focused().startswith("> [ Leave and keep my choices for next time ] topics and size only")
    sitting.keys("enter")
    assert sitting.code == ExitCode.DONE
    assert "Emergencies, 18 point" in again(library, tmp_path).words()
    assert "Canary" not in on_disk(home)


def test_leaving_forgets_everything_when_that_is_asked_for(sitting: Sitting, home: Path) -> None:
    sitting.keys("enter", "space", "ctrl+q", "down", "down", "enter")
    assert sitting.code == ExitCode.DONE
    assert on_disk(home) == ""


def test_choices_that_make_no_booklet_are_not_kept_and_that_is_said(sitting: Sitting, home: Path) -> None:
    sitting.keys("enter", "space", "space")
    sitting.desk.change(sitting.desk.asked["text-size"], ("24",))
    sitting.keys("ctrl+q", "down", "enter")
    assert sitting.code is None
    assert "Nothing could be kept: no topic is chosen" in sitting.words()


def test_the_colours_and_the_mode_are_kept(sitting: Sitting, library: Library, tmp_path: Path) -> None:
    opened(sitting, "look")
    sitting.keys("down", "enter")
    assert kept.look() == Look("light", "")
    sitting.keys("down", "down", "down", "enter")
    assert sitting.focused().startswith("> [x] Start in plain mode from now on")
    assert "For this screen again, run: booklet --screen" in sitting.words()
    assert kept.look() == Look("light", "plain")
    other = again(library, tmp_path)
    assert (other.desk.look, other.desk.mode) == ("light", "plain")
    sitting.keys("enter")
    assert kept.look() == Look("light", "")


def test_a_look_of_another_time_is_the_usual_one(library: Library, tmp_path: Path) -> None:
    kept.keep_look(Look("purple", ""))
    assert Sitting(library, tmp_path).desk.look == "dark"


def test_what_cannot_be_kept_is_said(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booklet.tui.screens.look.keep_look", lambda look: False)
    opened(sitting, "look")
    sitting.keys("down", "enter")
    assert "This could not be kept for next time." in sitting.words()
    assert sitting.desk.look == "light"


def test_a_pack_of_one_s_own_is_saved_and_is_there_at_once(
    sitting: Sitting, library: Library, tmp_path: Path, home: Path
) -> None:
    sitting.keys("enter", "down", "space", "f10")
    personal(sitting)
    while sitting.focused() != "> [ Save these choices as a pack ] to use them again: topics only":
        sitting.keys("down")
    sitting.keys("enter")
    assert "Not a person's name" in sitting.words()
    sitting.keys("enter")
    assert "This cannot be the name of a pack." in sitting.words()
    sitting.type("Newly told").keys("enter")
    assert "There is a pack of this name already." in sitting.words()
    sitting.keys(*["backspace"] * 10).type("Ward 3").keys("enter")
    assert isinstance(sitting.desk.page, Check)
    assert "Saved. It is now one of the ready-made packs: Ward 3." in sitting.words()
    assert "Canary" not in on_disk(home)
    gated = [id for id, section in library.sections.items() if section.meta.gate != "none"]
    assert not [id for id in gated if id in on_disk(home)]
    assert sitting.desk.library.packs["ward-3"].sections
    assert "ward-3" in {option.value for option in sitting.desk.asked[PACK].options}
    sitting.desk.home()
    sitting.keys("down", "enter").type("ward 24").keys("enter")
    assert "1 Ward 3, 24 point" in sitting.words()


def test_the_settings_of_the_clinic_are_every_key_of_its_file() -> None:
    assert sorted(setting.key for setting in SETTINGS) == sorted(field.name for field in fields(Clinic))


def test_the_settings_of_the_clinic_are_saved_and_used(sitting: Sitting, library: Library, tmp_path: Path) -> None:
    sitting.keys("end", "up", "enter")
    assert isinstance(sitting.desk.page, ClinicSettings)
    assert sitting.focused().startswith("> Hospital:")
    sitting.type("St Elsewhere").keys("down", "down").type("01632 960 001").keys("tab")
    desk = sitting.desk
    for _ in range(5):
        sitting.keys("tab")
    assert sitting.focused().startswith("> Usual ways of reading")
    sitting.keys("enter", "enter")
    assert "How big should the print be?" in sitting.words()
    sitting.keys("down", "down", "down", "down", "enter", "escape")
    assert "Print size 24 point" in sitting.words()
    sitting.keys("tab", "enter")
    assert sitting.focused().startswith("> (*) The usual printer of this computer")
    sitting.keys("down", "down", "enter")
    assert "Printer Ward" in sitting.words()
    desk.page.press("remember=nothing")
    sitting.keys("end", "enter")
    assert "The clinic settings are saved in" in sitting.words()
    saved = Clinic(
        organisation="St Elsewhere",
        phone_day="01632 960 001",
        preferences={"text-size": "24"},
        printer="Ward",
        remember="nothing",
    )
    assert kept.clinic() == saved == desk.clinic
    assert desk.answers["text-size"] == ("24",)
    assert desk.counter.clinic == saved
    assert again(library, tmp_path).desk.clinic == saved


def test_a_setting_that_is_wrong_is_said_at_once_and_not_saved(sitting: Sitting, home: Path) -> None:
    opened(sitting, "clinic settings")
    sitting.keys("down", "down").type("call us").keys("tab")
    assert "There is a problem. Helpline in the day: this is not a phone number" in sitting.words()
    sitting.keys("ctrl+r")
    assert "There is a problem. Helpline in the day: " in sitting.words()
    assert sitting.focused().startswith("> Helpline in the day: call us")
    assert on_disk(home) == ""
    sitting.keys("ctrl+z")
    assert "Undone: what you typed for Helpline in the day." in sitting.words()


def test_what_is_wrong_is_to_be_seen_on_a_magnified_screen(sitting: Sitting) -> None:
    opened(sitting, "clinic settings")
    sitting.size = (40, 12)
    sitting.keys("down", "down").type("call us").keys("tab")
    assert "There is a problem. Helpline in the day: this is not a phone number" in sitting.words()


def test_a_text_that_is_too_long_is_said_too(sitting: Sitting) -> None:
    opened(sitting, "clinic settings")
    sitting.type("a" * 81).keys("tab")
    assert "There is a problem. Hospital: " in sitting.words()


def test_settings_that_are_not_saved_are_asked_about(sitting: Sitting) -> None:
    sitting.keys("end", "up", "enter").type("St Elsewhere").keys("escape")
    assert "Your changes are not saved." in sitting.words()
    assert sitting.focused() == "> [ Save ]"
    sitting.keys("escape")
    assert "What do you want to do?" in sitting.words()
    sitting.keys("end", "up", "enter", "escape")
    assert "What do you want to do?" in sitting.words()


def test_ways_of_reading_that_do_not_go_together_are_not_taken(sitting: Sitting) -> None:
    opened(sitting, "clinic settings")
    page = sitting.desk.page
    assert isinstance(page, ClinicSettings)
    page.change(Clinic(preferences={"text-size": "24"}), "")
    sitting.desk.page.press("preferences")
    sitting.desk.page.press("paper")
    sitting.desk.page.press("choice=A5")
    assert "There is a problem. Paper A5 does not work with print size 24." in sitting.words()
    assert page.clinic.preferences == {"text-size": "24"}


def test_a_clinic_file_that_is_wrong_is_said_and_one_can_go_on_without_it(library: Library, tmp_path: Path) -> None:
    wrong = RequestError(
        Problem("phone_day: this is not a phone number.", "Write it in figures.", Path("clinic.toml"), 3)
    )
    sitting = Sitting(library, tmp_path)
    sitting.desk.loaded = False
    sitting.desk.key("enter")
    sitting.desk.key("enter")  # typed ahead, and not for the page that says what is wrong
    sitting.desk.ready(Known(library, Clinic(remember="nothing"), wrong=wrong))
    assert isinstance(sitting.desk.page, ProblemPage)
    assert "clinic.toml:3: phone_day: this is not a phone number. Write it in figures." in sitting.words()
    assert sitting.focused() == "> [ Go on without it ]"
    sitting.keys("enter")
    assert isinstance(sitting.desk.page, Topics)
    sitting.keys("escape")
    assert "What do you want to do?" in sitting.words()


def test_a_wrong_clinic_file_may_have_forbidden_to_keep_anything(library: Library, home: Path) -> None:
    (home / "settings").mkdir()
    (home / "settings" / "clinic.toml").write_text('phone_day = "call us"\nremember = "nothing"\n')
    kept.keep_choices(library, Recipe(("breaks/taking-a-break",)), Clinic(), datetime.now(UTC))
    known = _known(lambda found=None: None)
    assert known.wrong
    assert (known.last, known.clinic) == (None, Clinic(remember="nothing"))


def test_what_is_kept_is_read_at_the_start(library: Library, home: Path) -> None:
    kept.save_clinic(Clinic(organisation="St Elsewhere"))
    recipe = Recipe(("breaks/taking-a-break",), {"text-size": "24"})
    kept.keep_choices(library, recipe, Clinic(), datetime.now(UTC))
    kept.save_pack(library, "Ward 3", recipe)
    known = _known(lambda found=None: None)
    assert known.last == recipe
    assert known.clinic.organisation == "St Elsewhere"
    assert "ward-3" in known.library.packs
    assert known.last_said == "Ward 3, 24 point"

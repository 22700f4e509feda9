"""The interface by its own keys, without a screen: what each page asks, shows and does."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booklet import counting
from booklet.errors import ExitCode, OutputError, Problem
from booklet.library import Library
from booklet.questions import (
    ABOUT,
    CHOOSE,
    NAME,
    PACK,
    PARTS,
    PERSONAL,
    READ,
    TELL,
    TOPICS,
    YES,
    Option,
    Question,
    fact_key,
    parts_of,
    questions,
)
from booklet.tui import choosing
from booklet.tui.jobs import Stopped
from booklet.tui.loading import Known
from booklet.tui.screens import done, leave, list_made, making, preview, start
from booklet.tui.screens.check import Check
from booklet.tui.screens.gate import Gate
from booklet.tui.screens.one import One
from booklet.tui.screens.packs import Packs
from booklet.tui.screens.person import Person
from booklet.tui.screens.start import Start
from booklet.tui.screens.topics import Topics
from tests.sitting import SIZES, TINY, Built, Sitting, opened, short_booklets

SECRET = "Canary Featherstonehaugh"
ODD = ("O'Brien [Mrs] [/x]", "S\u0175n y M\u00f4r", "a" * 50, "{name} %s \\n")


@pytest.fixture
def sitting(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """With page counts that need no laying out."""
    short_booklets(monkeypatch)
    return Sitting(library, tmp_path)


def to_check(sitting: Sitting) -> Sitting:
    return sitting.keys("enter", "space", "f10")


def test_a_booklet_is_made_by_keys_alone_and_the_screen_says_where(library: Library, tmp_path: Path) -> None:
    sitting = Sitting(library, tmp_path)
    sitting.keys("enter", "down", "down", "space", "tab", "enter")  # topics
    sitting.keys("down", "down", "enter", "tab", "tab", "tab", "enter")  # size
    assert sitting.desk.answers["text-size"] == ("24",)
    sitting.type("Edna").keys("ctrl+r")
    assert sitting.focused() == "> [ Make the booklet ]"
    pages = sitting.words().split(" pages,")[0].rpartition(" ")[2]
    sitting.keys("enter")
    assert "Your booklet is ready" in sitting.words()
    assert f"{pages} pages" in sitting.words()
    assert "The file has personal details in it. It is deleted when you finish" in sitting.words()
    (made,) = sitting.work.iterdir()
    assert "Edna" not in made.name
    assert made.stat().st_mode & 0o777 == 0o600
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) == int(pages)
    sitting.keys("down", "enter")
    assert sitting.opened == [made]
    assert "Sent to this computer's PDF reader." in sitting.words()
    sitting.desk.close()
    assert not made.exists()
    assert list(tmp_path.iterdir()) == []


def test_chosen_and_focused_differ_as_text(sitting: Sitting) -> None:
    sitting.keys("enter")
    assert "> [ ] Emergencies" in sitting.grid()
    sitting.keys("space")
    assert "> [x] Emergencies" in sitting.grid()
    sitting.keys("down")
    assert "   [x] Emergencies" in sitting.grid()
    assert "> [ ] About secondary breast cancer" in sitting.grid()


def test_keys_typed_before_the_library_is_read_are_not_lost(library: Library, tmp_path: Path) -> None:
    other = Sitting(library, tmp_path)
    other.desk.loaded = False
    for key in ("enter", "space", "down", "space", "tab", "enter"):
        other.desk.key(key, " " if key == "space" else None)
    assert "Getting the topics ready." in other.words()
    other.desk.ready(Known(library))
    assert other.desk.answers[TOPICS] == ("emergencies", "understanding")
    assert "How big should the print be?" in other.words()


def test_continue_without_a_topic_says_what_to_do(sitting: Sitting) -> None:
    sitting.keys("enter", "tab", "enter")
    assert "There is a problem. Nothing is chosen yet. Choose at least one topic" in sitting.words()
    sitting.keys("f10", "enter")
    assert "There is a problem. Nothing is chosen yet." in sitting.words()


def test_back_returns_to_the_page_as_it_was_left(sitting: Sitting) -> None:
    sitting.keys("enter", "down", "down", "space", "right", "down", "tab", "enter")
    assert "How big" in sitting.words()
    sitting.keys("escape")
    assert sitting.focused() == "> [ Continue ]"
    assert "[x] Signs" in sitting.words() or sitting.grid().count("      [x]") > 1
    sitting.keys("home", "enter")
    assert "What do you want to do?" in sitting.words()


def test_change_returns_straight_to_the_check(sitting: Sitting) -> None:
    to_check(sitting).keys("down", "down", "enter")
    assert "How big should the print be?" in sitting.words()
    sitting.keys("up", "enter", "tab", "enter")
    assert "Change print size" in sitting.words()
    assert "16 point" in sitting.words()
    sitting.keys("home", "down", "down", "enter")
    assert "Which topics go in the booklet?" in sitting.words()
    sitting.keys("down", "space", "tab", "enter")
    assert "Emergencies; About secondary breast cancer" in sitting.words()


def test_every_question_can_be_answered_from_the_check(sitting: Sitting) -> None:
    opened(sitting, "check")
    desk = sitting.desk
    reached: set[str] = set()
    check = desk.page
    assert isinstance(check, Check)
    for question in check.questions():
        check.press(f"change {question.key}")
        page = desk.page
        assert isinstance(page, Gate | One | Packs | Topics)
        reached |= {question.key, *(each.key for each in page.questions())}
        desk.back()
    reached |= {PACK, PARTS, *(key for key in desk.asked if key.startswith("parts-"))}  # a page for each topic
    assert reached == {question.key for question in questions(desk.library).values()} - {fact_key("end_of_life_detail")}


def test_the_count_follows_every_choice_and_is_never_of_another(sitting: Sitting) -> None:
    sitting.keys("enter", "space")
    one = sitting.words()
    sitting.keys("down")
    sitting.desk.key("space", " ")
    assert "2 topics chosen. Counting the pages." in sitting.words()
    sitting.finish()
    assert "2 topics chosen." in sitting.words()
    assert "Counting" not in sitting.words()
    sitting.keys("space", "up")
    assert sitting.words() == one


def test_choices_that_do_not_go_together_are_said_where_the_pages_would_be(sitting: Sitting) -> None:
    opened(sitting, "reading")
    sitting.desk.change(sitting.desk.asked["text-size"], ("24",))
    sitting.desk.change(sitting.desk.asked["paper"], ("A5",))
    sitting.finish()
    assert "Paper A5 does not work with print size 24." in sitting.words()


def test_a_long_booklet_says_so_and_offers_less(sitting: Sitting) -> None:
    sitting.keys("enter", *["space", "down"] * 10, "f10")
    assert "That is a long booklet." in sitting.words()
    before = sitting.desk.answers
    while sitting.focused() != "> [ Start with less ] the main points only, in fewer pages":
        sitting.keys("down")
    sitting.keys("enter")
    assert sitting.desk.answers == {**before, "detail": ("key-points",)}
    assert "Start with less" not in sitting.words()
    sitting.keys("ctrl+z")
    assert sitting.desk.answers == before


def test_the_sizes_show_their_letters_a_line_and_their_pages(sitting: Sitting) -> None:
    sitting.keys("enter", "space", "tab", "enter")
    found = [row for row in sitting.rows() if " point " in row]
    assert len(found) == 6
    assert all("letters a line" in row and "pages" in row for row in found)


def test_a_topic_opens_to_its_parts_and_says_how_many_are_in(sitting: Sitting) -> None:
    sitting.keys("enter", "down", "right", "down", "space")
    answers = sitting.desk.answers
    assert answers[TOPICS] == ("understanding",)
    assert answers[PARTS] == (YES,)
    assert len(answers[parts_of("understanding")]) == 1
    assert "[x] About secondary breast cancer 1 of 4 parts" in sitting.words()
    assert "What secondary breast cancer is" in sitting.words()
    sitting.keys("left")
    assert sitting.focused().startswith("> [x] About secondary breast cancer")
    assert "Types of breast cancer" not in sitting.words()


def test_a_topic_whose_last_part_is_taken_out_is_not_in_the_booklet(library: Library, sitting: Sitting) -> None:
    asked = questions(library)
    answers = {**sitting.desk.start}
    one, *_ = (option.value for option in asked[parts_of("trials")].options)
    some = choosing.with_part(asked, answers, "trials", one)
    assert choosing.parts(asked, some, "trials") == (one,)
    assert choosing.with_part(asked, some, "trials", one) == answers
    whole = choosing.with_topic(asked, answers, "trials")
    assert choosing.parts(asked, whole, "trials") == asked[parts_of("trials")].default
    assert choosing.with_topic(asked, whole, "trials") == answers


def test_not_sure_and_the_other_answers_shut_each_other_out(library: Library) -> None:
    sites = questions(library)[fact_key("sites")]
    assert choosing.toggled(sites, ("not_sure",), "liver") == ("liver",)
    assert choosing.toggled(sites, ("liver",), "bone") == ("bone", "liver")
    assert choosing.toggled(sites, ("bone", "liver"), "not_sure") == ("not_sure",)
    assert choosing.toggled(sites, ("liver",), "liver") == ("not_sure",)


def test_letters_typed_in_the_list_find_topics_and_their_parts(sitting: Sitting) -> None:
    sitting.keys("enter").type("tri")
    assert sitting.focused() == "> Find: tri"
    assert "1 of 17 topics. To see all, clear Find." in sitting.words()
    assert "Clinical trials" in sitting.words()
    sitting.keys("enter", "space", "up")
    assert sitting.desk.answers[TOPICS] == ("trials",)
    assert sitting.focused() == "> Find: tri"
    sitting.keys(*["backspace"] * 3).type("hospice")
    assert "Palliative and supportive care" in sitting.words()
    assert "[ ] Hospices" in sitting.words() or "ospice" in sitting.words()


def test_up_from_the_first_topic_goes_to_find(sitting: Sitting) -> None:
    sitting.keys("enter", "up")
    assert sitting.focused() == "> Find:"


def test_a_pack_is_chosen_with_one_press_and_topics_are_added_to_it(sitting: Sitting) -> None:
    sitting.keys("down", "down", "enter", "enter")
    (pack,) = sitting.desk.answers[PACK]
    assert pack
    assert "How big should the print be?" in sitting.words()
    sitting.keys("f10")
    assert "Change topics Those of the pack" in sitting.words()
    sitting.keys("enter")
    assert "There is a problem" not in sitting.words()


def test_undo_goes_all_the_way_back_and_says_what_it_undid(sitting: Sitting) -> None:
    sitting.keys("enter", "space", "down", "space", "space", "tab", "enter", "down", "enter")
    said = []
    for _ in range(5):
        sitting.keys("ctrl+z")
        said.append(next(row for row in sitting.rows() if "ndo" in row).strip())
    assert said == [
        "Undone: Print size, 20 point.",
        "Undone: removed About secondary breast cancer.",
        "Undone: chose About secondary breast cancer.",
        "Undone: chose Emergencies.",
        "There is nothing to undo.",
    ]
    assert sitting.desk.answers == sitting.desk.start


def test_enter_after_a_name_goes_to_continue(sitting: Sitting) -> None:
    opened(sitting, "person")
    sitting.type("Edna").keys("enter")
    assert sitting.focused() == "> [ Continue ]"
    sitting.keys("enter")
    assert sitting.focused() == "> [ Make the booklet ]"


def test_what_was_typed_is_undone_without_being_said(sitting: Sitting) -> None:
    opened(sitting, "person")
    sitting.type(SECRET).keys("enter", "ctrl+z")
    assert "Undone: what you typed for Name." in sitting.words()
    assert SECRET not in sitting.words()
    assert sitting.desk.answers[NAME] == ()
    sitting.keys("home", "down").type("Ed").keys("ctrl+z")
    assert "Undone: what you typed on this line." in sitting.words()


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_kept_and_shown_as_typed(sitting: Sitting, name: str) -> None:
    opened(sitting, "person")
    sitting.type(name).keys("f10")
    assert sitting.desk.answers[NAME] == (name,)
    assert name.replace(" ", "") in sitting.words().replace(" ", "")


def test_a_name_that_cannot_be_printed_is_said_where_it_is_typed(sitting: Sitting) -> None:
    opened(sitting, "person")
    sitting.type("\u05d0").keys("enter")
    said = "There is a problem. What was typed has letters that this program cannot print: hebrew letter alef."
    assert said in sitting.words()
    sitting.keys("ctrl+r", "enter")
    assert said in sitting.words()
    assert sitting.focused().startswith("> Change name")


def test_a_phone_number_that_nobody_can_read_is_said_at_once(sitting: Sitting) -> None:
    opened(sitting, "personal")
    sitting.keys("down", "down").type("call me").keys("enter")
    assert "There is a problem. Helpline in the day: this is not a phone number" in sitting.words()
    sitting.keys("tab", "tab", "tab", "enter")
    assert "There is a problem" in sitting.words()
    assert sitting.focused() == "> Helpline in the day: call me"
    assert "Other personal details" in sitting.words()


def test_questions_of_one_s_own_get_another_line_each(sitting: Sitting) -> None:
    opened(sitting, "personal")
    sitting.keys(*["shift+tab"] * 4).type("Can I drive?").keys("down").type("Can I swim?").keys("tab")
    assert sitting.desk.answers["questions"] == ("Can I drive?", "Can I swim?")
    assert "Own questions, line 3" in sitting.words()


def test_lines_that_are_pasted_are_one_name(sitting: Sitting) -> None:
    opened(sitting, "person")
    sitting.desk.paste("Edna\nSmith\n")
    sitting.keys("tab")
    assert sitting.desk.answers[NAME] == ("Edna Smith",)


def test_what_was_typed_can_be_hidden_everywhere(sitting: Sitting) -> None:
    opened(sitting, "person")
    sitting.type(SECRET).keys("tab", "ctrl+l")
    assert "Name: (hidden)" in sitting.words()
    assert "What you typed is hidden. Ctrl+L shows it." in sitting.words()
    sitting.keys("f10")
    assert "(hidden)" in sitting.words()
    assert SECRET not in sitting.words()
    sitting.desk.page.press("preview")
    sitting.finish()
    assert SECRET not in sitting.words()
    sitting.keys("ctrl+l", "escape")
    assert SECRET in sitting.words()


def test_nothing_personal_is_put_in_when_that_is_asked_for(sitting: Sitting) -> None:
    opened(sitting, "person")
    sitting.type(SECRET).keys("shift+tab", "shift+tab", "enter")
    assert isinstance(sitting.desk.page, Check)
    told = {key for key, value in sitting.desk.answers.items() if value != sitting.desk.start[key]}
    assert told == {TOPICS, "more-reading"}


def test_another_like_this_keeps_the_topics_and_forgets_the_person(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "build", lambda *_: Built())
    opened(sitting, "person")
    sitting.type(SECRET).keys("f10", "enter", "enter", "enter")
    assert sitting.focused().startswith("> [ Make another like this ]")
    sitting.keys("enter")
    assert sitting.desk.answers[TOPICS] == ("emergencies", "understanding")
    assert sitting.desk.answers[NAME] == ()
    assert sitting.focused() == "> [ Make the booklet ]"
    assert "The name and all personal details were cleared." in sitting.words()
    sitting.keys("ctrl+z")
    assert SECRET not in sitting.words()
    assert sitting.desk.answers[NAME] == ()


def test_finish_forgets_everything_and_removes_the_booklet(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "build", lambda *_: Built())
    opened(sitting, "person")
    sitting.type(SECRET).keys("f10", "enter", "enter", "enter", "down", "enter")
    assert isinstance(sitting.desk.page, Start)
    assert sitting.desk.answers == sitting.desk.start
    assert sitting.desk.past == []
    assert list(sitting.work.iterdir()) == []


def test_a_problem_leaves_the_answers_safe(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    full: list[Exception] = [OutputError(Problem("There is no room left.", "Free some space."))]

    def build(*_: object) -> Built:
        if full:
            raise full.pop()
        return Built()

    monkeypatch.setattr(making, "build", build)
    to_check(sitting).keys("enter")
    assert "There is a problem" in sitting.words()
    assert "There is no room left." in sitting.words()
    assert "Your booklet and your answers are safe." in sitting.words()
    sitting.keys("enter")
    assert "Your booklet is ready" in sitting.words()


def test_a_fault_of_ours_says_a_code_and_nothing_that_was_typed(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        name = SECRET
        raise RuntimeError(name)

    monkeypatch.setattr(making, "build", broken)
    to_check(sitting).keys("enter")
    sitting.size = (80, 60)
    assert "Code for the helpdesk: " in sitting.words()
    assert "-RuntimeError." in sitting.words()
    sitting.keys("f12")
    assert "Details:" in sitting.words()
    assert "making.py line" in sitting.words()
    assert SECRET not in sitting.words()
    assert "Canary" not in sitting.words()
    sitting.keys("escape")
    assert isinstance(sitting.desk.page, Check)


def test_a_count_that_fails_says_so_and_keeps_the_answers(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SECRET)

    sitting.keys("enter")
    monkeypatch.setattr("booklet.counting.pages_of", broken)
    sitting.keys("space")
    assert "Code for the helpdesk: counting-" in sitting.words()
    assert sitting.desk.answers[TOPICS] == ("emergencies",)


def test_the_making_shows_how_far_it_is_and_a_key_too_many_does_not_stop_it(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def build(library: object, request: object, format: str, progress: Callable[[int, int], None]) -> Built:
        for page in (0, 30, 58):
            progress(page, 58)
            sitting.desk.key("enter")
            seen.append(sitting.words())
        sitting.desk.key("f1")  # help over it does not lose it
        return Built()

    monkeypatch.setattr(making, "build", build)
    to_check(sitting).keys("enter")
    assert "[##########..........] 51 per cent. Page 30 of 58." in seen[1]
    assert "[####################] 100 per cent. Page 58 of 58. Checking the pages." in seen[2]
    assert "Nothing has been printed yet." in seen[0]
    assert "Your booklet is ready" in sitting.words()
    sitting.keys("escape")
    assert isinstance(sitting.desk.page, Check)


@pytest.mark.parametrize("key", ["escape", "ctrl+c", "ctrl+q"])
def test_the_making_can_be_stopped_and_nothing_is_saved(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    def endless(library: object, request: object, format: str, progress: Callable[[int, int], None]) -> None:
        for page in itertools.count():
            progress(page % 100, 100)
            sitting.desk.key(key)
            assert "Stopping." in sitting.words()
            assert "make" in sitting.stopping
            raise Stopped

    monkeypatch.setattr(making, "build", endless)
    to_check(sitting).keys("enter")
    assert "Stopped. Nothing was saved. Your answers are safe." in sitting.words()
    assert isinstance(sitting.desk.page, Check)
    assert list(tmp_path.iterdir()) == []


def test_leaving_is_asked_about_when_something_was_chosen(sitting: Sitting) -> None:
    sitting.keys("ctrl+q")
    assert sitting.code == ExitCode.DONE
    sitting.code = None
    sitting.keys("enter", "space", "ctrl+c")
    assert "Do you want to leave?" in sitting.words()
    assert sitting.focused() == "> [ Stay here ] goes back to where you were"
    sitting.keys("escape")
    assert "Which topics go in the booklet?" in sitting.words()
    assert sitting.code is None
    sitting.keys("ctrl+q", "down", "down", "enter")
    assert sitting.code == ExitCode.DONE


def all_words(sitting: Sitting) -> str:
    return " ".join(" ".join(row.text for row in sitting.desk.page.body()).split())


def test_the_preview_shows_the_lines_of_the_real_pages(library: Library, tmp_path: Path) -> None:
    sitting = Sitting(library, tmp_path)
    opened(sitting, "person")
    sitting.type("Edna").keys("f10")
    sitting.desk.page.press("preview")
    sitting.finish()
    assert "Page 1 of " in sitting.words()
    assert "This booklet belongs to" in sitting.words()
    assert "Edna" in sitting.words()
    sitting.keys("enter")
    assert "Page 2 of " in sitting.words()
    assert "Call 999 now" in sitting.words()
    assert "My booklet, Call 999 now Page 2 of" in all_words(sitting)
    assert "\u2022 " in all_words(sitting)
    sitting.keys("left")
    assert "Page 1 of " in sitting.words()
    sitting.keys("pagedown", "pagedown")
    assert "Page 3 of " in sitting.words()


def test_help_says_what_to_do_here_and_how_to_get_plain_mode(sitting: Sitting) -> None:
    sitting.size = (80, 60)
    sitting.keys("enter", "ctrl+g")
    assert "Right opens a topic" in sitting.words()
    assert "booklet --plain" in sitting.words()
    assert "hold Ctrl and press the plus key" in sitting.words()
    sitting.keys("escape")
    assert "Which topics go in the booklet?" in sitting.words()


def test_size_test_pages_are_made_for_the_paper_there_is(library: Library, tmp_path: Path) -> None:
    sitting = Sitting(library, tmp_path).keys("down", "down", "down", "enter")
    assert sitting.focused() == "> [ Make the pages ]"
    sitting.keys("enter")
    (made,) = sitting.work.iterdir()
    assert made.read_bytes().startswith(b"%PDF")
    sitting.keys("enter")
    assert sitting.printed == [(made.name, "Desk", 1)]


def test_the_colours_change_at_once(sitting: Sitting) -> None:
    sitting.keys("end", "up", "up", "enter", "down", "enter")
    assert sitting.desk.look == "light"
    assert "> (*) Black on white" in sitting.grid()


def test_ten_packs_take_no_more_keys_than_promised(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "build", lambda *_: Built())
    each = ["enter", "space", "down", "space", "tab", "enter", "down", "enter", "ctrl+r", "enter"]
    finish = ["enter", "enter", "down", "enter"]  # print it, see it come out, finish
    sitting.keys(*(each + finish) * 10)
    assert isinstance(sitting.desk.page, Start)
    assert len((each + finish) * 10) <= 150
    first, next_one = ["down", "down", "enter", "enter", "ctrl+r", "enter"], ["enter", "enter", "enter", "enter"]
    sitting.keys(*first, *next_one * 9)
    assert "Your booklet is ready" in sitting.words()
    assert len(sitting.printed) == 10 + 9
    assert len(first + next_one * 9) <= 60


def test_the_rows_of_the_first_page_and_of_the_last_are_tables(sitting: Sitting) -> None:
    every = [offer.key for offer in start.OFFERS]
    assert [row.key for row in sitting.desk.stops()] == [*(key for key in every if key != "last"), "read-0"]
    opened(sitting, "done")
    assert [offer.key for offer in done.OFFERS] == [row.key for row in sitting.desk.stops()][1:6]
    opened(sitting, "leave")
    assert [offer.key for offer in leave.OFFERS] == [row.key for row in sitting.desk.stops()]


def test_a_content_folder_that_cannot_be_read_is_a_page_and_not_a_crash(library: Library, tmp_path: Path) -> None:
    sitting = Sitting(library, tmp_path)
    sitting.desk.loaded = False
    sitting.desk.fail(OutputError(Problem("No such topic.", "Mend it.", Path("content/x.md"), 3)))
    assert "content/x.md:3: No such topic. Mend it." in sitting.words()
    sitting.keys("enter")
    assert sitting.code == ExitCode.FAILED


def test_a_new_question_of_any_step_is_asked_and_can_be_changed_without_a_change_here(sitting: Sitting) -> None:
    desk = sitting.desk
    options = (Option("", "None"), Option("a", "The first"), Option("b", "The second"))

    def new(key: str, kind: Literal["many", "one", "text", "lines"], step: int, *after: str) -> Question:
        when = tuple((gate, YES) for gate in after)
        return Question(key, f"New {key}", f"What of {key}?", "Say it.", kind, step, options, ("",), when=when)

    asked = (
        new("n1", "one", CHOOSE),
        new("n2", "one", READ, "more-reading"),
        new("n3", "many", TELL, ABOUT),
        new("n4", "text", TELL, PERSONAL),
        new("n5", "one", TELL),
    )
    desk.asked = {**desk.asked, **{question.key: question for question in asked}}
    desk.answers = desk.start = {**desk.start, **{question.key: question.default for question in asked}}
    sitting.size = (80, 60)
    sitting.keys("enter", "space")
    assert "What of n1?" in sitting.words()
    desk.page.press("n1=b")
    for gate, said in (("more-reading", "New n2"), (ABOUT, "New n3"), (PERSONAL, "New n4:")):
        desk.open(Check(desk))
        desk.page.press(f"change {gate}")
        assert said in sitting.words()
    desk.open(Person(desk))
    assert "What of n5?" in sitting.words()
    desk.open(Check(desk))
    assert "Change new n1" in sitting.words()
    assert "The second" in sitting.words()
    assert "Change new n5" in sitting.words()


PRESSED = st.lists(
    st.sampled_from(
        [
            "up",
            "down",
            "down",
            "down",
            "left",
            "right",
            "tab",
            "tab",
            "shift+tab",
            "enter",
            "enter",
            "enter",
            "space",
            "space",
            "escape",
            "home",
            "end",
            "pageup",
            "pagedown",
            "backspace",
            "delete",
            "f1",
            "f10",
            "f12",
            "ctrl+z",
            "ctrl+d",
            "ctrl+l",
            "ctrl+q",
            "a",
            "T",
            "1",
            "[",
        ]
    ),
    max_size=50,
)
ANY_SIZE = st.one_of(st.sampled_from([TINY, *SIZES]), st.tuples(st.integers(26, 130), st.integers(10, 50)))


BEGIN = st.sampled_from([("enter",), ("down", "enter", "n", "enter", "down"), ("end", "up", "enter"), ()])


@given(begin=BEGIN, pressed=PRESSED, sizes=st.lists(ANY_SIZE, min_size=1, max_size=3))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_pressed_the_heading_and_the_focus_are_on_the_screen(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begin: tuple[str, ...],
    pressed: list[str],
    sizes: list[tuple[int, int]],
) -> None:
    short_booklets(monkeypatch)
    monkeypatch.setattr(making, "build", lambda *_: Built())
    monkeypatch.setattr(list_made, "build", lambda *_: Built())
    monkeypatch.setattr(preview, "pages_of", counting.pages_of)
    sitting = Sitting(library, tmp_path)
    for n, key in enumerate([*begin, *pressed]):
        sitting.size = sizes[n // 8 % len(sizes)]
        shown = sitting.keys(key).screen()
        assert any(line.focused for line in shown.lines), sitting.grid()
        assert shown.lines[shown.cursor[1]].focused
        assert sitting.desk.page.heading in sitting.words()
        assert all(len(line.text.rstrip()) <= sitting.size[0] for line in shown.lines)

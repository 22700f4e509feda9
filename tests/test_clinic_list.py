"""The clinic list: how a line is typed, what may be done to the list, and the booklets that it makes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.build import check_reviews, preferences
from booklet.choices import Choices, attempt
from booklet.clinic import Clinic
from booklet.clinic_list import (
    Line,
    Totals,
    copied,
    pack_named,
    parse,
    removed,
    resized,
    to_request,
    totals,
    typed,
    without_names,
)
from booklet.errors import Problem, RequestError
from booklet.library import Library
from tests.conftest import MADE, request_for

SIZES = tuple(preferences()["text-size"].choices)
NEWLY, TRIALS, CARER = (Line(Choices(packs=(id,))) for id in ("newly-told", "clinical-trials", "carer"))


def line(pack: str, size: str = "", copies: int = 1, name: str = "") -> Line:
    sizes, names = ({"text-size": size} if size else {}), ({"name": name} if name else {})
    return Line(Choices(packs=(pack,), preferences=sizes, personal=names), copies)


def wrong(library: Library, text: str) -> list[str]:
    with pytest.raises(RequestError) as e:
        parse(library, text)
    return [str(problem) for problem in e.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("newly 24", line("newly-told", "24")),
        ("trials 28 x2", line("clinical-trials", "28", 2)),
        ("newly", line("newly-told")),
        ("  Newly Told  X10 18pt ", line("newly-told", "18", 10)),
        ("newly-told = Edna = 2 x3", line("newly-told", name="Edna = 2 x3")),
        ("carer x99 =  Jo   Smith ", line("carer", copies=99, name="Jo Smith")),
        ("a break", line("taking-a-break")),
        ("carer =", line("carer")),
    ],
)
def test_a_line_is_typed_as_pack_size_copies_and_name(library: Library, text: str, expected: Line) -> None:
    assert parse(library, text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["Which pack? Type a pack and, if you want, a size, x and how many. Example: trials 28 x2"]),
        ("newlly told", ["There is no such pack. Did you mean Newly told?"]),
        ("trails", ["There is no such pack. Did you mean Clinical trials?"]),
        ("s", ["More than one pack begins so. Type more of its name: Side effects or Starting treatment."]),
        (
            "newly 17",
            ["This is not a print size that there is. The nearest is 16. The choices are 16, 18, 20, 24, 28, 36."],
        ),
        ("newly 18 24", ["There are two sizes. Give one, and add another line for the other."]),
        ("newly x0", ["This is not a number of copies that can be made. Give a number from 1 to 99."]),
        ("newly x100", ["This is not a number of copies that can be made. Give a number from 1 to 99."]),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_what_to_do(library: Library, text: str, said: list[str]) -> None:
    assert wrong(library, text) == said


def test_everything_wrong_with_a_line_is_said_at_once_and_nothing_typed_is_said_again(library: Library) -> None:
    said = wrong(library, f"canary 17 x0 = {'Canary ' * 10}\u05d0")
    assert [text.split(" ")[0] for text in said] == ["There", "This", "This", "Name:"]
    assert "canary" not in " ".join(said).lower()


def test_every_pack_is_found_by_its_id_and_its_title(library: Library) -> None:
    for id, pack in library.packs.items():
        assert pack_named(library, id) == pack_named(library, pack.title.upper()) == id


@given(st.data())
def test_what_is_typed_for_a_line_makes_that_line(library: Library, data: st.DataObject) -> None:
    names = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll"), max_codepoint=0x17F), max_size=40)
    given_line = line(
        data.draw(st.sampled_from(sorted(library.packs))),
        data.draw(st.sampled_from(("", *SIZES))),
        data.draw(st.integers(1, 99)),
        data.draw(names),
    )
    assert parse(library, typed(given_line)) == given_line


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_line_or_a_mistake(library: Library, text: str) -> None:
    problems: list[Problem] = []
    made = attempt(problems, lambda: parse(library, text), None)
    assert 1 <= made.copies <= 99 if made else problems
    assert all(problem.what and problem.advice for problem in problems)


def test_a_list_is_changed_by_making_another() -> None:
    lines = (NEWLY, TRIALS)
    assert copied(lines, 0) == (NEWLY, NEWLY, TRIALS)
    assert removed(lines, 0) == (TRIALS,)
    assert lines == (NEWLY, TRIALS)


def test_the_copy_of_a_line_is_for_somebody_else() -> None:
    mine = msgspec.structs.replace(
        line("carer", "24", name="Edna"),
        choices=Choices(packs=("carer",), about={"sites": "bone"}, personal={"name": "E"}),
    )
    assert copied((mine,), 0) == (mine, CARER)


@pytest.mark.parametrize(
    ("size", "usual", "steps", "then"),
    [("18", "", 1, "20"), ("", "", 1, "20"), ("", "28", -1, "24"), ("36", "", 1, "36"), ("16", "", -1, "16")],
)
def test_right_and_left_change_the_size_by_one_as_far_as_there_is_one(
    size: str, usual: str, steps: int, then: str
) -> None:
    clinic = Clinic(preferences={"text-size": usual} if usual else {})
    (changed,) = resized((line("carer", size),), 0, steps, clinic)
    assert (changed.size(clinic), changed.choices.preferences) == (then, {"text-size": then})


def test_the_same_as_last_clinic_knows_nobody() -> None:
    choices = Choices(packs=("carer",), about={"sites": "bone"}, personal={"name": "Edna", "phone_day": "1"})
    kept = without_names((Line(choices, 3),))
    assert kept == (Line(Choices(packs=("carer",)), 3),)


def test_totals_count_copies_and_what_was_counted_so_far() -> None:
    lines = (NEWLY, msgspec.structs.replace(CARER, copies=5), TRIALS)
    assert totals(lines, {0: (58, 29), 1: (10, 5)}) == Totals(7, 108, 54)
    assert str(totals(lines, {0: (1, 1)})) == "7 booklets. 1 page, 1 sheet."


def test_a_line_makes_the_request_of_the_same_command(library: Library) -> None:
    made = to_request(library, line("carer", "24", name=" Edna "), MADE)
    expected = request_for(library, name="Edna", packs=("carer",), facts={"reader": "carer"}, text_size="24")
    assert made == expected
    check_reviews(library, made)


def test_what_is_typed_of_a_person_is_not_in_what_a_log_would_show(library: Library) -> None:
    assert "Canary" not in repr(parse(library, "carer = Canary"))


def test_a_line_says_its_packs_and_topics(library: Library) -> None:
    assert line("carer").title(library) == "For a carer"
    assert Line(Choices(ids=("trials",))).title(library) == "trials"

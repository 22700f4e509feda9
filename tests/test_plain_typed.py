"""What a typed line means: numbers, ranges, names, beginnings, slips; for every line and every list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.errors import Problem
from booklet.library import Library
from booklet.plain.ask import Choice
from booklet.plain.typed import WORDS, Word, many, one, text
from booklet.questions import questions

TOPICS = [
    Choice(id, label)
    for id, label in (
        ("treatments", "Treatments"),
        ("side-effects", "Side effects"),
        ("breaks", "Taking a break from treatment, or stopping"),
        ("trials", "Clinical trials"),
        ("practical", "Work, money and travel"),
        ("tests", "Tests and results"),
    )
]
SITES = [Choice("bone", "Bones"), Choice("liver", "Liver"), Choice("not_sure", "Not sure")]
NOW = [Choice("none", "None"), Choice("chemo", "Chemotherapy"), Choice("not_sure", "Not sure")]
SIZES = [Choice(size, f"{size} point") for size in ("16", "18", "20", "24", "28", "36")]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2", "side-effects"),
        ("02", "side-effects"),
        ("SIDE", "side-effects"),
        ("side effects", "side-effects"),
        ("side-effects", "side-effects"),
        ("trials", "trials"),
        ("money", "practical"),
        ("work, money", "practical"),
        ("trea", "treatments"),
        ("taking a break", "breaks"),
    ],
)
def test_one_of_a_list(typed: str, value: str) -> None:
    assert one(typed, TOPICS) == value


@pytest.mark.parametrize(("typed", "value"), [("4", "24"), ("24", "24"), ("24 point", "24"), ("36", "36")])
def test_a_number_that_no_choice_has_may_be_its_name(typed: str, value: str) -> None:
    assert one(typed, SIZES) == value


@pytest.mark.parametrize(
    ("typed", "what", "advice"),
    [
        ("t", "That could be 1, Treatments; 3, Taking a break from treatment, or stopping; 6, Tests and results.", ""),
        ("treatmens", "That is not one of the choices.", "Did you mean 1, Treatments?"),
        ("clincal", "That is not one of the choices.", "Did you mean 4, Clinical trials?"),
        ("bakc", "That is not one of the choices.", "Did you mean back?"),
        ("7", "There is no choice of that number.", "Type a number from 1 to 6"),
        ("0", "There is no choice of that number.", ""),
        ("\u00b2", "That is not one of the choices.", ""),
        ("!?", "That is not one of the choices.", ""),
    ],
)
def test_a_slip(typed: str, what: str, advice: str) -> None:
    found = one(typed, TOPICS)
    assert isinstance(found, Problem)
    assert found.what == what
    assert found.advice.startswith(advice)


@pytest.mark.parametrize(
    ("typed", "chosen", "value"),
    [
        ("1 3 5", (), "treatments breaks practical"),
        ("1,3, 5", (), "treatments breaks practical"),
        ("5 and 1", (), "treatments practical"),
        ("1-3", ("tests",), "treatments side-effects breaks"),
        ("3-1", (), "treatments side-effects breaks"),
        ("1 - 2, 6", (), "treatments side-effects tests"),
        ("1 to 2", (), "treatments side-effects"),
        ("all", (), "treatments side-effects breaks trials practical tests"),
        ("None", ("tests",), ""),
        ("add 6", ("trials",), "trials tests"),
        ("add 6 1", ("trials",), "treatments trials tests"),
        ("add trials", ("tests",), "trials tests"),
        ("Remove 6", ("trials", "tests"), "trials"),
        ("remove side effects", ("trials", "side-effects"), "trials"),
        ("work, money and travel", (), "practical"),
        ("work, trials", (), "trials practical"),
        ("side, 6", (), "side-effects tests"),
        ("trials tests", (), "trials tests"),
    ],
)
def test_many_of_a_list(typed: str, chosen: tuple[str, ...], value: str) -> None:
    assert many(typed, TOPICS, chosen) == tuple(value.split())


@pytest.mark.parametrize(
    "typed", ["1 99", "1-99", "0-2", "1 treatmens", "add xyz", "remove 99", "-", ",", "add ,", "t"]
)
def test_a_line_with_a_mistake_changes_nothing(typed: str) -> None:
    assert isinstance(many(typed, TOPICS, ("trials",)), Problem)


def test_not_sure_gives_way_to_what_is_known() -> None:
    assert many("add 1", SITES, ("not_sure",)) == ("bone",)
    assert many("all", SITES, ()) == ("bone", "liver")
    assert many("none", NOW, ("chemo",)) == ("none",), "it is a choice of this list"


@pytest.mark.parametrize("known", WORDS)
def test_words_that_always_work(known: str) -> None:
    for typed in (known, known.upper(), known[:3]):
        assert one(typed, SITES) == Word(known)
        assert many(typed, SITES, ()) == Word(known)
    assert isinstance(one("?", SITES), Word)


def test_own_words_are_left_alone_but_for_a_few() -> None:
    assert [text(typed) for typed in ("Edna", "None", '"none"', "'back'", '"Edna"', '"')] == [
        "Edna",
        "",
        "none",
        "back",
        '"Edna"',
        '"',
    ]


def test_every_choice_of_every_question_can_be_said_by_its_label(library: Library) -> None:
    for question in questions(library).values():
        for option in question.options:
            if option.label == "2":
                continue  # a line spacing: a number that is the number of a choice is that choice
            assert one(option.label, question.options) == option.value
            if question.kind == "many":
                assert many(option.label, question.options, ()) == (option.value,)


@given(st.lists(st.sets(st.integers(1, 6), min_size=1), min_size=1, max_size=6), st.data())
def test_any_way_of_writing_a_set_of_numbers_is_that_set(groups: list[set[int]], data: st.DataObject) -> None:
    wanted: set[int] = set()
    line = ""
    for group in groups:
        low, high = min(group), max(group)
        ends = data.draw(st.sampled_from([f"{low}-{high}", f"{high} - {low}", f"{low} to {high}"]))
        as_range = data.draw(st.booleans())
        wanted |= set(range(low, high + 1)) if as_range else group
        between = data.draw(st.sampled_from([" ", ", ", ",", "; ", " and "]))
        line += (between if line else "") + (ends if as_range else between.join(map(str, sorted(group))))
    values = tuple(choice.value for n, choice in enumerate(TOPICS, 1) if n in wanted)
    assert many(line, TOPICS, ()) == values
    assert many(f"add {line}", TOPICS, ("trials",)) == tuple(
        choice.value for choice in TOPICS if choice.value in (*values, "trials")
    )
    assert many(f"remove {line}", TOPICS, ("trials",)) == (() if 4 in wanted else ("trials",))


@given(st.text(max_size=40), st.sets(st.sampled_from([choice.value for choice in TOPICS])))
def test_any_line_is_an_answer_or_a_problem_that_says_what_to_type(line: str, chosen: set[str]) -> None:
    before = tuple(choice.value for choice in TOPICS if choice.value in chosen)
    found = many(line.strip(), TOPICS, before)
    if isinstance(found, Problem):
        assert found.advice
    elif not isinstance(found, Word):
        assert [choice.value for choice in TOPICS if choice.value in found] == list(found)

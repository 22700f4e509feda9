"""The one list of questions: what is asked, in which order, and the booklet that the answers make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import personal as personal_module
from booklet.build import preferences, profiles, stylesheet
from booklet.clinic import Clinic
from booklet.errors import RequestError
from booklet.library import Library
from booklet.personal import FIELDS, Personal, personal
from booklet.questions import (
    ABOUT,
    FIRST,
    MORE,
    NAME,
    PACK,
    PARTS,
    PERSONAL,
    PROFILE,
    TOPICS,
    WRITE_IN,
    YES,
    Answers,
    Questions,
    answer,
    answers_of,
    applying,
    defaults,
    fact_key,
    ids,
    parts_of,
    problem_with,
    questions,
    shown,
    to_request,
)
from booklet.request import recipe
from tests.conftest import MADE


@pytest.fixture(scope="module")
def asked(library: Library) -> Questions:
    return questions(library)


def told(asked: Questions, **given: tuple[str, ...]) -> Answers:
    answers = defaults(asked)
    for key, value in given.items():
        answers = answer(answers, key if key in asked else key.replace("_", "-"), value)
    return answers


def keys(asked: Questions, answers: Answers) -> list[str]:
    return [question.key for question in applying(asked, answers)]


def test_a_person_who_opens_no_gate_is_asked_nine_questions(asked: Questions) -> None:
    usual = [PACK, TOPICS, *FIRST, MORE, ABOUT, WRITE_IN, NAME, PERSONAL]
    assert keys(asked, defaults(asked)) == usual
    assert keys(asked, told(asked, topics=("breaks",))) == [PACK, TOPICS, PARTS, *usual[2:]]


def test_every_preference_fact_page_and_detail_is_asked_once(asked: Questions, library: Library) -> None:
    assert {*preferences(), *map(fact_key, library.reader_facts), *FIELDS} <= set(asked)
    assert {option.value for option in asked[WRITE_IN].options} == set(library.write_in)
    assert {option.value for option in asked[PACK].options} == {"", *library.packs}
    everything = {key: (YES,) for key, question in asked.items() if question.gate}
    topics = tuple(option.value for option in asked[TOPICS].options)
    answers = {**defaults(asked), **everything, TOPICS: topics, fact_key("end_of_life"): (YES,)}
    assert set(keys(asked, answers)) == set(asked)


def test_no_text_has_a_word_that_was_not_filled_in(asked: Questions) -> None:
    for question in asked.values():
        assert "{" not in f"{question.text}{question.hint}{[option.said() for option in question.options]}"


def test_no_question_stands_before_one_that_it_waits_for(asked: Questions) -> None:
    order = list(asked)
    for question in asked.values():
        assert all(order.index(before) < order.index(question.key) for before, _ in question.when)
        assert question.text.endswith("?")
        assert question.hint.endswith(".")


def test_the_second_question_about_dying_waits_for_a_yes_to_the_first(asked: Questions) -> None:
    first, second = fact_key("end_of_life"), fact_key("end_of_life_detail")
    answers = told(asked, about=(YES,))
    assert first in keys(asked, answers)
    assert second not in keys(asked, answers)
    assert second in keys(asked, answer(answers, first, (YES,)))


def test_a_fact_behind_a_gate_that_was_closed_again_is_not_told(asked: Questions, library: Library) -> None:
    answers = told(asked, topics=("breaks",), about=(YES,))
    answers = answer(answers, fact_key("sites"), ("bone",))
    assert to_request(library, answers, MADE).about["sites"] == ("bone",)
    assert "bone" not in to_request(library, answer(answers, ABOUT, ("no",)), MADE).about["sites"]


def test_a_consent_that_was_taken_back_opens_nothing(asked: Questions, library: Library) -> None:
    answers = told(asked, topics=("palliative",), about=(YES,))
    answers = answer(answer(answers, fact_key("end_of_life"), (YES,)), fact_key("end_of_life_detail"), (YES,))
    closed = answer(answers, fact_key("end_of_life"), ("no",))
    gates = {library.sections[id].meta.gate for id in to_request(library, closed, MADE).sections}
    assert gates == {"none"}


def test_answers_make_the_request_that_the_command_line_makes(asked: Questions, library: Library) -> None:
    answers = told(asked, topics=("breaks",), name=(" Edna ",), text_size=("24",))
    request = to_request(library, answers, MADE)
    assert request.preferences == {
        **{key: preference.default for key, preference in preferences().items()},
        "text-size": "24",
    }
    assert request.personal == Personal("Edna")
    assert request.named == ("breaks",)
    assert shown(asked["text-size"], ("24",)) == "24 point"


def test_a_pack_brings_what_it_knows_of_the_reader(asked: Questions, library: Library) -> None:
    request = to_request(library, told(asked, pack=("carer",)), MADE)
    assert request.about["reader"] == ("carer",)
    assert set(library.packs["carer"].sections) <= {*request.sections, *(id.split("/")[0] for id in request.sections)}


def test_parts_of_a_topic_leave_the_others_out(asked: Questions, library: Library) -> None:
    one = asked[parts_of("breaks")].options[0].value
    answers = told(asked, topics=("breaks",), parts=(YES,), parts_breaks=(one,))
    assert ids(library, answers) == (one,)
    assert ids(library, answer(answers, PARTS, ("no",))) == ("breaks",), "the gate is closed: all of it"
    assert shown(asked[parts_of("breaks")], asked[parts_of("breaks")].default) == "All of it"


def test_a_way_of_reading_sets_what_it_stands_for_and_can_be_taken_back(asked: Questions) -> None:
    name = "low-vision"
    answers = told(asked, text_size=("16",), profile=(name,))
    for key, value in profiles()[name].preferences.items():
        assert answers[key] == (value,)
    assert {key: value for key, value in answer(answers, PROFILE, ("",)).items() if key in preferences()} == {
        key: (preference.default,) for key, preference in preferences().items()
    }


def test_a_way_of_reading_with_a_layout_of_its_own_sets_the_size(asked: Questions, library: Library) -> None:
    request = to_request(library, told(asked, topics=("breaks",), profile=("nurse-copy",)), MADE)
    assert request.layout == "nurse-copy"
    assert stylesheet(request).nominal == 12


def test_the_clinics_ways_of_reading_are_where_one_starts(asked: Questions) -> None:
    assert defaults(asked, Clinic(preferences={"text-size": "24"}))["text-size"] == ("24",)


def test_everything_wrong_is_said_at_once(asked: Questions, library: Library) -> None:
    answers = told(asked, text_size=("36",), paper=("A5",), name=("x" * 99,), personal=(YES,), phone_day=("ring us",))
    with pytest.raises(RequestError) as e:
        to_request(library, answers, MADE)
    said = " ".join(problem.what for problem in e.value.problems)
    assert "No topic was chosen." in said
    assert "A5" in said
    assert "99 letters long" in said
    assert "phone number" in said
    assert "ring us" not in said


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        (TOPICS, (), "Nothing is chosen yet."),
        ("parts-breaks", (), "No part of this topic is chosen."),
        (NAME, ("x" * 99,), "Name: this is 99 letters long, and the booklet has room for 50."),
        ("temperature", ("hot",), "Alert card temperature: this is not a temperature."),
        ("questions", ("Why?",) * 7, "There is room for 6 questions."),
    ],
)
def test_a_mistake_is_said_where_it_is_made(asked: Questions, key: str, value: tuple[str, ...], what: str) -> None:
    problem = problem_with(asked[key], {**defaults(asked), key: value})
    assert problem is not None
    assert problem.what == what
    assert problem_with(asked[key], {**defaults(asked), PACK: ("carer",), key: asked[key].default}) is None


@given(
    chosen=st.sets(st.integers(0, 99), min_size=1),
    size=st.sampled_from(["16", "24"]),
    spacing=st.sampled_from(["1.4", "2"]),
)
def test_what_is_kept_makes_the_same_booklet_again(
    chosen: set[int], size: str, spacing: str, asked: Questions, library: Library
) -> None:
    parts = {key: question.options for key, question in asked.items() if key.startswith("parts-")}
    every = [(key, option.value) for key, options in parts.items() for option in options]
    answers = told(asked, text_size=(size,), line_spacing=(spacing,), name=("Edna",), parts=(YES,))
    picked = [every[n % len(every)] for n in chosen]
    for key in parts:
        answers = answer(answers, key, tuple(value for at, value in every if at == key and (at, value) in picked))
    topics = tuple(key.removeprefix("parts-") for key in parts if answers[key])
    answers = answer(answers, TOPICS, topics)
    request = to_request(library, answers, MADE)
    again = to_request(library, answers_of(library, asked, recipe(request)), MADE)
    assert again.sections == request.sections
    assert again.preferences == request.preferences
    assert again.personal == Personal()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("02079460000", "020 7946 0000"),
        ("07700900123", "07700 900 123"),
        ("01632960001", "01632 960001"),
        ("01144960000", "0114 496 0000"),
        ("08081570111", "0808 157 0111"),
        ("01632 960 001", "01632 960 001"),
        ("01632 960 001 ext 4", "01632 960 001 ext 4"),
        ("999", "999"),
    ],
)
def test_a_phone_number_is_printed_in_groups(typed: str, printed: str) -> None:
    assert personal({"phone_day": typed}).phone_day == printed


@pytest.mark.parametrize("typed", ["37.5C", "37,5c", " 37.5 \u00b0C ", "37.5"])
def test_a_temperature_is_printed_as_the_booklet_writes_it(typed: str) -> None:
    assert personal({"temperature": typed}).temperature == "37.5C"


@given(st.text(max_size=200), st.sampled_from(sorted(FIELDS)))
def test_what_was_typed_is_never_said_again(text: str, key: str) -> None:
    try:
        person = personal({key: f"Canary {text}"})
        said = repr(person)
        assert all(len(line) <= FIELDS[key].letters for line in person.texts())
    except RequestError as e:
        said = str(e)
    assert "Canary" not in said


def test_every_field_is_a_part_of_what_is_known_of_a_person() -> None:
    assert tuple(FIELDS) == Personal.__struct_fields__
    person = personal({key: "37.5C" if field.kind == "temperature" else "999" for key, field in FIELDS.items()})
    assert len(list(person.texts())) == len(FIELDS)
    assert set(person.numbers()) == {field.line for field in FIELDS.values() if field.line}
    assert personal_module.is_temperature("37.5C")

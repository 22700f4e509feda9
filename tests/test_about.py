"""What is known about a reader: not sure shows more, and only a clear yes opens a gate (content-brief.md 4)."""

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.about import About, about, forms
from booklet.errors import RequestError
from booklet.library import Library
from booklet.library.files import Gate, ReaderFact
from booklet.paths import CONTENT
from booklet.request import choose

LIBRARY = Library.load(CONTENT)
GATES = ("prognosis", "end_of_life", "end_of_life_detail")


def test_nothing_known_is_not_sure_and_every_gate_is_closed(library: Library) -> None:
    known, notes = about(library)
    assert notes == []
    assert known["reader"] == ("patient",)
    for fact in ("nation", "receptor_hr", "receptor_her2", "sites", "treatments_now", "immunotherapy_12m", "children"):
        assert known[fact] == ("not_sure",)
    assert (known["prognosis"], known["end_of_life"], known["end_of_life_detail"]) == (
        ("not_now",),
        ("not_now",),
        ("no",),
    )


def test_facts_may_be_typed_in_any_spelling(library: Library) -> None:
    known, notes = about(library, {"Nation": "Northern Ireland", "treatments-now": "Chemo, bone-strengthening"})
    assert (known["nation"], known["treatments_now"]) == (("northern_ireland",), ("chemo", "bone_strengthening"))
    assert notes == []


def test_a_value_that_is_not_understood_is_not_sure_and_is_not_said_again(library: Library) -> None:
    known, notes = about(library, {"receptor_hr": "plus", "sites": "bone,hip", "nation": "", "reader": "robot"})
    assert known["receptor_hr"] == ("not_sure",)
    assert known["sites"] == ("bone", "not_sure")
    assert known["nation"] == ("not_sure",)
    assert known["reader"] == ("patient",)
    assert notes == [
        "receptor_hr: not one of yes, no, not_sure, so it counts as not_sure",
        "sites: not one of bone, liver, lung, brain, other, not_sure, so it counts as bone, not_sure",
        "reader: not one of patient, carer, nurse, so it counts as patient",
    ]


@pytest.mark.parametrize("typed", ["", "maybe", "YES!", "yes,no", "1", "true", "not_now", "no"])
def test_only_a_clear_yes_opens_a_gate(library: Library, typed: str) -> None:
    known, _ = about(library, dict.fromkeys(GATES, typed))
    assert not known.opens("prognosis")
    assert not known.opens("end_of_life")
    assert not known.opens("end_of_life_detail")
    assert not known.opens("prognosis_or_end_of_life")


def test_the_second_gate_needs_the_first(library: Library) -> None:
    detail, _ = about(library, {"end_of_life_detail": "yes"})
    assert not detail.opens("end_of_life_detail")
    both, _ = about(library, {"end_of_life_detail": "yes", "end_of_life": "Yes"})
    assert both.opens("end_of_life_detail")
    assert not both.opens("prognosis")


@pytest.mark.parametrize(("prognosis", "end_of_life", "detail"), list(product((True, False), repeat=3)))
def test_each_gate_opens_for_its_own_yes_and_no_other(
    library: Library, prognosis: bool, end_of_life: bool, detail: bool
) -> None:
    told = dict(zip(GATES, ("yes" if yes else "no" for yes in (prognosis, end_of_life, detail)), strict=True))
    known, _ = about(library, told)
    assert {gate: known.opens(gate) for gate in get_args(Gate)} == {
        "none": True,
        "prognosis": prognosis,
        "end_of_life": end_of_life,
        "end_of_life_detail": end_of_life and detail,
        "prognosis_or_end_of_life": prognosis or end_of_life,
    }


def test_one_of_several_answers_is_not_picked_for_a_question_that_has_one(library: Library) -> None:
    known, notes = about(library, {"nation": "england,wales", "receptor_hr": "yes,no"})
    assert (known["nation"], known["receptor_hr"]) == (("not_sure",), ("not_sure",))
    assert len(notes) == 2


def test_not_sure_is_said_once_beside_what_is_known(library: Library) -> None:
    assert about(library, {"sites": "not_sure,bone,toe"})[0]["sites"] == ("bone", "not_sure")


def with_fact(library: Library, fact: ReaderFact) -> Library:
    return replace(library, reader_facts={**library.reader_facts, "made_up": fact})


def test_what_is_not_understood_is_not_sure_even_where_the_usual_answer_is_another(library: Library) -> None:
    fact = ReaderFact("x", "x?", "no", {"yes": "Yes", "no": "No", "not_sure": "Not sure"})
    assert about(with_fact(library, fact), {"made_up": "perhaps"})[0]["made_up"] == ("not_sure",)


def test_a_gate_stays_closed_when_only_part_of_the_answer_is_a_yes(library: Library) -> None:
    fact = ReaderFact("x", "x?", "no", {"yes": "Yes", "no": "No"}, many=True, gate=True)
    assert about(with_fact(library, fact), {"made_up": "yes,perhaps"})[0]["made_up"] == ("no",)


def test_what_somebody_told_is_kept_apart_from_the_defaults(library: Library) -> None:
    assert about(library)[0].given == frozenset()
    assert about(library, {"Sites": "bone", "nation": ""})[0].given == {"sites", "nation"}


def test_two_readers_of_whom_the_same_is_known_are_the_same(library: Library) -> None:
    one, same, other = (about(library, {"sites": sites})[0] for sites in ("bone", "Bone", "liver"))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "bone"


@pytest.mark.parametrize(
    ("hormone", "her2", "expected"),
    [
        ("no", "negative", "yes"),
        ("yes", "negative", "no"),
        ("no", "positive", "no"),
        ("no", "low", "not_sure"),
        ("not_sure", "negative", "not_sure"),
        ("no", "not_sure", "not_sure"),
    ],
)
def test_triple_negative_follows_from_the_receptors(library: Library, hormone: str, her2: str, expected: str) -> None:
    known, _ = about(library, {"receptor_hr": hormone, "receptor_her2": her2})
    assert known["triple_negative"] == (expected,)


def test_a_fact_that_does_not_exist(library: Library) -> None:
    with pytest.raises(RequestError) as caught:
        about(library, {"site": "bone", "natoin": "wales"})
    assert [str(problem) for problem in caught.value.problems] == [
        "There is no such fact about the reader. Did you mean sites?",
        "There is no such fact about the reader. Did you mean nation?",
    ]


def test_facts_are_not_in_what_a_log_would_show(library: Library) -> None:
    assert repr(about(library, {"sites": "bone"})) == "(About(...), [])"


def test_short_full_and_left_out(library: Library) -> None:
    known, _ = about(
        library, {"receptor_hr": "no", "receptor_her2": "positive", "sites": "liver", "treatments_now": "none"}
    )
    section = library.sections
    assert forms(section["treatments/hormone-therapy"], known, named=False) == "short"
    assert forms(section["treatments/hormone-therapy"], known, named=True) == "full"
    assert forms(section["treatments/immunotherapy"], known, named=False) == "short"
    assert forms(section["treatments/antibody-drug-conjugates"], known, named=False) == "full"
    assert forms(section["treatments/site-bone"], known, named=False) == ""
    assert forms(section["treatments/site-liver"], known, named=False) == "full"
    assert forms(section["planning-ahead/why-plan"], known, named=True) == ""


def facts() -> st.SearchStrategy[dict[str, str]]:
    """Any answers that the program offers, and some that it does not."""
    known = {
        name: st.lists(st.sampled_from([*fact.values, "zzz", ""]), min_size=1, max_size=3 if fact.many else 1).map(
            ",".join
        )
        for name, fact in LIBRARY.reader_facts.items()
    }
    return st.fixed_dictionaries({}, optional=known)


def chosen(known: About) -> set[str]:
    return set(choose(LIBRARY, [], ["everything"], known))


@given(facts())
def test_knowing_less_never_takes_a_section_away(given_facts: dict[str, str]) -> None:
    """A fact that is taken back, or not understood, leaves a booklet that holds as much or more; gates aside."""
    told = {name: value for name, value in given_facts.items() if name not in GATES and name != "reader"}
    some = chosen(about(LIBRARY, told)[0])
    for name in told:
        assert some <= chosen(about(LIBRARY, {**told, name: ""})[0]) | _suggested(name)
    assert some <= chosen(about(LIBRARY)[0])


def _suggested(name: str) -> set[str]:
    return {id for rule in LIBRARY.rules if name in rule.when for id in rule.add}

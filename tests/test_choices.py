"""What was asked for in the words of the command line becomes one request, and everything wrong is said at once."""

from datetime import date

import pytest

from booklet.choices import Choices, to_request
from booklet.clinic import Clinic
from booklet.errors import RequestError
from booklet.library import Library
from booklet.personal import Personal
from booklet.request import Recipe
from tests.conftest import MADE


def test_every_choice_is_in_the_request(library: Library) -> None:
    choices = Choices(
        ids=("breaks/taking-a-break",),
        preferences={"text-size": "20"},
        about={"treatments_now": "none", "sites": "toe"},
        personal={"name": " Edna "},
        write_in="notes",
        recipe=Recipe(("team/who-is-who",), {"text-size": "24", "paper": "A4"}, ("appointments",)),
        layout="nurse-copy",
    )
    clinic = Clinic(phone_day="020 7946 0001")
    request, notes = to_request(library, choices, MADE, clinic)
    assert request.sections == ("team/who-is-who", "breaks/taking-a-break")
    assert request.named == ("breaks/taking-a-break", "team/who-is-who")
    assert request.made == date(2026, 11, 21)
    assert request.preferences == {"text-size": "20", "paper": "A4"}
    assert request.about["treatments_now"] == ("none",)
    assert request.personal == Personal("Edna")
    assert request.write_in == ("appointments", "notes")
    assert request.clinic == clinic
    assert request.layout == "nurse-copy"
    assert [note.partition(":")[0] for note in notes] == ["sites"]


def test_a_pack_says_who_reads_and_a_person_has_the_last_word(library: Library) -> None:
    carer, notes = to_request(library, Choices(packs=("carer",)), MADE)
    assert carer.about["reader"] == ("carer",)
    assert (notes, carer.clinic, carer.write_in, carer.personal) == ([], Clinic(), (), Personal())
    assert to_request(library, Choices(packs=("carer",), about={"reader": "patient"}), MADE)[0].about.voice == "patient"


def test_consent_is_never_taken_from_a_recipe_or_a_pack(library: Library) -> None:
    for pack in library.packs:
        request, _ = to_request(library, Choices(packs=(pack,), recipe=Recipe(("breaks",))), MADE)
        assert {library.sections[id].meta.gate for id in request.sections} == {"none"}


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_made(library: Library) -> None:
    choices = Choices(
        ids=("breakz",),
        packs=("carre",),
        profile="low-visoin",
        about={"natoin": "wales"},
        personal={"name": "x" * 99},
        write_in="note",
    )
    with pytest.raises(RequestError) as caught:
        to_request(library, choices, MADE)
    assert [problem.what for problem in caught.value.problems] == [
        "There is no such fact about the reader.",
        'There is no pack called "carre".',
        'There is no topic called "breakz".',
        'There is no page to write on called "note".',
        "There is no such profile.",
        "Name: this is 99 letters long, and the booklet has room for 50.",
    ]
    with pytest.raises(RequestError) as caught:
        to_request(library, Choices(ids=("breaks",), preferences={"text-size": "huge"}), MADE)
    assert str(caught.value).startswith('Print size cannot be "huge".')

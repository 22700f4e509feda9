import pytest

from booklet.errors import RequestError
from booklet.library import Library
from booklet.request import Personal, choose, personal


def wrong(library: Library, *ids: str, packs: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(RequestError) as caught:
        choose(library, ids, packs)
    return [str(problem) for problem in caught.value.problems]


def test_a_topic_is_its_sections_in_the_order_of_the_library(library: Library) -> None:
    assert choose(library, ["breaks/stopping-treatment", "breaks"]) == (
        "breaks/taking-a-break",
        "breaks/changing-treatment",
        "breaks/stopping-treatment",
    )


def test_ids_are_added_to_a_pack(library: Library) -> None:
    chosen = choose(library, ["trials/genomic-tests"], ["taking-a-break"])
    assert "trials/genomic-tests" in chosen
    assert "breaks/taking-a-break" in chosen


def test_everything_is_every_section_but_the_locked_ones(library: Library) -> None:
    chosen = choose(library, [], ["everything"])
    assert len(chosen) == 21
    assert not [id for id in chosen if id.startswith("emergencies/")]


def test_every_unknown_name_is_answered_with_the_nearest(library: Library) -> None:
    assert wrong(library, "treatmnts", "infection", "zzz", packs=("newly-tolt",)) == [
        'There is no pack called "newly-tolt". Did you mean newly-told?',
        'There is no topic called "treatmnts". Did you mean treatments?',
        'There is no topic called "infection". Did you mean side-effects/infection?',
        ('There is no topic called "zzz". The topics are treatments, side-effects, breaks, palliative, trials.'),
    ]


def test_nothing_chosen_is_a_mistake(library: Library) -> None:
    assert wrong(library) == ['No topic was chosen. To see what there is, run "booklet topics" or "booklet packs".']


def test_what_was_typed_cannot_drive_the_terminal(library: Library) -> None:
    assert "\x1b" not in wrong(library, "\x1b[31mred")[0]


def test_a_name_is_tidied_and_composed() -> None:
    assert personal("  Sia\u0302n \n Jones ") == Personal("Siân Jones")


def test_a_name_of_300_letters_is_refused_and_not_repeated() -> None:
    with pytest.raises(RequestError) as caught:
        personal("x" * 300)
    assert "300 letters" in str(caught.value)
    assert "xxxxx" not in str(caught.value)


def test_a_name_is_not_in_what_a_log_would_show() -> None:
    assert "Edna" not in repr(Personal("Edna"))

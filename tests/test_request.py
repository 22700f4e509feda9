from dataclasses import replace

import pytest

from booklet.about import about
from booklet.errors import RequestError
from booklet.library import Library
from booklet.library.files import Pack, Rule
from booklet.personal import Personal, personal
from booklet.request import choose as choose_for
from booklet.request import pages_to_write_on


def choose(
    library: Library, ids: list[str], packs: list[str] | None = None, suggestions: bool = True, **facts: str
) -> tuple[str, ...]:
    return choose_for(library, ids, packs or [], about(library, facts)[0], suggestions)


def wrong(library: Library, *ids: str, packs: tuple[str, ...] = (), **facts: str) -> list[str]:
    with pytest.raises(RequestError) as caught:
        choose(library, list(ids), list(packs), **facts)
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
    every = {id for id, section in library.sections.items() if section.meta.gate == "none"}
    in_every = {"emergencies/call-now", "emergencies/my-numbers", "glossary/words", "organisations/list"}
    assert set(chosen) == every - in_every
    assert len(chosen) == 91


def with_pack(library: Library, *sections: str, rules: tuple[Rule, ...] = ()) -> Library:
    return replace(library, packs={"own": Pack("Own", "x", sections)}, rules=rules)


def test_a_pack_is_the_sections_it_names_and_no_others(library: Library) -> None:
    own = with_pack(library, "trials/genomic-tests", "team/who-is-who")
    assert choose(own, [], ["own"]) == ("team/who-is-who", "trials/genomic-tests")


def test_what_is_behind_a_closed_gate_in_a_pack_brings_nothing_with_it(library: Library) -> None:
    rule = Rule(("family/children",), chosen=("planning-ahead",))
    own = with_pack(library, "team/who-is-who", "planning-ahead/why-plan", rules=(rule,))
    assert choose(own, [], ["own"]) == ("team/who-is-who",)
    assert choose(own, [], ["own"], end_of_life="yes") == (
        "team/who-is-who",
        "family/children",
        "planning-ahead/why-plan",
    )


def test_a_pack_that_does_not_concern_the_reader_is_a_mistake(library: Library) -> None:
    own = with_pack(library, "treatments/site-liver")
    assert wrong(own, packs=("own",), sites="bone") == [
        "Nothing that was chosen concerns this reader. Choose other topics, or name the sections one by one."
    ]
    assert choose(own, [], ["own"], sites="liver") == ("treatments/site-liver",)


def test_a_chapter_that_every_booklet_has_is_not_a_topic_to_choose(library: Library) -> None:
    for id in ("glossary", "organisations", "emergencies/call-now"):
        assert wrong(library, id)[0].startswith(f'There is no topic called "{id}".')


def test_every_unknown_name_is_answered_with_the_nearest(library: Library) -> None:
    assert wrong(library, "treatmnts", "infection", "zzz", packs=("newly-tolt",)) == [
        'There is no pack called "newly-tolt". Did you mean newly-told?',
        'There is no topic called "treatmnts". Did you mean treatments?',
        'There is no topic called "infection". Did you mean side-effects/infection?',
        (
            'There is no topic called "zzz". The topics are emergencies, understanding, symptoms, tests, team, '
            "decisions, treatments, side-effects, breaks, palliative, trials, emotional, family, practical, "
            "appointments, living, carers."
        ),
    ]


def test_what_is_behind_a_closed_gate_is_not_chosen_and_the_answer_says_how(library: Library) -> None:
    for id in ("planning-ahead", "understanding/outlook"):
        assert wrong(library, id) == [
            (
                f"{id} is printed only for a reader who asked for it. "
                "If they did, say so: --about end_of_life=yes or --about prognosis=yes. See docs/content.md."
            )
        ]
    assert "understanding/outlook" not in choose(library, ["understanding"])
    assert "understanding/outlook" in choose(library, ["understanding"], prognosis="yes")


def test_the_nine_packs(library: Library) -> None:
    assert sorted(library.packs) == [
        "carer",
        "changing-treatment",
        "clinical-trials",
        "everything",
        "newly-told",
        "palliative-support",
        "side-effects",
        "starting-treatment",
        "taking-a-break",
    ]


@pytest.mark.parametrize("topic", ["treatments", "side-effects"])
def test_treatment_brings_the_signs_of_infection_for_every_reader(library: Library, topic: str) -> None:
    for section in [s.id for t in library.topics if t.id == topic for s in t.sections]:
        for now in ("none", "hormone", "not_sure"):
            assert "emergencies/infection-sepsis" in choose(library, [section], treatments_now=now)


def test_not_sure_of_the_treatments_brings_clots_and_immunotherapy(library: Library) -> None:
    chosen = choose(library, ["side-effects/hair"])
    assert {"emergencies/clots", "emergencies/immunotherapy-and-new-drugs"} <= set(chosen)
    known = choose(library, ["side-effects/hair"], treatments_now="chemo", immunotherapy_12m="no")
    assert "emergencies/immunotherapy-and-new-drugs" not in known


def test_immunotherapy_of_last_year_brings_its_signs_though_nothing_is_given_now(library: Library) -> None:
    chosen = choose(library, ["team"], treatments_now="none", immunotherapy_12m="yes")
    assert "emergencies/immunotherapy-and-new-drugs" in chosen


def test_suggestions_can_be_left_out_and_what_keeps_a_reader_safe_cannot(library: Library) -> None:
    facts = {"treatments_now": "chemo", "immunotherapy_12m": "no"}
    with_them = choose(library, ["treatments/overview"], **facts)
    without = choose(library, ["treatments/overview"], suggestions=False, **facts)
    assert "side-effects/mouth" in with_them
    assert with_them == choose_for(library, ["treatments/overview"], [], about(library, facts)[0]), "the usual"
    assert without == (
        "emergencies/infection-sepsis",
        "understanding/types-of-breast-cancer",
        "treatments/overview",
    )


def test_only_the_places_named_print_and_a_section_asked_for_by_name_prints_whatever(library: Library) -> None:
    sites = [f"treatments/site-{site}" for site in ("bone", "liver", "lung", "brain")]
    chosen = choose(library, ["treatments"], sites="liver,brain")
    assert [id for id in chosen if id in sites] == ["treatments/site-liver", "treatments/site-brain"]
    assert set(sites) <= set(choose(library, ["treatments"]))
    assert "treatments/site-lung" in choose(library, ["treatments/site-lung"], sites="bone")
    assert "understanding/where-it-spreads" in choose(library, ["treatments"], sites="other")


def test_a_carer_gets_the_pages_for_carers(library: Library) -> None:
    chosen = choose(library, ["symptoms"], reader="carer")
    assert [id for id in chosen if id.startswith("carers/")] == [
        "carers/caring",
        "carers/looking-after-yourself",
        "carers/what-to-watch-for",
    ]
    assert not [id for id in choose(library, ["symptoms"]) if id.startswith("carers/")]


def test_pages_to_write_on(library: Library) -> None:
    assert pages_to_write_on(library, "notes, appointments") == ("appointments", "notes")
    assert pages_to_write_on(library, "") == ()
    with pytest.raises(RequestError) as caught:
        pages_to_write_on(library, "note")
    assert str(caught.value) == 'There is no page to write on called "note". Did you mean notes?'


def test_nothing_chosen_is_a_mistake(library: Library) -> None:
    assert wrong(library) == ['No topic was chosen. To see what there is, run "booklet topics" or "booklet packs".']


def test_what_was_typed_cannot_drive_the_terminal(library: Library) -> None:
    assert "\x1b" not in wrong(library, "\x1b[31mred")[0]


def test_a_name_is_tidied_and_composed() -> None:
    assert personal({"name": "  Sia\u0302n \n Jones "}) == Personal("Siân Jones")


def test_a_name_of_300_letters_is_refused_and_not_repeated() -> None:
    with pytest.raises(RequestError) as caught:
        personal({"name": "x" * 300})
    assert "300 letters" in str(caught.value)
    assert "xxxxx" not in str(caught.value)


def test_a_name_is_not_in_what_a_log_would_show() -> None:
    assert "Edna" not in repr(Personal("Edna"))

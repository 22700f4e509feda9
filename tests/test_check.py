"""`booklet check`: our own content has nothing wrong, and each rule catches the fault that is planted for it."""

import dataclasses
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from booklet.check import check, readability, scores
from booklet.check.front import ROLES, check_sign_off
from booklet.errors import RequestError
from booklet.library import Library
from booklet.library.files import Reviewer
from booklet.paths import CONTENT, LAYOUTS
from tests.conftest import MADE

SECTION = "trials/genomic-tests"
SEEDS = "The nurse said that a new test may be done on the blood of the person who asks for it.\n"


PLACES = [
    section.id
    for section in Library.load(CONTENT).sections.values()
    if section.meta.audience == ("patient",) and section.meta.gate == "none" and not section.meta.safety
]
"""Sections to plant faults in, one in each, so that one check finds them all."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def found(folder: Path, *only: Path, today: date = MADE, **more: Path) -> list[str]:
    """What `check` says, without the folder; what it only asks to look at again is left out."""
    problems = check(folder, LAYOUTS, only, today=today, **more)  # type: ignore[arg-type]
    return [str(problem).replace(f"{folder}/", "") for problem in problems if not problem.warning]


def again(folder: Path, today: date = MADE) -> list[str]:
    return [str(p).replace(f"{folder}/", "") for p in check(folder, LAYOUTS, today=today) if p.warning]


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")


def say(folder: Path, sentence: str, section: str = SECTION) -> None:
    """A sentence more at the end of the core text, before the boxes that follow it."""
    path = folder / f"{section}.md"
    text = path.read_text("utf-8")
    at = re.search(r"\n:{3,} (more|get-help|questions)", text)
    assert at
    path.write_text(f"{text[: at.start()]}\n{sentence}\n{text[at.start() :]}", "utf-8")


def test_our_own_content_and_layouts_have_nothing_wrong() -> None:
    wrong = check(CONTENT, LAYOUTS, today=MADE)
    assert [str(problem) for problem in wrong if not problem.warning] == []


def test_only_so_much_is_to_be_looked_at_again() -> None:
    assert sum(problem.warning for problem in check(CONTENT, LAYOUTS, today=MADE)) <= 25


BROKEN = [
    ("You can win this battle.", '"battle" is a word to avoid. Write: living with, having treatment for.'),
    ("Unfortunately it can hurt.", '"Unfortunately" is a word to avoid. Leave it out.'),
    ("This medication helps.", '"medication" is a word to avoid. Write: medicine.'),
    ("The color may change.", '"color" is not British. Write: colour.'),
    ("You may hear about the end of life.", '"end of life" stands in text that everybody gets.'),
    ("Ask about your prognosis.", '"prognosis" stands in text that everybody gets.'),
    ("Don't stop it.", "A contraction: Don't."),
    ("It is \u201cnew\u201d.", "A curly quotation mark: \u201c."),
    ("It takes time \u2013 a lot.", "A dash: \u2013."),
    ("It takes 3-4 weeks.", "A range with a dash: 3-4."),
    ("It helps 30% of people.", "A percentage: 0%."),
    ("You can do it!", "An exclamation mark: !."),
    ("You may have 200 mg.", "A space before a unit: 200 mg."),
    ("Come on the 5th June.", "A date: 5th June."),
    ("Come at 9:00 on Monday.", "A time: 9:00."),
    ("Call 08088006000 now.", "A phone number in one piece: 08088006000."),
    ("Call if it is 37.5 degrees.", "A temperature."),
    ("Call if your temperature is 38C or more.", "A temperature of 38 without 37.5 beside it."),
    ("There is a 24-hour helpline.", "A line for 24 hours is promised."),
    ("We will call you.", '"We": the NHS and the team are never "we".'),
    ("Your skin may be red.", "Skin that is called red and no more."),
    ("You may have letrozole.", 'The medicine "letrozole" is named.'),
    ("It may be malignant.", '"malignant" is a word of doctors. Write: cancer.'),
    ("## What is it?", "A heading that ends like a sentence."),
    ("One. Two. Three. Four.", "A paragraph of more than three sentences."),
    ("You may feel\n\n- tired\n- sick", "A list without a line that leads to it."),
    ("You may feel:\n" + "".join(f"\n- sign {n}" for n in "abcdefgh"), "A list of 8 items."),
    ("About 3 in 100 people. About 5 in 1,000 people.", "Chances out of 100 and out of 1,000."),
    (
        (
            "You may find that this is a very long sentence which goes on and on and on until nobody who reads it can "
            "say how it began."
        ),
        "A sentence of 27 words.",
    ),
    ("Ask about \u0e01.", 'No typeface has the character "\u0e01" (U+0E01).'),
    ("Ask {yuor} nurse.", "There is no {yuor}. Did you mean your?"),
    ("::: when natoin=wales\nText.\n:::", "when: there is no fact natoin. Did you mean nation?"),
    ("::: when nation=whales,not_sure\nText.\n:::", "when: nation is never whales. Did you mean wales?"),
    ("::: when nation=wales\nText.\n:::", "when nation: a reader of whom it is not known would not get this."),
    ("*Odd* words.", "A booklet cannot show italics."),
]
"""Sentences that break a rule, and what is said of each."""


@pytest.fixture(scope="module")
def said_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is said of each broken sentence, planted in a section of its own."""
    folder = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("broken") / "content"))
    places = dict(zip((sentence for sentence, _ in BROKEN), PLACES, strict=False))
    for sentence, section in places.items():
        say(folder, sentence, section)
    problems = found(folder)
    return {s: [p for p in problems if p.startswith(f"{section}.md:")] for s, section in places.items()}


@pytest.mark.parametrize(("sentence", "expected"), BROKEN)
def test_a_sentence_that_breaks_a_rule(said_of: dict[str, list[str]], sentence: str, expected: str) -> None:
    lines = [problem.partition(": ")[2] for problem in said_of[sentence]]
    assert any(expected in line for line in lines), lines
    assert all(re.match(r"[\w/-]+\.md:\d+: ", p) for p in said_of[sentence] if expected in p), "each has its line"


def test_sentences_that_break_none(folder: Path) -> None:
    fine = [
        "This can help your body fight infection.",
        "It can treat breakthrough pain.",
        "You may need red blood cells.",
        "Your skin may be red or darker than usual.",
        'You could say: "Can we talk now?"',
        "Call if your temperature is 37.5C or higher, not only at 38C.",
        "It may be called malignant cancer.",
        "You may feel sick (nausea).",
    ]
    for sentence, section in zip(fine, PLACES, strict=False):
        say(folder, sentence, section)
    assert [problem for problem in found(folder) if "terms:" not in problem] == []


def test_words_to_look_at_again(folder: Path) -> None:
    before = len(again(folder))
    say(folder, "The risk is just small.")
    said = again(folder)
    assert len(said) == before + 2
    assert f"{SECTION}.md" in said[-1] or any(problem.startswith(f"{SECTION}.md") for problem in said)
    assert any('Look again: "risk" is a word to avoid. Write: chance.' in problem for problem in said)


FRONT = [
    ('layers = ["core", "more"]', 'layers = ["core"]', "layers: this does not say what the text below has."),
    ("title = ", 'title = "A title that is much longer than a title of a section may be" # ', "title: 60 letters"),
    ("summary = ", 'summary = "No full stop" # ', "summary: one sentence of at most 20 words."),
    ("next_review = 2028-11-20", "next_review = 2026-11-20", "This was due to be reviewed by 2026-11-20."),
    (
        "next_review = 2028-11-20",
        "next_review = 2029-11-20",
        "next_review: more than 24 months after last_reviewed.",
    ),
    ("recheck = ", "recheck = 2026-11-01 # ", "was due to be looked at again by 2026-11-01."),
    ("recheck = ", "recheck = 2030-11-01 # ", "recheck is too far away for a fact with code"),
    ("clinical_signoff = false", "clinical_signoff = true", "clinical_signoff: a sign-off needs a reviewer"),
    ('role = "not clinically reviewed"', 'role = "pharmacist"', "reviewer: without clinical_signoff the role is"),
    ('id = "F002"', 'id = "F001"', "F001: two facts have this id."),
    ("terms = [", 'terms = ["hospice", ', 'terms: this does not use "hospice".'),
    (
        "[[changelog]]",
        "[[changelog]]\ndate = 2027-01-01\nchange = 'x'\n\n[[changelog]]",
        "the newest change stands last",
    ),
    ("::: questions", "::: note", "There is no ::: questions box, or more than one."),
    ("::: key-points\n", "::: key-points\n- One.\n- Two.\n- Three.\n- Four.\n", "::: key-points has"),
    ('audience = ["patient"]', 'audience = ["patient", "carer"]', "does not change for a carer."),
    (
        '[reviewer]\nname = "none"\nrole = "not clinically reviewed"\n',
        '[show_if]\nreceptor_hr = ["yes"]\n',
        "show_if: a reader of whom nothing is known would not get this.",
    ),
]
"""Changes to front matter that break a rule, and what is said of each."""


@pytest.fixture(scope="module")
def said_of_front(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    folder = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("front") / "content"))
    fitting = [id for id in PLACES if all(old in (folder / f"{id}.md").read_text("utf-8") for old, _, _ in FRONT)]
    assert len(fitting) >= len(FRONT)
    for (old, new, _), section in zip(FRONT, fitting, strict=False):
        change(folder, f"{section}.md", old, new)
    problems = found(folder)
    return [[p for p in problems if p.startswith(f"{section}.md:")] for section in fitting[: len(FRONT)]]


@pytest.mark.parametrize("n", range(len(FRONT)))
def test_front_matter_that_breaks_a_rule(said_of_front: list[list[str]], n: int) -> None:
    assert any(FRONT[n][2] in problem for problem in said_of_front[n]), (FRONT[n], said_of_front[n])


def test_a_word_of_the_glossary_that_is_not_listed(folder: Path) -> None:
    say(folder, "Ask about a hospice.")
    assert any('terms: this uses "hospice". Add it.' in problem for problem in found(folder))


def test_a_question_and_a_key_point_out_of_shape(folder: Path) -> None:
    path = folder / f"{SECTION}.md"
    text = path.read_text("utf-8")
    text = re.sub(r"(::: questions\n- .*)\?\n", r"\1.\n", text)
    text = re.sub(r"(::: key-points\n- ).*\n", r"\1" + " ".join(["word"] * 16) + ".\n", text)
    path.write_text(text, "utf-8")
    problems = " ".join(found(folder))
    assert "A question without a question mark." in problems
    assert "A key point of 16 words." in problems


def test_a_fact_from_memory_in_a_locked_section(folder: Path) -> None:
    change(folder, "emergencies/clots.md", 'code = "V"', 'code = "MEM"')
    assert any("a locked section rests on a fact from memory." in problem for problem in found(folder))


SIGNED = Reviewer("A. Nurse", ROLES[1], "Nursing and Midwifery Council", MADE)
UNSIGNED_ROLE = 'reviewer: without clinical_signoff the role is "not clinically reviewed".'
INCOMPLETE = "clinical_signoff: a sign-off needs a reviewer with a name, a role, a registration body and a date."
FROM_MEMORY = "F001: a locked section rests on a fact from memory."


@pytest.mark.parametrize(
    ("signed", "reviewer", "expected"),
    [
        (False, Reviewer(), [FROM_MEMORY]),
        (False, SIGNED, [UNSIGNED_ROLE, FROM_MEMORY]),
        (True, SIGNED, []),
        (True, Reviewer(), [INCOMPLETE]),
        (True, replace(SIGNED, name=""), [INCOMPLETE]),
        (True, replace(SIGNED, name="none"), [INCOMPLETE]),
        (True, replace(SIGNED, role="friend"), [INCOMPLETE]),
        (True, replace(SIGNED, body=""), [INCOMPLETE]),
        (True, replace(SIGNED, date=None), [INCOMPLETE]),
    ],
)
def test_a_sign_off_is_whole_or_is_none(signed: bool, reviewer: Reviewer, expected: list[str]) -> None:
    section = Library.load(CONTENT).sections["emergencies/clots"]
    memory, *facts = section.meta.facts
    meta = replace(
        section.meta, clinical_signoff=signed, reviewer=reviewer, facts=(replace(memory, code="MEM"), *facts)
    )
    found = list(check_sign_off(dataclasses.replace(section, meta=meta)))
    assert [problem.what for problem in found] == expected
    assert {problem.path for problem in found} <= {section.path}
    lines = section.path.read_text("utf-8").splitlines()
    named = {UNSIGNED_ROLE: "clinical_signoff", INCOMPLETE: "clinical_signoff", FROM_MEMORY: 'id = "F001"'}
    assert all(lines[(problem.line or 0) - 1].startswith(named[problem.what]) for problem in found)
    assert not any(problem.warning for problem in found)


def test_a_fact_has_an_id_of_its_own(library: Library) -> None:
    section = library.sections["side-effects/hair"]
    first, second, *rest = section.meta.facts
    for facts in ((first, second, *rest), (replace(first, code="MEM"), second, *rest)):
        own = replace(section.meta, facts=facts)
        assert list(check_sign_off(dataclasses.replace(section, meta=own))) == []
    twice = replace(section.meta, facts=(first, replace(second, id=first.id), *rest))
    found = check_sign_off(dataclasses.replace(section, meta=twice))
    assert [problem.what for problem in found] == [f"{first.id}: two facts have this id."]


def test_signs_without_the_line_that_ends_them(folder: Path) -> None:
    change(folder, "side-effects/pain.md", 'locked_blocks = ["worried"]', "locked_blocks = []")
    change(folder, "treatments/surgery.md", '"medicines", ', "")
    assert [problem.partition(": ")[2] for problem in found(folder)] == [
        'locked_blocks: a section with signs ends with the worried line. Add "worried".',
        'locked_blocks: a treatment ends with the medicines line. Add "medicines".',
    ]


def test_rows_of_the_tables_grow_old(folder: Path) -> None:
    late = found(folder, today=date(2027, 5, 21))
    assert any("organisations.toml" in p and "was due to be looked at again by 2027-05-20." in p for p in late)
    assert any("medicines.toml" in p and "cdk46 was due" in p for p in late)


def test_a_review_that_is_near_is_said_in_time(folder: Path) -> None:
    assert any("This is due to be reviewed by 2027-02-20." in problem for problem in again(folder, date(2027, 2, 1)))


def test_a_text_that_is_too_hard(folder: Path) -> None:
    hard = "Multidisciplinary consideration facilitates individualised pharmacological recommendations."
    for _ in range(40):
        say(folder, hard, "living/food")
    problems = " ".join(found(folder))
    assert "living/food.md: This is too hard to read: Flesch-Kincaid grade" in problems
    assert "living/food.md: This is too hard to read: SMOG" in problems
    assert "living/food.md: This is too hard to read: share of long words" in problems


def test_a_topic_that_is_too_hard_as_a_whole(folder: Path) -> None:
    for name in ("food", "activity", "everyday-help", "sex-and-intimacy", "complementary-therapy"):
        for _ in range(40):
            say(folder, "Individual recommendations necessitate consideration.", f"living/{name}")
    assert any("living: The topic living is too hard to read as a whole" in problem for problem in found(folder))


def test_an_exception_to_the_thresholds_gives_its_reason(folder: Path) -> None:
    hard = "Multidisciplinary consideration facilitates individualised recommendations."
    for _ in range(12):
        say(folder, hard, "living/food")
    assert any("Flesch-Kincaid grade" in problem and "without" not in problem for problem in found(folder))
    exception = '[reading_target]\nfk_grade_max = 20.0\nsmog_max = 20.0\nnote = "a test"\n\n[reviewer]'
    change(folder, "living/food.md", "[reviewer]", exception)
    assert not any("This is too hard to read: Flesch-Kincaid grade" in problem for problem in found(folder))


def test_copied_words_are_found_even_over_the_end_of_a_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/one.txt").write_text(SEEDS)
    assert found(folder, against=tmp_path / "seeds") == []
    say(folder, "A new test may be done.\n\nOn the blood of the person, that is.")
    (problem,) = found(folder, against=tmp_path / "seeds")
    assert '"a new test may be done on the" stands in one.txt too. Say it in our own words.' in problem


def test_a_folder_without_texts_compares_with_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RequestError) as caught:
        check(folder, LAYOUTS, against=tmp_path / "empty")
    assert "There are no texts to compare with." in str(caught.value)


def test_the_tables_are_held_to_the_rules_too(folder: Path) -> None:
    planted = [
        ("glossary.toml", 'definition = "', 'definition = "A battle. ', '"battle" is a word to avoid.'),
        ("organisations.toml", 'does = "', 'does = "A hospice for the dying. ', '"dying" stands in text'),
        ("questions.toml", 'text = "', 'text = "When will I die? ', '"die" stands in text'),
        ("sources.toml", 'title = "', 'title = "Care of the dying. ', '"dying" stands in text'),
        ("packs/newly-told.toml", 'summary = "', 'summary = "Your journey. ', '"journey" is a word to avoid.'),
        ("front/about-this-booklet.md", "This booklet", "Don't. This booklet", "A contraction: Don't."),
        ("trials/topic.toml", 'title = "Clinical', 'title = "\u0e01 Clinical', "No typeface has the character"),
        ("sources.toml", 'publisher = "', 'publisher = "\u0e01 ', "No typeface has the character"),
    ]
    for name, old, new, _ in planted:
        change(folder, name, old, new)
    problems = found(folder)
    for name, _, _, expected in planted:
        assert any(problem.startswith(name) and expected in problem for problem in problems), (name, expected)


def test_gated_text_may_say_gated_words(folder: Path) -> None:
    say(folder, "People may think of death.", "planning-ahead/why-plan")
    assert not [problem for problem in found(folder) if "death" in problem]
    change(folder, "planning-ahead/why-plan.md", 'gate = "end_of_life"', 'gate = "none"')
    assert any('"death" stands in text that everybody gets.' in problem for problem in found(folder))


def test_the_same_check_reads_a_folder_that_a_hospital_adds(folder: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours/our-ward"
    ours.mkdir(parents=True)
    (ours / "topic.toml").write_text('number = 30\ntitle = "Our ward"\n')
    section = (folder / f"{SECTION}.md").read_text("utf-8").replace(SECTION, "our-ward/tests")
    (ours / "tests.md").write_text(
        section.replace("::: questions", "You can win this battle.\n\n::: questions"), "utf-8"
    )
    problems = check(folder, LAYOUTS, local=(tmp_path / "ours",), today=MADE)
    wrong = [str(problem) for problem in problems if not problem.warning]
    assert any(problem.startswith(str(ours / "tests.md")) and '"battle"' in problem for problem in wrong)


def test_what_is_wrong_in_some_files_only(folder: Path) -> None:
    say(folder, "Don't.", SECTION)
    say(folder, "Don't.", "breaks/taking-a-break")
    assert [problem.split(":")[0] for problem in found(folder)] == ["breaks/taking-a-break.md", f"{SECTION}.md"]
    assert [problem.split(":")[0] for problem in found(folder, folder / "breaks")] == ["breaks/taking-a-break.md"]


def test_files_that_cannot_be_read(folder: Path) -> None:
    path = folder / f"{SECTION}.md"
    path.write_bytes(path.read_bytes() + "\nna\u00efve\n".encode("latin-1"))
    change(folder, "breaks/taking-a-break.md", "number = 1", 'number = "1"')
    problems = found(folder)
    assert "This is not UTF-8 text. Save it as UTF-8 in your editor." in problems[-1]
    assert "number: needs a whole number, got text." in problems[0]


def test_the_scorer_counts_as_the_brief_does() -> None:
    three = readability.score(["The cat sat."])
    assert three is not None
    assert (three.words, three.sentences) == (3, 1)
    listed = readability.score(["You may feel:", "tired", "sick and cold"])
    assert listed is not None
    assert (listed.sentences, listed.longest) == (3, 3)
    for word, count in (("secondary", 4), ("medicine", 3), ("oestrogen", 3), ("tired", 1), ("needed", 2), ("37.5C", 1)):
        assert readability.syllables(word) == count, word
    assert readability.score([]) is None


def test_masking_leaves_out_the_terms_that_are_needed() -> None:
    found = readability.score(["Chemotherapy is a medicine.", "Radiotherapy is another."])
    assert found is not None
    assert found.masked < found.grade


def test_every_section_is_under_the_thresholds() -> None:
    table = dict(scores(CONTENT))
    assert len(table) == 101
    for id, score in table.items():
        limit = readability.limits(id)
        assert score.grade <= limit.grade, id
        assert score.smog <= limit.smog, id
        assert score.masked <= (limit.masked or 99), id
        assert score.mean <= 14, id
        assert score.polysyllables <= 13, id


def test_pictures_and_their_words_belong_together(folder: Path) -> None:
    (folder / "pictures/breaks.svg").unlink()
    (folder / "pictures/extra.svg").write_text("<svg/>")
    (folder / "pictures/team.svg").write_text("<svg")
    problems = found(folder)
    assert "pictures.toml: breaks: there is no such picture. Draw pictures/breaks.svg." in problems
    assert 'pictures.toml: extra: say in words what the picture shows. Add extra = "...".' in problems
    assert "pictures/team.svg: This picture cannot be drawn. Use paths, lines and plain shapes." in problems

"""One list of questions for every interface: the same texts, defaults and result (screen.md).

The questions come from the tables that the command line has its flags from: packs and topics, `preferences.toml`,
`about.toml`, the pages to write on and `personal.FIELDS`. A row that is added to one of them is asked by itself.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

from booklet import choices
from booklet.about import About
from booklet.build import check_personal, check_preferences, preferences, profiles
from booklet.choices import Choices
from booklet.clinic import Clinic
from booklet.compose import title_of
from booklet.errors import Problem, RequestError
from booklet.library import Library
from booklet.library.files import ReaderFact
from booklet.personal import FIELDS, personal
from booklet.request import Recipe, Request

PACK, TOPICS, PARTS, PROFILE, MORE, ABOUT, WRITE_IN, NAME, PERSONAL = (
    "pack",
    "topics",
    "parts",
    "profile",
    "more-reading",
    "about",
    "write-in",
    "name",
    "personal",
)
FIRST = ("text-size", "detail")
"""The ways of reading that everybody is asked; the others are behind MORE."""
CHOOSE, READ, TELL = 1, 2, 3
"""The steps: what is in it, how it is read, and what is told of the reader. The fourth is to check the answers."""
YES, NO = "yes", "no"
ANY = "*"
"""In a condition: there is an answer, whichever it is."""


class Option(msgspec.Struct, frozen=True):
    value: str
    label: str
    hint: str = ""

    def said(self) -> str:
        return ", ".join(filter(None, (self.label, self.hint)))


class Question(msgspec.Struct, frozen=True):
    """What to ask, and how: `many` or `one` of the options, a line of `text`, or as many `lines` as are wanted."""

    key: str
    label: str
    """What the answer is called where the answers are listed."""
    text: str
    hint: str
    kind: Literal["many", "one", "text", "lines"]
    step: int
    options: tuple[Option, ...] = ()
    default: tuple[str, ...] = ()
    when: tuple[tuple[str, str], ...] = ()
    """The questions, each with the answer to it, after which alone this one is asked."""
    gate: bool = False
    """It opens more questions and says nothing of the booklet itself."""


Questions = dict[str, Question]
"""In the order of asking, by key."""
Answers = Mapping[str, tuple[str, ...]]
"""What was answered, by the key of its question; in memory only, and never changed in place."""


def questions(library: Library) -> Questions:
    asked = [*_topics(library), *_reading(), *_reader(library), *_person(library)]
    return {question.key: question for question in asked}


def _topics(library: Library) -> Iterable[Question]:
    own = Option("", "I will choose the topics myself")
    packs = (Option(id, pack.title, pack.summary) for id, pack in library.packs.items())
    text = "Do you want to start from a ready-made pack?"
    yield Question(
        PACK, "Pack", text, "A pack is a set of topics that go together.", "one", CHOOSE, (own, *packs), ("",)
    )
    inside = [
        (topic, tuple(s for s in topic.sections if s.is_choosable and s.meta.gate == "none"))
        for topic in library.topics
    ]
    topics = tuple(Option(topic.id, topic.title) for topic, sections in inside if sections)
    hint = "Choose one or more, or none if a pack has all you want."
    yield Question(TOPICS, "Topics", "Which topics go in the booklet?", hint, "many", CHOOSE, topics)
    text = "Do you want to choose parts of these topics?"
    hint = "If not, all of each topic goes in."
    yield _gate(PARTS, "Parts of topics", text, hint, CHOOSE, ((TOPICS, ANY),))
    for topic, sections in inside:
        parts = tuple(Option(section.id, title_of(section)) for section in sections)
        if len(parts) > 1:
            text = f"Which parts of {topic.title}?"
            values = tuple(option.value for option in parts)
            key, hint = parts_of(topic.id), "All of them, unless you leave some out."
            yield Question(
                key, topic.title, text, hint, "many", CHOOSE, parts, values, when=((TOPICS, topic.id), (PARTS, YES))
            )


def parts_of(topic: str) -> str:
    """The key of the question which parts of a topic there should be."""
    return f"{PARTS}-{topic}"


def _reading() -> Iterable[Question]:
    known = preferences()
    for key in FIRST:
        yield _preference(key)
    text = "Do you want to change more of how it reads?"
    yield _gate(MORE, "More ways to make it easier to read", text, "Typeface, spacing, colour, pictures, paper.", READ)
    usual = Option("", "None of these")
    sets = (Option(id, profile.label, profile.summary) for id, profile in profiles().items())
    text, hint = "Do you want to start from a way of reading?", "It sets several choices at once. You can change them."
    yield Question(PROFILE, "Way of reading", text, hint, "one", READ, (usual, *sets), ("",), when=((MORE, YES),))
    for key in known:
        if key not in FIRST:
            yield msgspec.structs.replace(_preference(key), when=((MORE, YES),))


def _preference(key: str) -> Question:
    known = preferences()[key]
    options = tuple(Option(value, choice.label, choice.hint) for value, choice in known.choices.items())
    return Question(key, known.label, known.question, "Choose one.", "one", READ, options, (known.default,))


def _reader(library: Library) -> Iterable[Question]:
    text = "Do you want to fit the booklet to the reader?"
    hint = "Some questions about the cancer and its treatment. You can leave any of them out. Nothing is kept."
    yield _gate(ABOUT, "About the reader", text, hint, TELL)
    for name, fact in library.reader_facts.items():
        options = tuple(Option(value, label) for value, label in fact.values.items())
        kind: Literal["many", "one"] = "many" if fact.many else "one"
        after = ((ABOUT, YES), *(((fact_key(fact.after), YES),) if fact.after else ()))
        key, default = fact_key(name), (fact.default,)
        yield Question(key, fact.label, fact.question, _fact_hint(fact), kind, TELL, options, default, when=after)


def _fact_hint(fact: ReaderFact) -> str:
    if fact.gate:
        return "It is up to the reader. Whatever you choose, the booklet has all that keeps them safe."
    return "Choose one or more. Not sure puts more in." if fact.many else "Choose one. Not sure puts more in."


def fact_key(name: str) -> str:
    return f"{ABOUT}-{name}"


def _person(library: Library) -> Iterable[Question]:
    pages = tuple(Option(name, page.meta.title) for name, page in library.write_in.items())
    text = "Which pages to write on do you want?"
    yield Question(WRITE_IN, "Pages to write on", text, "Choose as many as you like, or none.", "many", TELL, pages)
    name = FIELDS[NAME]
    yield Question(NAME, name.label, name.question, f"{name.hint} It is kept nowhere else.", "text", TELL)
    text = "Do you want to print other personal details?"
    hint = "The next appointment, who to ring, questions to ask. If not, there are lines to write on."
    yield _gate(PERSONAL, "Other personal details", text, hint, TELL)
    for key, field in FIELDS.items():
        if key != NAME:
            kind: Literal["text", "lines"] = "lines" if field.kind == "lines" else "text"
            yield Question(key, field.label, field.question, field.hint, kind, TELL, when=((PERSONAL, YES),))


def _gate(key: str, label: str, text: str, hint: str, step: int, when: tuple[tuple[str, str], ...] = ()) -> Question:
    options = (Option(NO, "No"), Option(YES, "Yes"))
    return Question(key, label, text, hint, "one", step, options, (NO,), when, gate=True)


def defaults(asked: Questions, clinic: Clinic | None = None) -> Answers:
    """The answers before anybody answered; the clinic's usual ways of reading, where it has some."""
    usual = {key: question.default for key, question in asked.items()}
    given = clinic.preferences if clinic else {}
    return usual | {key: (value,) for key, value in given.items() if key in usual}


def applying(asked: Questions, answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked, by what was answered to those before them."""
    return tuple(question for question in asked.values() if _applies(question, asked, answers))


def _applies(question: Question, asked: Questions, answers: Answers) -> bool:
    return all(
        (value in answers[before] or (value == ANY and answers[before])) and _applies(asked[before], asked, answers)
        for before, value in question.when
    )


def answer(answers: Answers, key: str, value: tuple[str, ...]) -> Answers:
    """The answers with one more; a way of reading sets those that it stands for."""
    changed = {**answers, key: value}
    if key == PROFILE:
        changed |= _profile(value)
    return changed


def _profile(value: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The profile's choices; of those that it leaves alone, and without a profile, what is usual."""
    usual = {key: preference.default for key, preference in preferences().items()}
    chosen = profiles()[value[0]].preferences if value and value[0] else {}
    return {key: (choice,) for key, choice in (usual | chosen).items()}


def shown(question: Question, answer: tuple[str, ...]) -> str:
    """An answer in words."""
    labels = {option.value: option.label for option in question.options}
    if question.key.startswith(f"{PARTS}-") and answer == question.default:
        return "All of it"
    return "; ".join(labels.get(value, value) for value in answer) or "Not given"


def ids(library: Library, answers: Answers) -> tuple[str, ...]:
    """The topics that were chosen whole, and the sections of those that were chosen in part."""
    chosen: list[str] = []
    for topic in answers[TOPICS]:
        every = tuple(s.id for t in library.topics if t.id == topic for s in t.sections if s.is_choosable)
        open_ = tuple(id for id in every if library.sections[id].meta.gate == "none")
        parts = answers.get(parts_of(topic), open_) if answers[PARTS] == (YES,) else open_
        chosen += [topic] if set(open_) <= set(parts) else [id for id in open_ if id in parts]
    return tuple(chosen)


def to_request(library: Library, answers: Answers, made: date, clinic: Clinic | None = None) -> Request:
    """Raises RequestError with everything that keeps the answers from making a booklet."""
    chosen = Choices(
        ids=ids(library, answers),
        packs=tuple(pack for pack in answers[PACK] if pack),
        profile="".join(answers[PROFILE]),
        preferences=_reading_of(answers),
        about=_about(library, answers),
        personal=_told(answers),
        write_in=",".join(answers[WRITE_IN]),
    )
    return choices.to_request(library, chosen, made, clinic)[0]


def _reading_of(answers: Answers) -> dict[str, str]:
    """Every way of reading; with a profile that has a layout of its own, those alone that are not as usual: it sets the rest."""
    given = {key: answers[key][0] for key in preferences() if answers.get(key)}
    profile = profiles().get("".join(answers[PROFILE]))
    if profile and profile.layout:
        return {key: value for key, value in given.items() if value != preferences()[key].default}
    return given


def _about(library: Library, answers: Answers) -> dict[str, str]:
    """What was told of the reader; whatever was left as it is usual may still come from the pack."""
    if answers[ABOUT] != (YES,):
        return {}
    given = {name: answers.get(fact_key(name), ()) for name in library.reader_facts}
    usual = {name: (fact.default,) for name, fact in library.reader_facts.items()}
    return {name: ",".join(values) for name, values in given.items() if values and values != usual[name]}


def _told(answers: Answers) -> dict[str, str | tuple[str, ...]]:
    keys = [key for key in FIELDS if key == NAME or answers[PERSONAL] == (YES,)]
    given = {key: answers.get(key, ()) for key in keys}
    return {key: value if FIELDS[key].kind == "lines" else "".join(value) for key, value in given.items() if value}


def problem_with(question: Question, answers: Answers) -> Problem | None:
    """What is wrong with the answer to one question, to be said before the next is asked."""
    value = answers[question.key]
    if question.key == TOPICS and not value and answers[PACK] in ((), ("",)):
        return Problem("Nothing is chosen yet.", "Choose at least one topic, or go back and choose a pack.")
    if question.key.startswith(f"{PARTS}-") and not value:
        return Problem("No part of this topic is chosen.", "Choose at least one, or go back and leave the topic out.")
    try:
        if question.key in FIELDS:
            check_personal(personal({question.key: value if question.kind == "lines" else "".join(value)}))
        elif question.key in preferences():
            given = {key: answers[key][0] for key in preferences() if answers.get(key)}
            check_preferences(Request((), date.min, given, About({})))
    except RequestError as e:
        return e.problems[0]
    return None


def answers_of(library: Library, asked: Questions, kept: Recipe) -> Answers:
    """The answers that make what a recipe says; what is no longer there is left out."""
    answers = dict(defaults(asked))
    topics = []
    for topic in asked[TOPICS].options:
        of_topic = [t for t in library.topics if t.id == topic.value]
        inside = [s.id for t in of_topic for s in t.sections if s.id in kept.sections or t.id in kept.sections]
        if inside:
            topics.append(topic.value)
            question = asked.get(parts_of(topic.value))
            if question:
                answers[question.key] = tuple(option.value for option in question.options if option.value in inside)
    answers[TOPICS] = tuple(topics)
    answers[PARTS] = (YES if any(answers[key] != asked[key].default for key in asked if "parts-" in key) else NO,)
    for key, value in kept.preferences.items():
        if key in asked and any(option.value == value for option in asked[key].options):
            answers[key] = (value,)
    changed = [key for key in preferences() if key not in FIRST and answers[key] != asked[key].default]
    answers[MORE] = (YES if changed else NO,)
    pages = {option.value for option in asked[WRITE_IN].options}
    answers[WRITE_IN] = tuple(page for page in kept.write_in if page in pages)
    return answers

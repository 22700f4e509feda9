"""One list of questions for every interface: the same texts, defaults and result (screen.md)."""

from datetime import date
from typing import Literal

import msgspec

from booklet.about import About, about
from booklet.build import check_name, preferences
from booklet.errors import RequestError
from booklet.library import Library
from booklet.request import Request, choose, personal

TOPICS, NAME = "topics", "name"
ASKED = ("text-size", "detail")
"""The ways of reading that are asked one by one; the others have flags, and keep to what is usual here."""


class Option(msgspec.Struct, frozen=True):
    value: str
    label: str


class Question(msgspec.Struct, frozen=True):
    """What to ask, and how: `many` or `one` of the options, or a line of `text`."""

    key: str
    label: str
    """What the answer is called where the answers are listed."""
    text: str
    hint: str
    kind: Literal["many", "one", "text"]
    options: tuple[Option, ...] = ()
    default: tuple[str, ...] = ()


Answers = dict[str, tuple[str, ...]]
"""What was answered, by the key of its question; in memory only."""


def questions(library: Library) -> tuple[Question, ...]:
    topics = tuple(
        Option(topic.id, topic.title)
        for topic in library.topics
        if any(section.is_choosable and section.meta.gate == "none" for section in topic.sections)
    )
    asked = [
        Question(
            TOPICS,
            "Topics",
            "Which topics go in the booklet?",
            "Choose one or more. Press Space or Enter to choose or un-choose.",
            "many",
            topics,
        )
    ]
    for key in ASKED:
        preference = preferences()[key]
        options = tuple(
            Option(value, ", ".join(filter(None, (choice.label, choice.hint))))
            for value, choice in preference.choices.items()
        )
        default = (preference.default,)
        asked.append(Question(key, preference.label, preference.question, "Choose one.", "one", options, default))
    hint = "You can leave this empty: the cover then has a line to write on. It is printed, and kept nowhere else."
    asked.append(Question(NAME, "Name", "Whose booklet is it?", hint, "text"))
    return tuple(asked)


def defaults(asked: tuple[Question, ...]) -> Answers:
    return {question.key: question.default for question in asked}


def shown(question: Question, answer: tuple[str, ...]) -> str:
    """An answer in words."""
    labels = {option.value: option.label for option in question.options}
    return "; ".join(labels.get(value, value) for value in answer) or "Not given"


def to_request(library: Library, answers: Answers, made: date) -> Request:
    """Raises RequestError when the answers do not make a booklet."""
    chosen = {key: answers[key][0] for key in preferences() if answers.get(key)}
    name = answers.get(NAME, ())
    known, _ = about(library)
    sections = choose(library, answers[TOPICS], (), known)
    return Request(sections, made, chosen, known, personal=personal(name[0] if name else ""))


def problem_with(question: Question, answer: tuple[str, ...]) -> str | None:
    """What is wrong with an answer, said before the next question is asked."""
    if question.key == TOPICS and not answer:
        return "There is a problem. Choose at least one topic, then continue."
    if question.key == NAME and answer:
        try:
            check_name(Request((), date.min, {}, About({}), personal=personal(answer[0])))
        except RequestError as e:
            return f"There is a problem. {e}"
    return None

"""The walk through the questions: which comes next, what is said of each answer, and back to any of them."""

from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from booklet.counting import LONG
from booklet.errors import Problem, RequestError
from booklet.personal import FIELDS, tidy
from booklet.plain import typed
from booklet.plain.ask import A_NUMBER, KEEP, STAY, Choice, block, help, leaves, problem
from booklet.plain.making import Workshop, make, read_aloud, shorter, size
from booklet.plain.voice import Own, Voice, sentence
from booklet.questions import (
    CHOOSE,
    PACK,
    TELL,
    TOPICS,
    WRITE_IN,
    Answers,
    Question,
    answer,
    answers_of,
    applying,
    defaults,
    problem_with,
    questions,
    shown,
)
from booklet.request import Recipe

START, CHECK, AFTER, LEAVE = "@start", "@check", "@after", "@leave"
"""Places beside the questions."""
NOTHING_TYPED = ("Nothing was typed.", "Type make, or a number.")
PROMPTS = {
    "one": KEEP,
    "many": "Type numbers, or Enter to go on:",
    "text": "Type it, or Enter to leave it empty:",
    "lines": "Type one, or Enter to go on:",
}


class Walk:
    """The answers so far, and what can be undone: in memory only."""

    def __init__(self, shop: Workshop, voice: Voice) -> None:
        self.shop, self.voice = shop, voice
        self.asked = questions(shop.library)
        self.answers: Answers = defaults(self.asked, shop.clinic)
        self.before: list[tuple[str, Answers]] = []
        """Each change: the question, and the answers before it."""
        self.seen: set[str] = set()
        self.changing = False
        """An answer is being changed, after which they are checked again."""
        self.pack_only = False
        """A pack is chosen first, and no topics beside it unless they are changed."""
        self.is_changed = False
        """Something was answered, which may still be on the screen."""
        self.file: Path | None = None
        """The last booklet that was made."""
        self.size_said = ""
        self.is_long = False

    def applying(self) -> list[Question]:
        return list(applying(self.asked, self.answers))

    def to_ask(self) -> list[Question]:
        left_out = TOPICS if self.pack_only and not self.answers[TOPICS] else ""
        return [question for question in self.applying() if question.key != left_out]

    def go(self, place: str) -> str:
        """Asks from one place on; the place outside the walk that it ends at."""
        while place not in (START, AFTER, LEAVE):
            place = self.check() if place == CHECK else self.ask(self.asked[place])
        return place

    def first(self) -> str:
        return self.to_ask()[0].key

    def ask(self, question: Question) -> str:
        """Asks one question until it is answered; the place to go on to."""
        self.seen.add(question.key)
        if self.pack_only and question.key == PACK:
            question = replace(question, text="Which pack do you want?", options=question.options[1:])
        self.say(question)
        while True:
            line = self.voice.ask(self.prompt(question))
            if not line:
                if wrong := problem_with(question, self.answers):
                    problem(self.voice, wrong)
                    continue
                if self.pack_only and question.key == PACK and self.answers[PACK] == ("",):
                    problem(self.voice, Problem("No pack is chosen yet.", "Type its number."))
                    continue
                return self.after(question)
            heard = self.heard(question, line)
            if isinstance(heard, typed.Word):
                place = self.say(question) if heard == "list" else self.obey(heard, question)
                if place != STAY:
                    return place
            elif isinstance(heard, Problem):
                problem(self.voice, heard)
            elif self.take(question, heard) and question.kind in ("one", "text"):
                return self.after(question)

    def say(self, question: Question) -> str:
        """The question as a block, with its place among those that apply now."""
        keys = [each.key for each in (self.applying() if self.changing else self.to_ask())]
        place = f"Question {keys.index(question.key) + 1} of {len(keys)}."
        chosen = self.answers[question.key]
        mark = "chosen" if question.kind == "many" else "current choice"
        block(self.voice, f"{place} {question.text}", question.hint, question.options, chosen, mark)
        if not question.options and chosen:
            for number, line in enumerate(chosen, 1):
                self.voice.say(f"{number}. " if question.kind == "lines" else "Now: ", Own(sentence(line)))
        return STAY

    def prompt(self, question: Question) -> str:
        if question.kind == "one" and not any(o.value in self.answers[question.key] for o in question.options):
            return A_NUMBER
        if question.kind == "text" and self.answers[question.key]:
            return "Type it, or Enter to keep it:"
        return PROMPTS[question.kind]

    def heard(self, question: Question, line: str) -> typed.Word | tuple[str, ...] | Problem:
        """The answer that a line makes."""
        chosen = self.answers[question.key]
        match question.kind:
            case "one":
                one = typed.one(line, question.options)
                return one if isinstance(one, typed.Word | Problem) else (one,)
            case "many":
                return typed.many(line, question.options, chosen)
            case "text":
                own = tidy(FIELDS[question.key], typed.text(line))
                return typed.word(line) or ((own,) if own else ())
            case "lines":
                return typed.word(line) or self.lines(line, chosen)

    def lines(self, line: str, chosen: tuple[str, ...]) -> tuple[str, ...] | Problem:
        verb, _, number = line.partition(" ")
        if verb.lower() == "remove" and number.strip().isdecimal():
            at = int(number)
            if not 1 <= at <= len(chosen):
                return Problem("There is no question of that number.", "Type list to hear them.")
            return (*chosen[: at - 1], *chosen[at:])
        own = typed.text(line)
        return (*chosen, own) if own else ()

    def take(self, question: Question, value: tuple[str, ...]) -> bool:
        """Keeps an answer and says it; False, and why, where it cannot be."""
        key, old = question.key, self.answers[question.key]
        changed = answer(self.answers, key, value)
        if question.kind != "many" and (wrong := problem_with(question, changed)):
            problem(self.voice, wrong)
            return False
        if value != old:
            self.before.append((key, self.answers))
            self.is_changed = True
            self.answers = changed
        self.voice.say(*self.reply(question, old, value))
        if question.kind == "many" and question.step == CHOOSE:
            self.say_size()
        return True

    def reply(self, question: Question, old: tuple[str, ...], value: tuple[str, ...]) -> tuple[str, ...]:
        """What was understood, so that a slip is heard at once."""
        match question.kind:
            case "one":
                return (f"Chosen: {sentence(shown(question, value))}",)
            case "many":
                left = tuple(each for each in old if each not in value)
                gone = f" No longer chosen: {shown(question, left)}." if left else ""
                chosen = replace(question, default=())  # or all parts of a topic would be one word
                return (
                    f"Chosen {len(value)}: {shown(chosen, value)}.{gone}" if value else f"Nothing is chosen.{gone}",
                )
            case "text":
                return (f"{question.label}: ", *self.in_words(question))
            case "lines":
                return (f"{question.label}: {len(value)}.",)

    def in_words(self, question: Question) -> tuple[str, ...]:
        value = self.answers[question.key]
        words = sentence(shown(question, value))
        return (Own(words) if value and not question.options else words,)

    def after(self, question: Question) -> str:
        """Where to go once a question is answered."""
        if question.step < TELL:
            self.say_size()
        keys = [each.key for each in self.to_ask()]
        if self.changing:
            return next((key for key in keys if key not in self.seen), CHECK)
        later = [each.key for each in self.asked.values()]
        rest = later[later.index(question.key) + 1 :]
        return next((key for key in rest if key in keys), CHECK)

    def say_size(self, again: bool = False) -> None:
        """The pages that the answers make, where that has changed; and how to start with less, where they are many."""
        if not any(self.answers[PACK]) and not self.answers[TOPICS]:
            return
        with suppress(RequestError):  # said when the booklet is to be made
            pages, said = size(self.shop, self.answers)
            if again or said != self.size_said:
                self.voice.say(said)
            if pages > LONG and (again or not self.is_long):
                self.voice.say(shorter(self.shop, self.answers))
            self.size_said, self.is_long = said, pages > LONG

    def obey(self, word: typed.Word, question: Question | None) -> str:
        """Does what a word asks, at a question or where the answers are checked."""
        if word == "undo":
            return self.undo(question)
        if word == "back":
            return self.back(question)
        if word == "quit":
            return self.leave()
        if word == "help":
            help(self.voice, question.kind if question else "check")
        elif word == "answers":
            self.list_answers()
        elif word == "preview":
            read_aloud(self.shop, self.voice, self.answers)
        return STAY

    def undo(self, question: Question | None) -> str:
        if not self.before:
            self.voice.say("There is nothing to undo.")
            return STAY
        key, self.answers = self.before.pop()
        undone = self.asked[key]
        self.voice.say(f"Undone. {undone.label}: ", *self.in_words(undone))
        return STAY if question is None or question.key == key else key

    def back(self, question: Question | None) -> str:
        keys = [each.key for each in self.to_ask()]
        if question is None:
            self.changing = False
            return keys[-1]
        if self.changing:
            return CHECK
        at = keys.index(question.key)
        return keys[at - 1] if at else START

    def start_from(self, kept: Recipe) -> str:
        """Takes the choices of the last booklet, to be checked."""
        self.answers, self.is_changed = answers_of(self.shop.library, self.asked, kept), True
        return CHECK

    def list_answers(self) -> None:
        for number, question in enumerate(self.applying(), 1):
            self.voice.say(f"{number}. {question.label}: ", *self.in_words(question))

    def check(self) -> str:
        """All the answers, and what to do with them."""
        self.changing = True

        def say() -> None:
            self.voice.blank()
            self.voice.say("Check your answers, then make the booklet.")
            self.list_answers()
            self.say_size(again=True)

        say()
        while True:
            line = self.voice.ask("Type make, or the number of an answer to change it:")
            if line and "make".startswith(line.lower()):
                made = make(self.shop, self.voice, self.answers)
                self.file = made or self.file
                if made:
                    return AFTER
                continue
            options = [Choice(question.key, question.label) for question in self.applying()]
            heard = typed.one(line, options)
            if isinstance(heard, Problem):
                what, advice = (heard.what, f"{heard.advice} Or type make.") if line else NOTHING_TYPED
                problem(self.voice, Problem(what, advice))
            elif not isinstance(heard, typed.Word):
                return heard
            elif heard == "list":
                say()
            elif place := self.obey(heard, None):
                return place

    def leave(self) -> str:
        """Leaves at once when there is nothing to lose, else asks."""
        if self.answers == defaults(self.asked, self.shop.clinic):
            return LEAVE
        text = "Do you want to leave? What you chose and typed will be forgotten."
        return LEAVE if leaves(self.voice, text) else STAY

    def again(self) -> str:
        """Keeps what is in the booklet and how it reads; what is about a person is gone, and cannot be undone."""
        about_person = [key for key, q in self.asked.items() if q.step == TELL and key != WRITE_IN]
        usual = defaults(self.asked, self.shop.clinic)
        self.answers = {**self.answers, **{key: usual[key] for key in about_person}}
        self.before.clear()
        self.seen -= set(about_person)
        self.changing = True
        self.voice.say("What was about the reader is cleared. The topics and the print are as before.")
        return next((each.key for each in self.to_ask() if each.key not in self.seen), CHECK)

"""Step 1: which topics, and which parts of them, with the pages that each takes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from booklet.build import counted
from booklet.questions import CHOOSE, PACK, PARTS, TOPICS, Question, parts_of, shown
from booklet.tui.choosing import change_in_words, parts, with_part, with_topic
from booklet.tui.page import BACK, CHECK, HELP, NEXT, UNDO, Wanted
from booklet.tui.rows import Row, button, entry, mark
from booklet.tui.screens.ask import AskPage, step

if TYPE_CHECKING:
    from booklet.tui.desk import Desk

FIND = "find"


class Topics(AskPage):
    place = "Step 1 of 4"
    help = (
        "Go to a topic with Up and Down. Press Space or Enter to choose it, and again to take it out.",
        "Right opens a topic, so that you can choose parts of it. Left closes it.",
        "To find a topic, type the beginning of a word.",
        "When you have what you want, press Tab until Continue, and Enter.",
    )
    keys: ClassVar[tuple[str, ...]] = ("Space  choose", "Right  parts", NEXT, UNDO, CHECK, BACK, HELP)

    def __init__(self, desk: "Desk", to_check: bool = False) -> None:
        super().__init__(desk, None if to_check else self.next)
        self.question = desk.asked[TOPICS]
        self.heading = self.question.text
        self.hint = "Choose one or more. Press Space or Enter to choose or un-choose."
        self.sought = ""
        self.opened: set[str] = set()

    def next(self) -> None:
        from booklet.tui.screens.reading import Reading

        self.desk.open(Reading(self.desk))

    def questions(self) -> Iterable[Question]:
        return (self.question, *self.others())

    def others(self) -> list[Question]:
        """What else is asked in this step, the parts of topics apart."""
        own = (TOPICS, PARTS, *(parts_of(option.value) for option in self.question.options))
        return [question for question in step(self.desk, CHOOSE) if question.key not in (*own, PACK)]

    def wants(self) -> tuple[Wanted, ...]:
        return ("chapters",)

    def first(self) -> str:
        return next((row.key for row in self.body() if row.key.startswith("topic ")), FIND)

    def body(self) -> list[Row]:
        chapters = self.desk.counter.known_chapters(self.desk.answers)
        found = [
            tuple(self.topic(option.value, option.label, chapters.get(option.value, 0)))
            for option in self.question.options
        ]
        number, every = sum(map(bool, found)), len(found)
        filtered = [Row(f"{number} of {every} topics. To see all, clear Find.")]
        pack = self.desk.asked[PACK]
        chosen = shown(pack, self.desk.answers[PACK]) if any(self.desk.answers[PACK]) else ""
        note = f"Chosen: {chosen}. What you choose here is added." if chosen else ""
        return [
            button("pack", "Use a ready-made pack", note),
            entry(FIND, "Find", self.sought, personal=False),
            *(filtered if number < every else [Row("")]),
            *(row for rows in found for row in rows),
            *(row for question in self.others() for row in self.rows_of(question)),
        ]

    def topic(self, topic: str, title: str, pages: int) -> Iterable[Row]:
        """A topic, and its parts where it is open or they are sought; nothing where it is not."""
        answers, asked = self.desk.answers, self.desk.asked
        question = asked.get(parts_of(topic))
        inside = parts(asked, answers, topic)
        sought = self.sought.strip().lower()
        options = question.options if question else ()
        found = [each for each in options if sought and sought in each.label.lower()]
        if sought and sought not in title.lower() and not found:
            return
        some = f"{len(inside)} of {len(options)} parts" if inside and len(inside) < len(options) else ""
        note = ", ".join(filter(None, (some, counted(pages, "page") if pages else "")))
        chosen = topic in answers[TOPICS]
        yield Row(title, f"topic {topic}", TOPICS, mark("many", chosen), note)
        for each in options if topic in self.opened else found:
            part = f"part {topic} {each.value}"
            yield Row(each.label, part, TOPICS, mark("many", each.value in inside), indent=4)

    def status(self) -> list[str]:
        number = len(self.desk.answers[TOPICS])
        said = f"{counted(number, 'topic')} chosen. " if number else ""
        return [f"{said}{line}" for line in super().status()]

    def advice(self) -> list[str]:
        return [f"{said} Right arrow opens a topic to choose parts of it." for said in super().advice()]

    def press(self, key: str) -> None:
        kind, _, rest = key.partition(" ")
        if key == "pack":
            from booklet.tui.screens.packs import Packs

            self.desk.open(Packs(self.desk, to_topics=True))
        elif kind == "topic":
            given = self.desk.answers
            answers = with_topic(self.desk.asked, given, rest)
            self.desk.replace(answers, change_in_words(self.question, given[TOPICS], answers[TOPICS]))
        elif kind == "part":
            topic, _, part = rest.partition(" ")
            question = self.desk.asked[parts_of(topic)]
            before = parts(self.desk.asked, self.desk.answers, topic)
            answers = with_part(self.desk.asked, self.desk.answers, topic, part)
            now = parts(self.desk.asked, answers, topic)
            self.desk.replace(answers, change_in_words(question, before, now))
        else:
            super().press(key)

    def side(self, key: str, right: bool) -> None:
        """Right opens a topic, Left closes it from any of its parts."""
        kind, _, rest = key.partition(" ")
        topic = rest.partition(" ")[0]
        if kind in ("topic", "part"):
            if right and parts_of(topic) not in self.desk.asked:
                self.desk.said = "This topic has one part."
            elif right:
                self.opened.add(topic)
            else:
                self.opened.discard(topic)
                self.desk.focus(f"topic {topic}")

    def find(self, letter: str) -> bool:
        """Typing letters in the list goes to Find."""
        self.sought += letter
        self.desk.focus(FIND)
        return True

    def editing(self, key: str, text: str) -> None:
        self.sought = text

    def typed(self, key: str, text: str) -> None:
        """What is sought is no answer."""

    def enter(self, key: str) -> None:
        self.desk.focus(self.first())

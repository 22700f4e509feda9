"""One line at a time: exact transcripts, and what must never be sent, saved or said."""

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from booklet import build, paths
from booklet.build import Booklet
from booklet.errors import ExitCode, RequestError
from booklet.library import Library
from booklet.personal import FIELDS
from booklet.plain import ACTIONS, AFTER, making, walk
from booklet.plain.making import Workshop, size
from booklet.plain.voice import Own, Voice, ascii_of
from booklet.questions import ABOUT, NAME, PACK, PERSONAL, TOPICS, WRITE_IN, answer, defaults, questions, to_request
from tests.plain_talk import NOW, STOP, hold

TRIALS = ("1", "", "11", "", "", "", "", "", "", "", "", "")
"""Make one booklet of the topic Clinical trials, everything else as it is: ends where the answers are checked."""
FINISH = ("make", "finish", "no")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, tuple[str, ...]]]:
    """Sizes and booklets that need no laying out: 7 pages a topic, 13 a pack. What was made is listed."""
    made: list[dict[str, tuple[str, ...]]] = []

    def sized(_: Workshop, answers: dict[str, tuple[str, ...]]) -> tuple[int, str]:
        pages = 7 * len(answers[TOPICS]) + 13 * bool(any(answers[PACK]))
        return pages, f"About {pages} pages at {answers['text-size'][0]} point, {pages // 2 + 1} sheets, both sides."

    def built(library: Library, request: object, *_: object) -> Booklet:
        made.append({})
        return Booklet(b"%PDF", "pdf", 14, 7, 63, (), ())

    monkeypatch.setattr(walk, "size", sized)
    monkeypatch.setattr(making, "size", sized)
    monkeypatch.setattr(making, "build", built)
    return made


def test_a_first_walk(library: Library, tmp_path: Path, quick: object, golden: Callable[[str], None]) -> None:
    heard = hold(library, tmp_path, *TRIALS[:10], "Edna", "", *FINISH)
    assert heard.code == ExitCode.DONE
    assert [path.name for path in tmp_path.iterdir()] == ["booklet-2026-11-21-1432.pdf"]
    golden(heard.text)


def test_a_pack_in_forty_letters_a_line(
    library: Library, tmp_path: Path, quick: object, golden: Callable[[str], None]
) -> None:
    lines = ("pack", "", "newly", "?", "24", "back", "", "more", "undo", "", "", "", "diary", "", "", "", *FINISH)
    heard = hold(library, tmp_path, *lines, width=40)
    assert heard.code == ExitCode.DONE
    assert max(map(len, heard.text.splitlines())) <= 40
    golden(heard.text)


def test_many_topics_and_second_thoughts(
    library: Library, tmp_path: Path, quick: object, golden: Callable[[str], None]
) -> None:
    topics = ("1", "", "", "99", "treatmens", "treat, trials", "1-9", "add 10", "remove 3", "xyzzy", "")
    parts, reading = ("2", "7", "none", "", "list", "1-7", *[""] * 9), ("24", "", "yes", "low", *[""] * 10)
    heard = hold(library, tmp_path, *topics, *parts, *reading, "", "", "", "", "answers", "print size", "16", "undo")
    assert isinstance(heard.error, RequestError)
    golden(heard.text)


def test_a_person_in_their_own_words(
    library: Library, tmp_path: Path, quick: object, golden: Callable[[str], None]
) -> None:
    own = ("[/x]", "Tuesday 1 December, 10am, Ward 3.", "Si\u00e2n", "07700900123", "ring us", "", "37,5c")
    asks = ("help", '"help"', "Can I drive?", "remove 1", "", *FINISH[:1], "again")
    lines = (*TRIALS[:10], *own[:1], "yes", *own[1:], *asks, "", "", "Gwenll\u00efan", "", "answers", "undo", "undo")
    heard = hold(library, tmp_path, *lines)
    golden(heard.text)


def test_the_sizes_that_are_said_are_those_of_the_booklet(library: Library) -> None:
    shop = Workshop(library, now=lambda: NOW)
    answers = answer(defaults(questions(library)), TOPICS, ("breaks",))
    booklet = build.build(library, to_request(library, answers, NOW.date()))
    pages, said = size(shop, answers)
    assert pages == booklet.pages
    assert said == f"About {pages} pages at 18 point, {booklet.sheets} sheets, both sides."


def test_a_long_booklet_is_offered_shorter_once_and_where_it_is_checked(
    library: Library, tmp_path: Path, quick: object
) -> None:
    heard = hold(library, tmp_path, "1", "", "1-8", "", "", "", "", "", "", "", "", "", "")
    assert "That is a long booklet." not in heard.text
    heard = hold(library, tmp_path, "1", "", "1-9", "", "", "20", "", "", "", "", "", "")
    offer = "To start with less, choose fewer topics or a shorter pack, or choose key points for the detail"
    assert " ".join(heard.text.split()).count(offer) == 2


ALL = {
    "one": "2",
    "many": "1",
    "text": "999",
    "lines": "Why?",
}


def every_line(library: Library) -> list[str]:
    """Answers that open every question, in the order of asking."""
    asked = questions(library)
    lines = ["1"]
    for question in asked.values():
        if question.key == PACK:
            lines.append("")
        elif question.key == TOPICS:
            lines += ["all", ""]
        elif question.gate or question.key.startswith(f"{ABOUT}-end"):
            lines.append("yes")
        elif question.key == "temperature":
            lines.append("37.5C")
        elif question.kind in ("many", "lines"):
            lines += [ALL[question.kind], ""]
        else:
            lines.append(ALL[question.kind] if question.kind == "text" else "")
    return lines


def test_answers_that_end_at_any_question_leave_nothing_behind(library: Library, tmp_path: Path, quick: object) -> None:
    lines = every_line(library)
    whole = hold(library, tmp_path, *lines)
    assert whole.text.endswith("Type make, or the number of an answer to change it: \n"), whole.text[-2000:]
    assert len(re.findall(r"^Question \d+ of", whole.text, re.MULTILINE)) == len(questions(library))
    for end in range(len(lines) + 1):
        heard = hold(library, tmp_path, *lines[:end])
        assert isinstance(heard.error, RequestError)
        assert str(heard.error) == "The answers ended before a booklet was made. Nothing was saved."
    assert list(tmp_path.iterdir()) == []


def test_a_stop_at_any_question_leaves_nothing_behind(library: Library, tmp_path: Path, quick: object) -> None:
    for end in range(len(TRIALS)):
        assert hold(library, tmp_path, *TRIALS[:end], STOP).code is None
    assert list(tmp_path.iterdir()) == []


def test_a_stop_or_an_end_after_making_keeps_what_was_made(library: Library, tmp_path: Path, quick: object) -> None:
    heard = hold(library, tmp_path, *TRIALS, "make", STOP)
    assert heard.code == ExitCode.STOPPED
    assert heard.text.endswith("Stopped. What was made before is saved.\n")
    assert hold(library, tmp_path, *TRIALS, "make").code == ExitCode.DONE
    assert len(list(tmp_path.iterdir())) == 2


def test_quit_asks_only_when_there_is_something_to_lose(library: Library, tmp_path: Path, quick: object) -> None:
    assert hold(library, tmp_path, "quit").code == ExitCode.DONE
    heard = hold(library, tmp_path, "1", "", "11", "quit", "", "quit", "yes", "no")
    assert heard.code == ExitCode.DONE
    assert heard.text.count("Do you want to leave?") == 2
    assert list(tmp_path.iterdir()) == []


def test_back_from_every_question_comes_to_the_one_before(library: Library, tmp_path: Path, quick: object) -> None:
    heard = hold(library, tmp_path, *TRIALS, *["back"] * 11, "1")
    asked = re.findall(r"^Question (\d+) of", heard.text, re.MULTILINE)
    assert asked == [*map(str, range(1, 11)), *map(str, range(10, 0, -1)), "1"]
    assert heard.text.count("What do you want to do?") == 2
    assert heard.talk.walk.answers[TOPICS] == ("trials",), "as it was left"


def test_undo_takes_back_every_change_in_turn(library: Library, tmp_path: Path, quick: object) -> None:
    heard = hold(library, tmp_path, "1", "", "11", "add 5", "", "", "24", "undo", "undo", "undo", "undo")
    assert "Undone. Print size: 18 point." in heard.text
    assert "Undone. Topics: Clinical trials." in heard.text
    assert "Undone. Topics: Not given." in heard.text
    assert "There is nothing to undo." in heard.text
    assert heard.talk.walk.answers == defaults(heard.talk.walk.asked)


def test_another_like_it_knows_nothing_of_the_person_before(library: Library, tmp_path: Path, quick: object) -> None:
    person = ("yes", *[""] * 15, "yes", "yes", "diary", "", "Canary", "yes", "Canary Ward", *[""] * 5)
    heard = hold(library, tmp_path, *TRIALS[:8], *person, "make", "again", "undo", "answers")
    answers = heard.talk.walk.answers
    assert answers[TOPICS] == ("trials",)
    assert answers[WRITE_IN] == ("diary",)
    usual = defaults(heard.talk.walk.asked)
    assert {key: answers[key] for key in (NAME, ABOUT, PERSONAL, *FIELDS)} == {
        key: usual[key] for key in (NAME, ABOUT, PERSONAL, *FIELDS)
    }
    after = heard.text[heard.text.index("What was about the reader is cleared.") :]
    assert "Canary" not in after
    assert "There is nothing to undo." in after


def test_a_gate_that_is_opened_from_the_check_asks_what_is_behind_it(
    library: Library, tmp_path: Path, quick: object
) -> None:
    heard = hold(library, tmp_path, *TRIALS, "other personal", "yes", "Monday", "", "", "", "", "")
    keys = [key for key in FIELDS if key != NAME]
    rest = heard.text[heard.text.index("Check your answers") :]
    assert rest.count("\nQuestion ") == 1 + len(keys)
    assert rest.count("Check your answers") == 2
    assert "Appointment: Monday." in rest


def test_a_folded_booklet_has_a_file_for_the_printer(library: Library, tmp_path: Path) -> None:
    heard = hold(library, tmp_path, *TRIALS[:7], "yes", *[""] * 10, "booklet", "", "", "", "", *FINISH)
    assert "print this file instead, two pages side by side.\nFOLDER/booklet-2026-11-21-1432-fold.pdf\n" in heard.text
    assert len(list(tmp_path.iterdir())) == 2


def test_a_path_is_never_divided(library: Library, tmp_path: Path, quick: object) -> None:
    folder = tmp_path / "My own  documents, and a very long name"
    folder.mkdir()
    assert "\nFOLDER/booklet-2026-11-21-1432.pdf\n" in hold(library, folder, *TRIALS, "make", width=40).text


def test_a_second_booklet_that_fails_is_not_said_to_be_done(
    library: Library, tmp_path: Path, quick: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = iter((tmp_path / "a.pdf", tmp_path / "gone" / "b.pdf"))
    monkeypatch.setattr(making, "free_path", lambda *_: next(files))
    heard = hold(library, tmp_path, *TRIALS, "make", "again", "", "", "", "make")
    assert heard.text.count("Done. 14 pages.") == 1
    assert heard.text.endswith("Your answers are safe.\nType make, or the number of an answer to change it: \n")


def test_the_screen_is_cleared_by_empty_lines_and_the_file_is_said_again(
    library: Library, tmp_path: Path, quick: object
) -> None:
    heard = hold(library, tmp_path, *TRIALS[:10], "Canary", "", "make", "finish", "")
    before, _, after = heard.text.partition("\n" * 100)
    assert "Canary" in before
    assert after.endswith("The booklet is in this file:\nFOLDER/booklet-2026-11-21-1432.pdf\n")
    assert "Canary" not in after


def test_progress_is_a_line_every_ten_seconds(
    library: Library, tmp_path: Path, quick: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(library: Library, request: object, format: str, progress: Callable[[int, int], None]) -> Booklet:
        for page in range(1, 31):
            progress(page, 30)
        return Booklet(b"%PDF", "pdf", 30, 15, 63, (), ())

    ticks = iter(range(1000))  # a second for each look at the clock
    monkeypatch.setattr(making, "build", slow)
    heard = hold(library, tmp_path, *TRIALS, *FINISH, clock=lambda: float(next(ticks)))
    said = heard.text[heard.text.index("Making the booklet.") :].split("\n")[:5]
    assert said == ["Making the booklet.", "Page 10 of 30.", "Page 20 of 30.", "Page 30 of 30.", "Done. 30 pages."]


def test_what_cannot_be_made_is_said_and_nothing_is_lost(library: Library, tmp_path: Path, quick: object) -> None:
    gone = tmp_path / "gone, and far away"
    heard = hold(library, gone, *TRIALS, "make", "24")
    assert "There is a problem.\nThere is no such folder." in heard.text
    assert "Nothing was saved. Your answers are safe." in heard.text
    assert heard.talk.walk.answers[TOPICS] == ("trials",)


def test_the_booklet_is_read_a_page_at_a_time(library: Library, tmp_path: Path) -> None:
    heard = hold(library, tmp_path, *TRIALS[:10], "Edna", "preview", "", "", "999", "x", "5", "stop", width=60)
    said = heard.text[heard.text.index("Page 1 of") :]
    assert re.findall(r"^Page (\d+) of \d+\.$", said, re.MULTILINE) == ["1", "2", "3", "5"]
    assert "This booklet belongs to\nEdna\n" in said
    assert "Call 999 now\nif you have:\n- sudden or bad chest pain\n" in said
    assert "\nTo fill in: My GP\n" in said
    assert said.count("That is not a page.") == 2
    assert "......" not in said


def test_a_preview_of_nothing_is_a_mistake(library: Library, tmp_path: Path) -> None:
    assert "There is a problem.\nNo topic was chosen." in hold(library, tmp_path, "preview", "1", "", "preview").text


def test_the_size_test_is_made_and_the_walk_goes_on(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "make_size_test", lambda made: b"%PDF")
    heard = hold(library, tmp_path, "size", "quit")
    assert heard.text.count("What do you want to do?") == 2
    assert heard.code == ExitCode.DONE
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["[/x]", "Mair Llywelyn-\u0174yn", "x" * 50, "back to front", '"back"', "O'Brien"])
def test_odd_names_are_printed_and_are_nowhere_else(library: Library, tmp_path: Path, name: str) -> None:
    heard = hold(library, tmp_path, *TRIALS[:10], name, "", *FINISH)
    (path,) = tmp_path.iterdir()
    with pikepdf.open(path) as pdf:
        assert name.strip('"') not in str(pdf.docinfo)
    with pypdfium2.PdfDocument(path) as document:
        printed = "".join(document[0].get_textpage().get_text_bounded().split())
        assert name.strip('"').replace(" ", "") in printed
    assert heard.code == ExitCode.DONE
    assert re.fullmatch(r"booklet-[\d-]+\.pdf", path.name)


@pytest.mark.parametrize(("name", "what"), [("Edna \U0001f338", "cherry blossom"), ("x" * 60, "60 letters long")])
def test_names_that_cannot_be_printed_are_said_at_once(library: Library, tmp_path: Path, name: str, what: str) -> None:
    heard = hold(library, tmp_path, *TRIALS[:10], name)
    said = heard.text.split("There is a problem.")[1]
    assert what in said
    assert name not in said
    assert said.endswith("Type it, or Enter to leave it empty: \n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("37.5\u00b0C", "37.5 degrees C"),
        ("\u2018caf\u00e9\u2019 \u2013 \u2026", "'cafe' - ..."),
        ("\u4f60", "?"),
        ("a\x1b[2Jb", "a?[2Jb"),
        ("a\tb", "a b"),
    ],
)
def test_other_letters_are_said_in_ascii(text: str, said: str) -> None:
    assert ascii_of(text) == said


def test_what_the_program_says_is_ascii_and_what_a_person_typed_is_not_changed() -> None:
    out = io.StringIO()
    Voice(io.StringIO(), out, 80).say("Caf\u00e9 \u2013 ", Own("Si\u00e2n"), " \u00a35")
    assert out.getvalue() == "Cafe - Si\u00e2n GBP 5\n"


def test_codes_that_drive_a_terminal_are_never_said_back(library: Library, tmp_path: Path, quick: object) -> None:
    heard = hold(library, tmp_path, *TRIALS, "9", "a\u009b2Jb", "answers")
    assert "\u009b" not in heard.text.replace("a\u009b2Jb\n", "")


def test_every_action_has_a_line_of_its_own() -> None:
    for table in (ACTIONS, AFTER):
        assert len({action.value for action in table}) == len(table)
        assert not any(action.value.startswith("@") for action in table)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """One with a home of its own, and nothing in it that chooses how the program looks."""
    no = ("BOOKLET_UI", "XDG", "ACCESS")
    known = {key: value for key, value in os.environ.items() if not key.startswith(no)}
    here = {"HOME": str(folder), "USERPROFILE": str(folder), "PYTHONPATH": str(Path(__file__).parent.parent)}
    return {**known, **here, "TERM": "xterm", **more}


def piped(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *arguments]
    env, given = environment(folder), typed.encode()
    return subprocess.run(command, cwd=folder, env=env, input=given, capture_output=True, check=False)


def test_no_terminal_and_no_answers_is_a_wrong_request(tmp_path: Path) -> None:
    done = piped(tmp_path, "-m", "booklet")
    assert done.returncode == ExitCode.BAD_REQUEST
    assert b"There is nobody to ask: this is not a terminal, and no answers were given." in done.stderr
    assert done.stdout.isascii()
    assert not set(done.stdout) & {0x1B, 0x0D}
    assert list(tmp_path.iterdir()) == []


def test_answers_from_a_pipe_make_a_booklet(tmp_path: Path) -> None:
    done = piped(tmp_path, "-m", "booklet", "--plain", "--width", "40", typed="\n".join((*TRIALS, *FINISH)))
    assert (done.returncode, done.stderr) == (ExitCode.DONE, b"")
    assert [path.suffix for path in tmp_path.iterdir()] == [".pdf"]
    assert done.stdout.isascii()
    assert not set(done.stdout) & {0x1B, 0x0D}


def test_a_fault_is_a_calm_line_and_never_what_was_typed(tmp_path: Path) -> None:
    fault = (
        "import booklet.__main__ as m, booklet.plain.walk as w, sys\n"
        "def fail(self): raise ValueError(repr(self.answers))\n"
        "w.Walk.check = fail\n"
        "sys.argv = ['booklet', '--plain']\n"
        "m.main()"
    )
    done = piped(tmp_path, "-c", fault, typed="\n".join((*TRIALS[:10], "Canary", "", "", "")))
    assert done.returncode == ExitCode.FAILED
    assert re.match(rb"Something went wrong inside this program\. Code: \S+-ValueError\.", done.stderr)
    assert b"Canary" not in done.stdout.replace(b"Name: Canary.", b"") + done.stderr
    assert list(tmp_path.iterdir()) == []


class Terminal:
    """The whole program on a real terminal; `until` reads what it sends."""

    def __init__(self, folder: Path, *arguments: str, **env: str) -> None:
        self.main, other = pty.openpty()
        self.sent = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "booklet", *arguments],
            cwd=folder,
            env=environment(folder, **env),
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
        )
        os.close(other)

    def read(self) -> bytes:
        """What comes next; nothing once the program has ended."""
        assert select.select([self.main], [], [], 60)[0], self.sent
        try:
            more = os.read(self.main, 65536)
        except OSError:  # Linux says so when the other end is closed
            more = b""
        self.sent += more
        return more

    def until(self, end: bytes) -> None:
        before = len(self.sent)
        while end not in self.sent[before:]:
            assert self.read(), self.sent

    def type(self, text: str) -> None:
        os.write(self.main, text.encode())

    def end(self) -> int:
        while self.read():
            pass
        os.close(self.main)
        return self.process.wait(60)


def test_on_a_real_terminal_from_the_first_line_to_a_booklet(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain")
    for line in (*TRIALS[:10], "Edna", "", *FINISH):
        terminal.until(b": ")
        terminal.type(f"{line}\n")
    assert terminal.end() == ExitCode.DONE
    (path,) = tmp_path.iterdir()
    assert path.name.encode() in terminal.sent
    with pikepdf.open(path) as pdf:
        assert f"Done. {len(pdf.pages)} pages.".encode() in terminal.sent
    assert terminal.sent.isascii()
    assert b"\x1b" not in terminal.sent
    assert b"\r" not in terminal.sent.replace(b"\r\n", b""), "but for those that the terminal adds"


def test_ctrl_c_on_a_real_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain")
    terminal.until(b"Enter: ")
    terminal.type("1\n")
    terminal.until(b"keep: ")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end() == ExitCode.STOPPED
    assert terminal.sent.endswith(b"Stopped. Nothing was saved.\r\n")
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_that_cannot_draw_says_why_it_asks_in_lines(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, TERM="dumb")
    terminal.until(b"Enter: ")
    terminal.type("quit\n")
    assert terminal.end() == ExitCode.DONE
    assert terminal.sent.startswith(b"This is one line at a time, because this terminal cannot move its cursor.")


def test_the_folder_is_the_documents_of_the_person() -> None:
    assert Workshop.__dataclass_fields__["folder"].default is paths.documents

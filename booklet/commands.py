"""What each command does; `__main__` says which there are and how they are spelled."""

import argparse
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.errors import ExitCode, Problem, RequestError, did_you_mean, printable

if TYPE_CHECKING:
    from booklet.library import Library


class CannotSayError(Exception):
    """Standard output is full or gone; any other trouble with files is a fault and says so."""


def say(text: str) -> None:
    """A result, on standard output; no character in it can drive a terminal."""
    try:
        print("\n".join(printable(line, len(line)) for line in text.split("\n")), flush=True)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise CannotSayError(e.strerror) from None


def note(text: str) -> None:
    """A remark, on standard error."""
    print(f"Please note: {printable(text)}", file=sys.stderr)


def as_json(value: object) -> str:
    """For programs, and safe on the terminal of a person who looks: what cannot be shown is written as JSON may."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text)


def library_of(arguments: argparse.Namespace) -> "Library":
    """Our content, the folders that were added to it, and packs of one's own."""
    from booklet import kept
    from booklet.library import Library
    from booklet.paths import CONTENT

    missing = [path for path in arguments.content if not path.is_dir()]
    if missing:
        raise RequestError(*(Problem("There is no such folder.", path=path) for path in missing))
    kept.tidy(datetime.now(UTC))
    library = Library.load(CONTENT, *arguments.content)
    return kept.with_packs(library, getattr(arguments, "clinic", None), getattr(arguments, "pack", ()))


def date_of(text: str | None) -> date:
    """The date asked for, else SOURCE_DATE_EPOCH, else today."""
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
        except (ValueError, OverflowError, OSError):
            what = "SOURCE_DATE_EPOCH is not a time."
            raise RequestError(Problem(what, "Write seconds since 1970, or unset it.")) from None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(Problem("The date is not one.", "Write year, month and day, such as 2026-11-20.")) from None


def output_of(path: Path | None, format: str | None) -> tuple[Path, str]:
    from booklet.saving import check_target
    from booklet.writers import FORMATS

    if path is None:
        raise RequestError(
            Problem("Where should the booklet go?", "Add -o and a file name, such as -o my-booklet.pdf.")
        )
    if format is None:
        format = next((f.name for f in FORMATS.values() if f.suffix == path.suffix.lower()), None)
        if format is None:
            endings = " or ".join(dict.fromkeys(f.suffix for f in FORMATS.values()))
            advice = f"End the file name in {endings}, or add --format."
            raise RequestError(Problem("The file name does not say which format to make.", advice))
    if format not in FORMATS:
        advice = did_you_mean(format, FORMATS) or f"The formats are {', '.join(FORMATS)}."
        raise RequestError(Problem("There is no such format.", advice))
    return check_target(path), format


def audit_file(arguments: argparse.Namespace) -> ExitCode:
    from booklet.audit import audit
    from booklet.audit.limits import read_pdf

    report = audit(read_pdf(arguments.file), arguments.size)
    if arguments.json:
        say(as_json({"file": str(arguments.file), **report.as_dict()}))
    else:
        for line in report.lines():
            say(line)
        measured = ", ".join(f"{key} {value}" for key, value in report.measured.items() if value is not None)
        print(f"Measured: {printable(measured)}.", file=sys.stderr)
        told = "Nothing must be mended." if report.passed else "This breaks rules for large print or accessibility."
        print(told, file=sys.stderr)
    return ExitCode.DONE if report.passed else ExitCode.FAILED


def size_test(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import make_size_test
    from booklet.saving import save

    output, _ = output_of(arguments.output, "pdf")
    save(make_size_test(date_of(arguments.date), arguments.paper), output)
    say(f"{arguments.output}: print it at actual size, on the paper that will be used.")
    return ExitCode.DONE


def guide(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import make_guide
    from booklet.saving import save

    output, _ = output_of(arguments.output, "pdf")
    save(make_guide(date_of(arguments.date), {"text-size": arguments.text_size, "paper": arguments.paper}), output)
    say(f"{arguments.output}: how to make booklets, in large print.")
    return ExitCode.DONE


def topics(arguments: argparse.Namespace) -> ExitCode:
    library = library_of(arguments)
    sections = [s for s in library.sections.values() if s.is_choosable and s.meta.gate == "none"]
    if arguments.json:
        say(
            as_json(
                [
                    {"id": s.id, "number": library.number(s), "title": s.meta.title, "summary": s.meta.summary}
                    for s in sections
                ]
            )
        )
        return ExitCode.DONE
    for topic in library.topics:
        inside = [s for s in sections if s in topic.sections]
        if inside:
            say(f"{topic.id}: {topic.title}")
        for section in inside:
            say(f"    {section.id}: {library.number(section)} {section.meta.title}")
    return ExitCode.DONE


def packs(arguments: argparse.Namespace) -> ExitCode:
    from booklet import kept
    from booklet.about import about
    from booklet.choices import attempt
    from booklet.library.files import OwnPack, Pack
    from booklet.request import choose

    library = library_of(arguments)
    for problem in kept.wrong_packs(library):
        note(str(problem))

    def sections(id: str, pack: Pack) -> tuple[str, ...]:
        """None for a pack of one's own that needs a reader's consent."""
        known, _ = about(library, pack.about)
        return attempt([], lambda: choose(library, (), (id,), known), tuple[str, ...]())

    rows = [
        {
            "id": id,
            "title": pack.title,
            "summary": pack.summary,
            "sections": sections(id, pack),
            "own": isinstance(pack, OwnPack),
        }
        for id, pack in library.packs.items()
    ]
    if arguments.json:
        say(as_json(rows))
        return ExitCode.DONE
    for row in rows:
        own = " (your own)" if row["own"] else ""
        say(f"{row['id']}: {row['title']}{own}. {row['summary']}")
    return ExitCode.DONE


def preferences_of_reading(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import preferences

    if arguments.json:
        rows = [
            {"id": id, "label": p.label, "default": p.default, "choices": list(p.choices)}
            for id, p in preferences().items()
        ]
        say(as_json(rows))
        return ExitCode.DONE
    for id, preference in preferences().items():
        say(f"--{id}: {preference.label}")
        for key, choice in preference.choices.items():
            usual = " (usual)" if key == preference.default else ""
            say(f"    {key}: {', '.join(filter(None, (choice.label, choice.hint)))}{usual}")
    return ExitCode.DONE


def profiles_of_reading(arguments: argparse.Namespace) -> ExitCode:
    from booklet.build import profiles

    rows = [
        {"id": id, "label": p.label, "summary": p.summary, "preferences": p.preferences, "because": p.because}
        for id, p in profiles().items()
    ]
    if arguments.json:
        say(as_json(rows))
        return ExitCode.DONE
    for id, profile in profiles().items():
        say(f"--profile {id}: {profile.label}. {profile.summary}")
        for key, value in profile.preferences.items():
            say(f"    --{key} {value}: {profile.because[key]}")
    return ExitCode.DONE


def reader_facts(arguments: argparse.Namespace) -> ExitCode:
    facts = library_of(arguments).reader_facts
    if arguments.json:
        rows = [{"id": id, "label": f.label, "default": f.default, "values": list(f.values)} for id, f in facts.items()]
        say(as_json(rows))
        return ExitCode.DONE
    for id, fact in facts.items():
        say(f"--about {id}=: {fact.label}" + (" (more than one, with commas)" if fact.many else ""))
        for value, label in fact.values.items():
            usual = " (usual)" if value == fact.default else ""
            say(f"    {value}: {label}{usual}")
    return ExitCode.DONE


def check_content(arguments: argparse.Namespace) -> ExitCode:
    from booklet import kept
    from booklet.check import check
    from booklet.paths import CONTENT, LAYOUTS

    folders = [*arguments.content, *([arguments.against] if arguments.against else [])]
    missing = [path for path in (*arguments.paths, *folders) if not path.exists()]
    if missing:
        raise RequestError(*(Problem("There is no such file or folder.", path=path) for path in missing))
    if arguments.readability:
        return _readability(arguments)
    local, packs = tuple(arguments.content), kept.pack_folders()
    problems = check(CONTENT, LAYOUTS, tuple(arguments.paths), local, arguments.against, packs=packs)
    wrong = sum(not problem.warning for problem in problems)
    if arguments.json:
        say(as_json([_as_row(problem) for problem in problems]))
    else:
        for problem in problems:
            say(str(problem))
    again = f"{len(problems) - wrong} to look at again" if len(problems) > wrong else ""
    told = ", ".join(filter(None, (f"{wrong} to put right" if wrong else "", again)))
    print(f"{told}." if told else "Nothing wrong was found.", file=sys.stderr)
    return ExitCode.FAILED if wrong else ExitCode.DONE


def _as_row(problem: Problem) -> dict[str, object]:
    return {
        "file": str(problem.path) if problem.path else None,
        "line": problem.line,
        "what": problem.what,
        "advice": problem.advice,
        "kind": "warning" if problem.warning else "error",
    }


def _readability(arguments: argparse.Namespace) -> ExitCode:
    """A line for each section: words, grades, and the lengths of sentences (content-brief.md 6.6)."""
    from dataclasses import asdict

    from booklet.check import scores
    from booklet.paths import CONTENT

    rows = list(scores(CONTENT, *arguments.content))
    if arguments.json:
        say(as_json({id: asdict(score) for id, score in rows}))
        return ExitCode.DONE
    width = max(len(id) for id, _ in rows)
    say(f"{'section':{width}}  words  grade  masked  SMOG  mean  longest  long words")
    for id, s in rows:
        figures = f"{s.words:5}  {s.grade:5.1f}  {s.masked:6.1f}  {s.smog:4.1f}  {s.mean:4.1f}  {s.longest:7}"
        say(f"{id:{width}}  {figures}  {s.polysyllables:6.1f} in 100")
    return ExitCode.DONE

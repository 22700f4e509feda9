"""Lists from CSV files: what each column means, and every mistake with its line."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.build import preferences
from booklet.choices import Choices, attempt
from booklet.clinic import Clinic
from booklet.clinic_list import Line
from booklet.errors import Problem, RequestError
from booklet.library import Library
from booklet.list_csv import Row, columns, parse, read, written
from tests.conftest import MADE

PATH = Path("list.csv")
DOCS = Path(__file__).parent.parent / "docs" / "batch.md"


def rows(library: Library, text: str) -> tuple[Row, ...]:
    return parse(library, text, PATH, MADE, Clinic())


def lines(library: Library, text: str) -> tuple[Line, ...]:
    return tuple(row.line for row in rows(library, text))


def wrong(library: Library, text: str) -> list[str]:
    with pytest.raises(RequestError) as e:
        rows(library, text)
    return [str(problem) for problem in e.value.problems]


def test_every_column(library: Library) -> None:
    text = (
        "pack,topics,profile,text-size,Colour,about,write-in,copies,name,phone-day,questions,file\n"
        'newly told;carer,trials,dyslexia,24,Black-Only,"sites=bone,liver;nation=wales",diary;notes,3,Edna,02079460000,'
        "Why?;When?,bay-4\n"
    )
    (row,) = rows(library, text)
    assert row.line == Line(
        Choices(
            ids=("trials",),
            packs=("newly-told", "carer"),
            profile="dyslexia",
            preferences={"text-size": "24", "colour": "black-only"},
            about={"sites": "bone,liver", "nation": "wales"},
            personal={"name": "Edna", "phone_day": "02079460000", "questions": ("Why?", "When?")},
            write_in="diary,notes",
        ),
        3,
    )
    assert (row.number, row.file) == (2, "bay-4")
    assert row.request.personal.phone_day == "020 7946 0000"
    assert row.request.write_in == ("diary", "notes")


@pytest.mark.parametrize(
    "text",
    [
        "pack,text-size\ncarer,24\n",
        "pack;text-size\r\ncarer;24\r\n",
        "PACKS, Text Size \n carer , 24 \n\n,,\n",
        'text_size,"pack",,\n24,"carer",,\n',
        "pack,text-size\rcarer,24\r",
    ],
)
def test_what_spreadsheets_make_of_the_same_list(library: Library, text: str) -> None:
    assert lines(library, text) == (Line(Choices(packs=("carer",), preferences={"text-size": "24"})),)


def test_a_mark_at_the_beginning_is_read_over_and_another_alphabet_is_refused(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("pack,name\ncarer,Si\u00e2n D\u0175r\n".encode("utf-8-sig"))
    assert read(library, path, MADE, Clinic())[0].line.name == "Si\u00e2n D\u0175r"
    for encoding in ("cp1252", "utf-16"):
        path.write_bytes("pack,name\ncarer,Si\u00e2n\n".encode(encoding))
        with pytest.raises(RequestError, match="CSV UTF-8"):
            read(library, path, MADE, Clinic())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["list.csv:1: The first line does not say what the columns are."]),
        ("Edna,24\n", ["list.csv:1: The first line does not say what the columns are."]),
        ("pack,nane\n", ["list.csv:1: Column B has a heading that is not known. Did you mean name?"]),
        ("pack,name,Packs\n", ["list.csv:1: There are two columns pack."]),
        ("pack\n\n", ["list.csv: There is no booklet in this list."]),
        ("pack\ncarer,Canary\n", ["list.csv:2: There is something in column B, which has no heading."]),
        ("pack\ncarrer\n", ["list.csv:2: There is no such pack. Did you mean For a carer?"]),
        ("ids\nCanary\n", ["list.csv:2: There is no topic called what is written here."]),
        ("pack,detail\ncarer,lots\n", ["list.csv:2: Detail cannot be what is written here."]),
        ("pack,about\ncarer,Canary\n", ["list.csv:2: about needs a fact and its value."]),
        (
            "pack,write-in\ncarer,diry\n",
            ["list.csv:2: There is no page to write on called what is written here. Did you"],
        ),
        ("pack,profile\ncarer,low-visoin\n", ["list.csv:2: There is no such profile. Did you mean low-vision?"]),
        ("pack,paper,text-size\ncarer,A5,24\n", ["list.csv:2: Paper A5 does not work with print size 24."]),
        ("pack,copies\ncarer,two\n", ["list.csv:2: This is not a number of copies that can be made."]),
        ("pack,file\ncarer,../x\n", ["list.csv:2: This cannot be the name of a file."]),
        ("pack,file\ncarer,com1\n", ["list.csv:2: This cannot be the name of a file."]),
        ("pack,file\ncarer,a\ncarer,A\n", ["list.csv:3: Another line has this name of a file."]),
        (
            "pack,file,name\ncarer,sian-1,Si\u00e2n\n",
            ["list.csv:2: The name of the file has the name of the person in it."],
        ),
        ('pack,name\n"carer\n', ["list.csv:2: This line cannot be parted into cells."]),
    ],
)
def test_a_mistake_is_said_with_its_line_and_not_what_was_written(library: Library, text: str, said: list[str]) -> None:
    found = wrong(library, text)
    assert [f[: len(s)] for f, s in zip(found, said, strict=True)] == said
    assert "Canary" not in " ".join(found)


def test_every_mistake_of_a_list_is_said_at_once_with_the_line_that_it_begins_on(library: Library) -> None:
    text = 'pack,copies,phone-day,name\ncarer,0,ring,x\ncarer,1,,"two\nlines"\n,1,,x\nnewly,200,,x\n'
    assert [said.split(" ", 1)[0] for said in wrong(library, text)] == [
        "list.csv:2:",
        "list.csv:2:",
        "list.csv:5:",
        "list.csv:6:",
    ]


def test_a_clinic_that_wants_nothing_overdue_hears_of_it_before_anything_is_made(library: Library) -> None:
    with pytest.raises(RequestError, match=r"list.csv:2: .* was due to be checked"):
        parse(library, "pack\ncarer\n", PATH, MADE.replace(year=2040), Clinic(overdue="refuse"))


def test_a_fact_that_is_not_understood_is_a_note(library: Library) -> None:
    (row,) = rows(library, "pack,about\ncarer,sites=Canary\n")
    assert [note.split(":")[0] for note in row.notes] == ["sites"]
    assert "Canary" not in "".join(row.notes)


KEPT = st.builds(
    Line,
    st.builds(
        Choices,
        ids=st.lists(st.sampled_from(("trials", "breaks/taking-a-break")), max_size=2).map(tuple),
        packs=st.lists(st.sampled_from(("carer", "newly-told", "everything")), min_size=1, max_size=2).map(tuple),
        profile=st.sampled_from(("", "low-vision", "dyslexia")),
        preferences=st.fixed_dictionaries(
            {},
            optional={k: st.sampled_from(sorted(preferences()[k].choices)) for k in ("text-size", "detail", "colour")},
        ),
        write_in=st.sampled_from(("", "diary", "diary,notes")),
    ),
    st.integers(1, 99),
)


@given(st.lists(KEPT, min_size=1, max_size=4).map(tuple))
def test_what_is_kept_of_a_list_is_the_list_without_anybody(library: Library, kept: tuple[Line, ...]) -> None:
    assert lines(library, written(kept)) == kept


def test_nothing_about_a_person_is_kept_of_a_list() -> None:
    person = Line(Choices(packs=("carer",), about={"nation": "wales"}, personal={"name": "Canary"}))
    assert written((person,)) == "pack\ncarer\n"


@given(st.text(max_size=200))
def test_whatever_a_file_holds_is_a_list_or_a_mistake(library: Library, text: str) -> None:
    problems: list[Problem] = []
    assert attempt(problems, lambda: rows(library, f"pack,name,copies\n{text}"), None) or problems


def test_the_example_and_the_columns_of_the_document_are_those_that_there_are(library: Library) -> None:
    text = DOCS.read_text("utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    assert [row.line.copies for row in rows(library, example)] == [1, 2, 1, 5]
    assert rows(library, example)[0].line.choices.about == {"sites": "bone,liver", "nation": "scotland"}
    listed = {
        name for cell in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall("`([a-z-]+)`", cell)
    }
    assert set(columns()) - set(preferences()) - {"ids"} <= listed
    assert {name for name in listed if not name.startswith("-")} <= {*columns(), "topics"}

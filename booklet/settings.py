"""TOML that people edit, read into frozen structs: every problem of a file at once, each with its line."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
import tomli

from booklet.errors import BookletError, ContentError, Problem, did_you_mean

T = TypeVar("T")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\"-]+)\s*=")
LARGEST = 2_000_000
"""Bytes of a file that people edit: sixty times the longest of ours, and a list of ten thousand booklets."""
MOST = 200
"""Problems of one file that are worth hearing of at once; nobody makes so many by hand."""
PARTS = 30
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.){0,99}+"|'[^'\n]{0,99}+')[ \t]*+\.[ \t]*+"""
_TANGLED = re.compile(rf"(?<![\w-])(?:{_PART}){{{PARTS}}}")
"""A key with more parts than any table has: reading one takes time and memory by the square of its length."""
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Characters that nobody sees and that change what is seen: they drive a terminal, or turn the order of letters round."""


def read(path: Path, type: type[T], error: type[BookletError] = ContentError) -> T:
    """The file as a `type`. Raises `error` with every unknown, missing and ill-typed key of the file."""
    return decode(text_of(path, error), type, path, error=error)


def text_of(path: Path, error: type[BookletError] = ContentError) -> str:
    """The text of a file that people edit. Raises `error` when it cannot be read as UTF-8."""
    data = b""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe may never end
            raise error(Problem("This is not an ordinary file.", "Choose another.", path))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            what = f"This file is larger than {LARGEST // 1_000_000} MB, so it is not what it should be."
            raise error(Problem(what, "Choose another, or divide it.", path))
        text = data.decode("utf-8-sig")  # Windows editors begin a file with a mark of their own
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as e:
        line = data[: e.start].count(b"\n") + 1
        raise error(Problem("This is not UTF-8 text.", "Save it as UTF-8 in your editor.", path, line)) from None
    except OSError as e:
        raise error(Problem(f"This cannot be read: {e.strerror}.", path=path)) from None
    except ValueError:  # a name with a character that no file can have
        raise error(Problem("There can be no file of this name.", "Choose another.", path)) from None


def line_with(path: Path, word: str) -> int | None:
    """The first line of a file that has a word."""
    lines = text_of(path).splitlines()
    return next((n for n, line in enumerate(lines, 1) if word in line), None)


def quoted(text: str) -> str:
    """The text as TOML writes it, whatever is in it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_on_base(path: Path, type: type[T], error: type[BookletError] = ContentError) -> T:
    """As `read`; a file with `base` says only what differs from the layout of that name beside it."""
    text = text_of(path, error)
    base = _base_of(text)
    if not base:
        return decode(text, type, path, error=error)
    under = path.with_name(f"{base}.toml")
    if not under.is_file():
        advice = did_you_mean(base, [other.stem for other in path.parent.glob("*.toml")])
        raise error(Problem(f"base: there is no layout {base}.", advice, path, line_with(path, "base")))
    return decode(text, type, path, error=error, base=text_of(under, error))


def _base_of(text: str) -> str:
    """The `base` that a file says it builds on, if it can be read at all."""
    with suppress(ValueError, RecursionError):
        return str(_loads(text).get("base", ""))
    return ""


def _loads(text: str) -> dict[str, Any]:
    """Raises ValueError for what is no TOML, RecursionError for what is nested too deep."""
    if any(_TANGLED.search(line) for line in text.split("\n") if line.count(".") >= PARTS):
        raise RecursionError
    return tomli.loads(text)


def _over(base: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """A table with the keys of another over its own, tables inside it likewise."""
    joined = dict(base)
    for key, value in data.items():
        under = joined.get(key)
        joined[key] = _over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return joined


def decode(
    text: str,
    type: type[T],
    path: Path,
    first_line: int = 1,
    error: type[BookletError] = ContentError,
    base: str = "",
) -> T:
    """As `read`, for text that stands in `path` from `first_line` on, over the text of a `base` if there is one."""
    try:
        data = _loads(text)
    except RecursionError:
        advice = "Take some of the brackets or the dots away."
        raise error(Problem("This is nested too deep.", advice, path)) from None
    except tomli.TOMLDecodeError as e:
        at = re.search(r"line (\d+)", str(e))
        line = (int(at[1]) if at else max(text.count("\n"), 1)) + first_line - 1
        what = re.sub(r" \(at .*\)", "", str(e))
        if "overwrite" in what:
            raise error(Problem("This key is here twice.", "Keep one of them.", path, line)) from None
        raise error(Problem(f"This is not TOML: {what}.", 'Text goes in "quotation marks".', path, line)) from None
    except ValueError:  # a number of thousands of figures
        raise error(Problem("A number in it is too long.", 'Text goes in "quotation marks".', path)) from None
    if base:
        data = _over(_loads(base), {key: value for key, value in data.items() if key != "base"})
    found = []
    if HIDDEN.search(base + text) or "\\" in base + text:  # a backslash can write any character
        found = [
            (key, f"{key}: there is a character in it that cannot be shown.", "Type it again.")
            for key, value in _texts(data)
            if HIDDEN.search(value)
        ]
    with suppress(msgspec.ValidationError):
        made = msgspec.convert(data, type)  # quick, but it names one problem only
        if not found:
            return made
    made = _convert(data, type, "", found)  # type: ignore[assignment]  # a `type`, or it found a problem
    if found:
        lines = _lines(text)
        raise error(*(Problem(what, advice, path, _line(key, lines, first_line)) for key, what, advice in found))
    return made


def _texts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a table, and every key, with the key it stands under."""
    waiting: list[tuple[str, object]] = [("", data)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            for name, inner in value.items():
                here = f"{key}.{name}".lstrip(".")
                yield here, name
                waiting.append((here, inner))
        elif isinstance(value, list):
            waiting += [(key, inner) for inner in value]


def _convert(value: object, type: object, key: str, found: list[tuple[str, str, str]]) -> object:
    origin, arguments = get_origin(type), get_args(type)
    if isinstance(type, msgspec.StructMeta) and isinstance(value, dict):
        return _struct(value, type, key, found)
    if origin in (list, tuple) and isinstance(value, list) and isinstance(arguments[0], msgspec.StructMeta):
        items = [_convert(item, arguments[0], f"{key}[{n}]", found) for n, item in enumerate(value)]
        return tuple(items) if origin is tuple else items
    if origin is dict and isinstance(value, dict) and isinstance(arguments[1], msgspec.StructMeta):
        return {k: _convert(v, arguments[1], f"{key}.{k}".lstrip("."), found) for k, v in value.items()}
    if origin is UnionType and isinstance(value, dict):
        return _convert(value, next(a for a in arguments if a is not None), key, found)
    try:
        return msgspec.convert(value, type)
    except msgspec.ValidationError as e:
        allowed = f"It may be {' or '.join(map(str, arguments))}." if origin is Literal else ""
        found.append((key, f"{key}: {plainly(e)}.", allowed))
        return None


def _struct(value: dict[str, object], type: Any, key: str, found: list[tuple[str, str, str]]) -> object:
    fields = {field.encode_name: field for field in msgspec.structs.fields(type)}
    given: dict[str, object] = {}
    before = len(found)
    for name, inner in value.items():
        if len(found) >= MOST:
            return None
        here = f"{key}.{name}".lstrip(".")
        if name in fields:
            given[fields[name].name] = _convert(inner, fields[name].type, here, found)
        else:
            advice = did_you_mean(name, fields) or f"The keys are {', '.join(fields)}."
            found.append((here, f"{here}: there is no such key.", advice))
    for name, field in fields.items():
        if field.required and name not in value:
            here = f"{key}.{name}".lstrip(".")
            found.append((key, f"{here} is missing.", "Add it."))
    return type(**given) if len(found) == before else None


def plainly(error: msgspec.ValidationError) -> str:
    """What msgspec says, in words for people who do not program."""
    message = re.sub(r" - at `.*`", "", str(error)).replace("`", "")
    for said, plain in (
        ("Expected", "needs"),
        ("str", "text"),
        ("int", "a whole number"),
        ("float", "a number"),
        ("bool", "true or false"),
        ("array", "a list"),
        ("object", "a table"),
    ):
        message = re.sub(rf"\b{said}\b", plain, message)
    return message[0].lower() + message[1:]


def _lines(text: str) -> dict[str, int]:
    """Where each key stands, counted from 0: `facts[2].code` is the `code` under the third [[facts]]."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for n, line in enumerate(text.splitlines()):
        if header := _HEADER.match(line):
            prefix = header[2].replace('"', "")
            if header[1] == "[[":
                counts[prefix] = counts.get(prefix, -1) + 1
                prefix = f"{prefix}[{counts[prefix]}]"
            lines.setdefault(prefix, n)
        elif key := _KEY.match(line):
            lines.setdefault(f"{prefix}.{key[1]}".lstrip(".").replace('"', ""), n)
    return lines


def _line(key: str, lines: dict[str, int], first_line: int) -> int:
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 0) + first_line

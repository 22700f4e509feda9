"""The safety proof: breaks what chooses, gates and locks content in one place at a time, and runs its tests.

`python -m tests.mutation.run` does all of it; names of modules do some of it. See docs/safety-proof.md.
The tests are collected once. Each mutant has a process of its own, in which the functions of the module run the
code of the mutant, and runs the tests that reach the function it is in, the quickest first, until one fails.
"""

import ast
import importlib
import os
import pickle
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cached_property
from io import StringIO
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import pytest

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parent.parent.parent
LEAST, TIMES = 10.0, 4.0
"""Seconds that a mutant's tests may take, and how many times what they take without it; past both it is caught."""


class Proof(NamedTuple):
    """A module, the tests that hold it, and the functions that matter; none: all of them."""

    module: str
    tests: tuple[str, ...]
    functions: tuple[str, ...] = ()


COMPOSE = (
    "tests/test_compose.py",
    "tests/test_parts.py",
    "tests/test_safety.py",
    "tests/test_request.py",
    "tests/test_reading.py::test_key_words_are_bold_where_a_section_first_uses_them",
)
PROOFS = (
    Proof("booklet.about", ("tests/test_about.py", "tests/test_request.py", "tests/test_parts.py")),
    Proof("booklet.request", ("tests/test_request.py", "tests/test_about.py"), ("choose", "_named")),
    Proof("booklet.compose", COMPOSE),
    Proof("booklet.compose.section", COMPOSE),
    Proof("booklet.compose.end", COMPOSE, ("glossary_of", "_asked", "_fits", "_sources", "_leaves_out")),
    Proof("booklet.paginate.share", ("tests/test_share.py",)),
    Proof("booklet.library.locked", ("tests/test_library.py",)),
    Proof(
        "booklet.library.load", ("tests/test_library.py",), ("", "load", "_collect", "_one", "_rows", "_replaced_rows")
    ),
    Proof(
        "booklet.choices",
        ("tests/test_choices.py", "tests/test_questions.py", "tests/test_request.py"),
        ("to_request", "attempt"),
    ),
    Proof("booklet.check.front", ("tests/test_check.py",), ("check_sign_off",)),
)
SLOW = "random or on_pages or large or pdf or trace or palliative or summary or streams"
"""Tests that make whole PDFs or many booklets: a mutant is judged without them."""


class Found(NamedTuple):
    caught: int
    survivors: list[str]


class Mutation:
    """A pytest plug-in: instead of the run, a run for each mutant."""

    def __init__(self, proof: Proof) -> None:
        self.proof = proof
        self.failed = ""
        self.catches = Counter[str]()
        self.found = Found(0, [])

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Before the tests are read: each run tries the same examples, and none is made simpler once it fails."""
        import hypothesis  # not before pytest, which rewrites it

        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile("mutation", deadline=None, derandomize=True, phases=phases)
        hypothesis.settings.load_profile("mutation")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or (report.nodeid if report.failed else "")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise pytest.UsageError("the tests cannot be collected")
        module = importlib.import_module(self.proof.module)
        reached = _apart(lambda: self.reach(session, module), 600)
        if not isinstance(reached, dict):
            raise pytest.UsageError("the tests fail without any mutant")
        caught, survivors = 0, list[str]()
        for mutant in mutants(Path(str(module.__file__)).read_text("utf-8")):
            if self.proof.functions and mutant.function not in self.proof.functions:
                continue
            if self.is_caught(session, module, mutant, reached):
                caught += 1
            else:
                survivors.append(f"{self.proof.module}:{mutant.line} {mutant.function}: {mutant.what}")
                print(survivors[-1], file=sys.stderr, flush=True)
        self.found = Found(caught, survivors)
        return True

    def reach(self, session: pytest.Session, module: ModuleType) -> dict[str, tuple[float, set[str]]] | None:
        """How long each test takes, and which functions of the module it calls; None when one fails."""
        found: dict[str, tuple[float, set[str]]] = {}
        for item in session.items:
            called: set[str] = set()

            def note(frame: Any, event: str, _: object, called: set[str] = called) -> None:
                if event == "call" and frame.f_code.co_filename == module.__file__:
                    called.add(frame.f_code.co_qualname.partition(".<locals>")[0])

            begun = time.monotonic()
            sys.setprofile(note)
            self.run([item])
            sys.setprofile(None)
            if self.failed:
                return None
            found[item.nodeid] = (time.monotonic() - begun, called)
        return found

    def is_caught(
        self,
        session: pytest.Session,
        module: ModuleType,
        mutant: Mutant,
        reached: dict[str, tuple[float, set[str]]],
    ) -> bool:
        """Whether a test fails, or never ends, with a mutant: first the tests that caught most, then the quickest."""
        items = [item for item in session.items if not mutant.function or mutant.function in reached[item.nodeid][1]]
        items.sort(key=lambda item: (-self.catches[item.nodeid], reached[item.nodeid][0]))
        usual = sum(reached[item.nodeid][0] for item in items)

        def judge() -> str:
            try:
                _put(module, mutant)
            except Exception:  # noqa: BLE001 - whatever a mutant raises, it does not go unseen
                return "it does not start"
            self.run(items)
            return self.failed

        by = _apart(judge, max(LEAST, usual * TIMES)) if items else ""
        self.catches[str(by)] += 1
        return by != ""

    def run(self, items: list[pytest.Item]) -> None:
        for n, item in enumerate(items):
            after = items[n + 1] if n + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                return


def _apart(work: Callable[[], object], seconds: float) -> object:
    """What some work returns in a process of its own, so that nothing it changes stays; None when it takes too long."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        signal.alarm(int(seconds) + 1)  # with no handler it ends the process
        try:
            result = work()
        except BaseException as e:  # noqa: BLE001 - it is raised again outside
            result = e
        with os.fdopen(writes, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    result = pickle.loads(data) if data else None
    if isinstance(result, BaseException):
        raise result
    return result


def _put(module: ModuleType, mutant: Mutant) -> None:
    """Let the functions of a module run the code of a mutant, and its constants have the mutant's values."""
    assert module.__file__
    code = compile(mutant.tree, module.__file__, "exec")
    fresh = ModuleType(module.__name__)
    exec(code, fresh.__dict__)  # noqa: S102 - our own code
    new = {function.__qualname__: function for function in _functions(fresh)}
    for function in _functions(module):
        other = new.get(function.__qualname__)
        if other:
            function.__code__, function.__defaults__ = other.__code__, other.__defaults__
            function.__kwdefaults__ = other.__kwdefaults__
    if not mutant.function:
        for name in _constants(mutant.tree):
            old = module.__dict__[name]
            for each in [m for m in list(sys.modules.values()) if m and m.__dict__.get(name) is old]:
                setattr(each, name, fresh.__dict__[name])


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions and methods that a module defines, out of what wraps them."""
    for value in list(module.__dict__.values()):
        held = [value, *vars(value).values()] if isinstance(value, type) else [value]
        for each in held:
            inner = (
                each.fget if isinstance(each, property) else each.func if isinstance(each, cached_property) else each
            )
            inner = getattr(inner, "__wrapped__", inner)
            if isinstance(inner, FunctionType) and inner.__module__ == module.__name__:
                yield inner


def _constants(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))


def prove(proof: Proof) -> Found:
    """The mutants of one module that its tests catch, and those that they do not."""
    mutation = Mutation(proof)
    tests = [str(ROOT / test) for test in proof.tests]
    with redirect_stdout(StringIO()) as said:
        done = pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-k", f"not ({SLOW})", *tests], plugins=[mutation])
    if done is not pytest.ExitCode.OK:
        raise SystemExit(f"{proof.module}: its tests cannot be run\n{said.getvalue()}")
    return mutation.found


def main(names: list[str]) -> None:
    """Print the figures as a table, and the mutants that survive as they are found."""
    print("| module | mutants | caught | survived |\n|---|---|---|---|")
    for proof in PROOFS:
        if not names or proof.module in names:
            found = prove(proof)
            total = found.caught + len(found.survivors)
            print(f"| `{proof.module}` | {total} | {found.caught} | {len(found.survivors)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

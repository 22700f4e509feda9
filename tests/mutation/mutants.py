"""One small fault at a time: each mutant of a module differs from it in one place that a person could get wrong."""

import ast
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

REVERSED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
MESSAGES = ("Problem", "RequestError", "ContentError", "did_you_mean")
"""Calls whose texts are told to a person who made a mistake: their words are not mutated."""
NOTES = ("what", "advice", "notes")
"""Names of variables that hold such texts."""
ASIDE = ("LOCKED", "__all__")
"""A table of digests, which tests/test_library.py holds value for value, and what a module lends to others."""


class Mutant(NamedTuple):
    line: int
    function: str
    """The function or method of the module that it is in; empty for a constant."""
    what: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, one by one. The tree is the same each time: use it before asking for the next."""
    tree = ast.parse(source)
    for node, put, function in list(_places(tree, "")):
        for what, other in _variants(node):
            put(other)
            yield Mutant(node.lineno, function, what, ast.fix_missing_locations(tree))  # type: ignore[attr-defined]
            put(node)


def _places(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, Callable[[Any], None], str]]:
    """Each node that may be mutated, what puts another in its place, and the function that it is in."""
    for name, value in ast.iter_fields(node):
        if _is_left_alone(node, name):
            continue
        many = isinstance(value, list)
        for n, child in enumerate(value if many else [value]):
            if not isinstance(child, ast.AST) or _is_told(child, node):
                continue
            if function.endswith(".") and not isinstance(child, ast.FunctionDef):
                continue  # the fields of a class
            inside = function
            if isinstance(child, ast.FunctionDef | ast.ClassDef) and (not function or function.endswith(".")):
                inside = function + child.name + ("." if isinstance(child, ast.ClassDef) else "")
            put = _in_list(value, n) if many else _in_field(node, name)
            if hasattr(child, "lineno"):
                yield child, put, inside
            yield from _places(child, inside)


def _in_field(node: ast.AST, name: str) -> Callable[[Any], None]:
    return lambda other: setattr(node, name, other)


def _in_list(nodes: list[ast.AST], n: int) -> Callable[[Any], None]:
    def put(other: ast.AST) -> None:
        nodes[n] = other

    return put


def _is_left_alone(node: ast.AST, name: str) -> bool:
    """Annotations, decorators, imports, patterns, and what is told to a person who made a mistake."""
    if name in ("annotation", "returns", "decorator_list", "bases", "pattern", "keywords") and not isinstance(
        node, ast.Call
    ):
        return True
    if isinstance(node, ast.Subscript) and name == "slice":
        return isinstance(node.value, ast.Name) and node.value.id in ("tuple", "dict", "list", "set", "type")
    if isinstance(node, ast.Call) and name in ("args", "keywords"):
        return isinstance(node.func, ast.Name) and node.func.id in MESSAGES
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_told(node: ast.AST, parent: ast.AST) -> bool:
    """Whether it is a docstring, words between the values of a text, a message to a person, or set aside."""
    if isinstance(parent, ast.JoinedStr) and isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Name) and target.id in (*NOTES, *ASIDE) for target in targets)
    return False


def _variants(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for other in _others(node):
        lines = zip(_lines(node), _lines(other), strict=False)
        said, made = next(((a, b) for a, b in lines if a != b), (_lines(node)[-1], _lines(other)[-1]))
        yield f"{said}  ->  {made}", other


def _lines(node: ast.AST) -> list[str]:
    return ast.unparse(ast.fix_missing_locations(node)).split("\n")


def _others(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, comparators):
            for n, op in enumerate(ops):
                for kind in REVERSED[type(op)]:
                    yield ast.Compare(left, [*ops[:n], kind(), *ops[n + 1 :]], comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for n in range(len(values)):
                kept = [*values[:n], *values[n + 1 :]]
                yield kept[0] if len(kept) == 1 else ast.BoolOp(op, kept)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in SWAPPED:
            yield ast.BinOp(left, SWAPPED[type(op)](), right)
        case ast.Constant(value):
            yield from map(ast.Constant, _values(value))
        case ast.IfExp(_, body, orelse):
            yield body
            yield orelse
        case ast.Tuple(elts, ast.Load()) | ast.List(elts, ast.Load()) | ast.Set(elts):
            for n in range(len(elts) if len(elts) > 1 else 0):
                yield _like(node, elts=[*elts[:n], *elts[n + 1 :]])
        case ast.Dict(keys, values) if len(keys) > 1:
            for n in range(len(keys)):
                yield ast.Dict([*keys[:n], *keys[n + 1 :]], [*values[:n], *values[n + 1 :]])
        case ast.Call(ast.Name(name)) if name in MESSAGES:
            pass
        case ast.Call(func, args, keywords):
            for n in range(len(args) - 1):
                if not isinstance(args[n], ast.Starred):
                    yield ast.Call(func, [*args[:n], args[n + 1], args[n], *args[n + 2 :]], keywords)
            for n in range(len(keywords)):
                yield ast.Call(func, args, [*keywords[:n], *keywords[n + 1 :]])
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _filters(node)
        case _:
            yield from _statements(node)


def _like(node: ast.AST, **changed: object) -> ast.AST:
    return type(node)(**{name: changed.get(name, value) for name, value in ast.iter_fields(node)})


def _values(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
            yield value - 1
        case float():  # a measure or a weight: gone, or there where there was none
            yield 0.0 if value else 1.0
        case str():
            yield f"{value}x"
        case _:
            pass


def _filters(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[ast.AST]:
    """Without each of its conditions, and the other way round."""
    for n, generator in enumerate(node.generators):
        for i, test in enumerate(generator.ifs):
            for changed in ([], [ast.UnaryOp(ast.Not(), test)]):
                ifs = [*generator.ifs[:i], *changed, *generator.ifs[i + 1 :]]
                other = _like(generator, ifs=ifs)
                yield _like(node, generators=[*node.generators[:n], other, *node.generators[n + 1 :]])


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If() | ast.While():
            yield _like(node, test=ast.Constant(True))
            yield _like(node, test=ast.Constant(False))
        case ast.For():
            yield _like(node, iter=ast.Tuple([], ast.Load()))
        case ast.Match(_, cases):
            for n, one in enumerate(cases):
                if one is not cases[-1] or not isinstance(one.body[0], ast.Pass):  # that does what happens without it
                    yield _like(node, cases=[*cases[:n], *cases[n + 1 :]])
                if one.guard:
                    for guard in (None, ast.UnaryOp(ast.Not(), one.guard)):
                        yield _like(node, cases=[*cases[:n], _like(one, guard=guard), *cases[n + 1 :]])
        case ast.Return(value) if value and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Expr() | ast.AugAssign() | ast.Raise():
            yield ast.Pass()
        case _:
            pass

"""The Markdown as markdown-it-py reads it, for the engines that have no reader of their own."""

from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Nodes = list[SyntaxTreeNode]


def reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def read(text: str) -> Nodes:
    return SyntaxTreeNode(reader().parse(text)).children


def marked_up(node: SyntaxTreeNode, link: Callable[[str, str], str], bold: str, line_break: str) -> str:
    """The words of a paragraph, heading or cell with `<b>`-like tags, as small dialects of HTML have them."""
    written = ""
    for child in node.children:
        match child.type:
            case "inline":
                written += marked_up(child, link, bold, line_break)
            case "softbreak" | "hardbreak":
                written += " " if child.type == "softbreak" else line_break
            case "strong":
                written += f"<{bold}>{marked_up(child, link, bold, line_break)}</{bold}>"
            case "link":
                written += link(str(child.attrs["href"]), marked_up(child, link, bold, line_break))
            case _:
                written += escape(child.content, quote=False)
    return written


def rows(table: SyntaxTreeNode) -> list[Nodes]:
    return [row.children for part in table.children for row in part.children]


def first_number(node: SyntaxTreeNode) -> int | None:
    """None for bullets."""
    return int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None

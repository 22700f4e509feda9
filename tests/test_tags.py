from collections.abc import Callable
from datetime import date

from booklet.markdown import More, parse
from booklet.model import Block, Contents, ContentsEntry, Document, Heading, Ruler, Run
from booklet.writers.tags import Tree

SOURCE = """
## Phone

Dial **999** or read [maggies.org](https://maggies.org).

- One
- Two

  1. Inner

::: get-help
Call now.
:::

| Who | Number |
| --- | --- |
| Fire | 999 |

::: write-in
- My GP
:::

::: emergency Call 999 now
- a fit
:::
"""


def document(*front: Block) -> Document:
    blocks = tuple(block for block in parse(SOURCE, locked=True) if not isinstance(block, More))
    return Document("T", "en-GB", date(2026, 11, 21), (*front, *blocks))


def test_tag_tree(golden: Callable[[str], None]) -> None:
    entries = (ContentsEntry(1, "Phone", "phone"),)
    made = document(
        Heading(1, (Run("My booklet"),), "cover"),
        Ruler((Run("This line:"),), 100),
        Heading(2, (Run("Inside"),)),
        Contents(entries),
    )
    golden(str(Tree(made).root))


def test_a_box_under_a_title_does_not_skip_a_level() -> None:
    blocks = (Heading(1, (Run("About"),)), *parse("::: note\nAsk.\n:::"))
    tree = Tree(Document("T", "en-GB", date(2026, 11, 21), blocks))  # type: ignore[arg-type]
    assert "H2" in str(tree.root)
    assert "H3" not in str(tree.root)

"""CSS selectors for lxml: the part of CSS that a family file needs, compiled once to XPath.

soupsieve would need the whole page as BeautifulSoup (20 ms); this takes microseconds. Known: `tag`, `*`,
`.class`, `#id`, `[a]`, `[a=v]`, `[a^=v]`, `[a$=v]`, `[a*=v]`, `A B`, `A > B`, `A, B`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_PART = re.compile(
    r"""(?P<tag>\*|[A-Za-z][\w-]*)|\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)
      |\[(?P<attribute>[\w:-]+)(?:(?P<operator>[\^$*]?=)["']?(?P<value>[^"'\]]*)["']?)?\]
      |(?P<combinator>\s*>\s*|\s+)""",
    re.VERBOSE,
)
_TESTS = {
    "=": "@{a}='{v}'",
    "^=": "starts-with(@{a},'{v}')",
    "$=": "substring(@{a},string-length(@{a})-string-length('{v}')+1)='{v}'",
    "*=": "contains(@{a},'{v}')",
}


@lru_cache(maxsize=2048)
def compile_selector(css: str) -> etree.XPath:
    """The XPath that finds what `css` finds, below the node it is called with. Raises ValueError on unknown CSS.

    >>> compile_selector("div.sapo > p").path
    "descendant::div[contains(concat(' ',normalize-space(@class),' '),' sapo ')]/p"
    """
    return etree.XPath(" | ".join(_translate(one.strip()) for one in css.split(",")))


@lru_cache(maxsize=256)
def compile_test(css: str) -> etree.XPath:
    """The XPath that says whether the page whose root it is called with has what `css` finds. It looks from the last
    part of a selector upwards: few elements are an `img`, where every element may have a class.

    >>> compile_test("#content > p img").path
    "boolean(descendant::img[ancestor::p[parent::*[@id='content']]])"
    """
    return etree.XPath(f"boolean({' | '.join(_upwards(_steps(one.strip())) for one in css.split(','))})")


def _translate(css: str) -> str:
    return "".join(axis + step for axis, step in _steps(css))


def _upwards(steps: list[tuple[str, str]]) -> str:
    found = ""
    for at, (_, step) in enumerate(steps):
        found = f"{step}[{found}]" if found else step
        if at + 1 < len(steps):
            found = ("parent::" if steps[at + 1][0] == "/" else "ancestor::") + found
    return f"descendant::{found}"


def _steps(css: str) -> list[tuple[str, str]]:
    """The axis and the test of every part of a selector."""
    steps: list[tuple[str, str]] = []
    axis, step, end = "descendant::", "", 0
    for part in _PART.finditer(css):
        if part.start() != end:
            break
        end = part.end()
        if part["combinator"]:
            if not step:
                break
            steps.append((axis, step if step[0] != "[" else "*" + step))
            axis, step = ("/" if ">" in part["combinator"] else "//"), ""
        else:
            step += _test(part)
    if not css or end != len(css) or not step:
        raise ValueError(f"not a selector that is known here: {css!r}")
    return [*steps, (axis, step if step[0] != "[" else "*" + step)]


def _test(part: re.Match[str]) -> str:
    if part["tag"]:
        return part["tag"].lower()
    if part["id"]:
        return f"[@id='{part['id']}']"
    if part["class"]:
        return f"[contains(concat(' ',normalize-space(@class),' '),' {part['class']} ')]"
    if part["operator"]:
        return "[" + _TESTS[part["operator"]].format(a=part["attribute"], v=part["value"]) + "]"
    return f"[@{part['attribute']}]"


def select(node: etree._Element, selectors: tuple[str, ...]) -> list[etree._Element]:
    """The elements of the first selector that finds any; an empty list where none does."""
    for css in selectors:
        if found := compile_selector(css)(node):
            return list(found)
    return []

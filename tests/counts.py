"""Count what should stand in one place only: `python tests/counts.py [--where] [CHECKOUT]`.

Prints of this checkout, or of another one, how often the package opens zips, sets up parsers, takes locks, reads dates,
names what only this form has, and calls two things by one name; `--where` also prints in which modules.
"""

import argparse
import ast
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARSERS = {"XMLParser", "HTMLParser", "iterparse"}
DATE = {"年", "月", "日"}

Trees = dict[str, ast.Module]


def trees(package: Path) -> Trees:
    """The modules of a package by their path below it."""
    found = sorted(package.rglob("*.py"))
    return {p.relative_to(package).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in found}


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Everything within a tree, walked once for all that is counted."""
    return tuple(ast.walk(tree))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of the name that is called."""
    for node in nodes(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def texts(tree: ast.AST) -> set[str]:
    """The string constants of a module; docstrings are none of an id."""
    return {n.value for n in nodes(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def zips(tree: ast.Module, *, write: bool) -> int:
    """How often a zip is opened, to be read or to be written."""
    found = 0
    for name, call in calls(tree):
        if name == "ZipFile":
            mode = call.args[1].value if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) else "r"
            found += (mode != "r") == write
    return found


def parsers(tree: ast.Module) -> int:
    """How often a parser of XML or HTML is set up."""
    return sum(name in PARSERS for name, _ in calls(tree))


def locks(tree: ast.Module) -> int:
    """Whether a module takes locks of the system itself."""
    imported = {a.name for n in nodes(tree) if isinstance(n, ast.Import) for a in n.names}
    return int(bool(imported & {"fcntl", "msvcrt"}))


def dates(tree: ast.Module) -> int:
    """How many regular expressions read a whole day: 年, 月 and 日 in one pattern."""
    patterns = {"compile", "Pattern", "later", "late"}
    return sum(name in patterns and set("".join(texts(call))) >= DATE for name, call in calls(tree))


def ids(root: Path) -> tuple[set[str], tuple[str, ...]]:
    """What the national form calls its rows, columns and texts, if it is no everyday word; how its cell keys begin."""
    folder = root / "automation" / "nianbao" / "form" / "editions"
    edition = tomllib.loads((folder / "2021.toml").read_text(encoding="utf-8"))
    found: set[str] = set()

    def visit(told: object) -> None:
        if isinstance(told, dict):
            found.update(v for k, v in told.items() if k == "id" and isinstance(v, str))
        for value in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
            visit(value)

    visit([edition["texts"], edition["tables"]])
    return {i for i in found if "_" in i}, tuple(f"{t['id']}." for t in edition["tables"])


def names_the_form(tree: ast.Module, known: set[str], begins: tuple[str, ...]) -> int:
    """Whether a module has one of these ids, or a cell key, as a text."""
    return int(any(t in known or t.startswith(begins) for t in texts(tree)))


def twice(names: Iterator[str]) -> dict[str, int]:
    """The names that more than one thing has, most frequent first."""
    return {name: n for name, n in Counter(names).most_common() if n > 1}


def lines(folder: Path) -> int:
    """The lines of all Python below a folder."""
    return sum(
        len(p.read_text(encoding="utf-8").splitlines()) for p in folder.rglob("*.py") if "node_modules" not in p.parts
    )


def counted(modules: Trees, count: Callable[[ast.Module], int]) -> dict[str, int]:
    """The count of each module that has any."""
    return {name: n for name, tree in modules.items() if (n := count(tree))}


def measure(root: Path) -> dict[str, dict[str, int]]:
    """Everything that is counted of a checkout, by what it is and where."""
    modules = trees(root / "automation" / "nianbao")
    outside = {name: tree for name, tree in modules.items() if not name.startswith("form/")}
    known, begins = ids(root)
    classes = (n.name for t in modules.values() for n in nodes(t) if isinstance(n, ast.ClassDef))
    return {
        "zips opened to be read": counted(modules, lambda t: zips(t, write=False)),
        "zips written": counted(modules, lambda t: zips(t, write=True)),
        "parsers of XML and HTML set up": counted(modules, parsers),
        "modules that take locks": counted(modules, locks),
        "regular expressions of a day": counted(modules, dates),
        "modules outside form/ that name an id of the form": counted(
            outside, lambda t: names_the_form(t, known, begins)
        ),
        "modules that share their name": twice(p.rpartition("/")[2] for p in modules if not p.endswith("__init__.py")),
        "classes that share their name": twice(n for n in classes if not n.startswith("_")),
        "modules": dict.fromkeys(modules, 1),
        "lines of the package": {"": lines(root / "automation" / "nianbao")},
        "lines of the tests": {"": lines(root / "tests")},
    }


def main() -> None:
    """Print a line for each count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", nargs="?", default=str(ROOT))
    parser.add_argument("--where", action="store_true")
    options = parser.parse_args()
    for what, places in measure(Path(options.checkout)).items():
        print(f"{sum(places.values()):7,}  {what}")
        if options.where and what != "modules" and "" not in places:
            print("".join(f"           {n:3}  {place}\n" for place, n in places.items()), end="")


if __name__ == "__main__":
    main()

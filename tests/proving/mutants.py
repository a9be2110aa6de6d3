"""A copy of the repository in which every function of the scope has its mutants beside it, made by mutmut."""

import ast
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import libcst
from mutmut.mutation import file_mutation
from mutmut.mutation.trampoline_templates import mangle_function_name
from mutmut.utils.file_utils import walk_mutatable_files

from proving.tally import Mutant

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("automation", "tests", "templates", "docs", "pyproject.toml", "README.md", "README.en.md", "CONTRIBUTING.md",
          "SECURITY.md", "LICENSE")  # fmt: skip
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".*", "*.pyc")
_SWITCH = "from mutation_switch import switch as _mutmut_mutated, MutantDict"
_THEIRS = re.compile(r"(?m)^from mutmut\.mutation\.trampoline import .*$")
_CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")


def scope() -> list[Path]:
    """The files to mutate, as pyproject's [tool.mutmut] says; the working directory is the repository or its copy."""
    return sorted(walk_mutatable_files())


def prepare(folder: Path, words: list[str]) -> list[Mutant]:
    """Bring the copy in `folder` up to date and return the mutants of files with these words in their path.

    All files of the scope are mutated all the same, so that what is learned of the tests holds for every choice.
    """
    _refresh(folder)
    (folder / "automation" / "mutation_switch.py").write_text(
        Path(__file__).with_name("switch.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    found: list[Mutant] = []
    for path in scope():
        kept = folder / "mutants" / f"{'.'.join(path.with_suffix('').parts[1:])}.json"
        source = (ROOT / path).read_text(encoding="utf-8")
        digest = hashlib.sha256(source.encode()).hexdigest()
        told = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        if told.get("digest") != digest:
            code, mutants = mutated(path, source)
            told = {"digest": digest, "code": code, "mutants": [asdict(m) for m in mutants]}
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        (folder / path).write_text(told["code"], encoding="utf-8")
        if not words or any(w in path.as_posix() for w in words):
            found += [Mutant(**m) for m in told["mutants"]]
    return found


def _refresh(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_file():
            shutil.copy2(source, target)
            continue
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=_LEFT_OUT)


def mutated(path: Path, source: str) -> tuple[str, list[Mutant]]:
    """Return the file with all variants in it, and its mutants."""
    module, mutations, classes, functions = file_mutation.create_mutations(str(path), source)
    code = file_mutation.combine_mutations_to_source(module, mutations, classes, functions).code
    code = _THEIRS.sub(_SWITCH, code)
    lines = code.splitlines()
    spans = {n.name: lines[n.lineno - 1 : n.end_lineno] for n in _functions(ast.parse(code))}
    starts = {n.name: n.lineno for n in _functions(ast.parse(source))}
    grouped = file_mutation.group_by_top_level_node(mutations)
    found = []
    for owner, function in _owners(module):
        mangled = mangle_function_name(name=function.name.value, class_name=owner)
        for number, mutation in enumerate(grouped.get(function, ()), 1):
            name = f"{mangled}__mutmut_{number}"
            offset, before, after = _change(spans[f"{mangled}__mutmut_orig"], spans[name])
            found.append(
                Mutant(
                    f"{'.'.join(path.with_suffix('').parts[1:])}.{name}".replace(".__init__.", "."),
                    path.as_posix(),
                    f"{owner}.{function.name.value}" if owner else function.name.value,
                    starts[function.name.value] + offset,
                    before,
                    after,
                    isinstance(mutation.original_node, libcst.SimpleString)
                    and bool(_CHINESE.search(mutation.original_node.value)),
                )
            )
    return code, found


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def _owners(module: libcst.Module) -> Iterator[tuple[str | None, libcst.FunctionDef]]:
    for node in module.body:
        if isinstance(node, libcst.FunctionDef):
            yield None, node
        elif isinstance(node, libcst.ClassDef):
            yield from ((node.name.value, m) for m in node.body.body if isinstance(m, libcst.FunctionDef))


def _change(original: list[str], mutant: list[str]) -> tuple[int, str, str]:
    """Return where two functions first differ after their names, and the lines that differ, stripped."""
    start = next((i for i, (a, b) in enumerate(zip(original, mutant, strict=False)) if i and a != b), 0)
    if not start:  # the signature, whose first line also holds the name
        return 0, original[0].strip().partition("(")[2], mutant[0].strip().partition("(")[2]
    end = 0
    while end < min(len(original), len(mutant)) - start and original[-1 - end] == mutant[-1 - end]:
        end += 1
    both = (part[start : len(part) - end] for part in (original, mutant))
    before, after = (" ".join(line.strip() for line in part) for part in both)
    return start, before, after

"""Choose, while the program runs, which variant of a function is called: the original, or the one mutant under test.

Stands in for mutmut's own switch, which needs mutmut and its settings wherever the program runs; this file alone is
copied beside the mutated package. A child process takes the mutant from its environment.
"""

import functools
import os
from collections.abc import Callable
from typing import Any

MutantDict = dict[str, Callable[..., Any]]
ENVIRONMENT = "NIANBAO_MUTANT"
ORIGINAL = "_mutmut_orig"
hits: set[str] = set()
"""Functions called since this was last emptied: module, dot, mutmut's name of the function."""


class _Active:
    module, _, name = os.environ.get(ENVIRONMENT, "").rpartition(".")


def choose(mutant: str) -> None:
    """From now on call this mutant, here and in the processes started from here; "" calls the originals."""
    os.environ[ENVIRONMENT] = mutant
    _Active.module, _, _Active.name = mutant.rpartition(".")


def switch(variants: MutantDict, is_classmethod: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        module = function.__module__

        @functools.wraps(function)
        def chosen(*args: Any, **named: Any) -> Any:
            wanted = variants[ORIGINAL]
            hits.add(f"{module}.{wanted.__name__.removesuffix('_' + ORIGINAL)}")
            if _Active.module == module:
                wanted = variants.get(_Active.name, wanted)
            if is_classmethod:
                return getattr(args[0], wanted.__name__)(*args[1:], **named)
            return wanted(*args, **named)

        return chosen

    return decorate

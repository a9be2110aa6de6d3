"""The one small tree of exceptions: an impossible task, told in one Chinese sentence.

Wrong data is never raised; it is a Finding (see findings.py).
"""

from collections.abc import Sequence


class NianbaoError(Exception):
    """A task that cannot be done; str() is the Chinese sentence shown to the user, whether it has its 。 or not."""

    @property
    def sentence(self) -> str:
        """The sentence with one 。 at its end."""
        return f"{str(self).rstrip('。')}。"


class EditionError(NianbaoError):
    """An edition file that must not be used; lists every fault found in it.

    `told` are the faults as given, sentences or what str() makes a sentence of; `problems` are the sentences.
    """

    def __init__(self, name: str, told: Sequence[object]) -> None:
        self.told = tuple(told)
        self.problems = tuple(map(str, told))
        super().__init__(f"格式文件“{name}”不能使用：" + "；".join(self.problems))


class InputError(NianbaoError):
    """A file that cannot be read as what it should be."""


class UnknownEditionError(InputError):
    """A file that names an edition of somebody's own; `named` is its id, as far as it was written."""

    def __init__(self, named: str, told: str) -> None:
        self.named = named
        super().__init__(told)


class TemplateError(NianbaoError):
    """A Word template that cannot be filled."""


class OutputError(NianbaoError):
    """A result that cannot be written where it was asked."""

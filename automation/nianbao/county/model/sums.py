"""What is summed of whom, and why a sum is not final, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nianbao.county.model.bodies import Status
from nianbao.numbers import Number


@dataclass(frozen=True)
class Scope:
    """What a total is the sum of: a part, or the whole. Which there are, and of whom, is data (roster/scopes.toml).

    `label` is shown to users and follows the place: 全县, 全市, 市直部门合计.
    """

    id: str
    label: str
    whole: bool = False

    @property
    def word(self) -> str:
        """What the bodies of a part are called."""
        return self.label.removesuffix("合计")


@dataclass(frozen=True)
class Gap:
    """A body whose figures are not settled, and why, in words that follow its name (没有报送).

    Without a roster also a file of nobody knows whom: `body` is '' then, `name` where it is.
    """

    body: str
    name: str
    status: Status
    reason: str


@dataclass(frozen=True)
class Total:
    """The sum of one scope. `values` are sums of what was delivered; `undetermined` says per cell why it is no total.

    A total is final only when `determined`. `bodies` are the ids of those that contributed.
    """

    scope: Scope
    values: Mapping[str, Number]
    bodies: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    undetermined: Mapping[str, str] = field(default_factory=dict)

    @property
    def determined(self) -> bool:
        """Tell whether every figure is the sum of settled figures of every body in scope."""
        return not self.gaps and not self.undetermined


@dataclass(frozen=True)
class Category:
    """What was published of one kind (公开信息分类), summed over the bodies that name it, each with its figure.

    `lacking` are the bodies that say nothing of any kind, so that the sum is open.
    """

    label: str
    count: Number
    named: tuple[tuple[str, Number], ...]
    lacking: tuple[str, ...] = ()

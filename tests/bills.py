"""Lists of parts in the tests of an offline installation: its own is made, the wheel's is left to test_build.py."""

import json
from collections.abc import Callable
from pathlib import Path


def only_for_platforms(made: Callable[..., Path]) -> Callable[..., Path]:
    """`release.parts.of`, which writes an empty list for this system itself, whose packages are not installed then."""

    def of(lock, wheel, project, out, epoch, platforms=()):
        if platforms:
            return made(lock, wheel, project, out, epoch, platforms)
        out.write_text(json.dumps({"components": []}))
        return out

    return of

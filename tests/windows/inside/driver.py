"""Runs inside Wine while the tests last: one command a line from stdin, one answer a line to stdout, both JSON.

A command is {"do": "module.function", "with": {...}}, an answer {"is": ...} or {"failed": the traceback}.
"""

import json
import os
import sys
import traceback
from importlib import import_module


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)  # what anything else prints goes to the log
    for line in sys.stdin:
        command = json.loads(line)
        module, _, name = command["do"].partition(".")
        try:
            answer = {"is": getattr(import_module(module), name)(**command["with"])}
        except BaseException:  # noqa: BLE001 - the test is told, and the driver goes on
            answer = {"failed": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()

"""A Windows for the tests: a C: of its own, a screen, and the driver inside, which does what the tests ask."""

import json
import queue
import shutil
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from windows import wine
from windows.places import BUILD, HERE
from windows.set_up import Made

INSIDE = "C:\\inside"
PYTHON = "C:\\py\\python.exe"

PATIENCE = 500.0
"""Seconds anything may take: what takes two on an idle machine takes minutes on one with ten others at work."""


class DriverError(AssertionError):
    """What the driver was asked for went wrong inside."""


@dataclass(frozen=True)
class Done:
    """What became of a program: code None means that it was still running and was ended."""

    code: int | None
    out: str
    err: str
    boxes: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Everything it said."""
        return "\n".join((self.out, self.err, *self.boxes))


class Machine:
    """A running Windows; its files are ordinary files below `c`."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self._folder = Path(tempfile.mkdtemp(prefix="windows-", dir=BUILD))
        prefix = self._folder / "prefix"
        wine.copied(made.prefix, prefix)
        self.c = prefix / "drive_c"
        shutil.copytree(HERE / "inside", self.c / "inside", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(made.compiled / "word.exe", self.c / "word.exe")
        self.screen = wine.Screen()
        self.environment = wine.environment(prefix, made.locales, self.screen.display)
        self._driver = subprocess.Popen(
            ["wine", PYTHON, "-X", "utf8", f"{INSIDE}\\driver.py"],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.log: list[bytes] = []
        self._answers: queue.Queue[bytes] = queue.Queue()
        pipes = ((self._driver.stdout, self._answers.put), (self._driver.stderr, self.log.append))
        self._readers = [threading.Thread(target=self._read, args=p, daemon=True) for p in pipes]
        for reader in self._readers:
            reader.start()
        variables = self.ask("processes.environment")
        self.local, self.roaming = variables["LOCALAPPDATA"], variables["APPDATA"]

    @staticmethod
    def _read(pipe, keep):
        for line in pipe:
            keep(line)
        keep(b"")

    def ask(self, what: str, /, *, wait: float = PATIENCE + 60, **arguments):
        """Let the driver do something (module.function of inside/); return its answer. Raises DriverError."""
        line = json.dumps({"do": what, "with": arguments}) + "\n"
        self._driver.stdin.write(line.encode("ascii"))
        self._driver.stdin.flush()
        try:
            answer = self._answers.get(timeout=wait)
        except queue.Empty:
            raise DriverError(f"no answer to {what} in {wait:.0f} s: {self.tail()}") from None
        if not answer:
            raise DriverError(f"the driver ended at {what}: {self.tail()}")
        told = json.loads(answer)
        if "failed" in told:
            raise DriverError(told["failed"])
        return told["is"]

    def tail(self) -> str:
        """Return the end of what the driver printed."""
        return b"".join(self.log[-40:]).decode("utf-8", "replace")

    def path(self, windows: str) -> Path:
        """Return where a path of C: is on this machine."""
        return self.c.joinpath(*PureWindowsPath(windows).parts[1:])

    def run(self, program, *, limit: float = PATIENCE, **more) -> Done:
        """Run a command line (text) or words; see processes.start."""
        return Done(**self.ask("processes.run", wait=limit + 60, program=program, limit=limit, **more))

    def verb(self, *arguments: str, folder: str = "") -> Done:
        """Run a verb of the command line inside the driver."""
        return Done(**self.ask("verbs.run", arguments=list(arguments), folder=folder))

    def finish(self, number: int, limit: float = PATIENCE) -> Done:
        """Wait for a program that was started."""
        return Done(**self.ask("processes.finish", wait=limit + 60, number=number, limit=limit))

    def close(self) -> None:
        """End everything in it and remove it."""
        wine.end(self.environment["WINEPREFIX"])
        self._driver.wait()
        for reader in self._readers:
            reader.join()
        for pipe in (self._driver.stdin, self._driver.stdout, self._driver.stderr):
            pipe.close()
        self.screen.close()
        shutil.rmtree(self._folder, ignore_errors=True)

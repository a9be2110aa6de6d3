"""Starting programs as the shell or Excel would, and what became of them: exit code, output, message boxes."""

import ctypes
import itertools
import ntpath
import os
import subprocess
import threading
import time
from ctypes import wintypes

import boxes
import pywintypes
import win32api
import win32con
import win32process

PATIENCE = 500
"""Seconds anything may take; see machine.py."""

_numbers = itertools.count(1)
_running: dict[int, "Running"] = {}


class Running:
    """A program that was started."""

    def __init__(self, process, pressed):
        self.process, self.boxes_before = process, len(boxes.seen)
        self.output = {"out": b"", "err": b""}
        boxes.answers[process.pid] = pressed
        self.readers = [threading.Thread(target=self._read, args=(n,), daemon=True) for n in self.output]
        for reader in self.readers:
            reader.start()

    def said(self):
        """Return its message boxes; another process may have had its number before."""
        return [b["text"] for b in boxes.seen[self.boxes_before :] if b["pid"] == self.process.pid]

    def _read(self, name):
        pipe = self.process.stdout if name == "out" else self.process.stderr
        if pipe is not None:
            self.output[name] = pipe.read()


def start(program, env=None, folder=None, answer="yes"):
    """Start a command line (text: as it is) or words; return its number."""
    told = {**os.environ, **(env or {})}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    number = next(_numbers)
    _running[number] = Running(subprocess.Popen(program, env=told, cwd=folder, **pipes), answer)
    return number


def kill(number):
    """End it at once, as Task Manager does."""
    _running[number].process.kill()


def suspend(number):
    """Stop it where it is, until it is ended."""
    ctypes.WinDLL("ntdll").NtSuspendProcess(wintypes.HANDLE(int(_running[number].process._handle)))


def alive(number):
    """Tell whether it still runs."""
    return _running[number].process.poll() is None


def until_box(number, limit=PATIENCE):
    """Wait until it shows a message box."""
    end = time.monotonic() + limit
    while not _running[number].said():
        if time.monotonic() > end:
            raise TimeoutError(f"no message box in {limit} s")
        time.sleep(0.1)


def until_module(number, module, limit=PATIENCE):
    """Wait until it has loaded a library of this name."""
    end = time.monotonic() + limit
    access = win32con.PROCESS_QUERY_INFORMATION | win32con.PROCESS_VM_READ
    process = win32api.OpenProcess(access, False, _running[number].process.pid)
    while time.monotonic() < end:
        try:
            loaded = [win32process.GetModuleFileNameEx(process, m) for m in win32process.EnumProcessModules(process)]
        except pywintypes.error:  # it is only just beginning
            loaded = []
        if any(module in ntpath.basename(name) for name in loaded):
            return
        time.sleep(0.2)
    raise TimeoutError(f"no {module} in {limit} s")


def answer(number):
    """Press OK in the message boxes that were left open."""
    boxes.answers[_running[number].process.pid] = "yes"


def finish(number, limit=PATIENCE):
    """Wait for its end; return what became of it. After `limit` seconds it is ended, and its code is None."""
    running = _running.pop(number)
    process = running.process
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        code = None
        process.kill()
        process.wait(20)
    for reader in running.readers:
        reader.join(2)  # a child that lives on may keep the pipe open
    del boxes.answers[process.pid]
    out, err = (running.output[n].decode("utf-8", "backslashreplace") for n in ("out", "err"))
    return {"code": code, "out": out, "err": err, "boxes": running.said()}


def run(program, env=None, folder=None, answer="yes", limit=PATIENCE):
    """Start it and wait for its end."""
    return finish(start(program, env, folder, answer), limit)


def environment():
    """Return the variables programs are started with."""
    return dict(os.environ)


def running(name):
    """Return the processes of this program's name that run now."""
    found = subprocess.run(["tasklist"], capture_output=True, check=False).stdout.decode("gbk", "replace")
    return [line for line in found.splitlines() if line.lower().startswith(name.lower())]


def run_into_closed_pipe(program):
    """Run a program whose output is closed before it writes."""
    read, write = os.pipe()
    process = subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE)
    os.close(read)
    os.close(write)
    err = process.stderr.read().decode("utf-8", "backslashreplace")
    return {"code": process.wait(120), "err": err}

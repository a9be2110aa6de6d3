"""Starting programs as the shell or Excel would, and what became of them: exit code, output, message boxes, time."""

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

kernel = ctypes.WinDLL("kernel32")
_numbers = itertools.count(1)
_running: dict[int, "Running"] = {}


class Running:
    """A program that was started."""

    def __init__(self, process, pressed):
        self.process, self.begun = process, time.monotonic()
        self.output = {"out": b"", "err": b""}
        boxes.answers[process.pid] = pressed
        self.readers = [threading.Thread(target=self._read, args=(n,), daemon=True) for n in self.output]
        for reader in self.readers:
            reader.start()

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


def alive(number):
    """Tell whether it still runs."""
    return _running[number].process.poll() is None


def until_box(number, limit=180):
    """Wait until it shows a message box."""
    pid, end = _running[number].process.pid, time.monotonic() + limit
    while not [b for b in boxes.seen if b["pid"] == pid]:
        if time.monotonic() > end:
            raise TimeoutError(f"no message box in {limit} s")
        time.sleep(0.1)


def until_module(number, module, limit=180):
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


def finish(number, limit=180):
    """Wait for its end; return what became of it. After `limit` seconds it is ended, and its code is None."""
    running = _running.pop(number)
    process = running.process
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        code = None
        process.kill()
        process.wait(20)
    seconds = time.monotonic() - running.begun
    for reader in running.readers:
        reader.join(2)  # a child that lives on may keep the pipe open
    said = [b["text"] for b in boxes.seen if b["pid"] == process.pid]
    out, err = (running.output[n].decode("utf-8", "backslashreplace") for n in ("out", "err"))
    return {"code": code, "out": out, "err": err, "boxes": said, "seconds": seconds, "cpu": processor_time(process)}


def run(program, env=None, folder=None, answer="yes", limit=180):
    """Start it and wait for its end."""
    return finish(start(program, env, folder, answer), limit)


def processor_time(process):
    """Return the seconds of processor time it has taken."""
    times = [wintypes.FILETIME() for _ in range(4)]
    kernel.GetProcessTimes(wintypes.HANDLE(int(process._handle)), *map(ctypes.byref, times))
    return sum((t.dwHighDateTime << 32) + t.dwLowDateTime for t in times[2:]) / 1e7


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

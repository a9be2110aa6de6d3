"""A private headless LibreOffice and its UNO desktop, from any Python 3.11 that the distribution's python3-uno fits."""

import builtins
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import office

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Filter/Import/VBA">
<prop oor:name="Executable" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def uno():
    """The uno module; the import hook it installs goes again."""
    before = builtins.__import__
    try:
        import uno as module  # noqa: PLC0415 - needs the distribution's folder on some machines
    except ImportError:
        sys.path.append("/usr/lib/python3/dist-packages")
        try:
            import uno as module  # noqa: PLC0415
        except ImportError:
            office.need(None, "python3-uno for this Python")
        finally:
            sys.path.remove("/usr/lib/python3/dist-packages")
    builtins.__import__ = before
    return module


def properties(**values):
    """PropertyValues for UNO calls."""
    found = []
    for name, value in values.items():
        one = uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


class Office:
    """LibreOffice with its own profile, macros allowed; a context manager."""

    def __enter__(self):
        soffice = shutil.which("soffice")
        office.need(soffice, "LibreOffice")
        module = uno()
        self.folder = Path(tempfile.mkdtemp(prefix="calc-"))
        profile = self.folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        pipe = self.folder.name
        self.process = subprocess.Popen(
            [soffice, "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile.parent}",
             f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        context = module.getComponentContext()
        resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        for _ in range(240):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except module.getClass("com.sun.star.connection.NoConnectException"):
                time.sleep(0.25)
        self.desktop = self.context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        return self

    def open(self, path):
        """Open a copy of a file; VBA in it may run."""
        copy = self.folder / f"{time.monotonic_ns()}-{path.name}"
        shutil.copy(path, copy)
        # LibreOffice does not recognise .xlam by itself
        kind = {"FilterName": "Calc MS Excel 2007 VBA XML"} if path.suffix == ".xlam" else {}
        wanted = properties(Hidden=True, MacroExecutionMode=4, **kind)
        return self.desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, wanted)

    def __exit__(self, *_):
        module = uno()
        try:
            self.desktop.terminate()
        except module.getClass("com.sun.star.lang.DisposedException"):
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

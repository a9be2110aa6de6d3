"""Objects that COM can ask: `get_Name`, `put_Name` and `do_Name` are the properties and methods of `Name`."""

from typing import ClassVar

import pythoncom
import winerror
from win32com.server.exception import COMException
from win32com.server.policy import DynamicPolicy
from win32com.server.util import NewEnum, wrap

_GET, _PUT, _METHOD = 2, 4 | 8, 1
_REJECTED = -2147418111  # RPC_E_CALL_REJECTED: a cell is being edited, or a dialog is open


class Busy:
    """How Excel answers while it is busy: so many calls are rejected, -1 for all."""

    left = 0
    rejected = 0

    @classmethod
    def rejects(cls):
        if not cls.left:
            return False
        cls.left -= cls.left > 0
        cls.rejected += 1
        return True


class Policy(DynamicPolicy):
    """Rejects calls as COM itself does, by their result and without an exception of the object."""

    def _getidsofnames_(self, names, locale):
        if Busy.rejects():
            raise COMException(scode=_REJECTED)
        return super()._getidsofnames_(names, locale)

    def _invoke_(self, *call):
        return (_REJECTED, -1, None) if Busy.rejects() else super()._invoke_(*call)


class Asked:
    """Counts the calls of every member."""

    calls = 0


def unknown():
    """What Excel says of a member it does not have."""
    return COMException(description="unknown member", scode=winerror.DISP_E_MEMBERNOTFOUND)


def refused(text="下标越界"):
    """Excel's error 1004."""
    return COMException(description=text, source="Microsoft Excel", scode=-2146827284)


class Object:
    """Something with members."""

    known: ClassVar[dict] = {}
    """Objects by their tag, for those that come back as arguments."""

    def _dynamic_(self, name, _locale, flags, arguments):
        Asked.calls += 1
        words = [_ours(a) for a in arguments]
        if name == "_NewEnum":
            return NewEnum([passed(i) for i in self.items()])
        if name == "_value_":
            return passed(self.item(*words))
        if flags & _PUT:
            return self._member("put_", name)(words[0])
        if flags & _GET and hasattr(self, f"get_{name}"):
            return passed(self._member("get_", name)())
        if flags & _METHOD:
            return passed(self._member("do_", name)(*words))
        raise unknown()

    def _member(self, prefix, name):
        found = getattr(self, prefix + name, None)
        if found is None:
            raise unknown()
        return found


class Ignored(Object):
    """Takes everything and does nothing: fonts, fills."""

    def _dynamic_(self, name, _locale, flags, arguments):
        Asked.calls += 1


class Collection(Object):
    """Items by number from 1, or by name."""

    def __init__(self, parent, everything, name_of):
        self.parent, self.everything, self.name_of = parent, everything, name_of

    def get_Application(self):
        return self.parent

    def get_Count(self):
        return len(self.everything)

    def items(self):
        return self.everything

    def item(self, key):
        if isinstance(key, str):
            found = [i for i in self.everything if self.name_of(i).lower() == key.lower()]
        else:
            found = self.everything[int(key) - 1 : int(key)]
        if not found:
            raise refused()
        return found[0]


def passed(answer):
    """Return an answer as COM hands it out."""
    return wrap(answer, usePolicy=Policy) if isinstance(answer, Object) else answer


def _ours(argument):
    """Return an argument, and one of our own objects itself."""
    if isinstance(argument, type(pythoncom.Empty) | type(pythoncom.Missing)):
        return None
    if isinstance(argument, type(pythoncom.Nothing)) or hasattr(argument, "GetIDsOfNames"):
        return Object.known[argument.Invoke(argument.GetIDsOfNames("Tag"), 0, _GET, 1)]
    return argument

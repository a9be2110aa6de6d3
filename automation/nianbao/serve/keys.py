"""Who may ask: tokens that open the desk once, the cookies they become, and the key for programs of the same user."""

from __future__ import annotations

import secrets
from hmac import compare_digest

_BYTES = 32
MOST_TOKENS = 20
"""Tokens that wait to be used; of more, the oldest are dead."""


class Keys:
    """The secrets of one run; nothing of them is kept after it.

    `place` begins every address, so that a page of another port of this machine, to which browsers would send the
    cookie as well, never gets it: the cookie is bound to the place. `key` is what this user's programs ask with.
    """

    def __init__(self) -> None:
        self.place = secrets.token_urlsafe(16)
        self.key = secrets.token_urlsafe(_BYTES)
        self._waiting: list[str] = []
        self._used: dict[str, str] = {}

    def token(self) -> str:
        """Return a new token that opens the desk once."""
        made = secrets.token_urlsafe(_BYTES)
        self._waiting = [*self._waiting, made][-MOST_TOKENS:]
        return made

    def redeem(self, token: str) -> str:
        """Return a cookie for a token, '' for one that is dead.

        A token that comes a second time was seen by somebody else, who may have come first: what it opened is closed.
        """
        mine = next((t for t in self._waiting if _same(t, token)), None)
        if mine is None:
            seen = next((t for t in self._used if _same(t, token)), None)
            if seen is not None:
                self._used[seen] = ""
            return ""
        self._waiting.remove(mine)
        cookie = secrets.token_urlsafe(_BYTES)
        self._used[mine] = cookie
        return cookie

    def opened(self, token: str, cookie: str) -> bool:
        """Tell whether a used token became this very cookie: who shows both comes a second time himself."""
        mine = next((c for t, c in self._used.items() if _same(t, token)), "")
        return bool(mine) and _same(mine, cookie)

    def knows(self, cookie: str) -> bool:
        """Tell whether a cookie is one of this run."""
        return bool(cookie) and any(_same(c, cookie) for c in self._used.values() if c)

    def is_key(self, key: str) -> bool:
        """Tell whether this is the key for the user's programs."""
        return _same(self.key, key)


def _same(ours: str, theirs: str) -> bool:
    return compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))

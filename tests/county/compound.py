"""Compound files ([MS-CFB] 3) for the tests, by hand: storages are dicts, streams bytes; mails of Outlook."""

import struct
from itertools import pairwise

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def _padded(data, size):
    return data + bytes(-len(data) % size)


def _chain(first, count):
    return [*range(first + 1, first + count), END] if count else []


class _Writer:
    def __init__(self):
        self.entries, self.sectors, self.mini, self.minifat, self.large = [], [], b"", [], []

    def add(self, name, held):
        """Add a storage or stream with all that it holds; its number."""
        number = len(self.entries)
        self.entries.append([name, 5 if not number else 1, FREE, FREE, 0, 0])
        if isinstance(held, bytes):
            self.entries[number][1] = 2
            self.entries[number][4:] = self._stream(held)
            return number
        children = [self.add(n, h) for n, h in sorted(held.items(), key=lambda i: (len(i[0]), i[0].upper()))]
        for one, after in pairwise(children):
            self.entries[one][2] = after  # a chain to the right: a tree, if not a balanced one
        if children:
            self.entries[number][3] = children[0]
        return number

    def _stream(self, data):
        if not data:
            return END, 0
        if len(data) < CUTOFF:
            first = len(self.minifat)
            self.minifat += _chain(first, -(-len(data) // MINI))
            self.mini += _padded(data, MINI)
        else:
            first = self._sectors(data)
        return first, len(data)

    def _sectors(self, data):
        first = len(self.sectors)
        count = -(-len(data) // SECTOR)
        self.sectors += [_padded(data, SECTOR)[i * SECTOR : (i + 1) * SECTOR] for i in range(count)]
        self.large += _chain(first, count)
        return first if count else END

    def written(self):
        self.entries[0][4:] = self._sectors(self.mini), len(self.mini)
        minifat = struct.pack(f"<{len(self.minifat)}I", *self.minifat)
        minifat += b"\xff" * (-len(minifat) % SECTOR)
        first_minifat, minifat_sectors = self._sectors(minifat), len(minifat) // SECTOR
        first_entry = self._sectors(_padded(b"".join(map(_entry, self.entries)), SECTOR))
        lists = 1
        while lists * (SECTOR // 4) < len(self.large) + lists:
            lists += 1
        assert lists <= 109, "no files of more than 6.8 MB"
        at = len(self.large)
        numbers = self.large + [FAT] * lists
        numbers += [FREE] * (-len(numbers) % (SECTOR // 4))
        header = struct.pack(
            "<8s16sHHHHHHLLLLLLLLLL", MAGIC, bytes(16), 62, 3, 0xFFFE, 9, 6, 0, 0, 0, lists, first_entry, 0, CUTOFF,
            first_minifat, minifat_sectors, END, 0,
        )  # fmt: skip
        header += struct.pack("<109I", *range(at, at + lists), *[FREE] * (109 - lists))
        return header + b"".join(self.sectors) + struct.pack(f"<{len(numbers)}I", *numbers)


def _entry(entry):
    name, kind, right, child, first, size = entry
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIII", raw, len(raw), kind, 1, FREE, right, child, bytes(16), 0, 0, 0, first, size, 0
    )


def compound(storage):
    """The compound file of a storage."""
    writer = _Writer()
    writer.add("Root Entry", storage)
    return writer.written()


def attachment(name, held):
    """The storage of an attachment: bytes, or the storage of a mail that is attached."""
    said = {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": name.encode("utf-16-le")}
    kind = "0102" if isinstance(held, bytes) else "000D"
    return {**said, f"__substg1.0_3701{kind}": held}


def mail(*attachments):
    """The storage of a mail of Outlook: what is attached, each as the storage of an attachment."""
    said = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": "年报".encode("utf-16-le"),
        "__nameid_version1.0": {},
    }
    return {**said, **{f"__attach_version1.0_#{n:08X}": a for n, a in enumerate(attachments)}}

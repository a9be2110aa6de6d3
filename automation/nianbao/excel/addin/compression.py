"""MS-OVBA 2.4: the compression of VBA streams and the obfuscation of a project's three protection keys."""

from __future__ import annotations

import struct

_CHUNK = 4096


def compress(data: bytes) -> bytes:
    """Return a compressed container (MS-OVBA 2.4.1)."""
    out = bytearray(b"\x01")
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        body = _tokens(chunk)
        if len(body) > _CHUNK:  # a raw chunk always has 4096 bytes
            out += struct.pack("<H", 0x3FFF) + chunk.ljust(_CHUNK, b"\0")
        else:
            out += struct.pack("<H", (len(body) - 1) | 0xB000) + body
    return bytes(out)


def _tokens(chunk: bytes) -> bytes:
    """Return the token sequences of one chunk, always the longest and nearest match."""
    out = bytearray()
    seen: dict[bytes, list[int]] = {}
    at = 0
    while at < len(chunk):
        flags_at, flags = len(out), 0
        out.append(0)
        for bit in range(8):
            if at >= len(chunk):
                break
            length, source = _match(chunk, at, seen)
            if length >= 3:
                out += struct.pack("<H", ((at - source - 1) << (16 - _offset_bits(at))) | (length - 3))
                flags |= 1 << bit
            else:
                length = 1
                out.append(chunk[at])
            for i in range(at, at + length):
                seen.setdefault(chunk[i : i + 3], []).append(i)
            at += length
        out[flags_at] = flags
    return bytes(out)


def _offset_bits(at: int) -> int:
    """Return how many bits of a copy token hold its offset (2.4.1.3.19.1)."""
    return max(4, (at - 1).bit_length()) if at else 4


def _match(chunk: bytes, at: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    longest = min((0xFFFF >> _offset_bits(at)) + 3, len(chunk) - at)
    best = source = 0
    for candidate in reversed(seen.get(chunk[at : at + 3], ())):
        length = 0
        while length < longest and chunk[candidate + length] == chunk[at + length]:
            length += 1
        if length > best:
            best, source = length, candidate
            if best == longest:
                break
    return best, source


def obfuscate(data: bytes, project: str, seed: int) -> str:
    """Return one of the keys CMG, DPB, GC of a project with this id, as hexadecimal (2.4.3.2)."""
    key = sum(project.encode("ascii")) & 0xFF
    out = bytearray([seed, seed ^ 2, seed ^ key])
    plain_before, before, before_that = key, out[2], out[1]
    ignored = bytes([7] * ((seed & 6) // 2))
    for byte in ignored + struct.pack("<I", len(data)) + data:
        made = byte ^ ((before_that + plain_before) & 0xFF)
        out.append(made)
        before_that, before, plain_before = before, made, byte
    return out.hex().upper()

"""The words a pool and its workers speak: length-prefixed JSON with bytes beside it.

JSON, not pickle: a worker that a hostile file has taken over must not be able to
run code in the parent.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct("!II")
MAX_FRAME = 512 * 1024**2
"""Bytes; a longer frame is taken for nonsense."""


def pack(message: dict[str, Any], blob: bytes = b"") -> bytes:
    """A message and bytes that go with it, ready to be written."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _HEAD.pack(len(body), len(blob)) + body + blob


class Unpacker:
    """Collects bytes as they come and gives whole messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes that were read."""
        self._buffer += data

    def take(self) -> tuple[dict[str, Any], bytes] | None:
        """The next whole message and its bytes, None while it is incomplete. Raises `ValueError` on nonsense."""
        if len(self._buffer) < _HEAD.size:
            return None
        body, blob = _HEAD.unpack_from(self._buffer)
        if body + blob > MAX_FRAME:
            raise ValueError("frame too long")
        end = _HEAD.size + body + blob
        if len(self._buffer) < end:
            return None
        message = json.loads(
            bytes(self._buffer[_HEAD.size : _HEAD.size + body]).decode("utf-8", "surrogatepass")
        )
        extra = bytes(self._buffer[_HEAD.size + body : end])
        del self._buffer[:end]
        if not isinstance(message, dict):
            raise ValueError("not a message")
        return message, extra


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Wait for one message on a stream; None at its end."""
    head = _exactly(stream, _HEAD.size)
    if head is None:
        return None
    body, blob = _HEAD.unpack(head)
    if body + blob > MAX_FRAME:
        raise ValueError("frame too long")
    data = _exactly(stream, body + blob)
    if data is None:
        return None
    message = json.loads(data[:body].decode("utf-8", "surrogatepass"))
    return message, data[body:]


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    data = bytearray()
    while len(data) < count:
        piece = stream.read(count - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)

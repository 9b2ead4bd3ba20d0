"""Originals: uploaded files kept unchanged on disk under their SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadFile, Unavailable
from ingest.failures import unreadable as file_unreadable
from register.names import safe_name

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class OriginalStore:
    """A folder of files named by their content: ab/cd/abcd….

    A file appears whole or not at all (written beside, synced, renamed) and
    is never changed. Only the original of a confined letter is ever discarded.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where the file of this content lies (whether it is there or not)."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path(sha256).is_file()

    def put(self, content: Path | bytes) -> Stored:
        """Keep a copy of the content; keeping it twice is harmless. `Unavailable` where the disk takes nothing more."""
        try:
            return self._put(content)
        except OSError as error:
            if isinstance(content, Path) and error.filename == str(content):
                raise unreadable(content, error) from error
            raise unwritable(self.root, error) from error

    def _put(self, content: Path | bytes) -> Stored:
        self.root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(prefix=".incoming-", dir=self.root)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in _chunks(content):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            target = self.path(digest.hexdigest())
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.chmod(0o440)
                temporary.replace(target)
                _sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
        return Stored(digest.hexdigest(), size)

    def read(self, sha256: str) -> bytes:
        """The whole file. BadFile "original-missing" if it is not there."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise missing(sha256) from None

    def verify(self, sha256: str) -> bool:
        """Whether the file is there and still has its content."""
        if not self.has(sha256):
            return False
        return digest_of(self.path(sha256)) == sha256

    def discard(self, sha256: str) -> None:
        """Remove the original of a confined letter; nothing else is ever removed."""
        with contextlib.suppress(FileNotFoundError):
            self.path(sha256).unlink()

    def all(self) -> Iterator[str]:
        """The SHA-256 of every file in the store."""
        for path in sorted(self.root.glob("??/??/*")):
            if path.is_file():
                yield path.name


def missing(sha256: str) -> BadFile:
    """The error for an original that is not in the store."""
    return BadFile(
        "original-missing",
        f"Không thấy tệp gốc {sha256[:12]}… trong kho lưu trữ.",
        f"The original {sha256[:12]}… is not in the store.",
        advice="Hãy khôi phục kho tệp gốc từ bản sao lưu.",
        advice_en="Restore the store of originals from a backup.",
    )


def unreadable(path: Path, error: OSError) -> BadFile:
    """The error for a file that the operating system would not give us."""
    return file_unreadable(safe_name(path.name), error.strerror or type(error).__name__)


def unwritable(root: Path, error: OSError) -> Unavailable:
    """The error for a store that takes nothing more: a full disk, no permission."""
    reason = error.strerror or type(error).__name__
    return Unavailable(
        "store-unwritable",
        f"Không ghi được vào kho tệp gốc {root} ({reason}).",
        f"The store of originals {root} cannot be written to ({reason}).",
        advice="Chưa có gì được ghi. Hãy kiểm tra dung lượng đĩa và quyền ghi rồi thử lại.",
        advice_en="Nothing was written. Check the free space and the permissions, then try again.",
        retry=True,
    )


def digest_of(content: Path | bytes) -> str:
    """SHA-256 in hexadecimal. BadFile for a file that cannot be read."""
    digest = hashlib.sha256()
    try:
        for chunk in _chunks(content):
            digest.update(chunk)
    except OSError as error:
        if isinstance(content, bytes):
            raise
        raise unreadable(content, error) from error
    return digest.hexdigest()


def _chunks(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            yield chunk


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

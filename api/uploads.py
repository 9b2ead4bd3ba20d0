"""Taking a file in: its name made harmless, its bytes kept unchanged, its type never believed."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from pathlib import Path

from fastapi import UploadFile

from api.guard import too_large
from api.services import Services
from register import intake
from register.intake import Receipt
from register.users import UserView

CHUNK = 1 << 20
LONGEST_NAME = 200


def safe_name(name: str | None) -> str:
    """A file's name for people: no folders, no control characters, no tricks of direction, NFC.

    The name is shown and kept, never used as a path.
    """
    name = unicodedata.normalize("NFC", name or "")
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if char.isspace() else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = " ".join(name.split()).strip(". ") or "khong-ten"
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + "." + ending


def take_in(services: Services, upload: UploadFile, user: UserView) -> Receipt:
    """Register an uploaded file and queue its processing.

    The file is copied from disk to disk in pieces, counted once more on the
    way, so that it is never in memory as a whole.
    """
    with tempfile.NamedTemporaryFile(prefix="dondoc-upload-") as held:
        shutil.copyfileobj(upload.file, held, CHUNK)
        if held.tell() > services.upload_bytes:
            raise too_large(services.upload_bytes)
        held.flush()
        with services.database.transaction() as s:
            receipt = intake.receive(
                s,
                services.store,
                Path(held.name),
                name=safe_name(upload.filename),
                at=services.now(),
                by=user.id,
                version=services.processing,
            )
    services.wake()
    return receipt

"""Taking a file in: its name made harmless, its bytes kept unchanged, its type never believed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fastapi import UploadFile

from api.guard import too_large
from api.services import Services
from register import intake
from register.attaching import Incoming
from register.intake import Receipt
from register.names import LONGEST_NAME, safe_name
from register.users import UserView

CHUNK = 1 << 20

__all__ = ["LONGEST_NAME", "held", "safe_name", "take_in"]


@contextmanager
def held(services: Services, uploads: Sequence[UploadFile]) -> Iterator[list[Incoming]]:
    """Uploaded files on disk until the end of the block, empty fields of forms left out; never in memory as a whole."""
    with ExitStack() as stack:
        found: list[Incoming] = []
        total = 0
        for upload in uploads:
            if not upload.filename and not upload.size:
                continue  # a form's field without a file
            file = stack.enter_context(tempfile.NamedTemporaryFile(prefix="dondoc-upload-"))
            shutil.copyfileobj(upload.file, file, CHUNK)
            total += file.tell()
            if total > services.upload_bytes:
                raise too_large(services.upload_bytes)
            file.flush()
            found.append(Incoming(Path(file.name), safe_name(upload.filename)))
        yield found


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

"""What every command needs: limits, file lists, the database, the store, the search engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dondoc.logs import set_up
from dondoc.settings import Settings
from ingest.errors import BadRequest
from ingest.types import Limits

if TYPE_CHECKING:
    from dondoc.mailer import Mailer
    from register.database import Database
    from register.originals import OriginalStore
    from search.engine import Engine

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".heif", ".docx", ".txt"})
"""File name endings taken from a folder; a file named by itself is judged by its content alone."""


def limits(settings: Settings) -> Limits:
    """The limits of reading, from the settings."""
    return Limits(
        seconds_per_page=settings.seconds_per_page,
        memory_bytes=settings.memory_mb * 1024**2,
        pixels=settings.max_megapixels * 1_000_000,
        pages=settings.max_pages,
        file_bytes=settings.max_upload_mb * 1024**2,
    )


def expand(paths: Sequence[Path]) -> list[Path]:
    """Files as named, folders as the documents in them (all levels, sorted by name)."""
    result: list[Path] = []
    for path in paths:
        if path.is_dir():
            result.extend(sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()))
        elif path.exists():
            result.append(path)
        else:
            raise BadRequest(
                "no-such-file", f"Không có tệp “{path}”.", f"There is no file “{path}”.", advice="Hãy kiểm tra lại đường dẫn."
            )
    if not result:
        raise BadRequest("no-files", "Không có văn bản nào để đọc.", "There is no document to read.")
    return result


def open_database(settings: Settings) -> Database:
    """The database of the settings, brought to the current schema."""
    from register.database import Database

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    set_up(settings.data_dir)
    database = Database(settings.effective_database_url)
    database.upgrade()
    return database


def open_store(settings: Settings) -> OriginalStore:
    """Where originals are kept."""
    from register.originals import OriginalStore

    return OriginalStore(settings.originals_dir)


def mailer_of(settings: Settings) -> Mailer | None:
    """The mail server of the settings, None where none is set: reminders then stay in the program."""
    if settings.smtp_host is None or settings.smtp_from is None:
        return None
    from dondoc.mailer import Mailer

    return Mailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_from,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        timeout=settings.smtp_timeout,
    )


def open_engine(settings: Settings) -> Engine:
    """The search engine of the settings: Elasticsearch where its address is set, else the embedded one."""
    if settings.elasticsearch_url:
        from search.elastic import ElasticEngine

        return ElasticEngine(
            settings.elasticsearch_url,
            prefix=settings.elasticsearch_prefix,
            shards=settings.elasticsearch_shards,
            replicas=settings.elasticsearch_replicas,
            refresh=settings.elasticsearch_refresh,
            bulk=settings.elasticsearch_bulk,
            bulk_mb=settings.elasticsearch_bulk_mb,
            timeout=settings.elasticsearch_timeout,
        )
    from search.embedded import EmbeddedEngine

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return EmbeddedEngine(settings.index_path)

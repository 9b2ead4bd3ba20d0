"""`dondoc demo`: sample letters as scans, loaded and served."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from dondoc.commands import ingest, serve
from dondoc.settings import Settings
from register import users
from register.clock import now

LOGIN = "vanthu"


def run(*, port: int | None, load_only: bool) -> int:
    """Render the specimen letters as scans, ingest them, make a user to try with, and serve."""
    from corpus import demo_scans

    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    print("Đang dựng văn bản mẫu thành bản scan …", file=sys.stderr)
    scans = demo_scans(settings.data_dir / "demo-scans")
    code = _load(scans, settings)
    if load_only or code:
        return code
    return serve.run(port=port, demo_login=f"Đăng nhập dùng thử: {LOGIN} / mật khẩu {_password(settings)}")


def _load(scans: list[Path], settings: Settings) -> int:
    """Ingest what is not yet there; a second run finds everything known and is quick."""
    return ingest.run(scans, as_json=False, workers=max(1, settings.workers))


def _password(settings: Settings) -> str:
    """The trial user's password: made at random on the first run, kept beside the demo's data, for its owner only."""
    kept = settings.data_dir / "demo-password"
    if kept.exists():
        return kept.read_text(encoding="utf-8").strip()
    password = secrets.token_urlsafe(9)
    from dondoc.running import open_database

    database = open_database(settings)
    try:
        with database.transaction() as s:
            users.add(s, login=LOGIN, name="Văn thư dùng thử", password=password, role="quản trị", at=now(), must_change_password=False)
    finally:
        database.close()
    kept.touch(mode=0o600)
    kept.write_text(password, encoding="utf-8")
    return password

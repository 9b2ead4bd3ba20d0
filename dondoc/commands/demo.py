"""`dondoc demo`: sample letters as scans, loaded and served."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from dondoc.commands import ingest, serve
from dondoc.settings import Settings
from dondoc.worker import Office
from register import intake, users
from register.clock import now
from register.originals import digest_of

LOGIN = "vanthu"
SAMPLES = 26
"""How many letters the demonstration loads: enough to see lists and search at work, read in a few minutes."""


def run(*, port: int | None, load_only: bool) -> int:
    """Render the specimen letters as scans, make a user to try with, and serve; the letters are read meanwhile."""
    from corpus import demo_scans

    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    print("Đang dựng văn bản mẫu thành bản scan …", file=sys.stderr)
    scans = demo_scans(settings.data_dir / "demo-scans", limit=SAMPLES)
    if load_only:
        return ingest.run(scans, as_json=False, workers=max(1, settings.workers))
    login = f"Đăng nhập dùng thử: {LOGIN} / mật khẩu {_password(settings)}"
    return serve.run(port=port, notice=login, first=lambda office: _receive(office, scans))


def _receive(office: Office, scans: list[Path]) -> None:
    """Take in what is not yet there; the workers read it while the pages already answer."""
    with office.database.reading() as s:
        new = [path for path in scans if intake.known(s, digest_of(path)) is None]
    for path in new:
        ingest.receive(office, path)
    if new:
        print(f"Đang đọc {len(new)} văn bản mẫu; trang Văn bản đầy dần trong vài phút.", file=sys.stderr)


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

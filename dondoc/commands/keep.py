"""Commands that keep the register: migrations, users, backup and restore."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from dondoc.running import open_database, open_store
from dondoc.settings import Settings
from ingest.errors import BadRequest
from register.clock import now

ROLES = {
    "van-thu": "văn thư", "chuyen-vien": "chuyên viên", "phap-che": "pháp chế", "lanh-dao": "lãnh đạo", "quan-tri": "quản trị",
}  # fmt: skip


def upgrade() -> int:
    """Bring the database to the current schema."""
    open_database(Settings()).close()
    print("Cơ sở dữ liệu đã ở phiên bản hiện tại.")
    return 0


def add_user(login: str, *, role: str, full_name: str, password_stdin: bool) -> int:
    """Add a user; the password is asked for twice, or read from standard input."""
    from register import users

    wanted = ROLES.get(role, role)
    if wanted not in ROLES.values():
        raise BadRequest(
            "bad-role", f"Không có vai trò “{role}”.", f"There is no role “{role}”.", advice=f"Chọn một trong: {', '.join(ROLES)}."
        )
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Mật khẩu: ")
        if getpass.getpass("Nhập lại mật khẩu: ") != password:
            raise BadRequest("password-differs", "Hai lần nhập mật khẩu không giống nhau.", "The two passwords differ.")
    database = open_database(Settings())
    try:
        with database.transaction() as s:
            users.add(s, login=login, name=full_name or login, password=password, role=wanted, at=now())
    finally:
        database.close()
    print(f"Đã thêm người dùng {login} ({wanted}); lần đăng nhập đầu phải đổi mật khẩu.")
    return 0


def backup(target: Path) -> int:
    """Write a consistent copy of the database and all originals into one zip file."""
    from register.backup import backup as write

    settings = Settings()
    database = open_database(settings)
    try:
        report = write(database, open_store(settings), target, at=now())
    finally:
        database.close()
    print(f"Đã sao lưu {sum(report.rows.values())} dòng và {report.originals} bản gốc vào {report.path}.")
    if report.missing:
        print(f"Thiếu {len(report.missing)} bản gốc: {', '.join(report.missing[:5])}", file=sys.stderr)
        return 1
    return 0


def restore(source: Path) -> int:
    """Restore a backup into an empty place; every original is checked against its SHA-256."""
    from register.backup import restore as read

    settings = Settings()
    database = open_database(settings)
    try:
        report = read(source, database, open_store(settings))
    finally:
        database.close()
    print(f"Đã khôi phục {sum(report.rows.values())} dòng và {report.originals} bản gốc. Hãy chạy: dondoc index rebuild")
    return 0

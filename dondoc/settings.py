"""All settings, from the environment (prefix `DONDOC_`). The only place that reads it.

docs/installation.md lists them; a test holds the two together. Secrets have
no default: what needs one and has none says so and does not start.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import BadRequest


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "dondoc"


class Settings(BaseSettings):
    """What an office may set. Every field is `DONDOC_` plus its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", extra="ignore")

    data_dir: Path = Field(default_factory=_default_data_dir, description="Thư mục dữ liệu: cơ sở dữ liệu, bản gốc, chỉ mục nhúng.")
    database_url: str | None = Field(default=None, description="PostgreSQL thay cho SQLite, ví dụ postgresql+psycopg://user@host/dondoc.")
    elasticsearch_url: str | None = Field(default=None, description="Elasticsearch thay cho chỉ mục nhúng, ví dụ http://search:9200; các máy của một cụm cách nhau bằng dấu phẩy.")
    elasticsearch_prefix: str = Field(default="dondoc", description="Tiền tố tên chỉ mục Elasticsearch.")
    elasticsearch_shards: int = Field(default=1, ge=1, le=256, description="Số mảnh (shard) của mỗi chỉ mục; có tác dụng khi lập lại chỉ mục.")
    elasticsearch_replicas: str = Field(default="0-1", pattern=r"^(\d{1,2}|\d{1,2}-(\d{1,2}|all))$", description="Số bản sao của mỗi mảnh, hoặc khoảng: 0-1 là có một bản sao khi cụm có từ hai máy; có tác dụng khi lập lại chỉ mục.")
    elasticsearch_refresh: str = Field(default="1s", pattern=r"^(-1|\d{1,6}(ms|s|m))$", description="Sau bao lâu thì điều vừa ghi tìm thấy được; có tác dụng khi lập lại chỉ mục.")
    elasticsearch_bulk: int = Field(default=500, ge=1, le=10000, description="Số bản ghi lớn nhất của một lần gửi.")
    elasticsearch_bulk_mb: int = Field(default=20, ge=1, le=90, description="Dung lượng lớn nhất của một lần gửi (MB).")
    elasticsearch_timeout: float = Field(default=30.0, gt=0, le=600, description="Thời gian chờ Elasticsearch trả lời (giây).")
    home_agency: str | None = Field(default=None, description="Tên cơ quan sử dụng hệ thống; quyết định văn bản đến hay đi.")
    host: str = Field(default="127.0.0.1", description="Địa chỉ máy chủ web lắng nghe.")
    port: int = Field(default=8000, ge=1, le=65535, description="Cổng của máy chủ web.")
    workers: int = Field(default_factory=lambda: max(1, min(4, (os.cpu_count() or 2))), ge=0, le=64, description="Số tiến trình đọc văn bản; 0 là chỉ phục vụ web.")
    secure_cookie: bool = Field(default=False, description="Chỉ gửi cookie qua HTTPS; bật khi đứng sau HTTPS.")
    session_hours: int = Field(default=12, ge=1, le=720, description="Thời hạn phiên đăng nhập (giờ).")
    max_upload_mb: int = Field(default=200, ge=1, le=4096, description="Dung lượng lớn nhất của một tệp tải lên (MB).")
    max_pages: int = Field(default=500, ge=1, le=10000, description="Số trang lớn nhất của một tệp.")
    seconds_per_page: float = Field(default=30.0, gt=0, le=3600, description="Thời gian lớn nhất để đọc một trang (giây).")
    memory_mb: int = Field(default=2048, ge=256, le=65536, description="Bộ nhớ lớn nhất của một tiến trình đọc (MB).")
    max_megapixels: int = Field(default=120, ge=1, le=2000, description="Số điểm ảnh lớn nhất của một trang (triệu).")
    due_soon_days: int = Field(default=7, ge=0, le=90, description="Số ngày trước hạn để báo sắp đến hạn.")
    reminder_hour: int = Field(default=7, ge=0, le=23, description="Từ giờ nào trong ngày làm việc thì nhắc việc.")
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s/]+(/[^\s]*)?$", description="Địa chỉ trang web như người dùng gõ, ví dụ https://dondoc.tinh.gov.vn; dùng cho đường dẫn trong thư và lịch.")
    oidc_discovery: str | None = Field(default=None, pattern=r"^https?://[^\s]+$", description="Địa chỉ mô tả (discovery) của máy chủ đăng nhập OpenID Connect, ví dụ https://sso.tinh.gov.vn/.well-known/openid-configuration; cần DONDOC_PUBLIC_URL.")
    oidc_client_id: str | None = Field(default=None, description="Mã ứng dụng (client id) đã đăng ký với máy chủ đăng nhập; bắt buộc khi có DONDOC_OIDC_DISCOVERY.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Mã bí mật của ứng dụng; không có thì chỉ dùng PKCE.")
    oidc_claim: Literal["preferred_username", "email"] = Field(default="preferred_username", description="Thông tin dùng để tìm người dùng theo tên đăng nhập: preferred_username, hoặc email (phải được xác minh).")
    oidc_name: str | None = Field(default=None, description="Tên ghi trên nút đăng nhập qua máy chủ của cơ quan.")
    smtp_host: str | None = Field(default=None, description="Máy chủ gửi thư; không có thì chỉ nhắc trong chương trình.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Cổng của máy chủ gửi thư.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(default="starttls", description="starttls, tls (mã hóa ngay từ đầu, cổng 465) hoặc none.")
    smtp_user: str | None = Field(default=None, description="Tên đăng nhập máy chủ gửi thư, nếu cần.")
    smtp_password: SecretStr | None = Field(default=None, description="Mật khẩu máy chủ gửi thư; không gửi đi khi smtp_security là none.")
    smtp_from: str | None = Field(default=None, pattern=r"^[^\r\n]*@[^\r\n]+$", description="Người gửi, ví dụ Đôn Đốc <dondoc@tinh.gov.vn>; bắt buộc khi có DONDOC_SMTP_HOST.")
    smtp_timeout: float = Field(default=20.0, gt=0, le=300, description="Thời gian chờ máy chủ gửi thư trả lời (giây).")
    lease_seconds: int = Field(default=120, ge=5, le=3600, description="Thời hạn giữ một việc của tiến trình đọc (giây) trước khi việc được giao lại.")

    def __init__(self, **values: Any) -> None:
        """Read them; BadRequest names every variable whose value has the wrong form, never the value."""
        try:
            super().__init__(**values)
        except ValidationError as error:
            wrong = ", ".join(sorted({f"DONDOC_{str(each['loc'][0]).upper()}" for each in error.errors() if each["loc"]}))
            raise BadRequest(
                "settings-wrong", f"Giá trị của {wrong} không đúng.", f"The value of {wrong} is wrong.",
                advice="Các giá trị được phép ghi trong docs/installation.md.",
                advice_en="docs/installation.md lists what is allowed.",
            ) from None  # fmt: skip
        self._check_mail()
        self._check_oidc()

    def _check_mail(self) -> None:
        """A mail server needs a sender, and a password goes over TLS or not at all."""
        if self.smtp_host and not self.smtp_from:
            raise BadRequest(
                "smtp-from", "Có DONDOC_SMTP_HOST mà chưa có DONDOC_SMTP_FROM.", "DONDOC_SMTP_HOST is set, DONDOC_SMTP_FROM is not.",
                advice="Hãy đặt địa chỉ người gửi.", advice_en="Set the sender's address.",
            )  # fmt: skip
        if self.smtp_password and self.smtp_security == "none":
            raise BadRequest(
                "smtp-password", "Mật khẩu SMTP không được gửi đi khi không mã hóa.", "An SMTP password is not sent without encryption.",
                advice="Hãy đặt DONDOC_SMTP_SECURITY là starttls hoặc tls, hoặc bỏ DONDOC_SMTP_PASSWORD.",
                advice_en="Set DONDOC_SMTP_SECURITY to starttls or tls, or leave DONDOC_SMTP_PASSWORD out.",
            )  # fmt: skip

    def _check_oidc(self) -> None:
        """A provider must know us, and where to send people back to."""
        missing = [name for name in ("oidc_client_id", "public_url") if not getattr(self, name)]
        if self.oidc_discovery and missing:
            names = ", ".join(f"DONDOC_{name.upper()}" for name in missing)
            raise BadRequest(
                "oidc-incomplete", f"Có DONDOC_OIDC_DISCOVERY mà chưa có {names}.", f"DONDOC_OIDC_DISCOVERY is set, {names} is not.",
                advice="Các giá trị được phép ghi trong docs/installation.md.",
                advice_en="docs/installation.md lists what is allowed.",
            )  # fmt: skip

    @property
    def link(self) -> str | None:
        """The address of the pages without a slash at its end."""
        return self.public_url.rstrip("/") if self.public_url else None

    @property
    def effective_database_url(self) -> str:
        """The database in use: the setting, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'dondoc.sqlite'}"

    @property
    def originals_dir(self) -> Path:
        """Where originals are kept by SHA-256."""
        return self.data_dir / "originals"

    @property
    def index_path(self) -> Path:
        """The embedded index's file."""
        return self.data_dir / "index.sqlite"

"""From a template and values to a page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from api import formats
from api.i18n import DEFAULT, LANGUAGES, Words
from api.problems import body_of, status_of
from api.rights import Right, may
from api.services import Services
from ingest.errors import DondocError
from register import reminding, saved
from register.assigning import Standing
from register.users import UserView

HERE = Path(__file__).parent
STATIC = HERE / "static"
THEMES = ("light", "dark")
NAVIGATION = (
    ("intake", "/tiep-nhan", "inbox"),
    ("letters", "/van-ban", "letter"),
    ("tasks", "/nhiem-vu", "task"),
    ("dashboard", "/dieu-hanh", "board"),
    ("search", "/tim-kiem", "search"),
)
ADMIN_PARTS = (
    ("people", "/quan-tri/nguoi-dung"),
    ("units", "/quan-tri/don-vi"),
    ("books", "/quan-tri/so-van-ban"),
    ("settings", "/quan-tri/thiet-lap"),
    ("calendar", "/quan-tri/lich"),
    ("agencies", "/quan-tri/co-quan"),
    ("jobs", "/quan-tri/viec-may"),
    ("index", "/quan-tri/chi-muc"),
    ("audit", "/quan-tri/nhat-ky"),
)
"""The pages of the administration, in the order of their tabs."""

_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static(name: str, *, bare: bool = False) -> str:
    """The address of a static file, with its fingerprint so that browsers may keep it for good."""
    return f"/static/{name}" if bare else f"/static/{name}?v={_fingerprint(name)}"


def is_api(path: str) -> bool:
    """Whether programs ask here."""
    return path.startswith("/api/") and path != "/api/v1/docs"


def language_of(connection: HTTPConnection) -> str:
    """The language of the answer: the cookie's, else the user's, else Vietnamese."""
    chosen = connection.cookies.get("dondoc_language")
    if chosen in LANGUAGES:
        return chosen
    user: UserView | None = connection.scope.get("state", {}).get("user")
    return user.language if user and user.language in LANGUAGES else DEFAULT


def here_of(connection: HTTPConnection) -> str:
    """The path and query of this request."""
    return connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")


def safe_next(address: str | None) -> str:
    """A local path to go on to; anything that could lead elsewhere becomes "/"."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return "/"
    return address if address.isprintable() else "/"


def render(
    connection: HTTPConnection, template: str, *, status: int = 200, section: str = "", **values: Any
) -> HTMLResponse:
    """Render a page. Every template gets t, user, may, theme, today's formats and the navigation."""
    app = connection.app
    t = Words(language_of(connection))
    user: UserView | None = connection.scope.get("state", {}).get("user")
    theme = connection.cookies.get("dondoc_theme")
    services: Services = app.state.services
    today = services.today()

    def allowed(right: Right, own: Standing = "") -> bool:
        return user is not None and may(user, right, own=own)

    context = {
        "t": t,
        "user": user,
        "may": allowed,
        "theme": theme if theme in THEMES else "",
        "nav": NAVIGATION,
        "admin_parts": ADMIN_PARTS,
        "provider": services.oidc.name or t("sign_in.provider_name") if services.oidc else None,
        "section": section,
        "here": here_of(connection),
        "home_agency": services.home_agency,
        "static": static,
        "icons": _environment.get_template("icons.html").module,
        "today": today,
        "lag": app.state.lag.late() if user else None,
        "news": _news(services, user),
        "day": formats.day,
        "moment": formats.moment,
        "first_upper": formats.first_upper,
        "item_number": formats.item_number,
        "number": lambda value: formats.number(value, t.language),
        "size": lambda value: formats.size(value, t.language),
        "relative": lambda due: formats.relative(due, today, t),
        "recurrence": lambda rule: formats.recurrence(rule, t),
        "period": lambda rule: formats.period(rule, t),
    }
    page = _environment.get_template(template).render(**(context | values))
    return HTMLResponse(page, status)


MOST_NEWS = 100
"""Reminders are counted so far on every page; the bell says 99+ beyond."""


@dataclass(frozen=True, slots=True)
class News:
    """What the bell tells of: reminders and matches of saved searches that the user has not looked at."""

    reminders: int = 0
    matches: int = 0


def _news(services: Services, user: UserView | None) -> News:
    if user is None:
        return News()
    try:
        with services.database.reading() as s:
            return News(reminding.unseen(s, user.id, most=MOST_NEWS), saved.unseen(s, user.id))
    except DondocError:
        return News()  # the page that says what is wrong needs no bell


def problem_of(error: DondocError, language: str) -> dict[str, Any]:
    """What a page says of an expected failure: text, advice, status, retry."""
    body = body_of(error, language)
    return {"text": body["title"], "advice": body["advice"], "status": body["status"], "retry": body["retry"]}


def failure_page(connection: HTTPConnection, error: DondocError) -> HTMLResponse:
    """An expected failure as a page."""
    problem = problem_of(error, language_of(connection))
    return render(connection, "problem.html", status=status_of(error), problem=problem)

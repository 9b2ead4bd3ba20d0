"""Quản trị · Ngưỡng và mẫu: thresholds, the head of what is printed, the words of reminder mails, with a preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api import mail_forms
from api.deps import CurrentUser, Here
from api.i18n import Words
from api.problems import status_of
from api.render import language_of, problem_of, render
from api.rights import require
from api.services import Services
from ingest.errors import DondocError
from nlp.calibration import DOUBT
from register import calendar_days, office_settings
from register.office_settings import HEADING, LANGUAGES, PLACEHOLDERS, OfficeSettings
from register.terms import office_days
from register.users import UserView

router = APIRouter(include_in_schema=False, prefix="/quan-tri/thiet-lap")

HERE = "/quan-tri/thiet-lap"
Line = Annotated[str, Form(max_length=400)]
Long = Annotated[str, Form(max_length=6000)]
Language = Literal["vi", "en"]


@router.get("")
def settings_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """What is set, and what the program comes with."""
    require(user, "administer")
    return _page(request, services)


@router.post("/nguong")
def set_thresholds(
    request: Request, services: Here, user: CurrentUser, doubt: Line = "", soon_days: Line = "", remind_days: Line = ""
) -> Response:
    """Set the thresholds; an empty field goes back to what the program comes with."""
    require(user, "administer")
    return _set(request, services, user, {"doubt": doubt, "soon_days": soon_days, "remind_days": remind_days})


@router.post("/in")
def set_heading(
    request: Request, services: Here, user: CurrentUser, above: Line = "", organ: Line = "", place: Line = "", signer: Line = ""
) -> Response:
    """Set the head of reports and printed registers."""
    require(user, "administer")
    return _set(request, services, user, {"above": above, "organ": organ, "place": place, "signer": signer})


@router.post("/thu/{language}")
def set_texts(
    request: Request,
    services: Here,
    user: CurrentUser,
    language: Language,
    subject: Line = "",
    subject_many: Line = "",
    subject_many_late: Line = "",
    body: Long = "",
    xem: Annotated[Literal["", "1"], Form()] = "",
) -> Response:
    """Set the texts of mails in a language, or with `xem` only show what they would make."""
    require(user, "administer")
    typed = {"subject": subject, "subject_many": subject_many, "subject_many_late": subject_many_late, "body": body}
    values = {f"{name}.{language}": text.replace("\r\n", "\n") for name, text in typed.items()}
    if not xem:
        return _set(request, services, user, values)
    try:
        for name, text in values.items():
            if text.strip():
                office_settings.check_text(name, text)
    except DondocError as error:
        return _page(request, services, typed=values, error=error)
    return _page(request, services, typed=values)


def _set(request: Request, services: Services, user: UserView, values: Mapping[str, str]) -> Response:
    usual = _defaults(services)
    try:
        with services.database.transaction() as s:
            for name, text in values.items():
                same = text.strip() == usual.get(name, "").strip()
                office_settings.put(s, name, "" if same else text, at=services.now(), by=user.id)
    except DondocError as error:
        return _page(request, services, typed=values, error=error)
    return RedirectResponse(HERE, 303)


def _defaults(services: Services) -> dict[str, str]:
    """What the program comes with, by name, as it is typed."""
    texts = {
        f"{name}.{language}": mail_forms.default(Words(language), name) for language in LANGUAGES for name in PLACEHOLDERS
    }
    return {
        "doubt": _percent(DOUBT),
        "soon_days": str(services.default_soon_days),
        "remind_days": OfficeSettings().told,
        "organ": services.home_agency or "",
        **texts,
    }


def _in_force(services: Services, own: OfficeSettings) -> dict[str, str]:
    return {
        **_defaults(services),
        "doubt": _percent(own.threshold),
        "soon_days": str(services.soon_days),
        "remind_days": own.told,
        **own.heading,
        **own.texts,
    }


def _percent(share: float) -> str:
    return str(round(share * 100))


def _page(
    request: Request, services: Services, *, typed: Mapping[str, str] | None = None, error: DondocError | None = None
) -> Response:
    with services.database.reading() as s:
        services.office.look(s)
        days = office_days(calendar_days.overrides(s))
    own = services.office.settings
    shown = {**_in_force(services, own), **(typed or {})}
    previews = {language: _preview(services, language, shown if error is None else own.texts, days) for language in LANGUAGES}
    return render(
        request,
        "admin_settings.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="settings",
        shown=shown,
        usual=_defaults(services),
        heading=HEADING,
        languages=LANGUAGES,
        placeholders=PLACEHOLDERS,
        previews=previews,
        tried=bool(typed) and error is None,
        problem=problem_of(error, language_of(request)) if error else None,
    )


def _preview(services: Services, language: str, texts: Mapping[str, str], days: Any) -> dict[str, str]:
    """What a mail about one task, and one about two, would say."""
    t, today = Words(language), services.today()
    own = {name: office_settings.check_text(name, texts[name]) for name in texts if "." in name and texts[name].strip()}
    both = mail_forms.examples(t, today, services.now())
    name = t("forms.example_whom")
    return {
        "subject": mail_forms.subject(t, own, both[:1], today, days),
        "many": mail_forms.subject(t, own, both, today, days),
        "body": mail_forms.body(t, own, name, both, today, days, services.public_url),
    }

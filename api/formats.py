"""How dates, times and numbers are written for people (dd/mm/yyyy, 1.234,5)."""

from __future__ import annotations

from datetime import date, datetime

from api.i18n import Count, Words


def day(value: date | datetime | str | None) -> str:
    """A date as dd/mm/yyyy; an ISO string is read first; what is no date stays as it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return str(value)
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def moment(value: datetime | None) -> str:
    """A point in time in the office's clock: "14:05 · 25/05/2026"."""
    if value is None:
        return ""
    local = value.astimezone() if value.tzinfo else value
    return f"{local:%H:%M} · {day(local.date())}"


def first_upper(text: str | None) -> str:
    """The text with a capital first letter; the rest stays as printed."""
    return text[:1].upper() + text[1:] if text else ""


def item_number(label: str | None) -> str:
    """The number of an item of a letter as it is printed, "2.b" of the label "2.b.-1": dashes are counted, not printed."""
    return ".".join(part for part in (label or "").split(".") if part[:1] not in "-+*")


def number(value: float | None, language: str = "vi") -> str:
    """A number with the separators of the language: 1.234,5 in Vietnamese."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def size(value: int | None, language: str = "vi") -> str:
    """Bytes for people, in units of 1024: 512 B, 12,3 kB, 4,5 MB, 200 MB."""
    if value is None:
        return ""
    if value < 1024:
        return f"{value} B"
    amount, unit = (value / 1024, "kB") if value < 1024**2 else (value / 1024**2, "MB")
    return f"{number(round(amount) if amount >= 100 or amount.is_integer() else amount, language)} {unit}"


def relative(due: date | None, today: date, t: Words) -> str:
    """How far a day is: "còn 3 ngày", "hôm nay", "quá 5 ngày"."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return t("time.today")
    if days == 1:
        return t("time.tomorrow")
    if days > 0:
        return t("time.left", n=number(days, t.language))
    return t("time.over", n=number(-days, t.language))


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurrence(rule: str | None, t: Words) -> str:
    """An RRULE in words: "FREQ=MONTHLY;BYMONTHDAY=25" is "hằng tháng, ngày 25".

    Parts that have no words yet are left out; an unknown frequency gives the
    rule itself, so that nothing is hidden.
    """
    if not rule:
        return t("rule.periodic")
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    interval = parts.get("INTERVAL", "1")
    key = f"rule.{parts.get('FREQ', '').lower()}.{interval}"
    words = t.get(key, "")
    if not words:
        fallback = t.get(f"rule.{parts.get('FREQ', '').lower()}.n", "")
        if not fallback:
            return rule
        words = fallback.format(n=Count(interval))
    if days := parts.get("BYDAY"):
        names = [t.get(f"weekday.{name}", name) for name in days.split(",")]
        words += ", " + ", ".join(names)
    if days := parts.get("BYMONTHDAY"):
        last = days == "-1"
        words += ", " + (t("rule.last_day") if last else t("rule.on_day", n=days.replace(",", ", ")))
    if months := parts.get("BYMONTH"):
        words += ", " + t("rule.in_month", n=months.replace(",", ", "))
    return words


def period(rule: str | None, t: Words) -> str:
    """A relative deadline in words: "P5D after receipt" is "5 ngày kể từ ngày nhận"."""
    if not rule:
        return ""
    duration, _, anchor = rule.partition(" after ")
    amount = duration.removeprefix("P").rstrip("DWMYT")
    unit = duration[-1:] if amount.isdigit() else ""
    if not unit:
        return rule
    length = t("rule.at_once") if amount == "0" else t.get(f"rule.unit.{unit}", "{n}").format(n=Count(amount))
    after = t.get(f"rule.anchor.{anchor.strip()}", anchor.strip())
    return f"{length} {after}".strip()

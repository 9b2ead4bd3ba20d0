"""The tables, as SQLAlchemy 2 typed models."""

from register.models.base import Base, to_json_text
from register.models.documents import Extraction, File, FilePage, Letter, Mention, Reference
from register.models.duties import (
    Attachment,
    CalendarDay,
    Cooperation,
    Correction,
    Deadline,
    Event,
    Obligation,
    Occurrence,
    Respelling,
    RespellingRefusal,
    Task,
)
from register.models.finding import LetterBand, ListView, SavedSearch, SearchMatch, Twin
from register.models.graph import Change, CitedDocument, Reply, SameDocument
from register.models.notices import CalendarFeed, Reminder
from register.models.office import AgencyName, Arrival, Book, OfficeSetting, Unit, UnitFollower
from register.models.work import ApiToken, Attempts, AuditEntry, Job, OutboxEntry, User, WebSession

__all__ = [
    "AgencyName",
    "ApiToken",
    "Arrival",
    "Attachment",
    "Attempts",
    "AuditEntry",
    "Base",
    "Book",
    "CalendarDay",
    "CalendarFeed",
    "Change",
    "CitedDocument",
    "Cooperation",
    "Correction",
    "Deadline",
    "Event",
    "Extraction",
    "File",
    "FilePage",
    "Job",
    "Letter",
    "LetterBand",
    "ListView",
    "Mention",
    "Obligation",
    "Occurrence",
    "OfficeSetting",
    "OutboxEntry",
    "Reference",
    "Reminder",
    "Reply",
    "Respelling",
    "RespellingRefusal",
    "SameDocument",
    "SavedSearch",
    "SearchMatch",
    "Task",
    "Twin",
    "Unit",
    "UnitFollower",
    "User",
    "WebSession",
    "to_json_text",
]

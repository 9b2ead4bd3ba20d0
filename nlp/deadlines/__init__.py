"""Deadlines as written in a letter: fixed days, recurrences, periods, "at once".

Recurring deadlines carry an iCalendar RRULE, or None where only "định kỳ" is
said. Relative ones carry an ISO 8601 duration with its anchor: "P5D after
receipt", "P5D working after issue" (working days), "PT24H after receipt",
"P0D after kỳ nghỉ Tết", "P0D before Tết Nguyên đán", "P15D after 2021-07-24"; `parse_relative` reads them.
Anchors are receipt (ngày nhận), issue (ngày ký, ngày ban hành), effect (ngày có
hiệu lực), an ISO day, or the printed words; a bare "P7D" has no known anchor.
"""

from nlp.deadlines.find import find_deadlines
from nlp.deadlines.relative import Relative, parse_relative

__all__ = ["Relative", "find_deadlines", "parse_relative"]

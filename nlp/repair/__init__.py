"""Where reading and language disagree: corrections with reason and confidence; the reading stays."""

from nlp.repair.repair import Repaired, repair, repair_string

__all__ = ["Repaired", "repair", "repair_string"]

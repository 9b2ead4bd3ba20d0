"""Specimen letters, their gold, the scan renderer and the evaluator."""

from __future__ import annotations

from corpus.demo import demo_scans
from corpus.specimen import Specimen, derived, letter, letters

__all__ = ["Specimen", "demo_scans", "derived", "letter", "letters"]

"""The body of a letter as a tree of numbered and bulleted items.

Nghị định 30/2020/NĐ-CP, Phụ lục I.II.5 names the levels (phần, chương, mục,
điều, khoản, điểm; or I. 1. a)); practice adds decimals, dashes and pluses.
Labels are kept as printed, never renumbered; only plain reading errors of a
label ("l." for "1.", "©)" for "c)") are undone, and only where the order of
the list confirms it.
"""

from nlp.outline.tree import outline
from nlp.outline.values import Item, Outline, Paragraph, paragraph_text

__all__ = ["Item", "Outline", "Paragraph", "outline", "paragraph_text"]

"""Tasks: the units of a letter in which it directs somebody to do something.

Rules in the order of the letter: what kind it is, how it announces its list,
what each heading is about and whom it names, and what each unit says. Legal
bases, narrative, reports of what was done, rules of law and courtesy are no
tasks; a false obligation is as bad as a missed one.
"""

from nlp.tasks.find import find_annexed, find_tasks

__all__ = ["find_annexed", "find_tasks"]

"""Bodies (cơ quan, đơn vị) in text: lists as printed taken apart, bodies found in running text.

Conventions are those of the gold format: a shared head word or tail is repeated
for each body, an unnamed group under one plural word is one entry, a bracket
that gives a role or a short form is left out.
"""

from nlp.bodies.find import begins_body, body_phrase_at, find_bodies, is_body, split_bodies
from nlp.bodies.territories import territories_at

__all__ = ["begins_body", "body_phrase_at", "find_bodies", "is_body", "split_bodies", "territories_at"]

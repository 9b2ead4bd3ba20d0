"""Documents that a letter cites: found in the text, resolved to one entry each."""

from nlp.references.find import find_references, mask
from nlp.references.lexicon import issuer_hint
from nlp.references.mention import Mention
from nlp.references.resolve import resolve

__all__ = ["Mention", "find_references", "issuer_hint", "mask", "resolve"]

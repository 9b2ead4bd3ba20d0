"""The spaCy pipeline: Vietnamese words, sentences, and our finders as components.

The finders are pure functions over a string and work without spaCy; here their
results become spans of a `Doc` (`doc.spans["references"]`, `["deadlines"]`,
`["bodies"]`) and, as values, the extensions of the same names (`doc._.references`).
A finder's offsets are characters; a span is widened to whole words where an edge
falls inside one, the value keeps its exact offsets.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("dondoc_sentences", "dondoc_references", "dondoc_deadlines", "dondoc_bodies")
"""The components in the order they run: deadlines need the references masked."""


@cache
def pipeline() -> Language:
    """The pipeline, made once per process (loading spaCy takes about a second)."""
    import spacy

    from nlp.words import VietnameseTokenizer

    _register()
    language = spacy.blank("xx")
    language.tokenizer = VietnameseTokenizer(language.vocab)
    language.max_length = 5_000_000
    for name in COMPONENTS:
        language.add_pipe(name)
    return language


def annotate(text: str, *, issued_on: date | None = None) -> Doc:
    """A text with words, sentences, references, deadlines and bodies marked.

    `issued_on` is the letter's day; it supplies missing years.
    """
    language = pipeline()
    doc = language.make_doc(text)
    doc._.issued_on = issued_on
    for _, component in language.pipeline:
        doc = component(doc)
    return doc


@cache
def _register() -> None:
    """Tell spaCy our components and extensions, once; nothing is registered on import."""
    from spacy.language import Language
    from spacy.tokens import Doc

    for name in ("references", "deadlines", "bodies"):
        Doc.set_extension(name, default=(), force=True)
    Doc.set_extension("issued_on", default=None, force=True)
    for name, component in zip(COMPONENTS, (_sentences, _references, _deadlines, _bodies), strict=True):
        Language.component(name, func=component)


def _sentences(doc: Doc) -> Doc:
    """Sentence starts by our rules."""
    from nlp.sentences import sentences

    starts = {start for start, _ in sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


def _references(doc: Doc) -> Doc:
    """Cited documents."""
    from nlp.references import find_references

    return _mark(doc, "references", find_references(doc.text))


def _deadlines(doc: Doc) -> Doc:
    """Deadlines outside citations."""
    from nlp.deadlines import find_deadlines

    masked = [span for mention in doc._.references for span in mention.masked]
    return _mark(doc, "deadlines", find_deadlines(doc.text, issued_on=doc._.issued_on, masked=masked))


def _bodies(doc: Doc) -> Doc:
    """Agencies as printed."""
    from nlp.bodies import find_bodies

    return _mark(doc, "bodies", find_bodies(doc.text))


def _mark(doc: Doc, name: str, values: tuple[Any, ...]) -> Doc:
    from spacy.tokens import SpanGroup

    doc._.set(name, values)
    spans = [
        doc.char_span(value.evidence.start, value.evidence.end, label=name, alignment_mode="expand")
        for value in values
    ]
    doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])
    return doc

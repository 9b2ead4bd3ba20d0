"""The scans that the demonstration loads."""

from __future__ import annotations

from pathlib import Path


def demo_scans(target_dir: Path, *, limit: int | None = None) -> list[Path]:
    """Write each specimen as a mildly damaged scan into `target_dir`; the files, in order.

    With `limit` at most so many, taken evenly from the whole collection.

    Deterministic: the same program writes the same bytes; a file that is there
    already is kept. The names are those of a scanner ("scan-001.pdf") and say
    nothing of the letter, so that number and date must be read from the page.
    """
    from corpus.render import render_pdf
    from corpus.scan import MILD, scan
    from corpus.specimen import letters

    target_dir.mkdir(parents=True, exist_ok=True)
    paths = []
    specimens = letters()
    step = max(1, -(-len(specimens) // limit)) if limit else 1
    for index, specimen in enumerate(specimens[::step]):
        path = target_dir / f"scan-{index + 1:03d}.pdf"
        if not path.exists():
            damage = MILD[index % len(MILD)]
            part = path.with_suffix(".part")  # a run that was stopped leaves no half file behind
            part.write_bytes(scan(render_pdf(specimen), damage, seed=index))
            part.replace(path)
        paths.append(path)
    return paths

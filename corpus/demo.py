"""The scans that the demonstration loads."""

from __future__ import annotations

from pathlib import Path


def demo_scans(target_dir: Path) -> list[Path]:
    """Write each specimen as a mildly damaged scan into `target_dir`; the files, in order.

    Deterministic: the same program writes the same bytes. The names say when
    a clerk would have scanned them, not what they are, so that number and date
    must be read from the page.
    """
    from corpus.render import render_pdf
    from corpus.scan import MILD, scan
    from corpus.specimen import letters

    target_dir.mkdir(parents=True, exist_ok=True)
    paths = []
    for index, specimen in enumerate(letters()):
        path = target_dir / f"scan-{index + 1:03d}.pdf"
        if not path.exists():
            damage = MILD[index % len(MILD)]
            path.write_bytes(scan(render_pdf(specimen), damage, seed=index))
        paths.append(path)
    return paths

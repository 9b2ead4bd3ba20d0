"""Tesseract in a process of its own that lives as long as its reader: `python -m ingest.reading.serve MODELS LANGUAGE`.

The library cannot be stopped amid a line, and noise was seen to hold it for
minutes; a process can be killed. Requests and answers are frames: size, dpi and
segmentation with the grey image beside them; words line by line.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from ingest.frames import pack, read_message


def main() -> None:
    """Serve requests until standard input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What Leptonica prints must not mix with the frames.
    os.dup2(2, 1)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    import numpy as np
    import tesserocr
    from PIL import Image

    reader = tesserocr.PyTessBaseAPI(path=sys.argv[1], lang=sys.argv[2])
    while (request := read_message(requests)) is not None:
        asked, pixels = request
        image = np.frombuffer(pixels, dtype=np.uint8).reshape(asked["height"], asked["width"])
        reader.SetPageSegMode(asked["psm"])
        reader.SetImage(Image.fromarray(image))
        reader.SetSourceResolution(asked["dpi"])
        reader.Recognize()
        answers.write(pack({"lines": _lines(reader.GetIterator(), tesserocr.RIL)}))
        answers.flush()
        # The image and its results are the larger part of what Tesseract holds.
        reader.Clear()


def _lines(found: Any, level: Any) -> list[list[tuple[str, tuple[int, int, int, int], float]]]:
    lines: list[list[tuple[str, tuple[int, int, int, int], float]]] = []
    if found is None:  # an image without text
        return lines
    while True:
        if not found.Empty(level.WORD):
            if not lines or found.IsAtBeginningOf(level.TEXTLINE):
                lines.append([])
            word = (
                found.GetUTF8Text(level.WORD),
                found.BoundingBox(level.WORD),
                found.Confidence(level.WORD) / 100,
            )
            lines[-1].append(word)
        if not found.Next(level.WORD):
            return lines


if __name__ == "__main__":
    main()

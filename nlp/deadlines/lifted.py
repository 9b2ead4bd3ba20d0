"""The lifted text: folded, white space collapsed, time expressions replaced by one sign each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.deadlines.times import KINDS, Time, find_times
from nlp.folding import fold

SIGNS = {kind: chr(0xE000 + i) for i, kind in enumerate(KINDS)}
_SPACE_OR_BARE = re.compile(r"\s+|(?<!\w)[Nn]gay(?!\w)|(?<!\w)NGAY(?!\w)")
_GLUED = re.compile(r"(?<=truoc|.nhat|. den|. het|. vao|trong)ngay\s*(?=\d)")
"""The day's word glued to the word before it ("trướcngày 20/5"): read as a space."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """`text` is what rules match; `at[i]` is where its i-th sign begins in the original,
    `at[len(text)]` the end. A bare "ngay" (at once) stands in capitals to tell it from "ngày" (day).
    """

    text: str
    at: tuple[int, ...]
    ends: tuple[int, ...]
    times: dict[int, Time]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of a non-empty span of the lifted text."""
        return self.at[start], self.ends[end - 1]


def lift(text: str) -> Lifted:
    """Lift a text. Private-use characters that the text itself holds are blanked first."""
    folded = "".join(" " if 0xE000 <= ord(char) <= 0xE0FF else char for char in fold(text))
    bare = {m.start(): m for m in _SPACE_OR_BARE.finditer(text)}
    times = {time.start: time for time in find_times(text)}
    glued = {m.start(): m.end() for m in _GLUED.finditer(folded) if m.end() in times}
    out: list[str] = []
    at: list[int] = []
    ends: list[int] = []
    lifted_times: dict[int, Time] = {}
    i = 0
    while i < len(text):
        if time := times.get(i):
            lifted_times[len(out)] = time
            out.append(SIGNS[time.kind])
            step = time.end
        elif i in glued:
            out.append(" ")
            step = glued[i]
        elif match := bare.get(i):
            if match[0].isspace():
                out.append(" ")
                step = match.end()
            else:
                for k in range(4):
                    out.append("NGAY"[k])
                    at.append(i + k)
                    ends.append(i + k + 1)
                i += 4
                continue
        else:
            out.append(folded[i] if folded[i] != "\u0000" else " ")
            step = i + 1
        at.append(i)
        ends.append(step)
        i = step
    return Lifted("".join(out), tuple(at), tuple(ends), lifted_times)

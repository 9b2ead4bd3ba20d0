"""Page images kept in memory for a while: turning back a page should not draw it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable


class PageCache:
    """The images shown last, at most `limit` bytes of them. Safe between threads."""

    def __init__(self, limit: int = 48 * 1024**2) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The image of a key, made when it is not here. A failure of `make` is passed on and not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        image = make()
        with self._lock:
            if key not in self._kept and len(image) <= self.limit:
                self._kept[key] = image
                self.size += len(image)
                while self.size > self.limit:
                    _, oldest = self._kept.popitem(last=False)
                    self.size -= len(oldest)
        return image

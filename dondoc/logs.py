"""The program's log: one line of JSON an event in the data folder; people see sentences, never a trace."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path


def set_up(data_dir: Path) -> None:
    """Log to `data_dir`/log/dondoc.log (10 MB, five kept); defects keep their trace there."""
    import structlog

    logging.raiseExceptions = False  # a full disk must not fill the terminal with traces
    folder = data_dir / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(folder / "dondoc.log", maxBytes=10_000_000, backupCount=5, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger("dondoc")
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

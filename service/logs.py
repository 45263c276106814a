"""Where the log goes: standard error, a line an event."""

from __future__ import annotations

import logging

# They say at INFO what they do at every start; what goes wrong is a warning.
_TALKATIVE = ("alembic", "dbos")
_ALARMED = "trafilatura"  # calls it an error that a page holds no article, which the record says as a warning


def set_up_logging(level: str) -> None:
    """Lets this process write what is at least of this level to standard error."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    logging.getLogger(_ALARMED).setLevel(logging.CRITICAL)

"""What the server itself says, in the form of all other log lines: `--logger-class` of gunicorn.

gunicorn puts the address of a page, which may be the link of an anonymous survey, and that of a person into its lines.
"""

import logging
from typing import Any

from gunicorn.glogging import Logger

from survey.log_lines import JsonFormatter

_HARMLESS = (
    "Listening at",
    "Starting gunicorn",
    "Using worker",
    "Booting worker",
    "Shutting down",
    "Worker ",
    "Handling signal",
)


class _WithoutAddresses(JsonFormatter):
    def words(self, record: logging.LogRecord) -> str:
        """The pattern of the line; what was put into it only where that cannot be of a request."""
        if record.msg.startswith(_HARMLESS):
            return record.getMessage()
        return str(record.msg).partition(" from ip=")[0].partition("%")[0].strip()


class ServerLog(Logger):  # type: ignore[misc]
    """The log of gunicorn, in JSON."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn calls it, also after a reload."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(_WithoutAddresses())

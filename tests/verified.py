"""What a test wants of everything that is kept."""

from survey.storage.verification import Verification


def is_clean(report: Verification) -> bool:
    """Whether all could be read, and means what it should."""
    return not (report.unreadable or report.unreadable_log_lines or report.wrong)

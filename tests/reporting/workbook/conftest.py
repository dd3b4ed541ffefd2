import pytest

from survey.reporting.workbook.drawing import workbook_bytes
from tests.reporting.workbook.example import example


@pytest.fixture(scope="session")
def content():
    """The example as the bytes of a file."""
    return workbook_bytes(example())

import pytest

from survey.reporting.xlsx.drawing import workbook_bytes
from tests.reporting.xlsx.example import example


@pytest.fixture(scope="session")
def content():
    """The example as the bytes of a file."""
    return workbook_bytes(example())

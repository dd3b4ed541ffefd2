"""A command that writes a new file leaves what is there already as it is, and says so."""

import pytest

from tests.collection.example import ROUND

WRITING = {
    "list.csv": ("clusters", "export"),
    "arfon.zip": ("clusters", "held", "arfon", "--reason", "Asked for"),
    "contacts.csv": ("contacts", "template"),
    "contacts.xlsx": ("contacts", "template"),
    "log.csv": ("log", "export"),
    "responses.jsonl": ("responses", "export", ROUND),
}


@pytest.mark.parametrize("name", WRITING)
def test_a_file_that_is_there_is_neither_replaced_nor_said_to_be_written(desk, name):
    desk.opened()
    desk.done("rounds", "invite", ROUND, "--cluster", "arfon", "--output", desk.root / "codes.xlsx")
    file = desk.root / name
    file.write_text("Somebody’s own")
    assert "There is a file already" in desk.refused(*WRITING[name], "--output", file)
    assert file.read_text() == "Somebody’s own"

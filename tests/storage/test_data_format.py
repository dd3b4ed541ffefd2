"""Which format a data folder has is said, read and refused in full sentences."""

import pytest

from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import (
    FORMAT,
    is_data_folder,
    note_moved,
    read_format,
    refuse_newer,
    refuse_other,
    write_format,
)


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"format": "1"}', b'{"format": true}', b'{"format": 2.0}'])
def test_a_format_that_is_not_said_is_named(tmp_path, content):
    (tmp_path / "meta.json").write_bytes(content)
    with pytest.raises(StorageError) as raised:
        read_format(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path / 'meta.json'} does not say which format the data folder has. Restore it from a backup."
    )


def test_a_format_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "meta.json").mkdir()
    with pytest.raises(StorageError) as raised:
        read_format(tmp_path)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path / 'meta.json'} cannot be read: ")
    assert message.endswith(". Restore it from a backup.")


def test_a_format_is_said_and_read(tmp_path):
    assert read_format(tmp_path) is None
    write_format(tmp_path, 7)
    assert (tmp_path / "meta.json").read_bytes() == b'{"format":7}'
    assert read_format(tmp_path) == 7
    with pytest.raises(StorageError) as raised:
        write_format(tmp_path / "nowhere", 7)
    assert str(raised.value) == f"{tmp_path / 'nowhere' / 'meta.json'} could not be kept: No such file or directory."


def test_a_folder_of_which_everything_was_moved_says_so_to_whoever_opens_it(tmp_path):
    note_moved(tmp_path)
    assert (tmp_path / "meta.json").read_bytes() == b'{"format":%d,"moved":true}' % FORMAT
    with pytest.raises(StorageError) as raised:
        read_format(tmp_path)
    assert str(raised.value) == (
        f"What was in the data folder {tmp_path} was moved to a database. Set SURVEY_DATABASE to that, or SURVEY_DATA "
        "to another folder."
    )
    with pytest.raises(StorageError) as raised:
        note_moved(tmp_path / "nowhere")
    assert str(raised.value) == f"{tmp_path / 'nowhere' / 'meta.json'} could not be kept: No such file or directory."


def test_a_folder_that_another_version_has_upgraded_is_written_by_nobody(tmp_path):
    refuse_other(tmp_path)
    write_format(tmp_path, FORMAT)
    refuse_other(tmp_path)
    for number in (FORMAT - 1, FORMAT + 1):
        write_format(tmp_path, number)
        with pytest.raises(StorageError) as raised:
            refuse_other(tmp_path)
        assert str(raised.value) == (
            f"The data folder {tmp_path} is of format {number}, and this version of Myfyrio writes format {FORMAT}. "
            "Nothing was changed. Stop this service, and start the version that belongs to the folder."
        )


def test_a_newer_format_is_refused_and_this_one_is_not():
    refuse_newer(FORMAT, "The backup")
    with pytest.raises(StorageError) as raised:
        refuse_newer(FORMAT + 1, "The backup")
    assert str(raised.value) == (
        f"The backup was made by a newer version of Myfyrio (format {FORMAT + 1}; this version reads up to {FORMAT}). "
        "Nothing was changed. Install the newer version, or use a backup from before."
    )


def test_a_data_folder_has_a_format_and_locks(tmp_path):
    (tmp_path / "meta.json").write_bytes(b"{}")
    assert not is_data_folder(tmp_path)
    (tmp_path / "locks").mkdir()
    assert is_data_folder(tmp_path)
    (tmp_path / "meta.json").unlink()
    assert not is_data_folder(tmp_path)

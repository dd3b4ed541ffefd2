"""Pieces are sealed for everybody who was named, and opened with a key; what is wrong with a key is said in full."""

import gzip

import pyrage
import pytest

from survey.storage.archive import BadArchive
from survey.storage.backup_folder.seal import Opener, Sealer
from survey.storage.repository import StorageError

IDENTITIES = [pyrage.x25519.Identity.generate() for _ in range(2)]
RECIPIENTS = [str(identity.to_public()) for identity in IDENTITIES]
DATA = b"a piece" * 100


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# created: Llyr ŵ\n\n  {IDENTITIES[0]}  \n")
    return path


def test_what_is_sealed_for_nobody_is_packed_the_same_each_time():
    sealed = Sealer([]).seal(DATA)
    assert sealed == Sealer([]).seal(DATA) == gzip.compress(DATA, mtime=0)
    assert Opener(None).open(sealed, len(DATA), encrypted=False) == DATA
    assert not Opener(None).has_identity


def test_each_recipient_alone_opens_it(tmp_path):
    sealed = Sealer(RECIPIENTS).seal(DATA)
    for identity in IDENTITIES:
        (tmp_path / "key").write_text(str(identity))
        assert Opener(tmp_path / "key").has_identity
        assert Opener(tmp_path / "key").open(sealed, len(DATA), encrypted=True) == DATA


def test_of_several_keys_any_will_do(key):
    key.write_text(f"{IDENTITIES[1]}\n{IDENTITIES[0]}\n")
    assert Opener(key).open(Sealer(RECIPIENTS[:1]).seal(DATA), len(DATA), encrypted=True) == DATA


def test_a_recipient_that_is_none_is_named_as_far_as_it_can_be_read():
    with pytest.raises(
        StorageError, match=rf"^“{'x' * 80}” is no recipient of age \(age1…\): .* Nothing was written\.$"
    ):
        Sealer([RECIPIENTS[0], "x" * 81])


@pytest.mark.parametrize(
    ("sealed", "most", "said"),
    [
        (Sealer([]).seal(DATA), len(DATA) - 1, "A piece of the backup is larger than it may be, or cut short."),
        (Sealer([]).seal(DATA)[:-1], len(DATA), "A piece of the backup is larger than it may be, or cut short."),
        (b"torn", len(DATA), "A piece of the backup is damaged: .*"),
        (DATA, len(DATA), "A piece of the backup is damaged: .*"),
    ],
    ids=["too long", "cut short", "no piece", "not packed"],
)
def test_what_is_no_piece_is_refused(sealed, most, said):
    with pytest.raises(BadArchive, match=f"^{said}$"):
        Opener(None).open(sealed, most, encrypted=False)


def test_the_wrong_key_opens_nothing(key):
    with pytest.raises(BadArchive, match=r"^The key does not open the backup: .+\.$"):
        Opener(key).open(Sealer(RECIPIENTS[1:]).seal(DATA), len(DATA), encrypted=True)


def test_what_is_wrong_with_a_key_is_said(key, tmp_path):
    none = tmp_path / "none"
    with pytest.raises(StorageError, match=rf"^The key {none} cannot be read: No such file or directory\.$"):
        Opener(none)
    key.write_bytes(b"\xff")
    with pytest.raises(StorageError, match=rf"^The key {key} cannot be read: 'utf-8' codec .*\.$"):
        Opener(key)
    key.write_text("a password")
    with pytest.raises(
        StorageError, match=rf"^{key} is not a key of age: .+\. It is the file that age-keygen wrote\.$"
    ):
        Opener(key)
    key.write_text("# nothing but this\n")
    with pytest.raises(StorageError, match=rf"^{key} holds no key of age \(AGE-SECRET-KEY-…\)\.$"):
        Opener(key)

"""`make audit`: which pinned package has a known weakness, and when that cannot be told."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from requirements import audit
from requirements.audit import CannotTell, Finding, advisories, findings, is_affected, main, pinned
from survey.config import ROOT

NOW = datetime(2026, 11, 27, tzinfo=UTC)
PACKAGES = {("PyPI", "flask"): {"3.1.0"}, ("npm", "sass"): {"1.9.0-rc.1"}}


def advisory(name: str = "Flask", source: str = "PyPI", **about: object) -> dict[str, object]:
    affected = {
        "package": {"ecosystem": source, "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}, {"fixed": "3.1.2"}]}],
    }
    made = {"id": "OSV-1", "modified": "2026-11-20T00:00:00Z", "summary": "Bad", "affected": [affected]}
    return {**made, **about}


NPM = advisory("leftpad", "npm", id="OSV-2")


def test_the_pinned_versions_are_those_of_the_locks() -> None:
    found = pinned(ROOT)
    assert len(found[("PyPI", "flask")]) == 1
    assert {"nhsuk-frontend", "@parcel/watcher"} <= {name for source, name in found if source == "npm"}
    assert len(found) > 100


def test_a_weakness_is_named_with_the_version_that_mends_it() -> None:
    [found] = findings(PACKAGES, [advisory(), NPM, advisory(withdrawn="2026-11-20T00:00:00Z")], NOW)
    assert found == Finding(("PyPI", "flask"), "3.1.0", "OSV-1", "Bad", ("3.1.2",))
    assert str(found) == "flask 3.1.0 (PyPI): OSV-1: Bad (mended in 3.1.2)"


@pytest.mark.parametrize(
    ("version", "events", "affected"),
    [
        ("1.0", [{"introduced": "0"}], True),
        ("1.0", [{"introduced": "0"}, {"fixed": "1.0"}], False),
        ("1.0", [{"introduced": "0"}, {"last_affected": "1.0"}], True),
        ("1.0.1", [{"introduced": "0"}, {"last_affected": "1.0"}], False),
        ("2.5", [{"introduced": "1"}, {"fixed": "2"}, {"introduced": "2.4"}, {"fixed": "3"}], True),
        ("2.3", [{"introduced": "1"}, {"fixed": "2"}, {"introduced": "2.4"}, {"fixed": "3"}], False),
        ("1.9.0-rc.1", [{"introduced": "0"}, {"fixed": "1.9.0"}], True),
        ("1.9.0-next.3", [{"introduced": "0"}, {"fixed": "1.9.0"}], True),
        ("1.10.0", [{"introduced": "0"}, {"fixed": "1.9.0"}], False),
        ("what?", [{"introduced": "0"}, {"fixed": "1.9.0"}], True),
    ],
)
def test_versions_are_compared_as_the_list_means_them(
    version: str, events: list[dict[str, str]], affected: bool
) -> None:
    assert is_affected(version, {"ranges": [{"type": "SEMVER", "events": events}]}) == affected


def test_a_version_that_the_list_names_is_affected() -> None:
    assert is_affected("1.0", {"versions": ["1.0"]})
    assert not is_affected("1.1", {"versions": ["1.0"], "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]})


def test_a_list_that_is_old_or_says_nothing_of_some_packages_is_no_list() -> None:
    with pytest.raises(CannotTell, match="says nothing of npm"):
        findings(PACKAGES, [advisory()], NOW)
    with pytest.raises(CannotTell, match="ends on 2026-11-20"):
        findings(PACKAGES, [advisory(), NPM], NOW + timedelta(days=60))


def test_a_list_is_read_from_a_zip_and_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(NPM))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("OSV-1.json", json.dumps(advisory()))
    assert [one["id"] for one in advisories([tmp_path / "all.zip", tmp_path])] == ["OSV-1", "OSV-2"]


@pytest.mark.parametrize("content", [b"", b"PK", b"[]"])
def test_a_list_that_cannot_be_read_is_said_to_be_so(tmp_path: Path, content: bytes) -> None:
    for name in ("all.zip", "all/one.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    for source in (tmp_path / "all.zip", tmp_path / "all", tmp_path / "none"):
        with pytest.raises(CannotTell, match="cannot be read"):
            list(advisories([source]))


def test_the_exit_code_tells_nothing_known_from_something_and_from_what_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "pinned", lambda _: PACKAGES)
    assert main([]) == 2
    assert "cannot be told without a list" in capsys.readouterr().err
    today = datetime.now(UTC).isoformat()
    (tmp_path / "npm.json").write_text(json.dumps({**NPM, "modified": today}))
    assert main([str(tmp_path)]) == 2
    harmless = advisory("Babel", modified=today)
    (tmp_path / "pypi.json").write_text(json.dumps(harmless))
    assert main([str(tmp_path)]) == 0
    assert "Nothing is known against the 2 versions" in capsys.readouterr().out
    (tmp_path / "pypi.json").write_text(json.dumps(advisory(modified=today)))
    assert main([str(tmp_path)]) == 1
    assert "flask 3.1.0 (PyPI): OSV-1" in capsys.readouterr().out

"""The site's own files: found, compressed, kept for ever under an address that changes with them."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from survey.config import ROOT
from survey.web.site import compression
from tests.web.checking_client import CheckingClient


def address(app: Flask, name: str) -> str:
    with app.test_request_context("/en/"):
        return compression.static_address(name)


def test_address_changes_with_the_content(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "FOLDER", tmp_path)
    (tmp_path / "a.js").write_text("one")
    first = address(app, "a.js")
    (tmp_path / "a.js").write_text("two, and longer")
    assert address(app, "a.js") != first


def test_current_version_is_kept_for_ever_and_others_are_asked_for_again(app: Flask) -> None:
    client = app.test_client()
    assert "immutable" in client.get(address(app, "myfyrio.js")).headers["Cache-Control"]
    assert client.get("/static/myfyrio.js?v=0").headers["Cache-Control"] == "no-cache"
    answer = client.get("/static/myfyrio.js")
    again = client.get("/static/myfyrio.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_a_script_imports_is_kept_for_ever_too_and_changes_its_address(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    own = [path.name for path in compression.FOLDER.glob("*.js")]
    imported = {
        (name, line) for name in own for line in client.get(f"/static/{name}").text.splitlines() if "./" in line
    }
    imports = [re.search(r"'\./([^']+)'", line) for _, line in imported if "import" in line]
    assert len(imports) >= 10
    assert any("await import(" in line for _, line in imported)
    for script in imports:
        assert script
        assert "immutable" in client.get(f"/static/{script[1]}").headers["Cache-Control"], script[1]
    monkeypatch.setattr(compression, "FOLDER", tmp_path)
    (tmp_path / "inner.js").write_text("export const one = 1")
    (tmp_path / "middle.js").write_text("import './inner.js'\n")
    (tmp_path / "outer.js").write_text("import { one } from './middle.js'\n")
    before = address(app, "outer.js")
    (tmp_path / "inner.js").write_text("export const one = 1 + 0")
    assert address(app, "outer.js") != before


def test_text_is_compressed_for_those_who_take_it(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/static/myfyrio.js")
    packed = client.get("/static/myfyrio.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    refused = client.get("/static/myfyrio.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize("name", ["none.js", "../pages.py", "%2e%2e/pages.py", "build", "..%2f..%2f__init__.py"])
def test_nothing_else_is_served(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404


def test_script_has_a_type_that_modules_may_have(app: Flask) -> None:
    assert app.test_client().get("/static/myfyrio.js").mimetype == "text/javascript"


@pytest.mark.parametrize("code", ["cy", "en"])
def test_pages_are_compressed(app: Flask, code: str) -> None:
    client = app.test_client()
    plain = client.get(f"/{code}/privacy")
    packed = client.get(f"/{code}/privacy", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)


def test_the_size_of_a_compressed_page_does_not_tell_what_is_in_it(app: Flask) -> None:
    """The same page is of many sizes, so that a guess at a token cannot be judged by how well it compresses."""
    app.add_url_rule("/same", "same", lambda: "<p>the same</p>" * 200)
    client = app.test_client()
    answers = [client.get("/same", headers={"Accept-Encoding": "gzip"}).data for _ in range(80)]
    assert {gzip.decompress(answer) for answer in answers} == {b"<p>the same</p>" * 200}
    sizes = {len(answer) for answer in answers}
    assert len(sizes) >= 20
    assert max(sizes) - min(sizes) >= 32


def test_first_view_is_at_most_80_kb_and_later_ones_15(app: Flask, client: CheckingClient) -> None:
    takes = {"headers": {"Accept-Encoding": "gzip"}}
    page = client.get("/en/privacy")
    files = [element.get("href") for element in page.all("link")]
    files += [script.get(name) for script in page.all("script") for name in ("src", "data-design-system")]
    fetch = app.test_client().get
    view = len(fetch("/en/privacy", **takes).data)
    assert view <= 15_000
    assert len(files) == 4
    assert view + sum(len(fetch(file, **takes).data) for file in files if file) <= 80_000


def test_no_script_writes_markup() -> None:
    writes = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")
    scripts = sorted((ROOT / "survey/web/static").glob("*.js"))
    assert scripts
    assert [path.name for path in scripts if writes.search(path.read_text("utf-8"))] == []

"""The site's own files: found, compressed, kept for ever under an address that changes with them."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from survey.config import ROOT
from survey.web.respond.service_worker import FILES
from survey.web.site import compression
from tests.web.checking_client import CheckingClient

DESIGN_SYSTEM = compression.SCRIPTS / "design_system.js"


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
    assert "immutable" in client.get(address(app, "build/page.js")).headers["Cache-Control"]
    assert client.get("/static/build/page.js?v=0").headers["Cache-Control"] == "no-cache"
    answer = client.get("/static/build/page.js")
    again = client.get("/static/build/page.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_script_of_a_page_is_whole_and_asks_for_no_other(app: Flask) -> None:
    client = app.test_client()
    built = [path.name for path in (compression.FOLDER / "build").glob("*.js")]
    assert {f"build/{name}" for name in built} >= {name for name in FILES if name.endswith(".js")}
    for name in built:
        assert not re.search(r"\bimport\s*[({*'\"\w]|\bfrom\s*['\"]", client.get(f"/static/build/{name}").text), name


def test_what_two_files_of_a_page_have_in_common_does_nothing_when_it_is_loaded() -> None:
    """It would be done twice, as each of them has its own."""
    common = parts_of("page.js") & (parts_of("answers.js") | parts_of("offline.js"))
    assert "reachable.js" in common
    for name in common:
        script = (compression.SCRIPTS / name).read_text("utf-8")
        assert re.findall(r"^(?!import|export|const [A-Z_]+ = '|  |//|}|$).*", script, re.MULTILINE) == [], name


def parts_of(name: str) -> set[str]:
    """A script and all that it imports of ours."""
    script = (compression.SCRIPTS / name).read_text("utf-8")
    imported = re.findall(r"^(?:import|.* from) '\./([^']+)'", script, re.MULTILINE)
    return {name}.union(*map(parts_of, imported))


def test_a_page_of_an_earlier_release_finds_its_scripts_by_their_names_and_that_the_service_answers(app: Flask) -> None:
    client = app.test_client()
    assert client.head("/static/reachable.js?v=1").status_code == 200
    assert client.get("/static/myfyrio.js?v=1").data == client.get("/static/build/page.js").data
    asked = client.get("/static/saving.js?v=1")
    assert "export class Saver" in asked.text
    assert asked.headers["Cache-Control"] == "no-cache"
    for name in re.findall(r"from '\./([^']+)'", asked.text):
        assert client.get(f"/static/{name}").status_code == 200, name


def test_the_only_scripts_beside_those_that_are_built_are_workers() -> None:
    assert {path.name for path in compression.FOLDER.glob("*.js")} == {"worker.js", "no-worker.js"}


def test_every_component_of_the_design_system_on_a_page_is_started() -> None:
    used = {
        name
        for path in (ROOT / "survey/web/templates").rglob("*.html")
        for name in re.findall(r"data-module[\"': =]+nhsuk-([a-z-]+)", path.read_text("utf-8"))
    }
    started = re.findall(r"\b[A-Z]\w+", re.findall(r"import \{([^}]+)}", DESIGN_SYSTEM.read_text("utf-8"))[0])
    assert used == {re.sub(r"(?<=.)(?=[A-Z])", "-", name).lower() for name in started}


def test_text_is_compressed_for_those_who_take_it(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/static/build/page.js")
    packed = client.get("/static/build/page.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != packed.headers["ETag"]
    refused = client.get("/static/build/page.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize("name", ["none.js", "../pages.py", "%2e%2e/pages.py", "build", "..%2f..%2f__init__.py"])
def test_nothing_else_is_served(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404


def test_script_has_a_type_that_modules_may_have(app: Flask) -> None:
    assert app.test_client().get("/static/build/page.js").mimetype == "text/javascript"


@pytest.mark.parametrize("code", ["cy", "en"])
def test_pages_are_compressed(app: Flask, code: str) -> None:
    client = app.test_client()
    plain = client.get(f"/{code}/privacy")
    packed = client.get(f"/{code}/privacy", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary


@pytest.mark.parametrize(("length", "encoding"), [(1000, None), (1100, "gzip")])
def test_what_a_script_is_told_is_compressed_where_that_is_worth_it(app: Flask, length: int, encoding: str) -> None:
    app.add_url_rule("/told", "told", lambda: {"said": "x" * length})
    answer = app.test_client().get("/told", headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get("Content-Encoding") == encoding


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
    files += [script.get("src") for script in page.all("script")]
    fetch = app.test_client().get
    view = len(fetch("/en/privacy", **takes).data)
    assert view <= 15_000
    assert len(files) == 3
    assert view + sum(len(fetch(file, **takes).data) for file in files if file) <= 80_000


def test_no_script_writes_markup() -> None:
    writes = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")
    scripts = [*compression.SCRIPTS.glob("*.js"), *compression.FOLDER.glob("*.js")]
    assert len(scripts) > 30
    assert [path.name for path in scripts if writes.search(path.read_text("utf-8"))] == []

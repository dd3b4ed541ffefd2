"""The files of a submission, for the health board of its cluster and the national team, and for nobody else."""

import pytest

from survey.collection.responses.attachments import FILES, FileLimits, attach
from survey.collection.responses.lifecycle import reopen, submit
from survey.collection.responses.response import Writer
from survey.collection.rounds.round import place
from tests.collection.evidence import PDF
from tests.collection.example import NOW, ROUND, save_all

CLUSTER_PAGE = f"/en/manage/rounds/{ROUND}/clusters/arfon"


def attached(site, content=PDF, new_id="ab" * 8):
    """The address of a file of a draft that may be submitted."""
    save_all(site.kept, site.snapshot)
    page = site.snapshot.instrument("arfon").page("practice")
    writer, limits = Writer("en"), FileLimits(3, 100_000)
    file = attach(
        site.kept, site.snapshot, "arfon", page, "plan.pdf", content, limits, writer=writer, now=NOW, new_id=new_id
    )
    return f"{CLUSTER_PAGE}/files/{file.id}"


@pytest.mark.parametrize("account", ["eira", "mair", "gwyn"])
def test_who_may_see_a_response_gets_its_files(site, account):
    address = attached(site)
    submit(site.kept, site.snapshot, "arfon", language="en", now=NOW)
    client = site.client(account)
    assert address in client.get(CLUSTER_PAGE).links.values()
    answered = client.browser.get(address)
    assert answered.data == PDF
    assert answered.headers["Content-Disposition"] == "attachment; filename=plan.pdf"
    assert site.log[-1][1] == "evidence_file_downloaded"


def test_the_file_of_a_draft_is_the_clusters_own(site):
    assert site.client("eira").browser.get(attached(site)).status_code == 404


def test_nor_is_one_that_is_attached_once_a_response_has_been_reopened(site):
    address = attached(site)
    submit(site.kept, site.snapshot, "arfon", language="en", now=NOW)
    reopen(site.kept, site.snapshot, "arfon", reason="A wrong plan", by="eira", now=NOW)
    browser = site.client("eira").browser
    assert browser.get(attached(site, PDF + b"2", "cd" * 8)).status_code == 404
    assert browser.get(address).data == PDF


def test_a_health_board_gets_no_file_of_another(site):
    submitted = attached(site).replace("arfon", "bro-morgannwg")
    assert site.client("gwyn").browser.get(submitted).status_code == 403
    assert site.client("eira").browser.get(submitted).status_code == 404


def test_the_files_of_a_response_go_when_it_is_erased(site):
    attached(site)
    assert site.kept.keys(place(ROUND, FILES)) != []
    client = site.client("eira")
    client.submit(client.get(f"{CLUSTER_PAGE}/erase"), {"reason": "Asked for"}, form="erase")
    assert site.kept.keys(place(ROUND, FILES)) == []

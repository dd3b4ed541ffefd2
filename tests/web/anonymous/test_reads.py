"""A request reads each record once; a save reads it once more under its lock."""

import pytest

from survey.collection.responses.anonymous_drafts import drafts_of
from tests.collection.anonymous_example import ROUND
from tests.web.anonymous.conftest import TOKEN, Site
from tests.web.counted_reads import read_twice, reads_of

HOME = f"/en/survey/{TOKEN}/"


@pytest.mark.parametrize("page", ["section/role", "check", "later"])
def test_a_page_reads_each_record_once(site: Site, page: str) -> None:
    client, _ = site.answered()
    reads, updates = reads_of(site.app, lambda: client.browser.get(HOME + page), 200)
    assert reads[drafts_of(ROUND), site.drafts[0]] == 1
    assert not read_twice(reads)
    assert not updates


def test_a_save_reads_each_record_once_and_once_more_under_its_lock(site: Site) -> None:
    client, page = site.begun()
    sent = page.values(page.form("answers"))
    sent["q-job"], sent["then"] = "nurse", "continue"
    reads, updates = reads_of(site.app, lambda: client.browser.post(page.path, data=sent), 303)
    draft = (drafts_of(ROUND), site.drafts[0])
    assert reads[draft] == updates[draft] == 1
    assert not read_twice(reads)
    assert site.draft() == {"role": {"job": "nurse"}}


def test_submitting_reads_each_record_once(site: Site) -> None:
    client, page = site.answered()
    draft = (drafts_of(ROUND), site.drafts[0])
    sent = page.values(page.form())
    reads, _ = reads_of(site.app, lambda: client.browser.post(page.path, data=sent), 303)
    assert reads[draft] == 1
    assert not read_twice(reads)
    assert len(site.responses) == 1

"""Whatever people do in whatever order: nothing is overwritten unseen, and what counts changes by submitting only."""

# ruff: noqa: PT017 (the model decides which exception is the right one)

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from survey.collection.errors import DomainError
from survey.collection.responses.lifecycle import Incomplete, reopen, submit
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import COMPLETE, NOW, ROUND, opened_round, save

PAGES = st.sampled_from(sorted(COMPLETE))
ABOUT = [COMPLETE["about"], {"how": "meeting"}, {"how": "other"}, {"people": 7}, {}]


class Life(RuleBasedStateMachine):
    """A model of one response: what each page holds, how often it was saved, what was submitted."""

    @initialize()
    def begin(self):
        self.folder = tempfile.mkdtemp()
        self.repository = FileRepository(Path(self.folder) / "data")
        opened_round(self.repository)
        self.pages = {}
        self.revisions = {}
        self.status = "not_started"
        self.submitted = []
        self.is_open = True

    def teardown(self):
        shutil.rmtree(self.folder)

    @property
    def snapshot(self):
        return load_snapshot(self.repository, ROUND)

    @rule(key=PAGES, about=st.sampled_from(ABOUT), empty=st.booleans())
    def save_a_page(self, key, about, empty):
        answers = about if key == "about" else {} if empty else COMPLETE[key]
        known = self.revisions.get(key, 0)
        try:
            saved = save(self.repository, self.snapshot, key, answers)
        except DomainError as refused:
            assert refused.code == ("already_submitted" if self.is_open else "round_closed")
            assert self.status == "submitted" or not self.is_open
            return
        assert self.is_open
        assert self.status != "submitted"
        self.revisions[key] = known if self.pages.get(key) == answers else known + 1
        self.pages[key] = answers
        assert (saved.revision, saved.answers) == (self.revisions[key], answers)
        self.status = "in_progress" if self.status == "not_started" else self.status

    @rule()
    def submit(self):
        try:
            submission = submit(self.repository, self.snapshot, "arfon", language="cy", now=NOW)
        except Incomplete as incomplete:
            assert incomplete.gaps
            assert self.status != "submitted"
            return
        except DomainError:
            assert not self.is_open
            assert self.status != "submitted"
            return
        if self.status != "submitted":
            self.submitted.append(submission)
            self.status = "submitted"
        assert submission == self.submitted[-1]

    @rule()
    def reopen(self):
        try:
            reopen(self.repository, self.snapshot, "arfon", reason="r", by="e", now=NOW)
        except DomainError:
            assert self.status != "submitted" or not self.is_open
            return
        assert self.status == "submitted"
        self.status = "reopened"

    @precondition(lambda self: len(self.submitted) > 0)
    @rule()
    def close(self):
        if self.is_open:
            close_round(self.repository, ROUND, NOW)
            self.is_open = False

    @invariant()
    def the_response_is_what_was_done_to_it(self):
        if not hasattr(self, "repository"):
            return
        response = read_response(self.repository, ROUND, "arfon")
        assert response.status == self.status
        assert response.answers == self.pages
        assert {key: page.revision for key, page in response.pages.items()} == self.revisions
        assert list(response.submissions) == self.submitted
        whats = [entry["what"] for entry in response.history]
        assert {key: page.saves[-1].revision for key, page in response.pages.items()} == self.revisions
        assert whats.count("submitted") == len(self.submitted)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)

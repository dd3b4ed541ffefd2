"""Whatever anybody sends to any address, by any method, as whoever: the service answers with a status that it means."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.verification import verify
from tests.catalogues_in_use import use_catalogues
from tests.collection import anonymous_example
from tests.collection.catalogue import write_pseudo, write_pseudo_of
from tests.verified import is_clean
from tests.web.hostile.attacks import Attack, attacks, sent
from tests.web.hostile.people import OF_ENDPOINT, VALUES, HostileSite

REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "160"))
AT_ONCE = 24
MEANT = {200, 206, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 409, 410, 412, 413, 414, 416, 422, 429}


@pytest.fixture(scope="module")
def site(catalogues: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileSite]:
    folder = tmp_path_factory.mktemp("hostile")
    write_pseudo(folder / "translations")
    write_pseudo_of(folder / "crew", anonymous_example.DEFINITION)
    use_catalogues(folder / "translations", folder / "crew", catalogues)
    yield HostileSite(folder)
    use_catalogues(catalogues)


def test_of_every_part_of_an_address_it_is_known_where_it_leads_to_something(site: HostileSite) -> None:
    rules = list(site.app.url_map.iter_rules())
    parts = {(rule.endpoint, part) for rule in rules for part in rule.arguments}
    assert not {(endpoint, part) for endpoint, part in parts if part not in {**VALUES, **OF_ENDPOINT.get(endpoint, {})}}


def test_no_request_is_answered_with_a_fault_of_ours_and_all_that_is_kept_stays_sound(site: HostileSite) -> None:
    answered: list[int] = []

    @seed(REQUESTS)
    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(attacks(site))
    def whatever_is_sent(attack: Attack) -> None:
        if len(answered) % AT_ONCE == 0:
            _check_and_begin_again(site)
        try:
            answer = sent(site, attack)
        except Exception as error:
            raise AssertionError(f"{attack} was not answered: {error!r}") from error
        assert answer.status_code in MEANT, f"{attack} was answered {answer.status_code}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff", attack
        answered.append(answer.status_code)

    whatever_is_sent()
    _check_and_begin_again(site)
    assert len(answered) >= REQUESTS
    assert {200, 303, 400, 403, 404, 405} <= set(answered)


def _check_and_begin_again(site: HostileSite) -> None:
    repository = site.app.extensions["repository"]
    report = verify(repository, sound(repository, language("en")))
    assert is_clean(report), (report.unreadable, report.wrong)
    site.again()

"""From when and until when a round takes answers, or took them, in words."""

from survey.collection.rounds.round import Round
from survey.web.site.environment import now
from survey.web.site.language import current_language


def times_of_round(current: Round) -> list[str]:
    """A sentence for each of its times that is settled: of what is to come as to come, of what is over as over."""
    return [said for said in (_opening(current), _closing(current)) if said]


def _opening(current: Round) -> str:
    language = current_language()
    if current.opens is None:
        return ""
    said = language.datetime(current.opens)
    if now() < current.opens:
        return language.pgettext("manage status", "Opens: %(time)s", time=said)
    return language.pgettext("manage status", "Opened: %(time)s", time=said)


def _closing(current: Round) -> str:
    language = current_language()
    if current.closes is None:
        return ""
    said = language.datetime(current.closes)
    if current.status == "closed":
        return language.pgettext("manage status", "Closed: %(time)s", time=said)
    if current.closes <= now():
        return language.pgettext("manage status", "Answers were taken until: %(time)s", time=said)
    return language.pgettext("manage status", "Closes: %(time)s", time=said)

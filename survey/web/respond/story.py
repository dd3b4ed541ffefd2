"""The page on which a cluster sees its own years."""

from collections.abc import Callable
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from markupsafe import Markup, escape

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting.charts.description import Series
from survey.reporting.records.former_clusters import FormerCluster, former_clusters
from survey.reporting.records.story import ActionStory, ClusterText, Levels, Story, StoryYear, story_of
from survey.web.respond.auth import blueprint
from survey.web.respond.fields import verbatim
from survey.web.respond.respondent import Respondent, words_of
from survey.web.site.charts import bars_of_counts, dots
from survey.web.site.language import current_language


@blueprint.get("/reflection/story")
def story() -> ResponseReturnValue:
    """The levels and the actions of the cluster, year by year."""
    back = (url_for("respond.reflection"), pgettext("section", "Back to the list of sections"))
    return story_page(g.respondent, back)


def story_page(
    respondent: Respondent, back: tuple[str, ...], story_of_former: Callable[[FormerCluster], str] | None = None
) -> str:
    """The story of a cluster, with the way back to where the reader came from. `story_of_former` gives where she may
    read that of a cluster of which this one was formed."""
    told = story_of(respondent.repository, respondent.snapshot, respondent.cluster.code, _texts_of)
    order = _levels_in_order(respondent.snapshot)
    return render_template(
        "respond/story.html",
        whose=respondent.cluster.name(current_language().code),
        back=back,
        years=[(year.year, _what_there_is(year)) for year in told.years],
        submitted=sum(year.state == "submitted" for year in told.years),
        head=[{"text": pgettext("story", "Outcome")}, *({"text": year.year} for year in told.years)],
        rows=_rows(told),
        chart=_chart(told, order),
        chart_by_outcome=_levels_by_outcome(told, respondent.snapshot, order),
        rules_differ=told.rules_differ,
        former=[
            (former, former.cluster.name(current_language().code), story_of_former(former) if story_of_former else "")
            for former in former_clusters(respondent.repository, respondent.snapshot, respondent.cluster.code)
        ],
        actions=[(year.year, _told_of(year, told)) for year in told.years],
    )


def _levels_in_order(snapshot: RoundSnapshot) -> list[str]:
    """The levels that a cluster can judge itself to be at, in words, the lowest first."""
    texts = _texts_of(snapshot)
    questions = [question for section in snapshot.questionnaire.sections for question in section.questions]
    judged = next((question for question in questions if question.measure == "judged_level"), None)
    return [texts(option.label) for option in judged.options] if judged else []


def _levels_by_outcome(told: Story, snapshot: RoundSnapshot, order: list[str]) -> Markup:
    """The level judged of each outcome in each year in which the cluster said one: a row each, by outcome."""
    framework, texts = snapshot.framework, _texts_of(snapshot)
    modules = {module.id: texts(module.short_name) for module in framework.modules} if framework else {}
    judged = [
        (
            f"{modules.get(told_outcome.outcome.module, '')} {told_outcome.outcome.number}, {year.year}".strip(),
            levels.judged,
        )
        for told_outcome in told.outcomes
        for levels, year in zip(told_outcome.levels, told.years, strict=True)
        if levels.judged in order
    ]
    numbered = (f"{number}: {level}" for number, level in enumerate(order, start=1))
    return dots(
        pgettext("story", "Level of maturity judged, by outcome and year"),
        pgettext("story", "Levels: %(levels)s.", levels=", ".join(numbered)),
        [name for name, _ in judged],
        Series("", tuple(order.index(level) + 1 for _, level in judged)),
        max(len(order), 4),
    )


def _chart(told: Story, order: list[str]) -> Markup:
    """How many outcomes the cluster judged to be at each level, in the years in which it said so."""
    judged = [
        (year.year, [outcome.levels[place].judged for outcome in told.outcomes])
        for place, year in enumerate(told.years)
    ]
    said = [(year, list(filter(None, levels))) for year, levels in judged if any(levels)]
    labels = dict.fromkeys((*order, *(level for _, levels in said for level in levels)))
    return bars_of_counts(
        pgettext("story", "Level of maturity judged, by year"),
        pgettext("story", "The numbers on the bars are numbers of outcomes."),
        [year for year, _ in said],
        [Series(label, tuple(levels.count(label) for _, levels in said)) for label in labels],
        "diverging",
    )


def _texts_of(snapshot: RoundSnapshot) -> Any:
    return words_of(snapshot, current_language())


def _what_there_is(year: StoryYear) -> str:
    if year.submitted_at is not None:
        return pgettext("story", "Submitted on %(date)s", date=current_language().date(year.submitted_at))
    if year.state == "not_listed":
        return pgettext("story", "The cluster was not asked in this year")
    if year.state == "unreadable":
        return pgettext("story", "What is kept of this year cannot be read. The national team can help")
    return pgettext("story", "Not submitted")


def _rows(told: Story) -> list[list[Markup | str]]:
    return [
        [outcome.name, *(_levels(levels, year) for levels, year in zip(outcome.levels, told.years, strict=True))]
        for outcome in told.outcomes
    ]


def _levels(levels: Levels, year: StoryYear) -> Markup | str:
    if not levels.asked:
        return pgettext("story", "Not asked")
    if year.state != "submitted":
        return pgettext("story", "Not submitted")
    judged = levels.judged or pgettext("answer", "Not answered")
    lines = [Markup("<strong>{}</strong>").format(judged)]
    if levels.indicated:
        lines.append(escape(pgettext("story", "The answers point to: %(level)s", level=levels.indicated)))
    return Markup("<span>{}</span>").format(Markup("<br>").join(lines))


def _told_of(year: StoryYear, told: Story) -> list[dict[str, Any]]:
    return [
        {
            "about": action.about,
            "action": _written(action.action),
            "lead": _written(action.lead),
            "due": current_language().date(action.due) if action.due else "",
            "went": _how_it_went(action, told),
            "comment": _written(action.comment),
        }
        for action in told.actions
        if action.year == year.year
    ]


def _written(words: ClusterText) -> Markup:
    return verbatim(words.text, words.written_in) if words.text else Markup()


def _how_it_went(action: ActionStory, told: Story) -> str:
    if not action.asked_in:
        return pgettext("story", "Nobody has asked yet")
    if any(year.year == action.asked_in and year.state != "submitted" for year in told.years):
        return pgettext("story", "Asked in %(year)s. The answer has not been submitted yet", year=action.asked_in)
    if not action.went:
        return pgettext("story", "Asked in %(year)s, and not answered", year=action.asked_in)
    return pgettext("story", "%(answer)s (asked in %(year)s)", answer=action.went, year=action.asked_in)

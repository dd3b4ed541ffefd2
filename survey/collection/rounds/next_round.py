"""The round after another: what would be collected in the next reporting year, as it is proposed."""

from collections.abc import Collection, Sequence

from survey.collection.rounds.round import Round


def next_round(earlier: Round, known: Sequence[tuple[str, str]], taken: Collection[str]) -> Round:
    """A draft for the year after a round's, of the newest edition for that year among those that are `known`
    (questionnaire, edition). Its id is that of the earlier round with the year moved on, or the questionnaire with the
    year; empty where both are `taken`.
    """
    year = year_after(earlier.reporting_year)
    start = year[:4]
    wanted = [earlier.id.replace(earlier.reporting_year[:4], start), f"{earlier.questionnaire}-{start}"]
    free = [round_id for round_id in wanted if round_id not in taken]
    edition = newest_edition(earlier.questionnaire, year, known) or earlier.edition
    return Round(free[0] if free else "", earlier.questionnaire, edition, year, earlier.cluster_list)


def year_after(reporting_year: str) -> str:
    """The reporting year after another: 2027-28 after 2026-27."""
    start = int(reporting_year[:4]) + 1
    return f"{start}-{(start + 1) % 100:02}"


def newest_edition(questionnaire: str, year: str, known: Sequence[tuple[str, str]]) -> str:
    """The newest edition of a questionnaire for a reporting year, among those `known`; nothing where there is none."""
    return max((edition for name, edition in known if name == questionnaire and edition <= year), default="")

"""`flask translations consistency`: what translators read beside the gate."""

import json
from collections.abc import Iterator
from itertools import chain

from survey.catalogues.consistency import Consistency, TermUse, consistency
from survey.catalogues.glossary import read_glossary
from survey.catalogues.memory import Remembered
from survey.commands.environment import REPORT_FORMAT
from survey.commands.translation_group import chosen_places, translations, welsh_catalogue
from survey.languages import CountedPhrase, Language, Phrase

SHOWN = 3
"""How many of the places of one Welsh are printed."""
IN_PLACES = CountedPhrase("translations consistency", "in %(n)s place", "in %(n)s places", "n")


@translations.command(
    "consistency",
    about=Phrase("command", "Show one English with two Welsh, and terms of the glossary that are said in two ways"),
)
@REPORT_FORMAT
def consistency_(language: Language, form: str) -> str:
    places = chosen_places()
    inconsistencies = consistency(
        {name: welsh_catalogue(places, name) for name in places.names()},
        read_glossary(places.translations / "glossary.csv"),
    )
    if form == "json":
        return json.dumps(_as_json(inconsistencies), ensure_ascii=False, indent=2)
    return "\n".join(chain(_texts(inconsistencies, language), [""], _terms(inconsistencies, language)))


def _texts(inconsistencies: Consistency, language: Language) -> Iterator[str]:
    yield language.npgettext(
        "translations consistency",
        "%(n)s English text with more than one Welsh",
        "%(n)s English texts with more than one Welsh",
        len(inconsistencies.texts),
    )
    for every in inconsistencies.texts:
        yield f"“{every[0].english}”"
        yield from (line for way in every for line in _lines(way, language))


def _terms(inconsistencies: Consistency, language: Language) -> Iterator[str]:
    yield language.npgettext(
        "translations consistency",
        "%(n)s term of the glossary said in another way",
        "%(n)s terms of the glossary said in another way",
        len(inconsistencies.terms),
    )
    for use in inconsistencies.terms:
        yield language.pgettext(
            "translations consistency",
            "%(english)s = %(welsh)s (said so: %(kept)s, otherwise: %(others)s)",
            english=use.term.english,
            welsh=use.term.welsh,
            kept=language.number(use.kept),
            others=language.number(len(use.otherwise)),
        )
        for way in use.otherwise:
            yield f"    “{way.english}”"
            yield from _lines(way, language)


def _lines(way: Remembered, language: Language) -> Iterator[str]:
    shown = "; ".join(f"{place.catalogue}: {place.context}" for place in way.places[:SHOWN])
    more = ""
    if len(way.places) > SHOWN:
        more = f" … ({language.say(IN_PLACES, n=len(way.places))})"
    yield f"    “{way.welsh}”  {shown}{more}"


def _as_json(inconsistencies: Consistency) -> dict[str, object]:
    return {
        "texts": [[_ways(way) for way in every] for every in inconsistencies.texts],
        "terms": list(map(_term, inconsistencies.terms)),
    }


def _term(use: TermUse) -> dict[str, object]:
    return {
        "english": use.term.english,
        "welsh": use.term.welsh,
        "confidence": use.term.confidence,
        "kept": use.kept,
        "otherwise": list(map(_ways, use.otherwise)),
    }


def _ways(way: Remembered) -> dict[str, object]:
    places = [{"catalogue": place.catalogue, "context": place.context} for place in way.places if not place.is_obsolete]
    return {"english": way.english, "welsh": way.welsh, "places": places}

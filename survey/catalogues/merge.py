"""A catalogue brought up to date with its template, by context, so that no Welsh is lost or strays.

Welsh comes from, in this order: the same context and English; the context that a renamed question had before; the same
English elsewhere, marked fuzzy; the same context with other English, marked fuzzy with the previous English. What has
none of these is empty. What is gone becomes obsolete.
"""

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

import polib

from survey.catalogues.extraction import former_context
from survey.catalogues.files import FORMS, WELSH, is_place, key_of, new_catalogue
from survey.catalogues.review import drop_mark, is_reviewed, renew_mark, without_seal

EntriesByKey = dict[tuple[str, str], polib.POEntry]
"""Messages by what makes each one message."""

# Less alike than this, two texts of one context are two messages and not one reworded.
ALIKE = 0.6


def merged(ours: polib.POFile, template: polib.POFile) -> polib.POFile:
    """Return `ours` with exactly the messages of `template`, in its order, and what is gone as obsolete.

    Merging the result again with the same template changes nothing.
    """
    current = {key_of(entry): entry for entry in ours if not entry.obsolete}
    obsolete = {key_of(entry): entry for entry in ours if entry.obsolete}
    wanted = {key_of(entry) for entry in template}
    gone = [entry for key, entry in current.items() if key not in wanted]
    renamed = _renamed(template, current)
    new = [entry for entry in template if key_of(entry) not in {*current, *obsolete, *renamed}]
    origins = _same_english(new, current, gone)
    origins |= _same_place([entry for entry in new if key_of(entry) not in origins], template, current, gone)

    result = new_catalogue(WELSH)
    for entry in template:
        key = key_of(entry)
        known = current.get(key) or obsolete.get(key) or renamed.get(key)
        result.append(_carried(entry, known) if known else _reworded(entry, origins.get(key)))
    reused = {key_of(origin) for origin in (*renamed.values(), *origins.values())}
    left = {key: entry for key, entry in obsolete.items() if key not in wanted}
    left |= {key_of(entry): entry for entry in gone if key_of(entry) not in reused and _has_welsh(entry)}
    for _, entry in sorted(left.items()):
        result.append(_obsolete(entry))
    return result


def _renamed(template: Iterable[polib.POEntry], current: EntriesByKey) -> EntriesByKey:
    """The messages of a question under the name that it had before, by the keys of the new; the English is the same."""
    places = {key_of(entry): (former_context(entry), entry.msgid) for entry in template if former_context(entry)}
    return {key: current[old] for key, old in places.items() if old in current and key not in current}


def _same_english(new: Iterable[polib.POEntry], current: EntriesByKey, gone: list[polib.POEntry]) -> EntriesByKey:
    """For each new message one with the same English elsewhere, rather one that has gone from there."""
    by_english: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in current.values():
        if entry.translated():
            by_english[entry.msgid].append(entry)
    gone_keys = {key_of(entry) for entry in gone}

    def nearness(entry: polib.POEntry, other: polib.POEntry) -> tuple[bool, int]:
        ours, theirs = (entry.msgctxt or "").split("."), (other.msgctxt or "").split(".")
        return key_of(other) in gone_keys, sum(a == b for a, b in zip(ours, theirs, strict=False)) + (
            ours[-1] == theirs[-1]
        )

    return {
        key_of(entry): max(by_english[entry.msgid], key=lambda other: nearness(entry, other))
        for entry in new
        if entry.msgid in by_english
    }


def _same_place(
    new: Iterable[polib.POEntry], template: Iterable[polib.POEntry], current: EntriesByKey, gone: list[polib.POEntry]
) -> EntriesByKey:
    """For each new message that is an old one of its context reworded: the old one, by the key of the new."""
    in_template: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in template:
        in_template[entry.msgctxt or ""].append(entry)
    looking: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in new:
        looking[entry.msgctxt or ""].append(entry)
    origins: EntriesByKey = {}
    for context, entries in looking.items():
        before = [entry for entry in gone if (entry.msgctxt or "") == context]
        if len(before) == len(in_template[context]) == 1:
            origins[key_of(entries[0])] = before[0]
            continue
        origins |= _pairs(entries, before)
        # A second edition words the same place otherwise: its text starts from the Welsh of the first.
        staying = [current[key_of(entry)] for entry in in_template[context] if key_of(entry) in current]
        for entry in entries:
            candidates = [*before, *staying, *_before_renaming(entry, current)] if is_place(context) else staying
            nearest = _nearest(entry, candidates, 0.0 if is_place(context) else ALIKE)
            if key_of(entry) not in origins and nearest:
                origins[key_of(entry)] = nearest
    return origins


def _before_renaming(entry: polib.POEntry, current: EntriesByKey) -> list[polib.POEntry]:
    """What stood in the place that the message had before."""
    former = former_context(entry)
    return [other for other in current.values() if former and other.msgctxt == former]


def _pairs(entries: list[polib.POEntry], before: list[polib.POEntry]) -> EntriesByKey:
    """Pair new with gone messages of one context, the most alike first."""
    scored = [(_likeness(entry, old), -i, -j) for i, entry in enumerate(entries) for j, old in enumerate(before)]
    pairs: dict[int, int] = {}
    for score, i, j in sorted(scored, reverse=True):
        if score >= ALIKE and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return {key_of(entries[i]): before[j] for i, j in pairs.items()}


def _nearest(entry: polib.POEntry, others: list[polib.POEntry], least: float) -> polib.POEntry | None:
    scored = [(_likeness(entry, other), -i) for i, other in enumerate(others)]
    score, place = max(scored, default=(-1.0, 0))
    return others[-place] if score >= least else None


def _likeness(entry: polib.POEntry, other: polib.POEntry) -> float:
    return SequenceMatcher(None, entry.msgid, other.msgid, autojunk=False).ratio()


def _carried(entry: polib.POEntry, known: polib.POEntry) -> polib.POEntry:
    """The message of the template with the Welsh it has already."""
    if entry.msgid_plural != known.msgid_plural:
        return _reworded(entry, known)
    made = _fresh(entry)
    made.tcomment = without_seal(known.tcomment) if is_reviewed(known) else known.tcomment
    _take_welsh(made, known)
    if known.fuzzy:
        made.flags.insert(0, "fuzzy")
        made.previous_msgctxt = known.previous_msgctxt
        made.previous_msgid = known.previous_msgid
        made.previous_msgid_plural = known.previous_msgid_plural
    renew_mark(made)
    return made


def _reworded(entry: polib.POEntry, known: polib.POEntry | None) -> polib.POEntry:
    """The message of the template with the Welsh of its earlier English, for a translator to look at."""
    made = _fresh(entry)
    if known is None or not _has_welsh(known):
        return made
    made.tcomment = known.tcomment
    drop_mark(made)
    _take_welsh(made, known)
    made.flags.insert(0, "fuzzy")
    if known.msgctxt != entry.msgctxt:
        made.previous_msgctxt = known.previous_msgctxt or known.msgctxt
    # Fuzzy already: its Welsh still says what the English before the last one said.
    made.previous_msgid = known.previous_msgid or known.msgid
    made.previous_msgid_plural = known.previous_msgid_plural if known.previous_msgid else known.msgid_plural or None
    return made


def _fresh(entry: polib.POEntry) -> polib.POEntry:
    """The message of the template without Welsh."""
    plural = {"msgid_plural": entry.msgid_plural, "msgstr_plural": dict.fromkeys(range(FORMS), "")}
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        comment=entry.comment,
        occurrences=list(entry.occurrences),
        flags=[flag for flag in entry.flags if flag != "fuzzy"],
        **(plural if entry.msgid_plural else {}),
    )


def _take_welsh(made: polib.POEntry, known: polib.POEntry) -> None:
    if made.msgid_plural:
        forms = known.msgstr_plural if known.msgid_plural else dict.fromkeys(range(FORMS), known.msgstr)
        made.msgstr_plural = {form: forms.get(form, "") for form in range(FORMS)}
    else:
        made.msgstr = known.msgstr_plural.get(FORMS - 1, "") if known.msgid_plural else known.msgstr


def _has_welsh(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr) or any(entry.msgstr_plural.values())


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    made = _fresh(entry)
    made.comment, made.occurrences, made.flags = "", [], ["fuzzy"] if entry.fuzzy else []
    made.tcomment = entry.tcomment
    _take_welsh(made, entry)
    made.obsolete = True
    return made

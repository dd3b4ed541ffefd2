"""Words that are Welsh with a circumflex and without, and mean something else: *â* (with) and *a* (and).

The dictionary knows both, so these go by what stands beside them, and by the English: an *a* that joins needs an “and”.
"""

import re
from collections.abc import Callable

from survey.catalogues.pairs import Pair

# Words that have a circumflex here, by what is beside them.
_LOST_WORD = (
    r"\bwahan\b|(?<!r )\bhyn na\b|\b[cg]h?ant (?:eu|ei|hwy|hefyd|fod|ddim)\b|\bni wyr\b|\bg?ffon\b|\bsgwar\b|\byn ol\b"
    r"|\bsgor\b|\bsiwr\b|\bgwyl\b|\boed neu(?:’n)? hyn\b"
    r"|\b[dt]im (?:ein|eich|aml\w+|gofal)\b|\bo (?:dim|fewn dim) \w"
)
# Words that *â* follows, never *a*.
_WITH = (
    r"(?:\b[pb]h?eidi\w*|\bsydd|\bynghyd|\bochr yn ochr|\bun fath|\bcyd-fynd|\bunol|\bafael|\bcyhyd"
    r"|\b[fm]ynd|\b[bp]h?arhau|\b[wy]?mdopi"
    r"|\bymgodymu(?: mwyach)?|\b[cg]h?ystadlu|\bymweliadau|\bgysylltiad"
    r"|\bmor \w+|\b[cg]h?ymharwch \w+|\bo’[iu] \w+ymharu|\bnodwch hynny|\bdelio|\bymwneud|\bymweld"
    r"|\bymdrin\w*|\bsiarad|\bgymharu|\b[cg]wrdd|\bbyw|\bgysylltiedig|\bgynted) @(?=[ ’])"
)
_WITH_SOMEBODY = (
    r"\b(?:ym|c|ch|g)\w*ysyllt\w* @ (?=ni\b|chi\b|phobl|defnyddwyr|chleif|rhandd|phrac|chlyst)"
    r"|(?:\b[cg]h?ymharu|\bgyson|\b[cg]ofrestru) @(?=’| ph| ch| th)|(?:\b[cg]h?ymharu|\bgyson) @ (?=\w+’r)"
    r"|\b(?:\w*rownd|\w*lwstwr|iechyd|[cg]westiwn) @’r (?:cod|dynodydd)\b|\b[cg]h?lystyrau @ (?=\d|\s)"
    r"|@ phosibl\b|\bunion @(?=’)|\b[cg]h?ysylltu @’r\b|\b@ llaw\b|\bdechrau @ (?=\s|h)|\bun peth @(?=’)|\bgair @ mwy\b"
    r"|\bymgysylltu @’r|\bar y cyd @’r"
)
LOST_WORD = re.compile(_LOST_WORD)
LOST_WITH = re.compile("|".join((_WITH, _WITH_SOMEBODY)).replace("@", "a"))
BEFORE, BEHIND = 28, 16
"""How far the neighbours of an *a* reach that tell what it is."""
# An *â* that is right, by its neighbours or by the English; one before c, p and t that are not aspirated never is.
RIGHT = re.compile("|".join((_WITH, _WITH_SOMEBODY)).replace("@", "â"), re.IGNORECASE)
WITH = re.compile(
    r"\b(?:with|within|contact\w*|visit\w*|n’t|not|meet\w*|deal\w*|compare\w*|touch|talk\w*|speak\w*|paid|divid\w+"
    r"|beside|against|called|have|has|very|compatib\w+|headed|dated)\b",
    re.IGNORECASE,
)
ALONE = re.compile(r"(?<![\w’])â(?=[ ’])", re.IGNORECASE)
NEVER = re.compile(r"(?<![\w’])(?:ô(?![\w’])|â [cpt](?!h)[^\W\d_]+)")
# Words with a circumflex that are as right without it, by what the English says then; with no word they always pass.
TWINS = {
    "hŷn": "old|elder|senior|age|earl|advanced|over|above",
    "dîm": "team",
    "dân tân thân": "fire",
    "môr fôr": "sea|marine|ocean",
    "cân gân chân": "song|sing|music|leg|foot",
    "mêl fêl": "honey",
    "tâl dâl thâl": "pa(?:y|id)|fee|charge|tall|cost|free|wage|salar",
    "mân fân": "small|minor|fine",
    "sêt": "seat",
    "gêm gêr rêl nêt": "game|gear|rail|net",
    "ffôn gŵyl ŵyl cânt gânt chânt ôl nôl wahân sgwâr siŵr ŵyr tŵr cwarantîn": "",
}
MEANT = {word: re.compile(english, re.IGNORECASE) for words, english in TWINS.items() for word in words.split()}
_CIRCUMFLEXED = re.compile(r"[^\W\d_]*[âêîôûŵŷÂÊÎÔÛŴŶ][^\W\d_]*")
_PLAIN = str.maketrans("âêîôûŵŷ", "aeiouwy")
# An *a* that joins two words: before the article or a pronoun, a plural, or a word in the aspirate mutation.
JOINS = re.compile(
    r"(?<!\bfel) \ba(?=’r\b| (?:ch|ph|th)[^\W\d_]| [^\W\d_]{3,}(?:ion|au|iaid|feydd)\b| (?:hi|ef|nhw|hwy)\b)"
)
AND = re.compile(r"\b(?:and|both|or|nor|as well)\b|[,;/&–]", re.IGNORECASE)


_A = re.compile(r"\ba(?=[ ’])")
# Without any of this a text has no word that may have lost one.
_WORTH_A_LOOK = re.compile(
    r"wahan|hyn na|ant [dehf]|wyr|ffon|sgwar|yn ol|sgor|siwr|gwyl|neu(?:’n)? hyn|[dt]im |fewn|o dim"
)


def lost_circumflex(pair: Pair) -> str | None:
    """A word that has probably lost its circumflex, with its neighbours."""
    welsh = pair.spoken_welsh
    lost = _lost(welsh.lower()) or (None if AND.search(pair.spoken_english) else JOINS.search(welsh))
    return " ".join(welsh[max(0, lost.start() - 12) : lost.end() + 12].split()) if lost else None


def _lost(welsh: str) -> re.Match[str] | None:
    lost = LOST_WORD.search(welsh) if _WORTH_A_LOOK.search(welsh) else None
    for match in () if lost else _A.finditer(welsh):
        lost = LOST_WITH.search(welsh, max(0, match.start() - BEFORE), match.end() + BEHIND)
        if lost:
            break
    return lost


def added_circumflex(pair: Pair, is_word: Callable[[str], bool]) -> str | None:
    """A word that has probably been given a circumflex: without it the dictionary has it too, and it is meant."""
    welsh = pair.spoken_welsh
    if not _CIRCUMFLEXED.search(welsh):
        return None
    never = NEVER.search(welsh)
    if never:
        return never[0]
    if ALONE.search(welsh) and not RIGHT.search(welsh.lower()) and not WITH.search(pair.spoken_english):
        return "â"
    for word in map(str.lower, _CIRCUMFLEXED.findall(welsh)):
        meant = MEANT.get(word)
        is_right = meant.search(pair.spoken_english) if meant else not is_word(word.translate(_PLAIN))
        if len(word) > 1 and not is_right:
            return word
    return None

"""Words that are Welsh with a circumflex and without, and mean something else: *â* (with) and *a* (and).

The dictionary knows both, so these go by what stands beside them, and by the English: an *a* that joins needs an “and”.
"""

import re

from survey.catalogues.pairs import Pair

# Words that have a circumflex here, by what is beside them.
_LOST_WORD = (
    r"\bwahan\b|(?<!r )\bhyn na\b|\b[cg]h?ant (?:eu|ei|hwy|hefyd|fod)\b|\bg?ffon\b|\bsgwar\b|\byn ol\b|\bsgor\b"
    r"|\bsiwr\b|\bgwyl\b|\boed neu(?:’n)? hyn\b"
    r"|\b[dt]im (?:ein|eich|aml\w+|gofal)\b|\bo (?:dim|fewn dim) \w"
)
# Words that *â* follows, never *a*.
_WITH = (
    r"(?:\b[pb]h?eidi\w*|\bsydd|\bynghyd|\bochr yn ochr|\bun fath|\bcyd-fynd|\bunol|\bafael|\bcyhyd"
    r"|\b[fm]ynd|\b[bp]h?arhau|\b[wy]?mdopi"
    r"|\bymgodymu(?: mwyach)?|\b[cg]h?ystadlu|\bymweliadau|\bgysylltiad"
    r"|\bmor \w+|\b[cg]h?ymharwch \w+|\bo’[iu] \w+ymharu|\bnodwch hynny|\bdelio|\bymwneud|\bymweld"
    r"|\bymdrin|\b[cg]wrdd|\bbyw|\bgysylltiedig|\bgynted) a(?=[ ’])"
)
_WITH_SOMEBODY = (
    r"\b(?:ym|c|ch|g)\w*ysyllt\w* a (?=ni\b|chi\b|phobl|defnyddwyr|chleif|rhandd|phrac|chlyst)"
    r"|(?:\b[cg]h?ymharu|\bgyson|\b[cg]ofrestru) a(?=’| ph| ch| th)|(?:\b[cg]h?ymharu|\bgyson) a (?=\w+’r)"
    r"|\b(?:\w*rownd|\w*lwstwr|iechyd|gwestiwn) a’r (?:cod|dynodydd)\b|\b[cg]h?lystyrau a (?=\d|\s)"
    r"|\b[cg]h?ysylltu a’r\b|\ba llaw\b|\bdechrau a \s|\bymgysylltu a’r|\bar y cyd a’r"
)
LOST = re.compile("|".join((_LOST_WORD, _WITH, _WITH_SOMEBODY)), re.IGNORECASE)
# An *a* that joins two words: with the article, or before a word in the aspirate mutation.
JOINS = re.compile(r"(?<!\bfel) \ba(?=’r\b| (?:ch|ph|th)[^\W\d_])")
AND = re.compile(r"\b(?:and|both|or|nor|as well)\b|[,;/&–]", re.IGNORECASE)


# Without any of this a text has nothing to look at.
_WORTH_A_LOOK = re.compile(
    r"\ba[ ’]|wahan|hyn na|ant [ehf]|ffon|sgwar|yn ol|sgor|siwr|gwyl|neu(?:’n)? hyn|[dt]im |fewn", re.IGNORECASE
)


def lost_circumflex(pair: Pair) -> str | None:
    """A word that has probably lost its circumflex, with its neighbours."""
    welsh = pair.spoken_welsh
    if not _WORTH_A_LOOK.search(welsh):
        return None
    lost = LOST.search(welsh) or (None if AND.search(pair.spoken_english) else JOINS.search(welsh))
    return " ".join(welsh[max(0, lost.start() - 12) : lost.end() + 12].split()) if lost else None

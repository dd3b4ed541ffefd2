"""What the gate says of each rule, in words that a translator understands."""

from survey.catalogues.characters import visible
from survey.languages import Language, Phrase

WORDING = {
    "missing": Phrase(
        "translation gate", "Readers see no Welsh of it yet: translate it, or mend the error that holds it back"
    ),
    "fuzzy": Phrase(
        "translation gate", "The English has changed: bring the Welsh up to date and take the fuzzy mark away"
    ),
    "fuzzy-mark": Phrase(
        "translation gate", "Somebody has marked it as unsure (fuzzy): look at it again and take the mark away"
    ),
    "empty-form": Phrase(
        "translation gate", "Plural form [%(form)s] is empty: Welsh needs all six, for 0, 1, 2, 3, 6 and the rest"
    ),
    "extra-form": Phrase("translation gate", "There are more than six plural forms: take the others away"),
    "lost-placeholder": Phrase(
        "translation gate", "The Welsh has lost %(detail)s: put it where the value belongs, exactly as in the English"
    ),
    "unknown-placeholder": Phrase(
        "translation gate", "The Welsh has %(detail)s, which the English does not have: copy it from the English"
    ),
    "stray-percent": Phrase(
        "translation gate",
        "“%(detail)s” in the Welsh is not a whole placeholder: copy it from the English, or write %%%% for “percent”",
    ),
    "stray-brace": Phrase(
        "translation gate", "“%(detail)s” in the Welsh is not a whole placeholder: copy it from the English"
    ),
    "different-tags": Phrase("translation gate", "The tags differ from those of the English: %(detail)s"),
    "half-tag": Phrase("translation gate", "A tag is only half there, or closed in the wrong order: “%(detail)s”"),
    "different-edges": Phrase(
        "translation gate", "The Welsh has to begin and end with the same spaces and new lines as the English"
    ),
    "lost-space": Phrase("translation gate", "A space is missing beside %(detail)s"),
    "double-space": Phrase("translation gate", "There are two spaces together: “%(detail)s”"),
    "ampersand": Phrase("translation gate", "Write “a” or “ac” in words and not as a sign: “%(detail)s”"),
    "straight-quote": Phrase("translation gate", "Write ’ for an apostrophe and “ ” for quotation marks: “%(detail)s”"),
    "odd-character": Phrase(
        "translation gate",
        "Welsh is not written with this character, or its accent stands apart from the letter. "
        "Type it again: %(detail)s",
    ),
    "english-left": Phrase("translation gate", "Some English is left in the Welsh: “%(detail)s”"),
    "too-long": Phrase("translation gate", "The Welsh is too long for its place, in characters: %(detail)s"),
    "same-as-english": Phrase(
        "translation gate",
        "The Welsh is the same as the English: translate it, or add the text to translations/cy/same-as-english.txt",
    ),
    "familiar-form": Phrase("translation gate", "Readers are addressed as “chi”, and this is “ti”: “%(detail)s”"),
    "different-end": Phrase(
        "translation gate", "The mark at the end is not that of the English (∅ is none): %(detail)s"
    ),
    "different-questions": Phrase(
        "translation gate", "There are more or fewer of these marks than in the English: %(detail)s"
    ),
    "different-capital": Phrase(
        "translation gate", "The first letter is a capital in one language and not in the other: “%(detail)s”"
    ),
    "all-capitals": Phrase("translation gate", "This is written in capitals, which the English is not: “%(detail)s”"),
    "different-numbers": Phrase("translation gate", "The numbers differ from those of the English: %(detail)s"),
    "different-number-words": Phrase("translation gate", "The English does not have this number: “%(detail)s”"),
    "different-dates": Phrase("translation gate", "The month is not that of the English: “%(detail)s”"),
    "unpaired-marks": Phrase(
        "translation gate", "Brackets or quotation marks are opened and not closed, or the other way round: %(detail)s"
    ),
    "repeated-placeholder": Phrase("translation gate", "%(detail)s is there more often than in the English"),
    "different-links": Phrase(
        "translation gate", "The address is neither that of the English nor a Welsh one: %(detail)s"
    ),
    "repeated-word": Phrase("translation gate", "The same word is there twice: “%(detail)s”"),
    "odd-spacing": Phrase(
        "translation gate", "A space is missing here, or there is one too many before or after a mark: “%(detail)s”"
    ),
    "plural-mutation": Phrase(
        "translation gate", "The word after the number cannot be so in plural form [%(form)s]: %(detail)s"
    ),
    "forms-alike": Phrase(
        "translation gate",
        "All six plural forms are the same: for 0 say it in another way, and mutate after 2, 3 and 6",
    ),
    "lost-circumflex": Phrase("translation gate", "A circumflex may be missing here (â is “with”): “%(detail)s”"),
    "added-circumflex": Phrase(
        "translation gate", "Without its circumflex this is another word. Which is meant? %(detail)s"
    ),
    "unknown-word": Phrase(
        "translation gate",
        "The Welsh dictionary does not know this: “%(detail)s”. "
        "Mend it, or add it to translations/cy/allowed-words.txt",
    ),
    "too-short": Phrase(
        "translation gate",
        "The Welsh is much shorter than the English, in characters: %(detail)s. Is a part of it lost?",
    ),
    "other-text": Phrase(
        "translation gate",
        "The Welsh has nothing for these words of the English: %(detail)s. Is it the Welsh of another text?",
    ),
    "odd-mark": Phrase(
        "translation gate",
        "This comment is no mark of review. Write: # adolygwyd: NAME, DATE. It says: “%(detail)s”",
    ),
    "no-dictionary": Phrase(
        "translation gate", "The words were not looked up: the Welsh dictionary is not there. Run: make setup"
    ),
    "glossary-advice": Phrase("translation gate", "The glossary has another word, of which it is not sure: %(detail)s"),
    "glossary": Phrase("translation gate", "The glossary has another word: %(detail)s"),
    "no-file": Phrase("translation gate", "There is no such catalogue yet: run “translations update”, then translate"),
    "not-merged": Phrase("translation gate", "The catalogue does not have this text yet: run “translations update”"),
    "left-over": Phrase("translation gate", "Nothing uses this text any more: run “translations update”"),
    "stale": Phrase("translation gate", "The template is out of date: run “translations extract”"),
    "stale-new": Phrase(
        "translation gate", "The template does not have this new or changed English: run “translations extract”"
    ),
    "stale-gone": Phrase(
        "translation gate", "The template still has this English, which has gone: run “translations extract”"
    ),
}

BAD_FILE = Phrase("translation gate", "This file cannot be used: %(reason)s")
ENGLISH = Phrase("translation gate", "English: “%(text)s”")
WELSH = Phrase("translation gate", "Welsh: “%(text)s”")


def quoted(english: str, welsh: str, language: Language) -> list[str]:
    """The texts that there are, each on one line behind the name of its language."""
    texts = ((ENGLISH, english), (WELSH, welsh))
    return [language.say(phrase, text=visible(" ".join(text.split()))) for phrase, text in texts if text]

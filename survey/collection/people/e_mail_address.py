"""What may be the address of a mailbox, and what is wrong with one that may not."""

import re

from survey.languages import Phrase

_SIGN = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]"
_LOCAL = _SIGN + "{1,64}"
_DOTS = re.compile(r"^\.|\.\.|\.$")
_EMAIL = re.compile(_LOCAL + r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")

NO_AT = Phrase("e-mail address", "There is no @ in it.")
SEVERAL = Phrase("e-mail address", "There is more than one @ in it: write one address alone.")
SPACE = Phrase("e-mail address", "There is a space in it, or another sign that cannot be seen.")
DOTS = Phrase("e-mail address", "Before the @, a dot is first or last, or two stand together.")
STRANGE = Phrase("e-mail address", "A letter with an accent, or a sign, cannot be part of an address.")
BEFORE = Phrase("e-mail address", "Before the @ there have to be 1 to 64 letters, digits or signs.")
AFTER = Phrase("e-mail address", "After the @ there has to be a name with a dot, like example.org.")


def is_email_address(text: str) -> bool:
    """Whether a text may be the address of one mailbox, on one line."""
    return _EMAIL.fullmatch(text) is not None and not _DOTS.search(text.partition("@")[0])


def flaw_of_address(text: str) -> Phrase:
    """What is wrong with a text that may not be the address of a mailbox: what a reader would mend first."""
    local, _, domain = text.partition("@")
    if "@" not in text:
        return NO_AT
    if "@" in domain:
        return SEVERAL
    if re.search(r"\s", text) or not text.isprintable():
        return SPACE
    if _DOTS.search(local):
        return DOTS
    if not re.fullmatch(f"{_SIGN}*", local) or not re.fullmatch(r"[A-Za-z0-9.-]*", domain):
        return STRANGE
    return AFTER if re.fullmatch(_LOCAL, local) else BEFORE

"""What may be the address of a mailbox."""

import re

_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_EMAIL = re.compile(_LOCAL + r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


def is_email_address(text: str) -> bool:
    """Whether a text may be the address of one mailbox, on one line."""
    return _EMAIL.fullmatch(text) is not None and not re.search(r"^\.|\.\.|\.@", text)

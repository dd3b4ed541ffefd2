"""One contact, written down or mended by hand, with the same checks as those of a list.

Another address, or another cluster, makes another contact: what was sent to the one before, and the links in it, are
not this one’s.
"""

from dataclasses import asdict
from datetime import date
from hashlib import sha256

from survey.collection.errors import DomainError
from survey.collection.people.contact_checks import ClusterNames, Contact, Flaw, examined
from survey.collection.people.contacts import CONTACTS, drop_twins, key_of, read_contact, read_contacts
from survey.storage.repository import Repository


class BadContact(Exception):
    """A contact that cannot be kept, with everything that is wrong with it; nothing was changed."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__(flaws)
        self.flaws = flaws


def add_contact(
    repository: Repository, contact: Contact, clusters: ClusterNames, today: date, made_of: str
) -> Contact | None:
    """Keep a contact, `made_of` a form with a random id, so that sent twice it is kept once; None when it was there
    just so. Raises BadContact, and DomainError("contact_exists") for one who is there otherwise.
    """
    sound = _sound(contact, clusters)
    there = _known_as(repository, sound)
    if there == sound:
        return None
    if there is not None:
        raise DomainError("contact_exists", cluster=sound.cluster, email=sound.email)
    _keep(repository, key_of(sound, made_of), sound, today)
    return sound


def mend_contact(
    repository: Repository,
    key: str,
    seen: str,
    contact: Contact,
    clusters: ClusterNames,
    today: date,
    made_of: str,
) -> Contact | None:
    """Have a contact be so, of whom somebody has `seen` this version; None when it was so already.

    Raises BadContact, and DomainError: contact_gone, contact_changed (somebody else has changed it since),
    contact_exists (another has this address in this cluster).
    """
    sound, before = _sound(contact, clusters), read_contact(repository, key)
    there = _known_as(repository, sound)
    if there == sound and before in (None, sound):
        return None
    if before is None:
        raise DomainError("contact_gone")
    if version_of(before) != seen:
        raise DomainError("contact_changed")
    if sound.known_by == before.known_by:
        _keep(repository, key, sound, today)
        return sound
    new_key = key_of(sound, made_of)
    if there is not None and read_contact(repository, new_key) != sound:
        raise DomainError("contact_exists", cluster=sound.cluster, email=sound.email)
    # Stopped in between, both are there, and the same form brings it to its end.
    _keep(repository, new_key, sound, today)
    repository.delete(CONTACTS, key)
    return sound


def version_of(contact: Contact) -> str:
    """What tells a contact as it is from what it was before, and will be."""
    return sha256(repr(contact).encode()).hexdigest()[:16]


def _sound(contact: Contact, clusters: ClusterNames) -> Contact:
    sound, flaws = examined(contact, clusters)
    if flaws:
        raise BadContact(flaws)
    return sound


def _known_as(repository: Repository, contact: Contact) -> Contact | None:
    known = (kept for kept in read_contacts(repository).values() if kept.known_by == contact.known_by)
    return next(known, None)


def _keep(repository: Repository, key: str, contact: Contact, today: date) -> None:
    repository.write(CONTACTS, key, {**asdict(contact), "listed_on": today.isoformat()})
    drop_twins(repository, [contact])

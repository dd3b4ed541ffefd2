"""Whom to write to: the contacts of clusters, kept apart from every answer, and erased one by one when asked.

A record at (contacts,), <random key>: cluster, name, role, email, language, listed_on. A list is taken in as a whole or
not at all. A contact is known again by cluster and e-mail address; one that a list does not name stays as it is, until
no list has named it for `KEEP_CONTACTS`.
"""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256

from survey.collection.list_rows import WRONG_CELLS, BadList, RowFault, entries_of
from survey.collection.people.contact_checks import ALSO, COLUMNS, IN_LIST, ClusterNames, Contact, examined
from survey.collection.people.held_lists import let_lists_go_that_name
from survey.languages import LANGUAGES, Phrase
from survey.storage.repository import Record, Repository, Unreadable

CONTACTS = ("contacts",)
KEEP_CONTACTS = timedelta(days=730)
"""Two rounds, with some room: whom no list has named for so long, `data purge` erases."""
TWICE = Phrase("contacts", "Row %(row)s names the same cluster and e-mail address as row %(first)s")


@dataclass(frozen=True, slots=True)
class ContactChanges:
    """What taking in a list would do: contacts that are new, that would change, and how many are there just so."""

    new: tuple[Contact, ...]
    changed: tuple[Contact, ...]
    same: int


def contacts_from(content: bytes, clusters: ClusterNames) -> list[Contact]:
    """The contacts of a list, as CSV or .xlsx. Raises BadList with every fault there is."""
    contacts: list[Contact] = []
    faults: list[RowFault] = []
    first_in: dict[tuple[str, str], str] = {}
    listed = entries_of(content, COLUMNS, ALSO)
    for number, cells in listed.rows:
        row = {"row": str(number)}
        if cells is None:
            faults.append((WRONG_CELLS, row))
            continue
        contact, flaws = examined(Contact(**cells), clusters)
        faults += [(IN_LIST[flaw.kind], {**row, "column": listed.heads[flaw.column], **flaw.values}) for flaw in flaws]
        first = first_in.setdefault(contact.known_by, row["row"])
        if first != row["row"]:
            faults.append((TWICE, {**row, "first": first}))
        contacts.append(contact)
    if faults:
        raise BadList(faults)
    return contacts


def changes_by(repository: Repository, contacts: list[Contact]) -> ContactChanges:
    """What taking in these contacts would change."""
    there = {contact.known_by: contact for contact in read_contacts(repository).values()}
    new = tuple(contact for contact in contacts if contact.known_by not in there)
    changed = tuple(contact for contact in contacts if there.get(contact.known_by, contact) != contact)
    return ContactChanges(new, changed, len(contacts) - len(new) - len(changed))


def take_in(repository: Repository, contacts: list[Contact], today: date, list_id: str = "") -> ContactChanges:
    """Keep contacts, and say what that changed. Done again, also after it was killed half-way, it makes none twice;
    under the same random id of the list not even when it is done twice at once."""
    changes = changes_by(repository, contacts)
    there = {_contact(record).known_by: (key, record) for key, record in _records(repository)}
    made_of = list_id or secrets.token_hex(16)
    for contact in contacts:
        key, kept = there.get(contact.known_by, (key_of(contact, made_of), None))
        listed = {**asdict(contact), "listed_on": today.isoformat()}
        if kept != listed:
            repository.write(CONTACTS, key, listed)
    drop_twins(repository, contacts)
    return changes


def drop_twins(repository: Repository, contacts: Iterable[Contact]) -> None:
    """Leave each of these contacts once: two people may have kept the same new address at the same moment, each under a
    key of her own. Whoever looks last sees both, and of two that look at once both leave the same one."""
    wanted, seen = {contact.known_by for contact in contacts}, set()
    for key, record in sorted(_records(repository)):
        known_by = _contact(record).known_by
        if known_by in wanted and known_by in seen:
            repository.delete(CONTACTS, key)
        seen.add(known_by)


def read_contacts(repository: Repository) -> dict[str, Contact]:
    """Every contact by key, in the order of clusters and names. Raises Unreadable."""
    contacts = {key: _contact(record) for key, record in _records(repository)}
    return dict(sorted(contacts.items(), key=lambda each: (each[1].cluster, each[1].name, each[0])))


def contacts_by_cluster(repository: Repository) -> Mapping[str, Sequence[Contact]]:
    """The contacts of each cluster by its code: none of one that has none. Raises Unreadable."""
    of: dict[str, list[Contact]] = defaultdict(list)
    for contact in read_contacts(repository).values():
        of[contact.cluster].append(contact)
    return of


def contacts_of_cluster(repository: Repository, cluster_code: str) -> dict[str, Contact]:
    """The contacts of a cluster by their keys. Raises Unreadable."""
    return {key: contact for key, contact in read_contacts(repository).items() if contact.cluster == cluster_code}


def first_language(contacts: Iterable[Contact]) -> str:
    """The language that most of a cluster’s contacts read; Welsh where they are as many, or none."""
    counted = Counter(contact.language for contact in contacts)
    return max(LANGUAGES, key=lambda code: counted[code])


def read_contact(repository: Repository, key: str) -> Contact | None:
    record = repository.read(CONTACTS, key)
    return _contact(record) if record else None


def erase_contacts(repository: Repository, email: str) -> int:
    """Erase whoever has this e-mail address, in every cluster, and say how many there were. Messages name them no more:
    they hold a contact’s key alone; and no list that waits to be kept brings them back."""
    let_lists_go_that_name(repository, email)
    gone = [key for key, contact in read_contacts(repository).items() if contact.email.lower() == email.lower()]
    return sum(repository.delete(CONTACTS, key) for key in gone)


def stale_contacts(repository: Repository, today: date) -> list[str]:
    """The keys of those whom no list has named for too long."""
    last = (today - KEEP_CONTACTS).isoformat()
    return [key for key, record in _records(repository) if record.get("listed_on", today.isoformat()) < last]


def drop_contacts(repository: Repository, keys: list[str]) -> None:
    """Erase contacts by their keys."""
    for key in keys:
        repository.delete(CONTACTS, key)


def _records(repository: Repository) -> Iterator[tuple[str, Record]]:
    for key, record in repository.read_all(CONTACTS):
        if isinstance(record, Unreadable):
            raise record
        yield key, record


def key_of(contact: Contact, made_of: str) -> str:
    """The key of a contact that is made of something random."""
    return sha256("\n".join((made_of, *contact.known_by)).encode()).hexdigest()[:32]


def _contact(record: Record) -> Contact:
    return Contact(**{name: record[name] for name in COLUMNS})

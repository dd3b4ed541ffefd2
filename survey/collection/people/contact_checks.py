"""What a contact has to be like: the same for one of a list and for one that is written on a page.

A list may call a cluster by its code or by its name in either language, its columns and the language of a contact by
their names in either language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from survey.collection.near_names import likest
from survey.collection.people.e_mail_address import flaw_of_address, is_email_address
from survey.collection.rounds.clusters import Cluster, ClusterList
from survey.languages import Phrase

COLUMNS = ("cluster", "name", "role", "email", "language")
HEADS: Mapping[str, tuple[str, ...]] = {"en": COLUMNS, "cy": ("clwstwr", "enw", "rôl", "e-bost", "iaith")}
"""How the columns of a list are called in each language."""
ALSO = {**dict(zip(HEADS["cy"], COLUMNS, strict=True)), "rol": "role", "ebost": "email", "e-mail": "email"}
_LANGUAGES = {"cymraeg": "cy", "welsh": "cy", "saesneg": "en", "english": "en"}
LONGEST = 200

FlawKind = Literal[
    "contact_no_cluster",
    "contact_no_email",
    "contact_cluster",
    "contact_like",
    "contact_clusters",
    "contact_line",
    "contact_name",
    "contact_email",
    "contact_no_language",
    "contact_language",
]
IN_LIST: Mapping[FlawKind, Phrase] = {
    "contact_no_cluster": Phrase("contacts", "Row %(row)s, column “%(column)s”: the cluster is missing"),
    "contact_no_email": Phrase("contacts", "Row %(row)s, column “%(column)s”: the e-mail address is missing"),
    "contact_cluster": Phrase(
        "contacts", "Row %(row)s, column “%(column)s”: there is no cluster with this code or name: %(given)s"
    ),
    "contact_like": Phrase(
        "contacts",
        "Row %(row)s, column “%(column)s”: there is no cluster with this code or name: %(given)s. Did you mean one of "
        "these? %(near)s",
    ),
    "contact_clusters": Phrase(
        "contacts",
        "Row %(row)s, column “%(column)s”: more than one cluster has this name: %(given)s. Write its code: %(codes)s",
    ),
    "contact_line": Phrase(
        "contacts", "Row %(row)s, column “%(column)s”: this has to be one line of at most %(most)s characters"
    ),
    "contact_name": Phrase("contacts", "Row %(row)s, column “%(column)s”: a name is missing"),
    "contact_email": Phrase(
        "contacts", "Row %(row)s, column “%(column)s”: this is not an e-mail address: %(given)s. %(why)s"
    ),
    "contact_no_language": Phrase(
        "contacts", "Row %(row)s, column “%(column)s”: the language is missing. It is one of %(codes)s."
    ),
    "contact_language": Phrase(
        "contacts", "Row %(row)s, column “%(column)s”: this has to be one of %(codes)s, not %(given)s"
    ),
}
"""What is said of a flaw in a row of a list."""

OF_ONE: Mapping[FlawKind, Phrase] = {
    "contact_no_cluster": Phrase("contacts", "Choose the cluster."),
    "contact_no_email": Phrase("contacts", "Write the e-mail address."),
    "contact_cluster": Phrase("contacts", "There is no cluster with this code or name: %(given)s."),
    "contact_like": Phrase(
        "contacts", "There is no cluster with this code or name: %(given)s. Did you mean one of these? %(near)s"
    ),
    "contact_clusters": Phrase("contacts", "More than one cluster has this name: %(given)s. Write its code: %(codes)s"),
    "contact_line": Phrase("contacts", "Write one line of at most %(most)s characters."),
    "contact_name": Phrase("contacts", "Write the name of the person, or of the mailbox."),
    "contact_email": Phrase(
        "contacts", "This is not an e-mail address: %(given)s. %(why)s Write one like name@example.org."
    ),
    "contact_no_language": Phrase("contacts", "Choose the language in which this person is written to first."),
    "contact_language": Phrase("contacts", "Choose the language in which this person is written to first."),
}
"""The same of one contact, beside its field."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to whom a cluster’s messages go, in their own language first."""

    cluster: str
    name: str
    role: str
    email: str
    language: str

    @property
    def known_by(self) -> tuple[str, str]:
        return self.cluster, self.email.lower()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a contact: in which column, of which kind, and what fills its words."""

    column: str
    kind: FlawKind
    values: Mapping[str, str | Phrase]


@dataclass(frozen=True)
class ClusterNames:
    """The clusters that there are to write to, by code and by name."""

    clusters: Sequence[Cluster]

    @classmethod
    def of(cls, clusters: ClusterList) -> "ClusterNames":
        return cls(clusters.clusters)

    def codes_of(self, given: str) -> list[str]:
        """The codes of the clusters that are called so: as a rule one, or none."""
        folded = given.casefold()
        by_code = [cluster.code for cluster in self.clusters if cluster.code.casefold() == folded]
        return by_code or [
            cluster.code for cluster in self.clusters if folded in (name.casefold() for name in cluster.names.values())
        ]

    def like(self, given: str) -> str:
        """The names and codes that are most like one that no cluster has, each name with its code; nothing where none
        is."""
        codes = {name: cluster.code for cluster in self.clusters for name in (*cluster.names.values(), cluster.code)}
        by_code: dict[str, str] = {}
        for name in likest(given, list(codes)):
            by_code.setdefault(codes[name], name)
        return "; ".join(code if name == code else f"{name} ({code})" for code, name in by_code.items())


def examined(contact: Contact, names: ClusterNames) -> tuple[Contact, list[Flaw]]:
    """A contact with its cluster and language by their codes, and everything that is wrong with it."""
    for column, text in asdict(contact).items():
        if len(text) > LONGEST or not text.isprintable():
            return contact, [Flaw(column, "contact_line", {"most": str(LONGEST)})]
    flaws = []
    codes = names.codes_of(contact.cluster)
    if len(codes) != 1:
        flaws.append(_flaw_of_cluster(contact.cluster, codes, names))
    if not contact.name:
        flaws.append(Flaw("name", "contact_name", {}))
    if not contact.email:
        flaws.append(Flaw("email", "contact_no_email", {}))
    elif not is_email_address(contact.email):
        why = flaw_of_address(contact.email)
        flaws.append(Flaw("email", "contact_email", {"given": contact.email, "why": why}))
    language = _LANGUAGES.get(contact.language.casefold(), contact.language)
    if language not in ("cy", "en"):
        kind: FlawKind = "contact_language" if contact.language else "contact_no_language"
        flaws.append(Flaw("language", kind, {"codes": "cy, en", "given": contact.language}))
    return replace(contact, cluster=codes[0] if len(codes) == 1 else contact.cluster, language=language), flaws


def _flaw_of_cluster(given: str, codes: list[str], names: ClusterNames) -> Flaw:
    if codes:
        return Flaw("cluster", "contact_clusters", {"given": given, "codes": ", ".join(codes)})
    if not given:
        return Flaw("cluster", "contact_no_cluster", {})
    like = names.like(given)
    if like:
        return Flaw("cluster", "contact_like", {"given": given, "near": like})
    return Flaw("cluster", "contact_cluster", {"given": given})

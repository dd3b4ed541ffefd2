"""What is kept of people, where, and until when: the facts that whoever answers for the data asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.languages import Phrase

WITH_THE_ROUND = Phrase("protection", "Until its round is removed")
SHORTLY = Phrase("protection", "A day at most")


@dataclass(frozen=True, slots=True)
class Stored:
    """What a place of the data folder holds, about whom, and until when."""

    what: Phrase
    about: Phrase
    until: Phrase


CLUSTERS = Phrase("protection", "Clusters; their people only as far as they write about themselves")
PEOPLE = Phrase("protection", "People of the workforce, unnamed")
CONTACT_PEOPLE = Phrase("protection", "Contacts of clusters")
ACCOUNT_HOLDERS = Phrase("protection", "People with an account")
NOBODY = Phrase("protection", "Nobody")

STORED: Mapping[str, Stored] = {
    "accounts": Stored(
        Phrase(
            "protection",
            "Names, roles and e-mail addresses; passwords, links and keys of other services in a form that cannot be "
            "read back; keys of second factors",
        ),
        ACCOUNT_HOLDERS,
        Phrase("protection", "Until somebody removes them; a disabled account stays, for the log"),
    ),
    "contacts": Stored(
        Phrase("protection", "Names, roles, e-mail addresses and languages of contacts"),
        CONTACT_PEOPLE,
        Phrase("protection", "Until they are erased, or no list has named them for two years"),
    ),
    "held_lists": Stored(
        Phrase("protection", "Lists that somebody has sent and not kept yet, of contacts, too"), CONTACT_PEOPLE, SHORTLY
    ),
    "sessions": Stored(
        Phrase("protection", "Who is signed in, since when; never who answers unnamed"), ACCOUNT_HOLDERS, SHORTLY
    ),
    "limits": Stored(Phrase("protection", "Failed tries to sign in, without names"), ACCOUNT_HOLDERS, SHORTLY),
    "log": Stored(
        Phrase("protection", "Who did, saw and took out what, when and why; no answers"),
        ACCOUNT_HOLDERS,
        Phrase("protection", "Always"),
    ),
    "translators": Stored(
        Phrase("protection", "Changes and comments of translators, with their names"),
        ACCOUNT_HOLDERS,
        Phrase("protection", "Always"),
    ),
    "cluster_lists": Stored(
        Phrase("protection", "Lists of clusters, with the name of whoever took them in"),
        ACCOUNT_HOLDERS,
        Phrase("protection", "Always"),
    ),
    "editions": Stored(
        Phrase("protection", "Editions of questionnaires that authors added or changed, with their names"),
        ACCOUNT_HOLDERS,
        Phrase("protection", "Always"),
    ),
    "rounds/*": Stored(
        Phrase("protection", "Times, assignments, extra time, what the round was opened with"), NOBODY, WITH_THE_ROUND
    ),
    "rounds/*/access": Stored(
        Phrase("protection", "Access codes, in a form that cannot be read back; links of an anonymous survey"),
        CLUSTERS,
        WITH_THE_ROUND,
    ),
    "rounds/*/reflection": Stored(
        Phrase("protection", "Reflections of clusters: drafts, submissions, history, attached files"),
        CLUSTERS,
        WITH_THE_ROUND,
    ),
    "rounds/*/notes": Stored(
        Phrase("protection", "Notes that people of a cluster leave each other, read by the cluster alone"),
        CLUSTERS,
        WITH_THE_ROUND,
    ),
    "rounds/*/queries": Stored(
        Phrase(
            "protection", "What the national team asked a cluster about its answers, and what the cluster said to it"
        ),
        CLUSTERS,
        WITH_THE_ROUND,
    ),
    "rounds/*/presence": Stored(
        Phrase("protection", "Who has a page open, and forms that could not all be kept"), CLUSTERS, SHORTLY
    ),
    "rounds/*/messages": Stored(
        Phrase("protection", "What was sent to which contact, without names and addresses"),
        CONTACT_PEOPLE,
        WITH_THE_ROUND,
    ),
    "rounds/*/skills": Stored(
        Phrase("protection", "Answers of people, with no name, address, browser or time; drafts for 14 days"),
        PEOPLE,
        WITH_THE_ROUND,
    ),
    "rounds/*/reading": Stored(
        Phrase("protection", "What may go out of what people wrote, in which words, under which themes"),
        PEOPLE,
        WITH_THE_ROUND,
    ),
    "rounds/*/releases": Stored(
        Phrase("protection", "Released figures, in which small groups are protected; what was published of them"),
        NOBODY,
        WITH_THE_ROUND,
    ),
    "rounds/*/made": Stored(
        Phrase("protection", "Files that were asked for: workbooks, documents, data; of people personal data, too"),
        PEOPLE,
        Phrase("protection", "A week"),
    ),
}
"""By the place in the data folder; `*` is any round."""

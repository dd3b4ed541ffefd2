"""What the service will not do, said in the reader's language.

Every rule of this room that turns somebody away raises a `DomainError`; the pages and the command line show
`say(language)`. Nothing was changed when it is raised.
"""

from collections.abc import Mapping
from typing import Any

from survey.languages import CountedPhrase, Language, Phrase


class DomainError(Exception):
    """A request that changes nothing. `code` is stable, `values` fill its sentence.

    A name that differs between the languages is given in each, as `cy` and `en`; the sentence has it as `name`.
    """

    def __init__(self, code: str, **values: str | Phrase) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, Any] = values

    def say(self, language: Language) -> str:
        """The reason and what to do, as a sentence. Raises KeyError for a code without a wording."""
        name = self.values.get(language.code, self.values.get("en", ""))
        values = {"name": name, **self.values}
        # What somebody left empty is called so, or the sentence would end in nothing.
        said = {key: value if str(value).strip() else NOTHING for key, value in values.items()}
        is_left_empty = self.code in LEFT_EMPTY and any(said[key] is NOTHING for key in self.values)
        return language.say((LEFT_EMPTY if is_left_empty else WORDINGS)[self.code], **said)


NOTHING = Phrase("refusal", "(nothing)")
LEFT_EMPTY: Mapping[str, Phrase] = {
    "bad_round_id": Phrase(
        "refusal", "Write an id for the round: lower-case letters, digits and hyphens, at most 40 of them."
    ),
    "unknown_questionnaire": Phrase("refusal", "Choose a questionnaire and its edition."),
    "bad_year": Phrase("refusal", "Write the reporting year, like 2026-27."),
    "not_a_time": Phrase("refusal", "Write day and time, like 11 December 2026 at 17:00."),
    "not_a_day": Phrase("refusal", "Write the day, like 30 November 2033."),
    "bad_email": Phrase("refusal", "Write an e-mail address, like name@example.org."),
    "bad_consumer_name": Phrase(
        "refusal", "Write a name for the consumer: lower-case letters, digits and hyphens, at most 40 of them."
    ),
    "bad_account_name": Phrase(
        "refusal",
        "Write a name for the account: lower-case letters, digits, full stops and hyphens, at most 60 of them.",
    ),
    "unknown_role": Phrase("refusal", "Choose a role."),
    "no_later_year": Phrase("refusal", "Enter a year after %(before)s, like %(example)s."),
}
"""What is said of a field that was left empty: what to write there."""
WORDINGS: dict[str, Phrase | CountedPhrase] = {
    "unknown_round": Phrase("refusal", "There is no round with this id: %(round)s. List the rounds to see their ids."),
    "round_exists": Phrase("refusal", "There is a round with this id already: %(round)s. Choose another id."),
    "bad_round_id": Phrase(
        "refusal",
        "This cannot be the id of a round: %(round)s. Use lower-case letters, digits and hyphens, at most 40.",
    ),
    "unknown_questionnaire": Phrase(
        "refusal", "There is no questionnaire %(questionnaire)s with the edition %(edition)s."
    ),
    "unknown_cluster_list": Phrase("refusal", "There is no cluster list with this id: %(clusters)s."),
    "bad_year": Phrase("refusal", "A reporting year is written like 2026-27. This is not one: %(year)s."),
    "times_reversed": Phrase("refusal", "The closing time must come after the opening time."),
    "overlapping_round": Phrase("refusal", "Another round of this questionnaire is open: %(round)s. Close it first."),
    "extended_beside": Phrase(
        "refusal",
        "This round cannot be extended while another of its questionnaire is open: %(round)s. If clusters answer it, "
        "each can still be let in late by itself, on its own page.",
    ),
    "not_draft": Phrase(
        "refusal", "This round has been opened, so it can no longer be changed in this way: %(round)s."
    ),
    "not_kept": Phrase(
        "refusal", "The day until which this round is kept has passed: %(round)s. Nobody is given a way in any more."
    ),
    "not_open": Phrase("refusal", "This round is not open: %(round)s."),
    "round_changed": Phrase(
        "refusal",
        "Somebody else has changed this round meanwhile: %(round)s. Look at it as it is now. Nothing was changed.",
    ),
    "being_opened": Phrase(
        "refusal",
        "Somebody else is opening this round just now: %(round)s. Look at it again in two minutes. "
        "Nothing was changed.",
    ),
    "closed_already": Phrase(
        "refusal", "This round is closed: %(round)s. Extend it, with a reason, if it is to take answers again."
    ),
    "not_a_time": Phrase(
        "refusal",
        "Write day and time like 11 December 2026 at 17:00, 11/12/2026 5pm or 2026-12-11 17:00. This is not a time: "
        "%(given)s",
    ),
    "wrong_weekday": Phrase(
        "refusal", "The date falls on another day of the week: %(given)s. Look at both, then write it again."
    ),
    "no_such_time": Phrase(
        "refusal", "The clocks go forward that night, so there is no %(given)s. Choose another time."
    ),
    "time_twice": Phrase("refusal", "The clocks go back that night, so %(given)s comes twice. Choose another time."),
    "times_past": Phrase("refusal", "This time has passed. Choose a time in the future."),
    "not_later": Phrase(
        "refusal", "This round takes answers until then anyway: %(round)s. Choose a time after its closing time."
    ),
    "released_already": Phrase(
        "refusal", "Figures of this round have been released, so it can no longer be extended: %(round)s."
    ),
    "grace_of_people": Phrase(
        "refusal",
        "People answer this round one by one, so no cluster has a grace period: %(round)s. "
        "Extend the round in its place.",
    ),
    "no_grace": Phrase("refusal", "This cluster has no grace period: %(cluster)s."),
    "grace_needless": Phrase(
        "refusal", "Every cluster may answer until then: %(round)s. Choose a time after the closing time of the round."
    ),
    "not_reflection": Phrase(
        "refusal", "This round is not a self-reflection of clusters, so it has no national workbook: %(round)s."
    ),
    "not_looked_back": Phrase(
        "refusal",
        "Responses of people hold no time, so there is no earlier state of this round: %(round)s. Leave --as-at out.",
    ),
    "unknown_health_board": Phrase(
        "refusal", "There is no health board with this code or name: %(board)s. Perhaps you mean: %(near)s."
    ),
    "unknown_cluster": Phrase("refusal", "There is no cluster with this code in the round: %(cluster)s."),
    "unknown_outcome": Phrase(
        "refusal", "There is no outcome with this id in the framework: %(outcome)s. Perhaps you mean: %(near)s."
    ),
    "no_assignment": Phrase("refusal", "No outcome has been assigned to this health board yet: %(name)s (%(board)s)."),
    "gate": Phrase("refusal", "The Welsh or English text is not ready: %(finding)s"),
    "round_reason": Phrase("refusal", "Give the reason. It is kept with the round."),
    "meaning_changed": Phrase(
        "refusal",
        "The files of today ask something else than this round does, which only a new edition may: %(name)s",
    ),
    "nothing_reworded": Phrase("refusal", "The files of today have the very words of this round: %(round)s."),
    "revised_meanwhile": Phrase(
        "refusal",
        "The texts have changed since you were shown what would change. Look at it again. Nothing was changed.",
    ),
    "not_vouched": Phrase(
        "refusal",
        "Some of the new words may ask something else: a number or a “not” has come or gone, or little of a text is "
        "left. Compare them, then say that they mean the same. Nothing was changed.",
    ),
    "edition_changed": Phrase(
        "refusal",
        "Somebody else has changed the edition of %(edition)s since you looked at it. Look at it as it is now, and "
        "choose. Nothing was changed.",
    ),
    "edition_in_use": Phrase(
        "refusal",
        "The round %(round)s is open with this edition, and takes changed words alone. What you want to change alters "
        "what is asked: %(name)s. Make it in the edition of another year. Nothing was changed.",
    ),
    "edition_planned": Phrase(
        "refusal",
        "The round %(round)s is planned or open with this edition, and nothing would be left of it. Nothing was "
        "changed.",
    ),
    "no_later_year": Phrase("refusal", "Enter a year after %(before)s, like %(example)s. This is not one: %(given)s"),
    "edition_there": Phrase(
        "refusal", "There is an edition of %(edition)s already. Choose another year, or change it."
    ),
    "no_edition_file": Phrase("refusal", "Choose the file that you have written: .xlsx or .json"),
    "no_question_chosen": Phrase("refusal", "Choose at least one question"),
    "no_such_change": Phrase("refusal", "There is no such change in the history. Nothing was changed."),
    "page_not_asked": Phrase(
        "refusal",
        "This page is not asked any more: somebody has changed the answer that led to it. Nothing of it was saved.",
    ),
    "round_closed": Phrase("refusal", "This round takes no answers now. Nothing was saved."),
    "posters_over": Phrase(
        "refusal",
        "This round is over, so there is no poster to print: nobody can answer by its links any more: %(round)s.",
    ),
    "not_submitted": Phrase(
        "refusal", "This cluster has not submitted its answers, so there is nothing to reopen: %(cluster)s."
    ),
    "already_submitted": Phrase(
        "refusal", "These answers have been submitted. To change them, ask the national team to reopen them for you."
    ),
    "no_note": Phrase("refusal", "Write the note before you send it"),
    "long_note": CountedPhrase(
        "refusal",
        "Shorten the note to %(n)s character or fewer",
        "Shorten the note to %(n)s characters or fewer",
        "most",
    ),
    "many_notes": CountedPhrase(
        "refusal",
        "There is %(n)s note on this section already, and there can be no more. Remove one that is settled.",
        "There are %(n)s notes on this section already, and there can be no more. Remove those that are settled.",
        "most",
    ),
    "reason_needed": Phrase("refusal", "Give the reason. It is kept with the response."),
    "no_code": Phrase("refusal", "Enter your access code"),
    "wrong_code": Phrase(
        "refusal", "We do not recognise this access code. Check it against your invitation and try again."
    ),
    "wrong_password": Phrase("refusal", "The account name or the password is not right. Check both and try again."),
    "wrong_sign_in": Phrase(
        "refusal",
        "The account name, the password or the code is not right, or the code has been used. Wait for the next code "
        "and try again. If codes go on being refused, let your phone set its clock by itself.",
    ),
    "wrong_factor_code": Phrase(
        "refusal",
        "This code is not right, or it has been used. Wait for the next one and try again. If codes go on being "
        "refused, let your phone set its clock by itself.",
    ),
    "factor_there": Phrase("refusal", "This account has a second factor already."),
    "factor_not_begun": Phrase("refusal", "There is no key to confirm. Begin anew."),
    "no_factor": Phrase("refusal", "This account has no second factor: %(account)s. Nothing was changed."),
    "factor_reason": Phrase("refusal", "Give the reason. It is kept in the log."),
    "wait": CountedPhrase(
        "refusal",
        "There have been too many tries. Wait %(n)s second and try again.",
        "There have been too many tries. Wait %(n)s seconds and try again.",
        "seconds",
    ),
    "account_exists": Phrase("refusal", "There is an account with this name already: %(account)s."),
    "unknown_account": Phrase("refusal", "There is no account with this name: %(account)s."),
    "disabled_account": Phrase(
        "refusal", "This account is disabled: %(account)s. Let it sign in again first. Nothing was changed."
    ),
    "account_changed": Phrase(
        "refusal",
        "Somebody else has changed this account meanwhile: %(account)s. Look at it again. Nothing was changed.",
    ),
    "own_account": Phrase(
        "refusal", "You cannot do this to your own account, so that nobody is locked out. Ask a colleague."
    ),
    "link_unknown": Phrase(
        "refusal",
        "This link is not valid. Perhaps a newer one was made, or a part of the address is missing. Ask the national "
        "team for a new link.",
    ),
    "link_used": Phrase(
        "refusal",
        "This link has been used: a password was chosen with it. If that was you, sign in. If it was not, tell the "
        "national team.",
    ),
    "link_over": Phrase("refusal", "This link is over. Ask the national team for a new one."),
    "bad_email": Phrase("refusal", "This is not an e-mail address: %(given)s. %(why)s Write it like name@example.org."),
    "bad_consumer_name": Phrase(
        "refusal",
        "This cannot be the name of a consumer: %(given)s. Use lower-case letters, digits and hyphens, at most 40.",
    ),
    "consumer_exists": Phrase(
        "refusal", "There is a key for this consumer already: %(given)s. Revoke it first. Nothing was changed."
    ),
    "consumer_changed": Phrase(
        "refusal",
        "The key of this consumer has been revoked since you opened the page: %(given)s. Nothing was changed. "
        "Send the form again for another key.",
    ),
    "unknown_consumer": Phrase("refusal", "There is no key in use of this consumer: %(given)s. Nothing was changed."),
    "no_earlier_secret": Phrase("refusal", "There is no earlier secret. Nothing was changed."),
    "secret_too_new": Phrase(
        "refusal", "The new secret is not in use everywhere yet. Nothing was changed. Try again in two minutes."
    ),
    "no_entry": Phrase("refusal", "Write something first."),
    "long_entry": CountedPhrase(
        "refusal",
        "Shorten the text to %(n)s character or fewer.",
        "Shorten the text to %(n)s characters or fewer.",
        "most",
    ),
    "many_queries": Phrase(
        "refusal", "This cluster has been asked %(most)s questions already. Write to one that is open."
    ),
    "many_entries": Phrase("refusal", "This question has %(most)s entries already. Ask a new one."),
    "query_closed": Phrase(
        "refusal",
        "The national team has closed this question meanwhile. What you wrote was not sent: copy it if you need it.",
    ),
    "query_moved_on": Phrase(
        "refusal", "Something was written since you opened this page. Read it first. Nothing was changed."
    ),
    "unknown_query": Phrase("refusal", "There is no such question to this cluster any more."),
    "unknown_subject": Phrase(
        "refusal",
        "No answer that was submitted is called that: %(given)s. Nothing was asked. These are there: %(near)s.",
    ),
    "nothing_to_ask_about": Phrase(
        "refusal", "This cluster has submitted no such answers, so there is nothing to ask about: %(cluster)s."
    ),
    "code_changed": Phrase(
        "refusal",
        "This cluster has been given another way in since you opened this page. Nothing was changed. If you did it "
        "yourself, the code that you were shown last is the one that works.",
    ),
    "sign_in_link_unknown": Phrase(
        "refusal",
        "We do not know this link. Perhaps a newer one was sent, or a part of the address is missing: compare it with "
        "the e-mail.",
    ),
    "given_link_changed": Phrase(
        "refusal",
        "The link that this page made has been used, replaced or ended, or the page is old. Nothing was changed. Look "
        "at the page again, and make another link if one is needed.",
    ),
    "sign_in_link_used": Phrase("refusal", "This link has been used already. Each link works once."),
    "sign_in_link_over": Phrase("refusal", "The time of this link is over."),
    "sign_in_link_early": Phrase(
        "refusal", "You can answer from %(name)s. Open this link again then: it has not been used up."
    ),
    "sign_in_link_ended": Phrase("refusal", "The national team has ended this link."),
    "passwords_differ": Phrase("refusal", "The two passwords are not the same. Enter the same one twice."),
    "wrong_own_password": Phrase("refusal", "This is not the password that you have now. Try again."),
    "bad_account_name": Phrase(
        "refusal",
        "This cannot be the name of an account: %(account)s. "
        "Use lower-case letters, digits, full stops and hyphens, at most 60.",
    ),
    "unknown_role": Phrase("refusal", "There is no role with this name: %(role)s."),
    "board_needed": Phrase(
        "refusal", "An account of a health board team needs the code of its health board, and no other account has one."
    ),
    "weak_password": CountedPhrase(
        "refusal",
        "Choose a password of %(n)s character or more.",
        "Choose a password of %(n)s characters or more.",
        "least",
    ),
    "long_password": CountedPhrase(
        "refusal",
        "Choose a password of %(n)s character or fewer.",
        "Choose a password of %(n)s characters or fewer.",
        "most",
    ),
    "poor_password": Phrase(
        "refusal",
        "Anybody would try this password. Choose several words that have nothing to do with this service or with each "
        "other, or let a password manager make one.",
    ),
    "only_by_link": Phrase(
        "refusal",
        "People answer this round by link, without access codes: %(round)s. Make its links in place of invitations.",
    ),
    "only_by_code": Phrase("refusal", "Clusters answer this round with access codes, so it has no links: %(round)s."),
    "unknown_link": Phrase("refusal", "We do not recognise this link. Check it against your invitation or poster."),
    "wrong_resume_code": Phrase(
        "refusal",
        "We do not recognise this code. Check it, and check that you used the same link. "
        "Answers are deleted when nobody has gone on with them for 14 days.",
    ),
    "many_at_once": CountedPhrase(
        "refusal",
        "Very many people are starting from your network at the moment. Wait %(n)s second and try again.",
        "Very many people are starting from your network at the moment. Wait %(n)s seconds and try again.",
        "seconds",
    ),
    "draft_gone": Phrase(
        "refusal",
        "We no longer have the answers that you began here. They have been submitted, or begun afresh in this browser, "
        "or nobody has gone on with them for 14 days.",
    ),
    "sent_before": Phrase("refusal", "Your answers had reached us before. They cannot be changed any more."),
    "still_open": Phrase("refusal", "Nothing of the answers is shown or exported until the round closes: %(round)s."),
    "released_after_close": Phrase(
        "refusal",
        "Figures are released once their round is closed, and this one is not: %(round)s. While it is open, the "
        "workbook shows them as provisional.",
    ),
    "unreadable_responses": Phrase(
        "refusal",
        "No figures of people are released while any record of the round cannot be read. The first of them is "
        "%(record)s. Put it back from a backup or mend it, or accept its loss (data put-back, data accept-loss), "
        "and try again.",
    ),
    "not_released": Phrase("refusal", "Nothing has been released of this round yet, so there is nothing to correct."),
    "nothing_to_correct": Phrase(
        "refusal", "The responses are the same as in the last release, so there is nothing to correct."
    ),
    "too_few_changed": Phrase(
        "refusal",
        "No correction can be made: whoever has what was released could work out from the difference what fewer than "
        "%(threshold)s people answered. What was released stands.",
    ),
    "counted_otherwise": Phrase(
        "refusal",
        "No correction can be made: this version of the service counts otherwise than the one that made the last "
        "release, so the two cannot be compared. What was released stands.",
    ),
    "released_meanwhile": Phrase(
        "refusal", "Somebody else has made a correction meanwhile. Look at it before you make another."
    ),
    "released_by_itself": Phrase(
        "refusal", "People answer this round, so its figures are released in another way: %(round)s."
    ),
    "change_needed": Phrase(
        "refusal", "Say what has changed since the release before. It is kept with the release and stands in its notes."
    ),
    "nothing_to_release": Phrase(
        "refusal", "Nothing has changed since the last release, so there is nothing new to release."
    ),
    "unreadable_reflections": Phrase(
        "refusal",
        "Nothing is released while any record of the round cannot be read. The first of them is %(record)s. Put it "
        "back from a backup or mend it, or accept its loss (data put-back, data accept-loss), and try again.",
    ),
    "held_reason": Phrase("refusal", "Give the reason. It is kept in the log."),
    "response_changed": Phrase(
        "refusal", "The cluster has changed its response meanwhile. Look at it as it is now. Nothing was changed."
    ),
    "grace_changed": Phrase(
        "refusal",
        "Somebody else has given this cluster another time meanwhile, or taken it back. Look at it again. Nothing was "
        "changed.",
    ),
    "not_closed": Phrase("refusal", "This round is not closed: %(round)s. Close it first."),
    "retention_changed": Phrase(
        "refusal",
        "Somebody else has settled meanwhile until when this round is kept. Look at it as it is now. Nothing was "
        "changed.",
    ),
    "retention_past": Phrase("refusal", "This day has passed. Choose today or a later day."),
    "retention_reason": Phrase("refusal", "Give the reason for another day than the one suggested. It is kept."),
    "not_due": Phrase(
        "refusal",
        "This round is kept until %(name)s, that day too, so nothing of it was removed: %(round)s. To remove it "
        "earlier, settle an earlier day, with a reason.",
    ),
    "not_settled": Phrase(
        "refusal",
        "The time of this round is not over, so nothing of it was removed: %(round)s. Settle first until when it is "
        "kept.",
    ),
    "not_a_day": Phrase(
        "refusal", "Write the day like 30 November 2033, 30/11/2033 or 2033-11-30. This is not a day: %(given)s"
    ),
    "no_release": Phrase("refusal", "There is no release with this number: %(number)s (%(round)s)."),
    "published_already": Phrase("refusal", "This release has been published already. Nothing was changed."),
    "not_published": Phrase("refusal", "This release is not published. Nothing was changed."),
    "notes_needed": Phrase("refusal", "Write the note to readers in Welsh and in English."),
    "small_group_found": Phrase(
        "refusal", "The audit found that a small group could be worked out. Tell whoever runs the service."
    ),
    "correction_changed": Phrase(
        "refusal", "The responses have changed since you looked. Look again at what the correction would leave out."
    ),
    "correction_reason_needed": Phrase("refusal", "Give the reason for the correction. It is kept with the release."),
    "correction_account_needed": Phrase(
        "refusal", "Name the account of the national team that is answerable for the correction."
    ),
    "export_reason_needed": Phrase("refusal", "Give the reason for exporting single responses. It is kept in the log."),
    "exact_reason_needed": Phrase("refusal", "Give the reason why exact figures are needed. It is kept in the log."),
    "exact_account_needed": Phrase(
        "refusal", "Name the account of the national team that is answerable for having exact figures."
    ),
    "always_exact": Phrase(
        "refusal", "Figures of clusters are always exact: leave out --exact for the round %(round)s."
    ),
    "no_exact_form": Phrase(
        "refusal", "Release %(number)s was made before releases had a form with exact figures. It has only the one."
    ),
    "exact_of_correction": Phrase(
        "refusal",
        "Exact figures of release %(number)s are not given out: with those of earlier releases they could give away "
        "a small group. Use its published form, which is rounded.",
    ),
    "no_series": Phrase(
        "refusal", "People answer this round one by one, so there is no table of its answers over the years: %(round)s."
    ),
    "no_comments": Phrase(
        "refusal", "Clusters answer this round, and what they wrote stands in their responses: %(round)s."
    ),
    "too_large_for_sheet": Phrase(
        "refusal",
        "This is more than a spreadsheet can hold (16,384 columns, 1,048,576 rows): %(round)s. Nothing was written. "
        "Choose another format, such as csv or parquet.",
    ),
    "pack_of_people": Phrase("refusal", "People answer this round one by one, so it has no meeting packs: %(round)s."),
    "no_file": Phrase("refusal", "Choose the file of the meeting pack"),
    "file_too_large": Phrase(
        "refusal",
        "This file is too large to be a meeting pack. Take out pictures and anything else that was added to it.",
    ),
    "not_a_package": Phrase(
        "refusal",
        "This file is neither an Excel workbook (.xlsx) nor a Word document (.docx). "
        "Open the pack and save it as one of these, without a password.",
    ),
    "package_damaged": Phrase(
        "refusal", "This file is damaged and cannot be read. Open it, save it again and send it once more."
    ),
    "not_a_pack": Phrase(
        "refusal",
        "This file is not a meeting pack, or what tells the service so has been removed from it. "
        "Download the pack again.",
    ),
    "pack_unsealed": Phrase(
        "refusal",
        "What this pack says of itself has been changed, so its answers cannot be told apart safely. "
        "Download the pack again and copy your answers into it.",
    ),
    "pack_of_round": Phrase(
        "refusal", "This pack belongs to another round: %(round)s. Download the pack of this round and use that."
    ),
    "pack_of_edition": Phrase(
        "refusal",
        "This pack was made for another edition of the questions of this round. "
        "Download the pack again and copy your answers into it.",
    ),
    "pack_of_cluster": Phrase(
        "refusal", "This pack belongs to another cluster: %(name)s. Sign in with that cluster’s access code to send it."
    ),
    "files_off": Phrase("refusal", "No files can be attached here."),
    "no_evidence_file": Phrase("refusal", "Choose the file to attach"),
    "file_empty": Phrase("refusal", "This file is empty. Choose another one."),
    "evidence_too_large": Phrase(
        "refusal",
        "This file is too large. Choose one of %(most)s MB or less, or give its web address instead.",
    ),
    "evidence_full": Phrase(
        "refusal", "As many files are attached here as can be. To attach another, remove one first."
    ),
    "wrong_kind": Phrase(
        "refusal",
        "This is not a file of a kind that can be attached, or it is damaged or has a password. "
        "Choose a PDF, a PNG or JPEG picture, an Excel workbook (.xlsx) or a Word document (.docx).",
    ),
    "file_with_macros": Phrase(
        "refusal", "This file holds macros, which are programs. Save it without macros, or as a PDF, and attach that."
    ),
    "file_unpacks_too_large": Phrase(
        "refusal", "This file becomes too large when it is opened. Save it as a PDF and attach that."
    ),
    "file_twice": Phrase("refusal", "This file is attached already, so it was not attached again: %(name)s."),
    "pack_overfull": CountedPhrase(
        "refusal",
        "With what the pack adds there would be more than %(n)s entry. Remove some, in the pack or on the page.",
        "With what the pack adds there would be more than %(n)s entries. Remove some, in the pack or on the page.",
        "most",
    ),
    "not_a_word_document": Phrase(
        "refusal", "This is not a Word document, or it has a password. Save it as a Word document (.docx)."
    ),
    "word_document_too_large": Phrase(
        "refusal", "This Word document is too large. Make its pictures smaller and save it again."
    ),
    "word_document_with_macros": Phrase(
        "refusal", "This document holds macros. Save it without them, as a Word document (.docx)."
    ),
    "word_document_with_links": Phrase(
        "refusal",
        "This document takes something from elsewhere: %(found)s. Put it into the document itself, or take it out. In "
        "place of a template that is attached to it, choose Word’s own, Normal.",
    ),
    "no_places": Phrase(
        "refusal",
        "This document has none of the marked places of a report, so nothing in it could be kept. Give a version that "
        "was made by this service.",
    ),
    "no_report_file": Phrase("refusal", "Choose a Word document (.docx)."),
    "unknown_placeholder": Phrase(
        "refusal",
        "The template has names in double braces that the report does not know: %(names)s. Correct or remove them.",
    ),
    "chapter_among_words": Phrase(
        "refusal",
        "In the template “%(found)s” stands for a whole chapter. Write it as “%(right)s”, in a paragraph of its own, "
        "with nothing else in it, and not in a header or footer.",
    ),
    "words_as_chapter": Phrase(
        "refusal", "In the template “%(found)s” stands for a few words only. Write it as “%(right)s”."
    ),
    "broken_placeholder": Phrase(
        "refusal",
        "The template has something in braces that cannot be read: %(found)s. Only names stand in them, as in the "
        "template of the service.",
    ),
    "words_not_carried": Phrase(
        "refusal",
        "What you wrote holds something that cannot be taken along, such as a footnote or a chart: %(place)s. Take it "
        "out there, make the report, and put it in again.",
    ),
    "export_account_needed": Phrase(
        "refusal", "Name the account of the national team that is answerable for exporting single responses."
    ),
    "reading_account_needed": Phrase(
        "refusal", "Name the account of the national team that is answerable for what becomes of the text."
    ),
    "nothing_goes_out": Phrase("refusal", "Nothing would be left of the text. Withhold it instead."),
    "long_words": CountedPhrase(
        "refusal",
        "Shorten the text to %(n)s character or fewer.",
        "Shorten the text to %(n)s characters or fewer.",
        "most",
    ),
    "decided_meanwhile": Phrase(
        "refusal", "Somebody else has decided otherwise about this text meanwhile. Look at that, then save again."
    ),
    "unknown_comment": Phrase(
        "refusal", "There is no such text in this round: %(comment)s. List them to see their ids."
    ),
    "half_a_theme": Phrase("refusal", "A theme needs a name in Welsh and in English. This one has only: %(name)s."),
    "long_theme": Phrase("refusal", "Shorten the name of this theme to %(most)s characters or fewer: %(name)s."),
    "theme_twice": Phrase("refusal", "Two themes have the same name. Rename or remove one of them: %(name)s."),
    "many_themes": Phrase(
        "refusal", "A list has at most %(most)s themes, so that people can keep it in mind. Remove some of them."
    ),
    "contribution_changed": Phrase(
        "refusal",
        "Somebody else has changed the same text meanwhile. Theirs is kept and shown beside yours: write what is to "
        "stand, and save again.",
    ),
    "long_contribution": Phrase("refusal", "A text is longer than %(most)s characters. Shorten it."),
    "long_welsh": CountedPhrase(
        "refusal",
        "Shorten the Welsh to %(n)s character or fewer",
        "Shorten the Welsh to %(n)s characters or fewer",
        "most",
    ),
    "long_word": CountedPhrase(
        "refusal",
        "No word can have more than %(n)s character",
        "No word can have more than %(n)s characters",
        "most",
    ),
    "no_catalogue": Phrase("refusal", "Choose the .po file"),
    "upload_slow": Phrase(
        "refusal", "This file changes so much that looking at it takes too long. Nothing was changed. Send it in parts."
    ),
    "no_welsh": Phrase("refusal", "Write the Welsh"),
    "translated_meanwhile": Phrase(
        "refusal", "Somebody else has changed this text meanwhile. Look at theirs, then save yours again or leave it."
    ),
    "no_mail_server": Phrase("refusal", "No mail server is set. The operator sets SURVEY_SMTP_HOST."),
    "no_mail_password": Phrase("refusal", "The file of SURVEY_SMTP_PASSWORD_FILE cannot be read: %(reason)s"),
    "post_changed": Phrase("refusal", "To whom this goes has changed meanwhile. Look at it again. Nothing was queued."),
    "clusters_changed": Phrase(
        "refusal", "Somebody else has changed the list of clusters meanwhile. Look at it again. Nothing was changed."
    ),
    "contact_exists": Phrase(
        "refusal",
        "This cluster has a contact with this e-mail address already: %(email)s. Change that one. Nothing was changed.",
    ),
    "contact_gone": Phrase("refusal", "This contact is not there any more. Nothing was changed."),
    "contact_changed": Phrase(
        "refusal", "Somebody else has changed this contact meanwhile. Look at it again. Nothing was changed."
    ),
    "contacts_changed": Phrase(
        "refusal", "Somebody else has changed the contacts meanwhile. Look at it again. Nothing was changed."
    ),
    "themes_changed": Phrase(
        "refusal", "Somebody else has changed the list meanwhile. It is shown below; yours was not saved."
    ),
}

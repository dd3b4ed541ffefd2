"""The columns of tables in documents: as wide as their texts ask, no word broken that has room."""

from survey.reporting.reports.column_widths import DIGIT_WIDTH, ROOM, column_widths
from survey.reporting.typesetting import width


def test_a_table_is_no_wider_than_the_page_and_a_longer_text_gets_more_room() -> None:
    names, long = ("Arfon", "Conwy West"), ("A long text of many words, which wants room. " * 4,)
    widths = column_widths(("Cluster", "What it shows", "Number"), (names, long, ()))
    assert sum(widths) <= ROOM
    assert widths[1] > widths[0] > widths[2]


def test_a_word_is_broken_only_where_a_page_has_no_room_for_it() -> None:
    digest = "0123456789abcdef" * 4
    subject, sums = column_widths(("Subject", "Sum"), (("Everything that was frozen with the round",), (digest,)))
    assert sums >= width(digest) * DIGIT_WIDTH
    assert subject + sums <= ROOM
    assert sum(column_widths(("Subject", "Sum"), (("Word",), (digest * 10,)))) <= ROOM


def test_the_widest_word_counts_not_that_of_most_letters() -> None:
    (names, *_) = column_widths(("Name", *"abcdef"), (("mmmmmmmm", "illilliilli"), *[("A long text. " * 9,)] * 6))
    assert names >= width("mmmmmmmm") * DIGIT_WIDTH


def test_headers_of_numbers_take_more_lines_where_words_want_room() -> None:
    header = "With a level now and when last asked"
    few = column_widths(("Outcome", header), (("A name",), ()))
    many = column_widths(("Outcome", *[header] * 6), (("A name",), *[()] * 6))
    assert many[1] < few[1]
    assert many[0] >= ROOM / 4


def test_names_have_room_however_many_numbers_stand_beside_them() -> None:
    assert (
        column_widths(("Outcome", *["Unanswered"] * 12), (("A name",), *[()] * 12))[0] >= width("Outcome") * DIGIT_WIDTH
    )


def test_a_table_of_numbers_alone_has_a_width_for_each() -> None:
    assert all(column_widths(("Moved up", "Moved down"), ((), ())))

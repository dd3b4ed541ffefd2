from survey.reporting.xlsx.text_width import lines, widest, width


def test_digits_are_the_unit():
    assert width("1234567890") == 10


def test_an_accent_takes_no_room():
    assert width("ŵŷâ") == width("wya")


def test_combining_accent_takes_no_room():
    assert width("w\u0302") == width("w")


def test_text_wraps_between_words():
    assert lines("one two three", width("one two")) == 2
    assert lines("one two three", 100) == 1


def test_each_line_end_starts_a_line():
    assert lines("one\n\ntwo", 100) == 3


def test_a_word_wider_than_the_room_is_broken():
    assert lines("1" * 25, 10) == 3
    assert lines("1 " + "1" * 25, 10) == 4


def test_widest_of_none_is_nought():
    assert widest(set()) == 0

"""What a rule of workbooks yields where it is broken."""

from survey.languages import Phrase


class Breach:
    """What a rule yields where it is broken: the code of a fault, its sentence, and what stands in it."""

    def __init__(self, code: str, sentence: Phrase, **values: str) -> None:
        self.code = code
        self.sentence = sentence
        self.values = values

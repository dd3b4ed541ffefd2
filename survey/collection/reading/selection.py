"""Which of many texts somebody wants to read: by question, what became of them, language, theme; of clusters by health
board and outcome too."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from survey.collection.reading.decisions import NOT_READ, TextReading
from survey.collection.reading.texts import WrittenText
from survey.collection.reading.themes import Themes, known_themes

UNTAGGED = "none"
"""In place of a theme: the texts that are under none."""

Read = tuple[WrittenText, TextReading]


@dataclass(frozen=True, slots=True)
class TextFilter:
    """What is wanted of texts; what is empty leaves none out."""

    asked: str = ""
    state: str = ""
    written_in: str = ""
    board: str = ""
    outcome: str = ""
    theme: str = ""

    def selected(
        self, texts: Iterable[WrittenText], readings: Mapping[str, TextReading], themes: Mapping[str, Themes]
    ) -> Iterator[Read]:
        """The texts that are wanted, each with what was made of it."""
        for text in texts:
            reading = readings.get(text.key, NOT_READ)
            if self._is_of(text) and self.state in ("", reading.state):
                under = known_themes(reading, themes.get(text.asked, ()))
                if not self.theme or (not under if self.theme == UNTAGGED else self.theme in under):
                    yield text, reading

    def _is_of(self, text: WrittenText) -> bool:
        return (
            self.asked in ("", text.asked)
            and self.written_in in ("", text.written_in)
            and self.board in ("", text.board)
            and self.outcome in ("", text.outcome)
        )

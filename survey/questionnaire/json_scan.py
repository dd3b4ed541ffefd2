"""JSON gone through sign by sign: where everything in it stands, and the first fault of its syntax by name.

`json` builds the values and says only that something was expected; this says what people do: a comma too many, “curly”
quotation marks, a quotation mark inside a text, a comment. It is asked only where there is something to say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

Values = Mapping[str, str | int | float]

_BLANK = re.compile(r"[ \t\r\n]*")
_TEXT = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*')
_WORD = re.compile(r"-?[^\W\d]\w*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_LIKE_NUMBER = re.compile(r"[+\-.]?[0-9][\w.+-]*")
_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]")
_CURLY = "“”„‟‘’‚‹›«»"
_COMMENTS = ("//", "/*", "#", "<!--")
_LITERALS = {"true", "false", "null"}
_NOT_NUMBERS = {"NaN", "Infinity", "-Infinity"}
# What is typed for a comma, where an entry, the end of brackets or of the line comes after it; and for a colon.
_NO_COMMA = re.compile(r"""[;；，、](?=[ \t]*(?:["{}\[\]\r\n]|-?[0-9]|(?:true|false|null)\b|$))""")
_NO_COLON = re.compile("[=;：]")
_CLOSES = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """What is wrong with the syntax, and the number of the sign where it is."""

    code: str
    offset: int
    values: Values


class _Found(Exception):
    """The first fault: `args` holds it."""


@dataclass(slots=True)
class _Bracket:
    """An open bracket: where it stands, what place it is, and what has been read in it."""

    sign: str
    offset: int
    place: tuple[str | int, ...]
    count: int = 0
    name: str = ""


@dataclass
class Scan:
    """A text of JSON gone through. `places`: the number of the sign where each name, or entry of a list, begins."""

    text: str
    most_deep: int
    places: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    fault: SyntaxFault | None = None

    def __post_init__(self) -> None:
        self._at, self._before = 0, 0
        self._open: list[_Bracket] = []
        try:
            self._all()
        except _Found as found:
            (self.fault,) = found.args

    def _all(self) -> None:
        self._blanks()
        if self._at == len(self.text):
            self._stop("empty_file", 0)
        self._value(())
        while self._open:
            self._inside(self._open[-1])
        self._blanks()
        if self._at < len(self.text):
            self._odd()
            self._stop("after_end", self._at)

    def _inside(self, bracket: _Bracket) -> None:
        """One entry of an open bracket with what follows it, or its end."""
        comma = self._comma(bracket) if bracket.count else None
        if self._closed(bracket, comma):
            return
        if self._sign() == ",":
            self._stop("extra_comma", self._at)
        place: tuple[str | int, ...] = (*bracket.place, bracket.count)
        if bracket.sign == "{":
            place = (*bracket.place, self._name(comma))
        else:
            self.places[place] = self._at
        bracket.count += 1
        self._value(place)

    def _closed(self, bracket: _Bracket, comma: int | None) -> bool:
        sign = self._sign()
        if sign == "":
            self._stop("unclosed_bracket", bracket.offset, bracket=bracket.sign)
        if sign not in "}]":
            return False
        if comma is not None:
            self._stop("trailing_comma", comma)
        if sign != _CLOSES[bracket.sign]:
            self._stop("wrong_bracket", self._at, sign, bracket=bracket.sign, line=self._line_of(bracket))
        self._open.pop()
        self._move(self._at + 1)
        return True

    def _comma(self, bracket: _Bracket) -> int | None:
        """Where the comma stands, which is read; None where the bracket ends."""
        sign = self._sign()
        if sign == ",":
            comma = self._at
            self._move(self._at + 1)
            return comma
        if sign in "}]":  # the end of the text as well
            return None
        if _NO_COMMA.match(self.text, self._at):
            self._stop("no_comma", self._at, sign)
        after_text = self.text[self._before - 1] == '"'
        same_line = "\n" not in self.text[self._before : self._at]
        if after_text and same_line and sign != ":" and (sign != '"' or self._at == self._before):
            self._odd_but_quotes()
            self._stop("inner_quote", self._before - 1)
        self._odd()
        if sign == ":":
            if bracket.sign == "[" and after_text:
                begin = self.places[*bracket.place, bracket.count - 1]
                name = self.text[begin + 1 : self._before - 1]
                self._stop("open_list", begin, name, line=self._line_of(bracket))
            self._stop("extra_colon", self._at)
        self._stop("missing_comma", self._before)

    def _name(self, comma: int | None) -> str:
        start = self._at
        self._odd()
        if self._sign() != '"':
            if comma is not None and _DECIMAL_COMMA.match(self.text, comma - 1):
                self._stop("decimal_comma", comma)
            if self._sign() in ("{", "["):
                self._stop("open_object", start, self._sign(), line=self._line_of(self._open[-1]))
            word = _WORD.match(self.text, start)
            self._stop(*(("unquoted", start, word[0]) if word else ("name_needed", start)))
        name = self._text()
        self._blanks()
        if self._sign() != ":":
            if ":" in name:
                self._stop("unclosed_text", start)
            self._odd()
            if _NO_COLON.match(self.text, self._at):
                self._stop("no_colon", self._at, self._sign())
            self._stop("missing_colon", self._before, name)
        self._move(self._at + 1)
        self.places[*self._open[-1].place, name] = start
        return name

    def _value(self, place: tuple[str | int, ...]) -> None:
        sign = self._sign()
        if sign in ("{", "["):
            if len(self._open) > self.most_deep:
                self._stop("too_deep", self._at, most=self.most_deep)
            self._open.append(_Bracket(sign, self._at, place))
            self._move(self._at + 1)
        elif sign == '"':
            self._text()
            self._blanks()
        elif number := _NUMBER.match(self.text, self._at):
            self._move(number.end())
        else:
            self._no_value(place)

    def _no_value(self, place: tuple[str | int, ...]) -> None:
        self._odd()
        word = _WORD.match(self.text, self._at)
        if word and word[0] in _LITERALS:
            self._move(word.end())
        elif word and word[0] in _NOT_NUMBERS:
            self._stop("bad_number", self._at, number=word[0])
        elif word and word[0].lower() in _LITERALS | {"none"}:
            meant = "null" if word[0].lower() == "none" else word[0].lower()
            self._stop("literal_case", self._at, word[0], meant=meant)
        elif word:
            self._stop("unquoted", self._at, word[0])
        elif number := _LIKE_NUMBER.match(self.text, self._at):
            self._stop("bad_number", self._at, number=number[0][:40])
        elif place and isinstance(place[-1], str):
            self._stop("missing_value", self._before, place[-1])
        else:
            self._stop("value_needed", self._at)

    def _text(self) -> str:
        """The text that begins here, which is read with the blanks after it."""
        start = self._at
        match = _TEXT.match(self.text, start)
        end = match.end() if match else start
        if self.text[end : end + 1] == '"':
            self._move(end + 1)
            return self.text[start + 1 : end]
        rest = self.text[start + 1 : end]
        curly = next((number for number, sign in enumerate(rest) if sign in "“”„‟"), None)
        if self.text[end : end + 1] == "\\":
            self._stop("bad_escape", end, self.text[end : end + 2].rstrip("\n"))
        if self.text[end : end + 1] not in ("\n", "\r", ""):
            self._stop("control_character", end, character=f"U+{ord(self.text[end]):04X}")
        if curly is not None and re.match(r"\s*[:,}\]]", rest[curly + 1 :] + ","):
            self._stop("curly_quotes", start + 1 + curly, rest[curly])
        self._stop("unclosed_text", start)

    def _odd(self) -> None:
        """Stop at a sign that never begins anything, and that people write."""
        self._odd_but_quotes()
        sign = self._sign()
        if sign in _CURLY and sign:
            self._stop("curly_quotes", self._at, sign)
        if sign in ("'", "`"):
            self._stop("single_quotes", self._at, sign)

    def _odd_but_quotes(self) -> None:
        if self.text.startswith(_COMMENTS, self._at):
            self._stop("comment", self._at)
        sign = self._sign()
        if sign and (not sign.isprintable() or sign.isspace()):
            self._stop("stray_character", self._at, character=f"U+{ord(sign):04X}")

    def _line_of(self, bracket: _Bracket) -> int:
        return self.text.count("\n", 0, bracket.offset) + 1

    def _sign(self) -> str:
        return self.text[self._at : self._at + 1]

    def _blanks(self) -> None:
        match = _BLANK.match(self.text, self._at)
        self._at = match.end() if match else self._at

    def _move(self, offset: int) -> None:
        """Go on behind what ends at `offset`, and the blanks after it."""
        self._before = self._at = offset
        self._blanks()

    def _stop(self, code: str, offset: int, found: str = "", **values: str | int | float) -> NoReturn:
        raise _Found(SyntaxFault(code, offset, {**({"found": found} if found else {}), **values}))

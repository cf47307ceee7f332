"""Everything in a bank line that may say who pays what: read once, looked up afterwards. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from string import ascii_uppercase

from kasstroom.bank.clues import Clues, Spelled, Strength
from kasstroom.bank.model import BankLine, ReferenceKind
from kasstroom.bank.shapes import Spelling, spellings
from kasstroom.bank.text import LOOKALIKES
from kasstroom.payments.references import compact, has_check_digit, is_betalingskenmerk, is_rf

MOST_REFERENCES = 4
MOST_NUMBERS = 8
MOST_DEBTORS = 2
"""So that a line costs a bounded number of reads, whatever somebody typed into it."""
_TOKEN = re.compile(r"[A-Z0-9]+")
_RUN = re.compile(r"[A-Z]+|[0-9]+")
_RF = re.compile(r"\bRF[\s./-]*[0-9]{2}(?:[\s./-]*[A-Z0-9]){1,21}")
_DEBTOR = re.compile(
    r"\b(?:KLANT|DEB|RELATIE|CUSTOMER|CLIENT)[A-Z]*[\s.:#-]*(?:N[RO]\b)?[\s.:#-]*"
    r"([A-Z0-9][A-Z0-9._-]{1,63})",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)\Z"
)
_NAMES_A_NUMBER = ("FACT", "FAKT", "INV", "1NV", "N0TA", "NOTA", "NR", "F")
_LENGTHS_OF_KENMERK = frozenset({9, 10, 11, 12, 13, 14, 16})
_LONGEST_KENMERK = 16
_LONGEST_PREFIX = 4
_RF_HEAD = 4
_SHORTEST_TAIL = 3
_NOT_GIVEN = frozenset({"", "NOTPROVIDED", "NOT PROVIDED", "NONREF", "/"})


class _Reading:
    """What was found so far in the fields of one line."""

    __slots__ = ("letters", "longest", "numbers", "references", "spoilt", "tails", "ways")

    def __init__(self, shapes: tuple[str, ...]) -> None:
        known = spellings(shapes)
        self.ways, self.letters = known.ways, known.letters
        self.longest = max(_LONGEST_KENMERK, known.longest)
        self.references: dict[str, None] = {}
        self.spoilt: dict[str, None] = {}
        self.numbers: dict[str, Spelled] = {}
        self.tails: dict[str, None] = {}

    def announced(self, reference: str) -> None:
        """A structured reference, whole."""
        value = compact(reference)
        if value[:2] == "RF":
            self._rf(value, (len(value),))
        elif is_betalingskenmerk(value):
            self.references[value] = None
        elif value:
            self.spoilt[value] = None

    def text(self, upper: str) -> None:
        if "RF" in upper:
            for found in _RF.findall(upper):
                self._rf_in_text(found)
        before, run = "", []
        for token in _tokens(upper):
            if token.isdigit():
                if len(token) >= _SHORTEST_TAIL:
                    self.tails[token] = None
            elif token not in self.letters:
                if run:
                    self._run(run, before)
                    run = []
                before = token
                continue
            run.append(token)
        if run:
            self._run(run, before)

    def _rf_in_text(self, found: str) -> None:
        """Where it ends is not marked: at the end of a word, else anywhere."""
        parts = _TOKEN.findall(found)
        whole = "".join(parts)
        ends = [end for end in accumulate(map(len, parts)) if end > _RF_HEAD]
        self._rf(whole, ends[::-1]) or self._rf(whole, range(len(whole), _RF_HEAD, -1))

    def _rf(self, value: str, ends: Iterable[int]) -> bool:
        """Keeps the first of these beginnings whose check digits are right, also when letters were
        typed for digits; the number inside an RF may be an invoice's."""
        folded = value[:2] + value[2:].translate(LOOKALIKES)
        for whole in dict.fromkeys((value, folded)):
            for end in ends:
                if is_rf(whole[:end]):
                    self.references[whole[:end]] = None
                    inside = whole[_RF_HEAD:end].translate(LOOKALIKES)
                    self._named(inside, Strength.PROTECTED, "rf_number")
                    return True
        self.spoilt[value] = None
        return False

    def _run(self, tokens: list[str], before: str) -> None:
        """All that can be written with neighbouring digits and letters of our numbers."""
        ways, longest, count = self.ways, self.longest, len(tokens)
        for start in range(count):
            window = ""
            for at in range(start, count):
                window += tokens[at]
                length = len(window)
                if length > longest:
                    break
                if length in ways:
                    self._spelled(window, ways[length], tokens[start - 1] if start else before)
                if length in _LENGTHS_OF_KENMERK and window.isdigit():
                    self._kenmerk(window)

    def _kenmerk(self, digits: str) -> None:
        if has_check_digit(digits):
            self.references[digits] = None
        elif len(digits) == _LONGEST_KENMERK:
            self.spoilt[digits] = None

    def _spelled(self, window: str, ways: tuple[Spelling, ...], before: str) -> None:
        for way in ways:
            number = way.number(window)
            if not number:
                continue
            if way.complete and not way.short and not _DAY.match(window):
                strength, code = Strength.EXACT, "invoice_number"
            elif not way.complete:
                strength, code = Strength.WEAK, "number_without_prefix"
            elif way.short and window.isdigit() and not before.startswith(_NAMES_A_NUMBER):
                continue  # Few digits are a number only behind a word such as "factuur".
            else:
                strength, code = Strength.WEAK, "short_number"
            self._keep(Spelled(number, strength, code))

    def _named(self, squeezed: str, strength: Strength, code: str) -> None:
        for way in self.ways.get(len(squeezed), ()):
            if number := way.number(squeezed):
                self._keep(Spelled(number, strength, code))

    def _keep(self, found: Spelled) -> None:
        known = self.numbers.get(found.number)
        if known is None or known.strength < found.strength:
            self.numbers[found.number] = found

    def doubted(self, found: Spelled) -> Spelled | None:
        """Digits that are part of a right reference name nothing else; a number inside one with
        wrong check digits may have the wrong digit itself."""
        squeezed = compact(found.number)
        if found.strength is Strength.WEAK:
            digits = squeezed.lstrip(ascii_uppercase)
            return None if any(digits in value for value in self.references) else found
        if found.strength is Strength.EXACT and any(squeezed in value for value in self.spoilt):
            return Spelled(found.number, Strength.WEAK, "spoilt_reference")
        return found


def clues(line: BankLine, shapes: tuple[str, ...]) -> Clues:
    """`shapes` are those of the organisation's `NumberShapes`."""
    reading = _Reading(shapes)
    fields = [line.end_to_end_id, line.text]
    if line.reference_kind is ReferenceKind.NONE:
        fields.insert(0, line.reference)
    else:
        reading.announced(line.reference)
    for field in dict.fromkeys(fields):
        if field and (upper := field.upper()) not in _NOT_GIVEN:
            reading.text(upper)
    best = list(reading.numbers.values())
    if best and (reading.references or reading.spoilt):
        best = list(filter(None, map(reading.doubted, best)))
    best.sort(key=lambda one: -one.strength)
    debtors = _DEBTOR.findall(line.text)
    names = tuple(name for name in (line.ultimate_name, line.counterparty_name) if name)
    return Clues(
        tuple(reading.references)[:MOST_REFERENCES],
        tuple(reading.spoilt)[:MOST_REFERENCES],
        tuple(best[:MOST_NUMBERS]),
        tuple(dict.fromkeys(debtors))[:MOST_DEBTORS],
        tuple(reading.tails),
        line.counterparty_iban,
        names,
    )


def _tokens(upper: str) -> list[str]:
    """Runs of letters and of digits. Where digits stand, letters that look like one are one."""
    tokens: list[str] = []
    for token in _TOKEN.findall(upper):
        if token.isdigit() or (token.isalpha() and len(token) > _LONGEST_PREFIX):
            tokens.append(token)
        else:
            tokens += _RUN.findall(token.translate(LOOKALIKES))
    return tokens

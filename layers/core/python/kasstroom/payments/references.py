"""Payment references a bank carries unchanged: ISO 11649 (RF) and the Dutch betalingskenmerk.

Betalingskenmerk: a check digit in front, then for 7 to 12 digits a length digit, then the number;
15 digits take the check digit only (specification of the Dutch acceptgiro, still used by
the Tax Administration and by direct bank transfers).
"""

from __future__ import annotations

import re
from itertools import cycle
from operator import mul
from string import ascii_uppercase

from kasstroom.errors import Refused

_SEPARATORS = re.compile(r"[\s./-]+")
_RF_BASE = re.compile(r"[A-Z0-9]{1,21}\Z")
_DIGITS = re.compile(r"[0-9]+\Z")
_LETTER_VALUES = str.maketrans({letter: str(int(letter, 36)) for letter in ascii_uppercase})
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_WITH_LENGTH_DIGIT = range(7, 13)
_FULL_LENGTH = 15
_UNCHECKED_LENGTH = 7


def compact(reference: str) -> str:
    """Without the spaces, dots, slashes and hyphens people put in; upper case."""
    return _SEPARATORS.sub("", reference).upper()


def rf_reference(number: str) -> str:
    """`RF18539007547034` for `539007547034` (ISO 11649); Refused unless 1 to 21 letters, digits."""
    base = compact(number)
    if not _RF_BASE.match(base):
        raise Refused(
            "invalid_reference", f"{number!r} must be 1 to 21 letters (A to Z) and digits."
        )
    return f"RF{_rf_check(base)}{base}"


def is_rf(reference: str) -> bool:
    """Whether the check digits of an RF reference are right."""
    value = compact(reference)
    base = value[4:]
    return bool(_RF_BASE.match(base)) and value[:4] == f"RF{_rf_check(base)}"


def _rf_check(base: str) -> str:
    """98 minus the number modulo 97, letters counting as A = 10 (ISO 7064)."""
    number = int(f"{base}RF00".translate(_LETTER_VALUES))
    return f"{98 - number % 97:02d}"


def betalingskenmerk(number: str) -> str:
    """`5000056789012345` for `000056789012345`: 7 to 12 or exactly 15 digits, else Refused."""
    digits = compact(number)
    if not _DIGITS.match(digits) or len(digits) not in (*_WITH_LENGTH_DIGIT, _FULL_LENGTH):
        raise Refused(
            "invalid_reference",
            f"{number!r} must be 7 to 12 or exactly 15 digits; put zeros in front to fill it up.",
        )
    checked = digits if len(digits) == _FULL_LENGTH else f"{len(digits) % 10}{digits}"
    return f"{_check_digit(checked)}{checked}"


def is_betalingskenmerk(reference: str) -> bool:
    """Whether it can be a betalingskenmerk; 7 digits carry no check digit and always can."""
    value = compact(reference)
    return bool(_DIGITS.match(value)) and has_check_digit(value)


def has_check_digit(digits: str) -> bool:
    """The same of digits only, without anything between them."""
    length = len(digits)
    if length == _UNCHECKED_LENGTH:
        return True
    if length != _FULL_LENGTH + 1:
        number = length - 2
        if number not in _WITH_LENGTH_DIGIT or digits[1] != str(number % 10):
            return False
    return digits[0] == str(_check_digit(digits[1:]))


def _check_digit(digits: str) -> int:
    """Weights repeat from the right; 10 becomes 1 and 11 becomes 0."""
    total = sum(map(mul, map(int, reversed(digits)), cycle(_WEIGHTS)))
    check = 11 - total % 11
    return {10: 1, 11: 0}.get(check, check)

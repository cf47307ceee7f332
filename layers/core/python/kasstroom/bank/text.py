"""How payers write: letters for digits, names with and without what does not matter.

Names are compared with the standard library only: words without legal forms and accents, one
typing error per longer word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LOOKALIKES = str.maketrans("OILoil", "011011")
"""Letters that are typed for digits, on whatever side of a comparison they stand."""
_WITHOUT_MEANING = frozenset(
    "bv nv vof cv ltd limited llc llp plc inc corp gmbh ag kg sa sarl srl bvba cvba se ua"
    " stichting maatschap eenmanszaak holding group groep"
    " hr dhr heer mw mevr mevrouw de het en and the van der den te ten eo inzake via tnv".split()
)
_SPLIT_LETTERS = re.compile(r"\b(\w)[.](?=\w\b)")
_WORD = re.compile(r"[a-z0-9]+")
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ĳ": "ij"})
_LONG_ENOUGH_TO_ERR = 5
_SIGNIFICANT = 4
_CONTAINED = 85
_OTHER_PERSON = 50


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """Lower case without accents, punctuation, legal forms and titles: `Café Noord B.V.` becomes
    `cafe`, `noord`."""
    lowered = name.lower()
    if not lowered.isascii():
        plain = unicodedata.normalize("NFKD", lowered.translate(_SPELLED))
        lowered = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _WORD.findall(_SPLIT_LETTERS.sub(r"\1", lowered))
    return tuple(word for word in words if word not in _WITHOUT_MEANING) or tuple(words)


def significant(name: str, *, most: int = 3) -> tuple[str, ...]:
    """The longest words of a name, at most `most`: by these it is looked up."""
    words = {word for word in words_of(name) if len(word) >= _SIGNIFICANT and not word.isdigit()}
    return tuple(sorted(words, key=lambda word: (-len(word), word))[:most])


def whole(name: str) -> str:
    """The name in one word: the same however it is spaced and punctuated."""
    return "".join(words_of(name))


@lru_cache(maxsize=8192)
def likeness(one: str, other: str) -> int:
    """0 to 100: the part of the letters that stands in words both have; 85 at least when all words
    of the shorter name, two or more of them, stand in the other; 50 at most when initials differ:
    J. and P. Bakker are two."""
    if one and one.upper() == other.upper():
        return 100
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return 0
    if left == right or "".join(left) == "".join(right):
        return 100
    if len(left) > len(right):
        left, right = right, left
    rest, shared, matched = list(right), 0, 0
    for word in left:
        partner = next((w for w in rest if _same(word, w)), None)
        if partner is not None:
            rest.remove(partner)
            shared += len(word) + len(partner)
            matched += 1
    if _initials(left) != _initials(right) and _initials(left) and _initials(right):
        return _OTHER_PERSON
    alike = 100 * shared // (sum(map(len, left)) + sum(map(len, right)))
    return max(alike, _CONTAINED) if matched == len(left) > 1 else alike


def _initials(words: tuple[str, ...]) -> str:
    return next((word for word in words if len(word) == 1), "")


def _same(one: str, other: str) -> bool:
    """The same word, the same with one typing error when it is long, or its initial."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return len(one) >= _LONG_ENOUGH_TO_ERR and within_one_edit(one, other)


def within_one_edit(one: str, other: str) -> bool:
    """Whether one letter added, left out, replaced, or two neighbours swapped, explain it."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = 0
    shortest = min(len(one), len(other))
    while at < shortest and one[at] == other[at]:
        at += 1
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1]
        return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]

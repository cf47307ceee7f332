"""Whether two names may be the same party. It errs on the side of "possible": a person decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from kasstroom.screening.model import Hit
from kasstroom.screening.ports import Insolvency, ListedParty, Subject

POSSIBLE = 85
"""From this likeness on, in percents, an entry is a possible hit."""
ELSEWHERE = 90
"""The same for a person of other countries than ours. A company elsewhere proves nothing: listed
parties have subsidiaries."""
BORN_THE_SAME_DAY = 70
CONTAINED = 90
_LEGAL_FORMS = frozenset(
    "bv nv vof cv ltd limited llc llp plc inc corp co company gmbh ag kg sa sarl srl spa oy ab as"
    " aps bvba cvba stichting holding group groep ooo oao pao zao fze".split()
)
_SPLIT_LETTERS = re.compile(r"\b(\w)\.(?=\w\b)")
_SPELLED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def words_of(name: str) -> tuple[str, ...]:
    """Lower case without accents, punctuation and legal forms: `Café Noord B.V.`, `cafe noord`."""
    lowered = name.lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", lowered)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _SPLIT_LETTERS.sub(r"\1", plain)
    words = re.findall(r"\w+", plain)
    kept = tuple(word for word in words if word not in _LEGAL_FORMS)
    return kept or tuple(words)


def likeness(one: str, other: str) -> int:
    """0 to 100, whatever the order of the words; 90 when one name holds the other whole."""
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return 0
    shorter, longer = sorted((set(left), set(right)), key=len)
    contained = CONTAINED if len(shorter) > 1 and shorter <= longer else 0
    sorted_ratio = _ratio(" ".join(sorted(left)), " ".join(sorted(right)))
    return max(contained, sorted_ratio, _ratio("".join(left), "".join(right)))


def _ratio(one: str, other: str) -> int:
    # difflib gives a float; the whole percents below it are exact enough to compare with.
    return int(SequenceMatcher(None, one, other, autojunk=False).ratio() * 100)


def sanction_hits(subject: Subject, listed: Sequence[ListedParty]) -> tuple[Hit, ...]:
    """Possible hits, the most alike first."""
    hits = (_hit(subject, party) for party in listed)
    return tuple(sorted((h for h in hits if h), key=lambda hit: (-hit.likeness, hit.id)))


def _hit(subject: Subject, party: ListedParty) -> Hit | None:
    alike = max((likeness(subject.name, name) for name in party.names), default=0)
    needed = POSSIBLE
    elsewhere = party.countries and subject.country and subject.country not in party.countries
    if elsewhere and subject.natural_person:
        needed = ELSEWHERE
    if subject.birth_date and party.birth_dates:
        if subject.birth_date not in party.birth_dates:
            return None
        needed = BORN_THE_SAME_DAY
    return Hit(party.id, party.lists, alike) if alike >= needed else None


def insolvency_hits(subject: Subject, published: Sequence[Insolvency]) -> tuple[Hit, ...]:
    """For a natural person: the same KvK number, or a name alike and no other birth date."""
    found = []
    for case in published:
        alike = 100 if case.kvk and case.kvk == subject.kvk else likeness(subject.name, case.name)
        known = subject.birth_date and case.birth_date
        if alike >= POSSIBLE and not (known and subject.birth_date != case.birth_date):
            found.append(Hit(case.case, ("CIR",), alike))
    return tuple(found)

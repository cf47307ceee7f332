"""An organisation's own words with the facts filled in; our words wherever it gives none, or names
a fact that is not known now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kasstroom.messages.template_text import Blocks, places_in

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`facts` by placeholder; an empty one is not known."""

    blocks: Blocks | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    def block(self, name: str, ours: str) -> str:
        return self._filled(getattr(self.blocks, name)) or ours if self.blocks else ours

    def paragraphs(self, ours: tuple[str, ...]) -> tuple[str, ...]:
        given = self.blocks.paragraphs if self.blocks else ()
        filled = tuple(self._filled(text) for text in given)
        return filled if filled and all(filled) else ours

    def _filled(self, text: str) -> str:
        """Empty when something it names is not known."""
        if not all(self.facts.get(name) for name in places_in(text)):
            return ""
        return _PLACE.sub(lambda place: self.facts[place[1]], text)


OURS = OwnWords()

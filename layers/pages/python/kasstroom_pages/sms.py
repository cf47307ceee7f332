"""Which of several wordings an SMS takes."""

from __future__ import annotations

from kasstroom.messages.gsm7 import ONE_PART, gsm_text, septets

__all__ = ["ONE_PART", "first_that_fits", "gsm_text", "septets"]


def first_that_fits(candidates: list[str]) -> str:
    """The first candidate that fits one part, in order of preference; else the shortest."""
    texts = [gsm_text(candidate) for candidate in candidates]
    for text in texts:
        if septets(text) <= ONE_PART:
            return text
    return min(texts, key=septets)

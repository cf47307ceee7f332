"""What the sandbox says, by language."""

from kasstroom_sandbox.words import en, nl

DAYS = {"nl": nl.DAYS, "en": en.DAYS}
MONTHS = {"nl": nl.MONTHS, "en": en.MONTHS}
WORDS = {"nl": nl.WORDS, "en": en.WORDS}

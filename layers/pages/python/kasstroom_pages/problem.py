"""Pages that tell nothing about a link, and what went wrong in general."""

from __future__ import annotations

from enum import StrEnum

from kasstroom.organisations.model import Language
from kasstroom_pages.formats import plain
from kasstroom_pages.templates import fill


class Problem(StrEnum):
    """What a page without a creditor can say."""

    GONE = "gone"
    NO_APPLICATION = "apply_gone"
    BUSY = "busy"
    METHOD = "method"
    ERROR = "error"


STATUS = {
    Problem.GONE: 404,
    Problem.NO_APPLICATION: 404,
    Problem.BUSY: 429,
    Problem.METHOD: 405,
    Problem.ERROR: 500,
}


def problem_page(problem: Problem, language: Language = Language.NL, code: str = "") -> str:
    """`code`: what to mention to a person, shown with an error only."""
    shown = plain(code, 60) if problem is Problem.ERROR else ""
    return fill("problem.html", language, problem=problem.value, code=shown)


def docs_page() -> str:
    """The try-out page of the API; Swagger UI itself is served beside it, below `/docs`."""
    return fill("docs.html", Language.EN)

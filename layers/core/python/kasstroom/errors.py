"""What can go wrong, told by what to do about it.

KasstroomError
  NotFound      it is not there                     HTTP 404, queue: acknowledge
  Refused       a rule says no                      HTTP 422, queue: acknowledge
    Forbidden   not by this person, or not alone    HTTP 403, queue: acknowledge
    TooLarge    more than is read                   HTTP 413, queue: acknowledge
  Conflict      somebody was first                  HTTP 409, queue: retry
    Duplicate   this very thing exists already      HTTP 409, queue: acknowledge
  Unavailable   a provider or AWS does not answer   HTTP 503, queue: retry

Anything else is a bug: HTTP 500, retry, dead letter, alarm. The table from class to action stands
once, in `kasstroom_aws.entrypoints`.
"""

from __future__ import annotations


class KasstroomError(Exception):
    """`code` is for machines and stable; `detail` is a sentence that says what to fix."""

    def __init__(self, code: str, detail: str, pointer: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.pointer = pointer


class NotFound(KasstroomError):
    """What was asked for does not exist here."""


class Refused(KasstroomError):
    """A rule of the trade or of the law says no; asking again changes nothing."""


class Forbidden(Refused):
    """Somebody else may: it takes a role this caller lacks, or a second person (four eyes)."""


class TooLarge(Refused):
    """What was sent is larger than anything of its kind can be."""


class Conflict(KasstroomError):
    """The state moved between reading and writing; read again and retry."""


class Duplicate(Conflict):
    """This number, key or booking is already in the books; `place` tells apart what was in the way,
    when the books say so."""

    place: object = None


class Unavailable(KasstroomError):
    """Somebody else's system does not answer; the same call may succeed later."""

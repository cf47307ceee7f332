"""What a provider's error means for a message: try again, try another way, or a bug."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, ConnectionError

from kasstroom.errors import Refused, Unavailable
from kasstroom.messages.sending import OPTED_OUT

BUSY = frozenset(
    {"ThrottlingException", "TooManyRequestsException", "InternalServerException"}
    | {"ThrottledRequestException", "InternalServiceException", "DependencyException"}
)
STOPPED = "DESTINATION_PHONE_NUMBER_OPTED_OUT"
"""The reason of AWS's own opt-out list."""


@contextmanager
def told_apart(refusals: frozenset[str]) -> Iterator[None]:
    """`refusals` are the codes that say this address or message will never do. A time-out after
    sending is no answer at all: it passes through, and the claim waits for its receipt."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if error.response.get("Reason") == STOPPED:
            detail = "The owner of this number asked to get no more messages."
            raise Refused(OPTED_OUT, detail) from None
        if code in refusals:
            raise Refused("message_refused", f"The provider refused the message: {code}.") from None
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in BUSY or status >= 500:
            raise Unavailable("channel_unavailable", f"The provider is busy: {code}.") from None
        raise
    except ConnectionError:
        raise Unavailable("channel_unavailable", "The provider cannot be reached.") from None

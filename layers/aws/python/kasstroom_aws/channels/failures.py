"""What a provider's error means for a message: try again, try another way, or a bug."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, ConnectionError

from kasstroom.errors import Refused, Unavailable

BUSY = frozenset({"ThrottlingException", "TooManyRequestsException", "InternalServerException"})


@contextmanager
def told_apart(refusals: frozenset[str]) -> Iterator[None]:
    """`refusals` are the codes that say this address or message will never do. A time-out after
    sending is no answer at all: it passes through, and the claim waits for its receipt."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in refusals:
            raise Refused("message_refused", f"The provider refused the message: {code}.") from None
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in BUSY or status >= 500:
            raise Unavailable("channel_unavailable", f"The provider is busy: {code}.") from None
        raise
    except ConnectionError:
        raise Unavailable("channel_unavailable", "The provider cannot be reached.") from None

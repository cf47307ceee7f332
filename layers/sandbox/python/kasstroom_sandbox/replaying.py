"""The same idempotency key and call give the same answer; a refusal is remembered as well."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kasstroom_sandbox.psp.ledger import Replays
from kasstroom_sandbox.web import HttpError, Request, Response, json_response


def once(
    replays: Replays,
    owner: str,
    request: Request,
    now: datetime,
    act: Callable[[], Response],
    *,
    other_call: HttpError,
    still_busy: HttpError,
) -> Response:
    """The first call acts; the next ones get its answer, `other_call` when they ask for something
    else under the key, and `still_busy` while the first has no answer yet."""
    key = request.headers["idempotency-key"]
    call = f"{request.method} {request.path}\n".encode() + request.body
    fingerprint = hashlib.sha256(call).hexdigest()
    earlier = replays.claim(owner, key, fingerprint, now)
    if earlier:
        if earlier["fingerprint"] != fingerprint:
            raise other_call
        if not earlier["answer"]:
            raise still_busy
        answer = earlier["answer"]
        headers = answer["headers"] | {"idempotent-replayed": "true"}
        return Response(answer["statusCode"], answer["body"], headers)
    try:
        response = act()
    except HttpError as error:
        response = replace(json_response(error.status, error.body), headers=error.headers)
    except BaseException:
        replays.release(owner, key)
        raise
    replays.keep(owner, key, fingerprint, now, response.to_event())
    return response

"""Drives the sandbox with Mollie's newer, strictly typed client; run by an interpreter that has
`mollie-api-py`, because that package shares its folder with the one the product uses.

Prints one word per step; a field that is missing or of another type raises.
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request

from mollie import ClientSDK, Security


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def main(psp_url: str, shop_url: str) -> None:
    client = ClientSDK(
        security=Security(api_key="test_strict_2026"),
        server_url=f"{psp_url}/mollie",
        timeout_ms=5000,
    )
    wish = {
        "description": "Factuur 2026-0042",
        "amount": {"currency": "EUR", "value": "10.00"},
        "redirect_url": f"{shop_url}/return",
        "webhook_url": f"{shop_url}/webhook",
        "method": "ideal",
        "locale": "nl_NL",
        "metadata": {"attempt": "att_1"},
    }
    payment = client.payments.create(payment_request=wish, idempotency_key="k1")
    print(payment.status)
    _pay(psp_url, payment.id)
    print(client.payments.get(payment_id=payment.id).status)
    refund = {"description": "Retour", "amount": {"currency": "EUR", "value": "1.00"}}
    print(client.refunds.create(payment_id=payment.id, refund_request=refund).status)
    client.refunds.list(payment_id=payment.id)
    client.payments.list()
    other = client.payments.create(payment_request=wish, idempotency_key="k2")
    print(client.payments.cancel(payment_id=other.id).status)
    for call in (
        lambda: client.payments.get(payment_id="tr_0000000000"),
        lambda: client.payments.create(payment_request=wish | {"description": ""}),
    ):
        try:
            call()
        except Exception as error:
            print(type(error).__name__, error.status_code)


def _pay(psp_url: str, payment_id: str) -> None:
    request = urllib.request.Request(
        f"{psp_url}/checkout/{payment_id}", b"outcome=paid", method="POST"
    )
    try:
        urllib.request.build_opener(_Stay).open(request, timeout=5)
    except urllib.error.HTTPError as answer:
        answer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

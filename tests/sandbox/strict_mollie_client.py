"""Drives the sandbox with Mollie's newer, strictly typed client; run by an interpreter that has
`mollie-api-py`, because that package shares its folder with the one the product uses.

Prints one word per step; a field that is missing or of another type raises.
"""

from __future__ import annotations

import hashlib
import hmac
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
    print(_signed())
    refund = {"description": "Retour", "amount": {"currency": "EUR", "value": "1.00"}}
    print(client.refunds.create(payment_id=payment.id, refund_request=refund).status)
    client.refunds.list(payment_id=payment.id)
    client.payments.list()
    _post(f"{psp_url}/psp/payments/{payment.id}/chargeback", b"amount=2.00")
    (taken,) = client.chargebacks.list(payment_id=payment.id).result.embedded.chargebacks
    _post(f"{psp_url}/psp/payments/{payment.id}/reverse", f"of={taken.id}".encode())
    taken = client.chargebacks.get(payment_id=payment.id, chargeback_id=taken.id)
    print("REVERSED" if taken.reversed_at else "TAKEN")
    office = _everything(client, psp_url, wish)
    _subscriber(office, shop_url)
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


def _everything(client: ClientSDK, psp_url: str, wish: dict) -> ClientSDK:
    """Lists over all payments, page after page, and a settlement with its parts: those are of live
    payments only."""
    client.payments.create(payment_request=wish, idempotency_key="k3")
    seen, page = 0, client.payments.list(limit=1)
    while page is not None:
        seen, page = seen + len(page.result.embedded.payments), page.next()
    print("PAGES" if seen == len(client.payments.list().result.embedded.payments) else "LOST")
    client.refunds.all(embed="payment", limit=1)
    client.chargebacks.all(embed="payment", limit=1)
    url = f"{psp_url}/mollie"
    real = ClientSDK(security=Security(api_key="live_strict_2026"), server_url=url)
    office = ClientSDK(
        security=Security(advanced_access_token="access_strict_2026"), server_url=url
    )
    paid = real.payments.create(payment_request=wish, idempotency_key="k4")
    _pay(psp_url, paid.id)
    _post(f"{psp_url}/psp/payments/{paid.id}/chargeback", b"amount=2.00")
    _post(f"{psp_url}/psp/settlements", b"")
    (settlement,) = office.settlements.list().result.embedded.settlements
    office.settlements.get(settlement_id=settlement.reference)
    office.settlements.list_payments(settlement_id=settlement.id)
    office.settlements.list_refunds(settlement_id=settlement.id)
    office.settlements.list_chargebacks(settlement_id=settlement.id)
    print(settlement.status)
    return office


def _subscriber(office: ClientSDK, shop_url: str) -> None:
    wish = {"name": "Kasstroom", "url": f"{shop_url}/hooks", "event_types": ["payment.paid"]}
    print(office.webhooks.create(request_body=wish).status)


def _signed() -> str:
    """Our signer against Mollie's own check of a signature."""
    from mollie.utils.webhooks.signature_validator import SignatureValidator

    body = '{"resource": "event"}'
    ours = hmac.new(b"geheim", body.encode(), hashlib.sha256).hexdigest()
    signature = SignatureValidator.create_signature(body, "geheim")
    assert signature.removeprefix("sha256=") == ours
    return "SIGNED" if SignatureValidator.validate(body, "geheim", f"sha256={ours}") else "FORGED"


def _pay(psp_url: str, payment_id: str) -> None:
    _post(f"{psp_url}/checkout/{payment_id}", b"outcome=paid")


def _post(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, method="POST")
    try:
        urllib.request.build_opener(_Stay).open(request, timeout=5)
    except urllib.error.HTTPError as answer:
        answer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

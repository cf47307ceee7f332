"""What a payer filled in on the payment page, read into a wish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hmac import compare_digest

from kasstroom.applications.typed import amount_of
from kasstroom.errors import Refused
from kasstroom.ids import digest
from kasstroom.money import EUR, Money
from kasstroom.payments.links import bare
from kasstroom.payments.payable import Wish
from kasstroom_pages.headers import OWN_SITES

_DECIMAL = {"nl": ",", "de": ",", "fy": ",", "en": "."}
_THREE = re.compile(r"[^0-9]*[0-9]{1,3}(?P<mark>[.,])[0-9]{3}[^0-9]*\Z")
_ENDLESS = re.compile(r"[0-9., ]{15,}\Z", re.ASCII)
_SHOWN = re.compile(r"([0-9]{1,15}) ([A-Z]{3})\Z", re.ASCII)


def nonce_of(token: str) -> str:
    """Only the page of this link carries it: who posts without having read it starts nothing."""
    return digest(f"pay\x1f{bare(token)}")[:32]


def of_our_page(form: Mapping[str, str], token: str, site: str) -> Mapping[str, str]:
    """The form, when the button of this link's own page sent it; else Refused."""
    given, expected = form.get("nonce", "").encode(), nonce_of(token).encode()
    if site in OWN_SITES and compare_digest(given, expected):
        return form
    raise Refused("not_our_form", "Press the button on the page of the link itself.")


def wish_of(form: Mapping[str, str]) -> Wish:
    """Nothing filled in, or nothing we can read: no wish, which the use case refuses where it
    needs one."""
    shown = _shown(form.get("shown", ""))
    typed = form.get("amount", "")
    amount = None if _is_doubtful(typed, form.get("lang", "")) else _typed(typed, shown)
    return Wish(amount, shown, form.get("method", "")[:40])


def unread(code: str, typed: str) -> str:
    """An amount that is missing although something was typed, we could not read; or it is so long
    that it is more than anybody owes."""
    if code != "amount_missing" or not typed.strip():
        return code
    return "amount_too_high" if _ENDLESS.match(typed) else "amount_unread"


def _is_doubtful(typed: str, language: str) -> bool:
    """`12,345` on a Dutch page: three decimals, or thousands as the English write them?"""
    found = _THREE.match(typed)
    return found is not None and found["mark"] == _DECIMAL.get(language)


def _shown(text: str) -> Money | None:
    found = _SHOWN.match(text)
    return Money(int(found[1]), found[2]) if found else None


def _typed(text: str, shown: Money | None) -> Money | None:
    """In the currency the page asked; nobody types it."""
    amount = amount_of(text)
    try:
        currency = shown.currency if shown else EUR
        return None if amount is None else Money.parse(amount.value, currency)
    except Refused:
        return None

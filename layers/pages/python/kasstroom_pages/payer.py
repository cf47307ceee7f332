"""The pages a debtor sees after following a payment link."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from kasstroom.errors import Refused
from kasstroom.money import EUR, Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom_pages.colours import brand_stylesheet
from kasstroom_pages.contact import help_links, phone_link
from kasstroom_pages.formats import initials, plain
from kasstroom_pages.qr import epc_qr_svg
from kasstroom_pages.templates import fill, say
from kasstroom_pages.views import PayLine, PayView, ReplyLinks, ReturnState, ReturnView
from kasstroom_pages.words import words_of

REFRESH_SECONDS = 3
MAX_REFRESHES = 20

_PAID = (ReturnState.PAID, ReturnState.PART_PAID)


def host_of(address: str) -> str:
    """`betalen.example` for `https://betalen.example/p/x` and for `betalen.example`."""
    return urlsplit(address).netloc or address.strip("/")


def status_pill(lines: tuple[PayLine, ...], today: date) -> tuple[str, str, int] | None:
    """Tone, word and days of the invoice whose betaaldatum comes first."""
    due = [line.due_on for line in lines if line.open.minor > 0]
    if not due:
        return None
    days = (min(due) - today).days
    if days == 0:
        return ("warn", "due_today", 0)
    number = "one" if abs(days) == 1 else "many"
    if days < 0:
        return ("warn", f"days_late_{number}", -days)
    return ("info", f"days_left_{number}", days)


def frame(organisation: Organisation, domain: str, reference: str, language: Language) -> dict:
    """What every page of a creditor shows around its content."""
    return {
        "creditor": plain(organisation.name, 70),
        "initials": initials(organisation.name),
        "organisation": organisation,
        "brand": brand_stylesheet(organisation.brand_colour),
        "domain": host_of(domain),
        "reference": reference,
        "help": help_links(organisation, reference, language),
        "phone": phone_link(organisation.phone),
    }


def epc_code(organisation: Organisation, total: Money, reference: str) -> str:
    """Empty when an EPC code cannot carry this amount: the details beside it always suffice."""
    if total.currency != EUR or not organisation.iban:
        return ""
    try:
        return epc_qr_svg(organisation.name, organisation.iban, total, reference=reference)
    except Refused:
        return ""


def _pay(template: str, view: PayView, **more: object) -> str:
    around = frame(view.organisation, view.domain, view.reference, view.language)
    around["help"] = (*_answers(view), *around["help"][-1:])
    code = epc_code(view.organisation, view.total, view.reference)
    return fill(template, view.language, view=view, code=code, **around, **more)


def _answers(view: PayView) -> list[tuple[str, str]]:
    """What else a debtor can say, each on a page of its own."""
    t, links = say(view.language), ReplyLinks.of(view.pay_action.removesuffix("/pay"))
    return [
        (t("reply_paid_button"), links.paid),
        (t("reply_cannot_pay_button"), links.cannot_pay),
        (t("reply_disagree_button"), links.disagree),
    ]


def pay_page(view: PayView) -> str:
    """What do I owe, to whom, how do I pay: one button (more when the creditor offers more ways),
    and a transfer as the second route."""
    part = view.instalment
    asked = (PayLine("", part.due_on, view.total),) if part else view.lines
    pill = status_pill(asked, view.today)
    return _pay("pay.html", view, pill=pill, buttons=_buttons(view.ways, view.language))


def _buttons(ways: tuple[tuple[str, ...], ...], language: Language) -> list[tuple[str, str]]:
    """What each button sends and says; a way we have no word for goes by its own name."""
    t, words = say(language), words_of(language)
    found = []
    for name, *_ in ways:
        known = words.get(f"method_{name}", name)
        label = t("pay_button") if name == "ideal" else t("pay_button_other", method=known)
        found.append((name, label))
    return found


def trouble_page(view: PayView, page_url: str) -> str:
    """The provider does not answer: try again at `page_url`, or transfer (status 503)."""
    return _pay("trouble.html", view, page_url=page_url)


def return_page(view: ReturnView) -> str:
    """Where the payer lands after the bank. While pending it looks again every few seconds, a
    limited number of times, and then leaves it to a button.
    """
    pending = view.state is ReturnState.PENDING
    slow = pending and view.refreshes >= MAX_REFRESHES
    words = f"state_{'slow' if slow else view.state.value}"
    return _state(view, words, refresh=pending and not slow)


def nothing_to_pay_page(view: ReturnView) -> str:
    """The link is paid already: thanks, with the proof that is known."""
    return _state(view, "nothing", refresh=False)


def _state(view: ReturnView, words: str, *, refresh: bool) -> str:
    url = f"{view.status_url}{'&' if '?' in view.status_url else '?'}n={view.refreshes + 1}"
    return fill(
        "return.html",
        view.language,
        view=view,
        state="paid" if words == "nothing" else view.state.value,
        paid=view.state in _PAID or words == "nothing",
        words=words,
        refresh=REFRESH_SECONDS if refresh and view.status_url else 0,
        refresh_url=url if view.status_url else "",
        **frame(view.organisation, view.domain, view.reference, view.language),
    )

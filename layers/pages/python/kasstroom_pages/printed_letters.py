"""A reminder as a printed letter: every word and amount where it stands. `kasstroom_letters` draws
it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from kasstroom.debtors.model import Debtor
from kasstroom.dunning.strategy import StepKind
from kasstroom.errors import Refused
from kasstroom.messages.letters import (
    Letter,
    LetterSum,
    LetterTable,
    PaymentBlock,
    PrintedLetter,
    Sender,
)
from kasstroom.messages.postal import postal_address
from kasstroom.money import EUR
from kasstroom.organisations.model import Language, Organisation
from kasstroom_pages.colours import KASSTROOM, brand_palettes
from kasstroom_pages.formats import grouped, long_date, money, plain
from kasstroom_pages.qr import epc_qr_rows
from kasstroom_pages.templates import reference_text
from kasstroom_pages.views import LetterText, ReminderView
from kasstroom_pages.words.letters import LETTERS

_NOTHING: Mapping[str, date] = {}
_LONGEST = 2000


Draw = Callable[[Letter], PrintedLetter]
"""`kasstroom_letters.pdf.printed`."""


def on_paper(
    view: ReminderView,
    text: LetterText | None,
    debtor: Debtor,
    at: datetime,
    draw: Draw,
    *,
    our_reference: str = "",
    issued: Mapping[str, date] = _NOTHING,
) -> PrintedLetter | None:
    """None for what is no letter, and when the address is not complete: the channel refuses it
    then, and the message takes its next way."""
    addressee = postal_address(debtor)
    if text is None or not addressee:
        return None
    letter = letter_of(
        view, text, addressee, at, customer=debtor.number, our_reference=our_reference,
        issued=issued,
    )  # fmt: skip
    return draw(letter)


def letter_of(
    view: ReminderView,
    text: LetterText,
    addressee: tuple[str, ...],
    at: datetime,
    *,
    customer: str,
    our_reference: str = "",
    issued: Mapping[str, date] = _NOTHING,
    logo: bytes = b"",
) -> Letter:
    """`issued` is when an invoice was issued, by number; `logo` a PNG or JPEG. Refused without an
    address: a letter cannot be sent then."""
    if not addressee:
        raise Refused("missing_address", "Complete the debtor's address: a letter needs it.")
    words = LETTERS[view.language]
    facts = [(words["date"], long_date(view.today, view.language))]
    facts += [(words["our_reference"], plain(our_reference, 40))] if our_reference else []
    facts += [(words["customer"], plain(customer, 40))]
    return Letter(
        sender_on_paper(view.organisation, view.language, logo),
        tuple(_address_line(line) for line in addressee), tuple(facts), plain(text.subject, 140),
        plain(text.salutation, 140), tuple(plain(line, _LONGEST) for line in text.paragraphs),
        _table(view, text, issued), _sums(view), _payment(view),
        tuple(plain(line, _LONGEST) for line in text.legal), plain(text.closing, 140),
        words["page_of"], view.language.value, at,
    )  # fmt: skip


def _address_line(line: str) -> str:
    """The two spaces between postcode and town stay."""
    return "  ".join(plain(part, 90) for part in line.split("  ") if part.strip())


def sender_on_paper(organisation: Organisation, language: Language, logo: bytes = b"") -> Sender:
    words, name = LETTERS[language], plain(organisation.name, 70)
    town = f"{organisation.postcode} {organisation.city}".strip()
    mail = parseaddr(organisation.reply_to or organisation.email_from)[1]
    site = urlsplit(organisation.website).netloc or organisation.website
    card = [organisation.street, town, organisation.phone, mail, site]
    vat = organisation.vat_number
    foot = [
        name, words["kvk"].format(number=plain(organisation.kvk)) if organisation.kvk else "",
        words["vat_number"].format(number=plain(vat)) if vat else "",
        f"IBAN {grouped(organisation.iban)}" if organisation.iban else "",
    ]  # fmt: skip
    return Sender(
        name,
        ", ".join(filter(None, (name, plain(organisation.street), plain(town)))),
        tuple(plain(line, 60) for line in card if line),
        " · ".join(filter(None, foot)),
        (brand_palettes(organisation.brand_colour) or (KASSTROOM,))[0].text,
        logo,
    )


def _table(view: ReminderView, text: LetterText, issued: Mapping[str, date]) -> LetterTable:
    """Without the column of invoice dates when none of them is known."""
    number, issued_on, due_on, still_open = text.headings
    rows = [
        (
            plain(line.number, 40),
            long_date(issued[line.number], view.language) if line.number in issued else "–",
            long_date(line.due_on, view.language),
            money(line.open, view.language),
        )
        for line in view.lines
    ]
    if not any(line.number in issued for line in view.lines):
        three = tuple((first, due, amount) for first, _, due, amount in rows)
        return LetterTable((number, due_on, still_open), three)
    return LetterTable((number, issued_on, due_on, still_open), tuple(rows))


def _sums(view: ReminderView) -> tuple[LetterSum, ...]:
    """One amount stands out as the one to pay. Two that both look due make the announcement of
    costs void (RBROT:2020:5202 on art. 6:96 lid 6 BW), so what may come later is said apart."""
    words, demand = LETTERS[view.language], view.demand
    now = LetterSum(words["to_pay"], money(view.total, view.language), strong=True)
    if demand is None or view.step is not StepKind.FOURTEEN_DAY_LETTER:
        return (now,)
    label = words["costs"].format(principal=money(demand.principal, view.language))
    later = [(label, demand.costs), (words["vat"], demand.vat)]
    later = [(label, amount) for label, amount in later if amount]
    later.append((words["total_then"], view.total + demand.total_costs))
    return (
        now, LetterSum(words["if_late"], ""),
        *(LetterSum(label, money(amount, view.language)) for label, amount in later),
    )  # fmt: skip


def _payment(view: ReminderView) -> PaymentBlock:
    words, organisation = LETTERS[view.language], view.organisation
    iban = view.iban or organisation.iban
    rows = (
        (words["amount"], money(view.total, view.language)),
        (words["iban"], grouped(iban)),
        (words["account_name"], plain(organisation.name, 70)),
        (words["reference"], reference_text(view.reference)),
    )
    code = _code(view, iban)
    return PaymentBlock(
        words["pay_title"],
        tuple((label, value) for label, value in rows if value),
        code,
        words["code_hint"] if code else "",
        words["by_link"] if view.url else "",
        view.url.partition("://")[2] or view.url,
    )


def _code(view: ReminderView, iban: str) -> tuple[str, ...]:
    if view.total.currency != EUR or not iban:
        return ()
    try:
        return epc_qr_rows(view.organisation.name, iban, view.total, reference=view.reference)
    except Refused:
        return ()

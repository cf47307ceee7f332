"""Payment links: a page where a debtor pays one or many invoices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes, Reference
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import NotFound, Refused
from kasstroom.events.payments import PaymentLinkCreated, PaymentLinkReissued, PaymentLinkRevoked
from kasstroom.ids import derived_id, digest, newest_first
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.link_terms import Terms, asked, valid_until
from kasstroom.payments.model import LINK_REFERENCE, LinkKind, LinkState, ListedLink, PaymentLink
from kasstroom.payments.payable import DISPUTED, followed, is_ended, payable
from kasstroom.payments.references import rf_reference
from kasstroom.ports import Books

TOKEN_KIND = "link_token"
_NOBODY = Reference("", TOKEN_KIND, "", "-", "-#-")


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link with the token that opens it; the token is shown now and never again. `payable` is
    what can be paid on it now."""

    link: PaymentLink
    token: str
    payable: Money


def issue(
    org: str,
    debtor: str,
    token: str,
    invoices: tuple[str, ...],
    amount: Money,
    language: Language,
    now: datetime,
    created_for: str,
) -> tuple[PaymentLink, Changes]:
    """Pure: a new link over all that is open, its token's reference and the event."""
    hashed = digest(token)
    id = derived_id("lnk", org, hashed)
    link = PaymentLink(
        org, debtor, id, hashed, invoices, amount, language, LinkState.OPEN, now,
        valid_until(now), created_for, rf_reference(id[-12:]),
    )  # fmt: skip
    return link, _made(link)


def _made(link: PaymentLink) -> Changes:
    """Pure: what is written of a new link."""
    created = PaymentLinkCreated(
        org=link.org, debtor=link.debtor, subject=link.id, at=link.created_at,
        invoices=link.invoices, amount=link.amount, expires_at=link.expires_at,
    )  # fmt: skip
    names = (
        _opens(link),
        Reference(link.org, "link", link.id, link.debtor, link.id),
        Reference(link.org, LINK_REFERENCE, link.reference, link.debtor, link.id),
    )
    listed = ListedLink(link.org, place_of(link), link.debtor, link.id)
    return Changes(create=(link, listed, *names), events=(created,))


def _opens(link: PaymentLink) -> Reference:
    return Reference("", TOKEN_KIND, link.token_hash, link.debtor, f"{link.org}#{link.id}")


def place_of(link: PaymentLink) -> str:
    """Sorts the newest first."""
    return newest_first(link.created_at, link.id)


def reissue(link: PaymentLink, token: str, amount: Money) -> tuple[PaymentLink, Changes]:
    """The same link under a new token; the old token opens nothing any more."""
    asked_for = link.amount if link.kind is LinkKind.PART else amount
    after = replace(link, token_hash=digest(token), amount=asked_for)
    changes = Changes(create=(_opens(after),), update=(after,))
    return replace(after, version=link.version + 1), changes


def create(
    books: Books,
    org: str,
    debtor: str,
    numbers: tuple[str, ...],
    *,
    token: str,
    now: datetime,
    terms: Terms = Terms(),
) -> tuple[Changes, IssuedLink]:
    """A link over the named invoices, or over all that is open; Refused when there is nothing."""
    case = books.find(DunningCase, org, debtor)
    if case is None:
        raise NotFound("debtor_not_found", f"There is no debtor {debtor}.", "/body/debtor")
    wanted = asked(case.items, numbers, terms, now)
    language = books.get(Debtor, org, debtor).language
    plain, _ = issue(org, debtor, token, wanted.invoices, wanted.amount, language, now, "api")
    link = replace(
        plain, kind=wanted.kind, minimum_minor=wanted.minimum_minor, instalment=wanted.instalment,
        expires_at=valid_until(now, wanted.instalment),
    )  # fmt: skip
    return _made(link), IssuedLink(link, token, wanted.amount)


def bare(token: str) -> str:
    """Without spaces: on paper a token stands in groups."""
    return "".join(token.split())


def by_token(books: Books, token: str, now: datetime) -> PaymentLink:
    """NotFound, always the same and after as many reads, for an unknown, expired, revoked, archived
    or replaced token."""
    hashed = digest(bare(token))
    name = books.lookup("", TOKEN_KIND, hashed) or _NOBODY
    org, id = name.target.split("#")
    link = books.find(PaymentLink, org, name.debtor, id)
    if link and link.token_hash == hashed and usable(link, now):
        return link
    raise closed()


def closed() -> NotFound:
    """What every link says that opens nothing."""
    return NotFound("link_not_found", "This link is not valid any more.")


def usable(link: PaymentLink, now: datetime) -> bool:
    """Also while all of it is disputed: then its page asks nothing and says why."""
    opens = link.state is not LinkState.REVOKED or link.ended_for == DISPUTED
    return opens and link.archived_at is None and link.expires_at > now


def by_id(books: Books, org: str, id: str) -> PaymentLink:
    name = books.lookup(org, "link", id)
    if name is None:
        raise NotFound("link_not_found", f"There is no payment link {id}.")
    return books.get(PaymentLink, org, name.debtor, id)


def invoices_of(books: Books, link: PaymentLink) -> tuple[Invoice, ...]:
    found = (books.find(Invoice, link.org, link.debtor, number) for number in link.invoices)
    return tuple(invoice for invoice in found if invoice)


def renew(
    books: Books, org: str, id: str, *, token: str, now: datetime
) -> tuple[Changes, IssuedLink]:
    """A new token for what can still be paid, valid as long as a new link; also when it expired.
    Refused when the link was ended or nothing is left to pay."""
    link = by_id(books, org, id)
    if is_ended(link):
        raise Refused("link_ended", "This link was ended; make a new one over the same invoices.")
    invoices = invoices_of(books, link)
    left = payable(link, invoices)
    if not left:
        raise Refused("nothing_open", "There is nothing left to pay on this link.")
    longer = replace(followed(link, invoices), expires_at=valid_until(now, link.instalment))
    after, changes = reissue(longer, token, left)
    event = PaymentLinkReissued(
        org=org, debtor=link.debtor, subject=id, at=now, expires_at=after.expires_at
    )
    return changes + Changes(events=(event,)), IssuedLink(after, token, left)


def revoke(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, PaymentLink]:
    """The link opens nothing any more; revoking twice changes nothing."""
    link = by_id(books, org, id)
    if link.state is LinkState.PAID or is_ended(link):
        return Changes(), link
    return _ended(link, "revoked_by_creditor", now)


def archive(books: Books, org: str, id: str, now: datetime) -> tuple[Changes, PaymentLink]:
    """Out of the lists; an open link ends with it. Kept in the books: money that comes in on an
    attempt of it still finds its invoices."""
    link = by_id(books, org, id)
    if link.archived_at:
        return Changes(), link
    put_away = replace(link, archived_at=now)
    if link.state is LinkState.OPEN:
        return _ended(put_away, "archived", now)
    return Changes(update=(put_away,)), put_away


def _ended(link: PaymentLink, why: str, now: datetime) -> tuple[Changes, PaymentLink]:
    after = replace(link, state=LinkState.REVOKED, ended_for=why)
    event = PaymentLinkRevoked(
        org=link.org, debtor=link.debtor, subject=link.id, at=now, reason=why
    )
    return Changes(update=(after,), events=(event,)), after

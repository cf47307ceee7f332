"""The pages on which a debtor answers: a question with one button, and what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kasstroom.compliance.debt_help import DebtHelp
from kasstroom.money import Money
from kasstroom.organisations.model import Language, Organisation
from kasstroom.payments.links import closed
from kasstroom.payments.model import LinkKind
from kasstroom.resolution.model import DisputeReason
from kasstroom.resolution.replies import PAUSE_DAYS
from kasstroom.resolution.reply_model import ReplyKind
from kasstroom.text import without_unseen
from kasstroom_pages.formats import money
from kasstroom_pages.payer import frame
from kasstroom_pages.reply_typed import LONGEST_TEXT
from kasstroom_pages.shown import Shown
from kasstroom_pages.templates import fill, say
from kasstroom_pages.views import PayLine, ReplyLinks


@dataclass(frozen=True, slots=True)
class About:
    """What every one of these pages shows: no more of a debtor than the payment page does.
    `page` is the payment page's path; `part_online`: any amount can be paid there."""

    organisation: Organisation
    language: Language
    kind: ReplyKind
    page: str
    reference: str
    domain: str
    part_online: bool = False
    help: DebtHelp | None = None

    @property
    def action(self) -> str:
        return path_of(self.page, self.kind)


@dataclass(frozen=True, slots=True)
class FormView:
    """`lines` are what can be answered about; `faults`: the word for what is wrong, by field."""

    about: About
    lines: tuple[PayLine, ...]
    today: date
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True, slots=True)
class ToldView:
    """`held` is what nobody asks for until it was looked at, `still` what there is to pay; `more`:
    something of the link can still be answered about. `over`: nothing came of it in time, or it
    cannot be said here once more."""

    about: About
    said_on: date | None = None
    until: date | None = None
    over: bool = False
    invoices: tuple[str, ...] = ()
    held: Money | None = None
    still: Money | None = None
    more: bool = False


_TOLD = {
    ReplyKind.PAID: (
        ("reply_paid_done", "reply_paid_done_text"),
        ("reply_paid_over", "reply_paid_over_text"),
    ),
    ReplyKind.CANNOT_PAY: (
        ("reply_cannot_pay_done", "reply_cannot_pay_done_text"),
        ("reply_cannot_pay_done", "reply_cannot_pay_over_text"),
    ),
    ReplyKind.DISAGREE: (
        ("reply_disagree_done", "reply_disagree_done_text"),
        ("reply_disagree_call", "reply_disagree_call_text"),
    ),
}
"""Title and text, in time and when it is over."""


def path_of(page: str, kind: ReplyKind) -> str:
    links = ReplyLinks.of(page)
    return {
        ReplyKind.PAID: links.paid,
        ReplyKind.CANNOT_PAY: links.cannot_pay,
        ReplyKind.DISAGREE: links.disagree,
    }[kind]


def kind_at(name: str) -> ReplyKind:
    """The page behind the last part of an address; another one is not there, as any closed link."""
    known = {path_of("", kind): kind for kind in ReplyKind}.get(f"/{name}")
    if known is None:
        raise closed()
    return known


def about(shown: Shown, kind: ReplyKind, help: DebtHelp | None = None) -> About:
    return About(
        shown.organisation, shown.link.language, kind, f"/p/{shown.token}", shown.link.reference,
        shown.public_url, shown.link.kind is LinkKind.FREE, help,
    )  # fmt: skip


def form_page(view: FormView) -> str:
    """What it is about, at most three questions, one button."""
    t, kind = say(view.about.language), view.about.kind
    most = max((line.open for line in view.lines), key=lambda amount: amount.minor)
    shown_most = money(most, view.about.language)
    return fill(
        "reply.html",
        view.about.language,
        view=view,
        about=view.about,
        kind=kind.value,
        ticked=_ticked(view),
        typed_text=without_unseen(view.typed.get("text", "")),
        reasons=[(reason.value, t(f"reason_{reason}")) for reason in DisputeReason],
        days=PAUSE_DAYS,
        longest=LONGEST_TEXT,
        fault=lambda name: t(
            view.faults[name], most=LONGEST_TEXT if name == "text" else shown_most
        ),
        **_around(view.about),
    )


def told_page(view: ToldView) -> str:
    """It was heard: what happens next, and what there still is to pay."""
    title, text = _TOLD[view.about.kind][view.over]
    return fill(
        "reply_told.html",
        view.about.language,
        view=view,
        about=view.about,
        kind=view.about.kind.value,
        title=title,
        text=text,
        sign_of="pending" if view.over else "part_paid",
        **_around(view.about),
    )


def disputed_page(shown: Shown) -> str:
    """The payment page of a link of which nothing is asked until somebody has looked."""
    numbers = tuple(i.number for i in shown.invoices if i.disputed)
    about_it = about(shown, ReplyKind.DISAGREE)
    return told_page(ToldView(about_it, invoices=numbers, held=shown.held))


def _ticked(view: FormView) -> frozenset[str]:
    """All of what was said to be paid, until somebody chooses; of what is wrong none."""
    typed = {value for name, value in view.typed.items() if name.startswith("invoice_")}
    is_fresh = not view.typed and view.about.kind is ReplyKind.PAID
    return frozenset(line.number for line in view.lines if is_fresh or line.number in typed)


def _around(about: About) -> dict[str, object]:
    around = frame(about.organisation, about.domain, about.reference, about.language)
    return around | {"help": around["help"][-1:]}

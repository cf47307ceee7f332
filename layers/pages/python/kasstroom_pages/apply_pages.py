"""The pages of an application: the form, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kasstroom.applications.model import ApplicationState
from kasstroom.applications.validation import Fault
from kasstroom.applications.views import BuyerView
from kasstroom.organisations.model import Language, Organisation
from kasstroom_pages.apply_fields import fault_text, sections
from kasstroom_pages.colours import brand_stylesheet
from kasstroom_pages.contact import help_links, phone_link
from kasstroom_pages.formats import initials, plain
from kasstroom_pages.payer import host_of
from kasstroom_pages.templates import fill

_SIGNS = {
    ApplicationState.SUBMITTED: "pending",
    ApplicationState.APPROVED: "paid",
    ApplicationState.WITHDRAWN: "pending",
}
_NAMES = {Language.NL: "Nederlands", Language.EN: "English"}


@dataclass(frozen=True, slots=True)
class FormView:
    """`typed` is shown as it was typed; `action` is the page's own address."""

    organisation: Organisation
    application: BuyerView
    typed: Mapping[str, str]
    faults: tuple[Fault, ...]
    nonce: str
    action: str
    domain: str
    notice: str = ""
    privacy_url: str = ""


@dataclass(frozen=True, slots=True)
class StateView:
    organisation: Organisation
    application: BuyerView
    nonce: str
    action: str
    domain: str


def form_page(view: FormView) -> str:
    """One question: who asks for how much credit. The faults stand on top, each with a link."""
    kind, language = view.application.kind, view.application.language
    faults = {fault.field: fault_text(fault, kind, language) for fault in view.faults}
    return fill(
        "apply.html",
        language,
        view=view,
        sections=sections(kind, language, view.typed, faults),
        faults=faults,
        agreed=view.typed.get("consent") == "yes",
        **_frame(view),
    )


def state_page(view: StateView) -> str:
    """Sent, approved, rejected, withdrawn or expired: what it means and what happens next."""
    state = view.application.state
    return fill(
        "apply_state.html",
        view.application.language,
        view=view,
        state=state.value,
        sign_of=_SIGNS.get(state, "failed"),
        **_frame(view),
    )


def _frame(view: FormView | StateView) -> dict[str, object]:
    """What stands around the content, as on the payer's pages."""
    organisation, application = view.organisation, view.application
    language = application.language
    return {
        "creditor": plain(organisation.name, 70),
        "initials": initials(organisation.name),
        "organisation": organisation,
        "brand": brand_stylesheet(organisation.brand_colour),
        "domain": host_of(view.domain),
        "help": help_links(organisation, application.reference, language)[-1:],
        "phone": phone_link(organisation.phone),
        "address": f"{view.action}?lang={language.value}",
        "languages": [
            (other.value, name, f"{view.action}?lang={other.value}")
            for other, name in _NAMES.items()
            if other is not language
        ],
    }

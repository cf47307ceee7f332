"""What a letter needs of a payment link: an address to type, and the details of a transfer."""

from __future__ import annotations

from kasstroom.organisations.model import Organisation
from kasstroom.payments.links import IssuedLink
from kasstroom.payments.views import Paper
from kasstroom_pages.formats import grouped, plain
from kasstroom_pages.payer import epc_code, host_of


def paper(organisation: Organisation, issued: IssuedLink, public_url: str) -> Paper:
    reference, amount = issued.link.reference, issued.payable
    return Paper(
        f"{host_of(public_url)}/p/{issued.token}", grouped(issued.token), organisation.iban,
        plain(organisation.name, 70), reference, amount,
        epc_code(organisation, amount, reference) or None,
    )  # fmt: skip

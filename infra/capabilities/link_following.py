"""Payment links go with what happens to their invoices: from the news, within seconds."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.events.invoices import (
    InvoiceCharged,
    InvoiceCredited,
    InvoicePaid,
    InvoicePartiallyPaid,
    InvoiceReopened,
    InvoiceWrittenOff,
)
from kasstroom.events.payments import PaymentLinkRevoked, PaymentReallocated
from kasstroom.events.resolution import DisputeOpened, DisputeResolved
from kasstroom.settings import ProviderSettings, TableSettings

NEWS = (
    InvoicePaid, InvoicePartiallyPaid, InvoiceCredited, InvoiceReopened, InvoiceWrittenOff,
    InvoiceCharged, PaymentReallocated, PaymentLinkRevoked, DisputeOpened, DisputeResolved,
)  # fmt: skip
"""All that changes what a link asks."""
FOLLOW_SECONDS = 60


class LinkFollowing(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, bus: events.IEventBus,
        knows_provider: ProviderSettings,
    ) -> None:  # fmt: skip
        super().__init__(scope, id_)
        queue = WorkQueue(
            self,
            "news",
            on=on,
            worker_timeout_seconds=FOLLOW_SECONDS,
            what_to_do="The links of a debtor do not follow their invoices, or an open payment"
            " could not be called off: see the function's log, then redrive. The pages are right"
            " all the same, and what is paid twice is booked as an overpayment.",
        )
        queue.follows(bus, [news.TYPE for news in NEWS])
        follow = Function(
            self,
            "payments/follow_links",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name), knows_provider],
            layers=["psp"],
            timeout_seconds=FOLLOW_SECONDS,
        )
        grants.books(follow, on.table)
        grants.secret(follow, knows_provider.provider_secret, on.table.encryption_key)
        queue.feeds(follow)

"""Paying and being paid: links, the payer's page, the provider's webhooks, the booking."""

from __future__ import annotations

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from constructs import Construct

from infra.capabilities.link_following import LinkFollowing
from infra.parts import grants, schedule
from infra.parts.alarms import FIVE_MINUTES
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.settings import (
    METRICS_NAMESPACE,
    PaymentQueueSettings,
    ProviderSettings,
    PublicSettings,
    TableSettings,
)

RECORD_SECONDS = 60
MANY_MISSES = 200
"""In five minutes. Links that expired or were replaced are opened as well, by debtors."""


class Payments(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        bus: events.IEventBus,
        public_url: str,
        provider_secret: str,
    ) -> None:
        super().__init__(scope, id_)
        self._on, self._api, self._secret = on, api, provider_secret
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._knows_public = PublicSettings(public_url=public_url)
        self._knows_provider = ProviderSettings(
            provider_secret=provider_secret,
            mollie_url=on.environment.mollie_url,
            stripe_url=on.environment.stripe_url,
            checkout_hosts=",".join(on.environment.checkout_hosts),
        )
        queue = WorkQueue(
            self,
            "provider-news",
            on=on,
            worker_timeout_seconds=RECORD_SECONDS,
            what_to_do="News of a payment could not be booked: compare the attempt with the"
            " provider's own page, put right what the log names, and redrive; nothing books twice.",
        )
        self._links()
        LinkFollowing(self, "following", on=on, bus=bus, knows_provider=self._knows_provider)
        self._money()
        self._reconciliation()
        self._refunds()
        self._comparing(queue)
        self._pay_page(queue)
        self._webhook(queue)
        self._signed_webhooks(queue)
        self._booking(queue)
        self._sweep(queue)

    def _links(self) -> None:
        links = Function(
            self,
            "payments/api",
            on=self._on,
            settings=[self._knows_table, self._knows_public],
            layers=["pages"],
        )
        grants.books(links, self._on.table)
        self._api.serves(links, "/v1/payment-links", "/v1/payment-links/{proxy+}")

    def _money(self) -> None:
        """What came in, for people and machines; it asks nothing of a provider."""
        money = Function(self, "payments/money_api", on=self._on, settings=[self._knows_table])
        grants.books(money, self._on.table)
        for resource in ("payments", "unmatched-payments", "refunds"):
            self._api.serves(money, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")

    def _reconciliation(self) -> None:
        report = Function(
            self, "payments/reconciliation_api", on=self._on, settings=[self._knows_table]
        )
        grants.books(report, self._on.table)
        for resource in ("reconciliation", "payment-differences"):
            self._api.serves(report, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")

    def _refunds(self) -> None:
        refunds = Function(
            self,
            "payments/send_refunds",
            on=self._on,
            settings=[self._knows_table, self._knows_provider],
            layers=["psp"],
            timeout_seconds=120,
        )
        grants.books(refunds, self._on.table)
        grants.due_work(refunds, self._on.table)
        grants.secret(refunds, self._secret, self._on.table.encryption_key)
        when = schedule.every_few_minutes(self._on.environment)
        schedule.run(self, "refunding", refunds, when)

    def _comparing(self, queue: WorkQueue) -> None:
        """The providers' own lists against the ledger, every morning."""
        compare = Function(
            self,
            "payments/compare_providers",
            on=self._on,
            settings=[
                self._knows_table,
                self._knows_provider,
                PaymentQueueSettings(payment_queue_url=queue.url),
            ],
            layers=["psp"],
            timeout_seconds=600,
        )
        grants.books(compare, self._on.table)
        grants.secret(compare, self._secret, self._on.table.encryption_key)
        queue.accepts_from(compare)
        self._on.watch.alarm(
            compare,
            "unavailable-alarm",
            cloudwatch.Metric(
                namespace=METRICS_NAMESPACE,
                metric_name="ProvidersUnavailable",
                dimensions_map={"service": compare.name},
                statistic="max",
                period=FIVE_MINUTES,
            ),
            "A provider was not compared with the ledger, or not wholly: its log names it. Set the"
            " key or token it does not accept; the next night looks back over what was missed.",
        )
        schedule.run(self, "comparing", compare, schedule.each_night(self._on.environment))

    def _pay_page(self, queue: WorkQueue) -> None:
        page = Function(
            self,
            "payments/pay_page",
            on=self._on,
            settings=[
                self._knows_table,
                self._knows_public,
                self._knows_provider,
                PaymentQueueSettings(payment_queue_url=queue.url),
            ],
            layers=["psp", "pages"],
            memory_mb=1024,
        )
        # A previous payment that turns out to be paid is handed to the worker.
        queue.accepts_from(page)
        self._on.watch.alarm(
            page,
            "misses-alarm",
            cloudwatch.Metric(
                namespace=METRICS_NAMESPACE,
                metric_name="PayPageMiss",
                dimensions_map={"service": page.name},
                statistic="sum",
                period=FIVE_MINUTES,
            ),
            "Somebody tries payment links that do not exist: compare with the API's access log;"
            " one source is braked by itself, many at once belong behind a web ACL.",
            threshold=MANY_MISSES,
        )
        grants.books(page, self._on.table)
        grants.secret(page, self._secret, self._on.table.encryption_key)
        self._api.opens(
            page,
            "GET /p/{token}",
            "HEAD /p/{token}",
            "GET /p/{token}/pay",
            "HEAD /p/{token}/pay",
            "POST /p/{token}/pay",
            "GET /p/{token}/return",
            "HEAD /p/{token}/return",
            "GET /assets/{file}",
        )

    def _webhook(self, queue: WorkQueue) -> None:
        """Knows the secret that signs its own address, and no books: verify, enqueue, answer."""
        webhook = Function(
            self,
            "payments/mollie_webhook",
            on=self._on,
            settings=[PaymentQueueSettings(payment_queue_url=queue.url), self._knows_provider],
            timeout_seconds=10,
        )
        grants.secret(webhook, self._secret, self._on.table.encryption_key)
        queue.accepts_from(webhook)
        self._api.opens(webhook, "POST /webhooks/mollie/{org}/{attempt}/{signature}")

    def _signed_webhooks(self, queue: WorkQueue) -> None:
        """Providers that sign what they send. Of the layer they take what needs no SDK."""
        for name, provider in (("stripe_webhook", "stripe"), ("mollie_events", "mollie")):
            webhook = Function(
                self,
                f"payments/{name}",
                on=self._on,
                settings=[PaymentQueueSettings(payment_queue_url=queue.url), self._knows_provider],
                layers=["psp"],
                timeout_seconds=10,
            )
            grants.secret(webhook, self._secret, self._on.table.encryption_key)
            queue.accepts_from(webhook)
            self._api.opens(webhook, f"POST /webhooks/{provider}/{{org}}")

    def _booking(self, queue: WorkQueue) -> None:
        record = Function(
            self,
            "payments/record_payment",
            on=self._on,
            settings=[self._knows_table, self._knows_provider],
            layers=["psp"],
            timeout_seconds=RECORD_SECONDS,
        )
        grants.books(record, self._on.table)
        grants.secret(record, self._secret, self._on.table.encryption_key)
        queue.feeds(record, batch_size=5)

    def _sweep(self, queue: WorkQueue) -> None:
        """A webhook can be lost: open attempts are asked after again."""
        sweep = Function(
            self,
            "payments/sweep_attempts",
            on=self._on,
            settings=[self._knows_table, PaymentQueueSettings(payment_queue_url=queue.url)],
            timeout_seconds=120,
        )
        grants.books(sweep, self._on.table)
        grants.due_work(sweep, self._on.table)
        queue.accepts_from(sweep)
        when = schedule.every_few_minutes(self._on.environment)
        schedule.run(self, "sweeping", sweep, when)

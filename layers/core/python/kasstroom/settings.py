"""One class per thing a function is told at deploy time: CDK writes it, code reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Self

METRICS_NAMESPACE = "kasstroom"
UPLOAD_PREFIX = "imports/"
COLLECTION_PREFIX = "collections/"
"""`collections/{org}/{message id}.xml` is a direct debit file, in the bucket of the uploads."""
LETTER_PREFIX = "letters/"
"""`letters/{org}/{day}/{message id}.pdf` is a letter to print, `.../{day}/batch/` what the printer
is told of that day."""
DOCUMENT_PREFIX = "documents/"
"""`documents/{org}/{invoice}.pdf` (or `.xml`) is the invoice itself, in the bucket of the letters,
whose files are kept as long."""
REPORT_PREFIX = "reports/"
"""`reports/{org}/{run}/{file}` is a report asked for as a file, in the bucket of the lake."""
REPORT_DAYS = 90
"""How long it lies there: a file with names and amounts is kept no longer than it is useful, and it
can be made again."""
UPLOAD_FOLDER = "in"
"""`imports/{org}/{id}/in/{file}` starts an import; its rows go to `.../{id}/rows.json`."""


class Settings:
    """A frozen dataclass whose fields are environment variables, by upper-cased name."""

    def to_env(self) -> dict[str, str]:
        return {f.name.upper(): getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_env(cls) -> Self:
        """Raises KeyError with the variable's name when the deployment forgot one."""
        return cls(**{f.name: os.environ[f.name.upper()] for f in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True)
class TableSettings(Settings):
    table_name: str


@dataclass(frozen=True)
class ClockSettings(Settings):
    """`clock` is `system`; only the local environment names a file with an offset in seconds."""

    clock: str


@dataclass(frozen=True)
class ModeSettings(Settings):
    """`mode` is `test` or `live`: API keys and provider payments of the other mode are refused."""

    mode: str


@dataclass(frozen=True)
class StaffSettings(Settings):
    """Where people with an account sign in: `staff_sign_in_url` serves the pages and the tokens
    (no slash at the end), `staff_issuer` is the pool's name in them, `staff_keys_url` where the
    keys are that sign them, `staff_client_id` us."""

    staff_sign_in_url: str
    staff_issuer: str
    staff_keys_url: str
    staff_client_id: str


@dataclass(frozen=True)
class PublicSettings(Settings):
    """`public_url`: where debtors and providers reach us, without a slash at the end."""

    public_url: str


@dataclass(frozen=True)
class UploadSettings(Settings):
    upload_bucket: str


@dataclass(frozen=True)
class ReminderQueueSettings(Settings):
    reminder_queue_url: str


@dataclass(frozen=True)
class PaymentQueueSettings(Settings):
    payment_queue_url: str


@dataclass(frozen=True)
class ProviderSettings(Settings):
    """`provider_secret` names a secret that holds `webhook_key` and
    `{"organisations": {org: {"mollie": {"api_key": ...}, "stripe": {...}, "order": [...]}}}`;
    `checkout_hosts` (comma separated) are the only hosts a payer is ever redirected to."""

    provider_secret: str
    mollie_url: str
    checkout_hosts: str
    stripe_url: str


NOT_USED = "none"
"""In the place of an address: this service is not used here."""


@dataclass(frozen=True)
class RegisterSettings(Settings):
    """Where registers and bureaus answer, or `NOT_USED`; the keys to them stand in
    `provider_secret` under the organisation: `kvk`, `vies`, `creditsafe`, `insolvency`,
    `sanctions`."""

    provider_secret: str
    kvk_url: str
    vies_url: str
    creditsafe_url: str
    insolvency_url: str
    sanctions_url: str


@dataclass(frozen=True)
class LineQueueSettings(Settings):
    """Where bank lines wait to be matched."""

    line_queue_url: str


@dataclass(frozen=True)
class ScreeningFunctionSettings(Settings):
    """The function that asks registers for the checkout."""

    screening_function: str


@dataclass(frozen=True)
class ScreeningQueueSettings(Settings):
    screening_queue_url: str


@dataclass(frozen=True)
class InsurerSettings(Settings):
    """`insurer_url` is where Allianz Trade answers; each organisation's key stands in
    `provider_secret` under `allianz_trade`."""

    provider_secret: str
    insurer_url: str


@dataclass(frozen=True)
class WebhookSettings(Settings):
    """`webhook_secret` names a secret that holds `signing_key`; `webhook_reach` is `public`, or
    `this_machine` in the local environment (`kasstroom.webhooks.targets.Reach`)."""

    webhook_secret: str
    webhook_reach: str


@dataclass(frozen=True)
class DeliveryQueueSettings(Settings):
    """Where deliveries of outgoing webhooks wait for their try."""

    delivery_queue_url: str


@dataclass(frozen=True)
class SegmentQueueSettings(Settings):
    """Where debtors wait to be looked at for their segments."""

    segment_queue_url: str


@dataclass(frozen=True)
class FitQueueSettings(Settings):
    """Where debtors wait to be put on the strategies in force."""

    fit_queue_url: str


@dataclass(frozen=True)
class EmailSettings(Settings):
    email_configuration_set: str


@dataclass(frozen=True)
class SmsSettings(Settings):
    sms_configuration_set: str


@dataclass(frozen=True)
class LetterSettings(Settings):
    """Where letters to print lie."""

    letter_bucket: str


@dataclass(frozen=True)
class DocumentSettings(Settings):
    """Where the documents of invoices lie."""

    document_bucket: str


@dataclass(frozen=True)
class BusSettings(Settings):
    bus_name: str


@dataclass(frozen=True)
class LakeSettings(Settings):
    lake_bucket: str
    glue_database: str
    athena_workgroup: str


@dataclass(frozen=True)
class ExportQueueSettings(Settings):
    """Where segments of the nightly export wait to be written."""

    export_queue_url: str


@dataclass(frozen=True)
class ReportFileSettings(Settings):
    """Where the files of report runs lie."""

    report_bucket: str


@dataclass(frozen=True)
class ReportQueueSettings(Settings):
    """Where report runs wait to be made."""

    report_queue_url: str


@dataclass(frozen=True)
class FigureSettings(Settings):
    """The table in which figures are kept up to date."""

    figure_table: str


@dataclass(frozen=True)
class ChartSettings(Settings):
    """Where the charts library of the dashboard lies; the key begins with its content's hash."""

    chart_bucket: str
    chart_key: str


@dataclass(frozen=True)
class SandboxSettings(Settings):
    """Local environment only: the outside world we play against."""

    sandbox_table: str
    sandbox_url: str
    webhook_queue_url: str
    receipt_topic_arn: str
    embedded_aws_url: str

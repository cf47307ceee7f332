"""What differs between this machine, the trial account and the account where real money moves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kasstroom.settings import NOT_USED

ROOT = Path(__file__).parents[1]
REGION = "eu-west-1"


@dataclass(frozen=True)
class Target:
    """The interpreter a layer is built for; `platform` is one of uv's names, empty for this one."""

    platform: str
    python: str


LAMBDA_ARM = Target(platform="aarch64-manylinux_2_28", python="3.13")
THIS_MACHINE = Target(platform="", python=f"{sys.version_info.major}.{sys.version_info.minor}")


@dataclass(frozen=True)
class Sandbox:
    """The outside world we play against: it exists in the local environment only."""

    url: str
    embedded_aws_url: str


@dataclass(frozen=True)
class Registers:
    """Where registers and bureaus answer, or `NOT_USED`."""

    kvk_url: str
    vies_url: str
    creditsafe_url: str
    insolvency_url: str
    sanctions_url: str


@dataclass(frozen=True, kw_only=True)
class Environment:
    """Every field without a default is a decision each environment takes for itself."""

    name: str
    mode: str
    account: str | None
    region: str = REGION
    public_url: str
    """Where debtors and providers reach us; empty: the address AWS gives the API."""
    mollie_url: str
    stripe_url: str
    registers: Registers
    insurer_url: str
    """The credit insurer's API (Allianz Trade)."""
    webhook_reach: str
    """Where outgoing webhooks may go: public hosts, or this machine only."""
    checkout_hosts: tuple[str, ...]
    """Where a payer may be sent: a host (https), or an origin with its scheme."""
    email_domains: tuple[str, ...]
    """Ours by DNS record. The defaults end in `.example`, which nobody can own: SES refuses them
    until `-c email_domains=...` names the owner's."""
    alarm_email: str
    clock: str
    tls_only: bool
    """Refuse plain http. The embedded AWS speaks plain http and enforces policies."""
    names_senders: bool
    """Sending e-mail is authorised by the sender's domain; the embedded AWS cannot tell them apart
    in a permission (an unknown sender is refused there too)."""
    customer_managed_key: bool
    protect_data: bool
    """Keep tables, buckets and keys when a stack goes, and refuse to delete the table."""
    second_factor: bool
    """Whether people with an account have to sign in with an authenticator app too."""
    snap_start: bool
    tracing: bool
    architecture: str
    target: Target
    layers_dir: Path
    frequent_minutes: int
    """How often due work (reminders, expiring reservations, open attempts) is looked for."""
    export_cron: str = "15 2 * * ? *"
    print_cron: str = "30 18 * * ? *"
    """When the letters of the day go to the printer: after office hours, before its own."""
    timezone: str = "Europe/Amsterdam"
    log_retention_days: int
    authorizer_ttl_seconds: int
    requests_per_second: int
    request_burst: int
    sms_service: bool
    """Whether AWS End User Messaging can be set up by the stack; if not, only its name is used."""
    quicksight_reader: str = ""
    """ARN of the QuickSight group or user that may see the data sets; empty: no dashboards, because
    data sets nobody may see help nobody, and an account without QuickSight refuses them."""
    quicksight_author: str = ""
    """ARN of the QuickSight group or user that may change the analysis behind the dashboard; empty:
    an administrator of QuickSight shares it when somebody asks."""
    sandbox: Sandbox | None = None
    function_env: Mapping[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        return f"kasstroom-{self.name}"


Context = Callable[[str], str | None]


def environment(name: str, context: Context) -> Environment:
    """The named environment; `context` answers `-c key=value` of the command line."""
    if name not in ENVIRONMENTS:
        raise SystemExit(f"environment={name}: choose one of {', '.join(ENVIRONMENTS)}")
    return ENVIRONMENTS[name](context)


def local(context: Context) -> Environment:
    """This machine: the embedded AWS, the sandbox world, a clock that can be turned forward."""
    folder = ROOT / ".local"
    sandbox_url = context("sandbox_url") or "http://127.0.0.1:8401"
    aws_url = context("embedded_aws_url") or "http://127.0.0.1:4566"
    return Environment(
        name="local",
        mode="test",
        account="000000000000",
        public_url=context("public_url") or "http://127.0.0.1:8400",
        mollie_url=f"{sandbox_url}/mollie",
        stripe_url=f"{sandbox_url}/stripe",
        insurer_url=f"{sandbox_url}/insurer",
        registers=_pretended(f"{sandbox_url}/registers"),
        webhook_reach="this_machine",
        checkout_hosts=(sandbox_url,),
        email_domains=_domains(context) or ("kasstroom.example",),
        alarm_email="",
        clock=f"file:{context('clock_file') or folder / 'clock'}",
        tls_only=False,
        names_senders=False,
        customer_managed_key=False,
        protect_data=False,
        second_factor=False,
        snap_start=False,
        tracing=False,
        architecture="arm64",
        target=THIS_MACHINE,
        layers_dir=Path(context("layers_dir") or folder / "layers"),
        frequent_minutes=1,
        log_retention_days=1,
        authorizer_ttl_seconds=0,
        requests_per_second=1000,
        request_burst=2000,
        sms_service=False,
        sandbox=Sandbox(url=sandbox_url, embedded_aws_url=aws_url),
        function_env={
            "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": f"{sandbox_url}/sms",
            "AWS_ENDPOINT_URL_SOCIALMESSAGING": f"{sandbox_url}/whatsapp",
        },
    )


def sandbox(context: Context) -> Environment:
    """A trial account on AWS: the real services, test keys of the provider, no real money."""
    return Environment(
        name="sandbox",
        mode="test",
        account=context("account"),
        public_url=context("public_url") or "",
        mollie_url="https://api.mollie.com",
        stripe_url="https://api.stripe.com",
        insurer_url="https://api.allianz-trade.com",
        registers=_registers(context, "https://api.kvk.nl/test", "connect.sandbox.creditsafe.com"),
        webhook_reach="public",
        checkout_hosts=("www.mollie.com", "checkout.stripe.com"),
        email_domains=_domains(context) or ("sandbox.kasstroom.example",),
        alarm_email=context("alarm_email") or "",
        clock="system",
        tls_only=True,
        names_senders=True,
        customer_managed_key=False,
        protect_data=False,
        second_factor=False,
        snap_start=True,
        tracing=True,
        architecture="arm64",
        target=LAMBDA_ARM,
        layers_dir=Path(context("layers_dir") or ROOT / ".local" / "layers"),
        frequent_minutes=5,
        log_retention_days=30,
        authorizer_ttl_seconds=60,
        requests_per_second=50,
        request_burst=100,
        sms_service=True,
        quicksight_reader=context("quicksight_reader") or "",
        quicksight_author=context("quicksight_author") or "",
    )


def production(context: Context) -> Environment:
    """As the sandbox, but with live keys, an encryption key of its own, room for more traffic, and
    data that outlives a mistake with the stack."""
    return replace(
        sandbox(context),
        name="production",
        mode="live",
        registers=_registers(context, "https://api.kvk.nl", "connect.creditsafe.com"),
        email_domains=_domains(context) or ("kasstroom.example",),
        customer_managed_key=True,
        protect_data=True,
        second_factor=True,
        log_retention_days=180,
        requests_per_second=200,
        request_burst=400,
    )


def _registers(context: Context, kvk_url: str, creditsafe_host: str) -> Registers:
    """The insolvency register is a subscription with a gateway of the owner's choice; sanctions
    can be searched on a yente of one's own: `-c insolvency_url=...`, `-c sanctions_url=...`."""
    return Registers(
        kvk_url=kvk_url,
        vies_url="https://ec.europa.eu/taxation_customs/vies/rest-api",
        creditsafe_url=f"https://{creditsafe_host}/v1",
        insolvency_url=context("insolvency_url") or NOT_USED,
        sanctions_url=context("sanctions_url") or "https://api.opensanctions.org",
    )


def _pretended(base: str) -> Registers:
    return Registers(
        kvk_url=f"{base}/kvk",
        vies_url=f"{base}/vies",
        creditsafe_url=f"{base}/creditsafe/v1",
        insolvency_url=f"{base}/cir",
        sanctions_url=f"{base}/sanctions",
    )


def _domains(context: Context) -> tuple[str, ...]:
    """The domains our e-mail is sent from: `-c email_domains=a.nl,b.nl`."""
    return tuple(filter(None, (context("email_domains") or "").split(",")))


ENVIRONMENTS: dict[str, Callable[[Context], Environment]] = {
    "local": local,
    "sandbox": sandbox,
    "production": production,
}

"""Everything the telephone answers on the sandbox API."""

from __future__ import annotations

from pathlib import Path

from kasstroom.settings import ClockSettings, SandboxSettings
from kasstroom_aws.clock import clock_from
from kasstroom_sandbox.pages import stylesheet
from kasstroom_sandbox.phone import desk
from kasstroom_sandbox.phone.inbox import Inbox
from kasstroom_sandbox.phone.mail import Outbox
from kasstroom_sandbox.phone.reading import Reading, read_all
from kasstroom_sandbox.phone.receipts import Receipts
from kasstroom_sandbox.phone.reports import Reports
from kasstroom_sandbox.phone.sms import SmsService
from kasstroom_sandbox.phone.templates import Templates
from kasstroom_sandbox.phone.whatsapp import WhatsAppService
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.web import Site


def phone_site(settings: SandboxSettings, clock_settings: ClockSettings) -> Site:
    store, receipts = Store(settings.sandbox_table), Receipts(settings.receipt_topic_arn)
    clock = clock_from(clock_settings)
    inbox, reports = Inbox(store, clock), Reports(receipts, clock)
    sms = SmsService(inbox, receipts)
    whatsapp = WhatsAppService(inbox, receipts, Templates(store))
    outbox, url = Outbox(settings.embedded_aws_url), settings.sandbox_url.rstrip("/")

    def reading() -> Reading:
        return read_all(inbox, outbox, _turned_at(clock_settings))

    site = Site()
    site.route("POST", "/sms", sms.call)
    site.route("POST", "/whatsapp/v1/whatsapp/send", whatsapp.send)
    site.route("POST", "/whatsapp/v1/whatsapp/template/put", whatsapp.register)
    site.route("POST", "/messages/reports", reports.of_mail)
    site.route("POST", "/messages/replies", reports.of_reply)
    site.route("GET", "/messages", lambda request: desk.show(request, reading(), url))
    site.route("GET", "/messages/sandbox.css", stylesheet)
    site.route("GET", "/messages/email/{id}", lambda request, id: desk.show_email(reading(), id))
    return site


def _turned_at(settings: ClockSettings) -> float:
    """When the clock's file was last written, in machine time; 0 without a file."""
    kind, _, path = settings.clock.partition(":")
    if kind != "file":
        return 0.0
    try:
        return Path(path).stat().st_mtime
    except FileNotFoundError:
        return 0.0

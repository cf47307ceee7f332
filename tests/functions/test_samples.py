"""Every function, through its real handler, with what AWS or a provider really sends it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kasstroom.imports.model import Import, ImportState
from tests.functions.conftest import CONTEXT, NOW, ORG, load

ROOT = Path(__file__).parents[2]
TRIGGERS = ROOT / "events" / "triggers"
SAMPLES = sorted(p.relative_to(TRIGGERS) for p in TRIGGERS.glob("*/*/*.json"))
HANDLERS = (ROOT / "functions").glob("*/*/handler.py")
FUNCTIONS = sorted(str(p.parent.relative_to(ROOT / "functions")) for p in HANDLERS)
EXPECTED = {
    "access/authorize_key/known_key": lambda a: a["context"]["org"] == ORG,
    "access/sign_in/begin": lambda a: (
        a["statusCode"] == 303 and "/oauth2/authorize?" in a["headers"]["Location"]
    ),
    "access/sign_in/of_another_browser": lambda a: (
        a["statusCode"] == 403 and "<html" in a["body"] and "Max-Age=0" in a["cookies"][0]
    ),
    "access/sign_in/sign_out": lambda a: "/logout?" in a["headers"]["Refresh"],
    "docs/api/openapi": lambda a: a["statusCode"] == 200 and '"/v1/invoices"' in a["body"],
    "docs/api/page": lambda a: a["statusCode"] == 200 and "swagger-ui" in a["body"],
    "debtors/api/register": lambda a: a["statusCode"] == 201,
    "debtors/api/credit": lambda a: json.loads(a["body"])["available"]["value"] == "4750.00",
    "debtors/statement_pdf/statement": lambda a: (
        a["isBase64Encoded"] and a["body"].startswith("JVBERi0")
    ),
    "invoices/documents_api/put": lambda a: (
        json.loads(a["body"])["media_type"] == "application/pdf"
    ),
    "invoices/documents_api/not_given": lambda a: a["statusCode"] == 404,
    "invoices/api/book": lambda a: a["statusCode"] == 201,
    "imports/api/upload_csv": lambda a: a["statusCode"] == 202,
    "imports/process_upload/object_created": lambda a: a == {"batchItemFailures": []},
    # A line that is not in the books (any more): there is nothing to match.
    "bank/match_lines/unknown": lambda a: a == {"batchItemFailures": []},
    "bank/retry_lines/tick": lambda a: a == {"queued": 0},
    "bank/learn_names/debtor_created": lambda a: a == {"batchItemFailures": []},
    "bank/learn_names/payout_known": lambda a: a == {"batchItemFailures": []},
    "bank/lines_api/set_aside_unknown": lambda a: json.loads(a["body"])["type"].endswith(
        "role_required"
    ),
    "bank/api/accounts": lambda a: (
        [i["iban"] for i in json.loads(a["body"])["items"]] == ["NL91ABNA0417164300"]
    ),
    "credit/api/check": lambda a: json.loads(a["body"])["outcome"] == "refer",
    "credit/policies_api/upload": lambda a: json.loads(a["body"])["state"] == "draft",
    # Nobody listens where the registers should be; a source that needs a number is not asked.
    "screening/ask_now/of_checkout": lambda a: a == {"missing": ["sanctions"]},
    "credit/reservations_api/commit_unknown": lambda a: a["statusCode"] == 404,
    "credit/expire_reservations/tick": lambda a: a == {"expired": 0},
    "credit/limits_api/four_eyes": lambda a: a["statusCode"] == 202,
    "credit/limits_api/show": lambda a: json.loads(a["body"])["available"]["value"] == "4750.00",
    "credit/open_reviews/tick": lambda a: a == {"opened": 0, "lapsed": 0, "ended": 0},
    "credit/adjust_limits/payment_allocated": lambda a: a == {"batchItemFailures": []},
    "insurance/api/policy": lambda a: json.loads(a["body"])["type"].endswith("role_required"),
    "insurance/claims_api/self_insurance": lambda a: (
        json.loads(a["body"])["adequacy"]["balance"]["value"] == "0.00"
    ),
    "insurance/watch_covers/tick": lambda a: a == {"watched": 0, "alerts": 0, "later": 0},
    "insurance/poll_requests/tick": lambda a: set(a.values()) == {0},
    "insurance/insurer_webhook/forged": lambda a: a["statusCode"] == 404,
    "mandates/api/register": lambda a: (
        a["statusCode"] == 201 and json.loads(a["body"])["state"] == "active"
    ),
    "mandates/send_notice/announced": lambda a: a == {"batchItemFailures": []},
    "mandates/send_notice/cancelled": lambda a: a == {"batchItemFailures": []},
    "mandates/plan_notices/tick": lambda a: a == {"queued": 0, "lapsed": 0},
    "mandates/api/no_creditor_id": lambda a: (
        a["statusCode"] == 422 and "creditor_id_missing" in a["body"]
    ),
    "applications/api/open": lambda a: a["statusCode"] == 201 and "/apply/" in a["body"],
    "applications/form_page/unknown_link": lambda a: a["statusCode"] == 404,
    "applications/expire/tick": lambda a: a == {"expired": 0},
    # An application that is not in the books: nobody is asked, and nothing comes back.
    "applications/gather_facts/submitted": lambda a: a == {"batchItemFailures": []},
    "applications/gather_facts/asked_again": lambda a: a == {"batchItemFailures": []},
    "compliance/api/interest": lambda a: json.loads(a["body"])["interest"]["value"] == "765.47",
    "compliance/api/collection_costs": lambda a: json.loads(a["body"])["total"]["value"] == "74.84",
    "compliance/watch_rates/tick": lambda a: a["state"] == "fresh",
    "compliance/api/rates": lambda a: json.loads(a["body"])["state"] == "fresh",
    "segments/api/current": lambda a: json.loads(a["body"])["order"][0] == "vulnerable",
    "segments/api/of_debtor": lambda a: json.loads(a["body"])["primary"] == "new",
    "segments/api/put_by_machine": lambda a: json.loads(a["body"])["type"].endswith(
        "role_required"
    ),
    "segments/assign/payment_allocated": lambda a: a == {"batchItemFailures": []},
    "segments/assign/segments_changed": lambda a: a == {"batchItemFailures": []},
    "segments/plan_assignments/tick": lambda a: a == {"queued": 0},
    "work/reviews_api/queue": lambda a: json.loads(a["body"])["items"] == [],
    "work/desk_page/signed_out": lambda a: (
        a["statusCode"] == 303 and a["headers"]["Location"].startswith("/desk/login")
    ),
    "work/dashboard_page/signed_out": lambda a: (
        a["statusCode"] == 303 and a["headers"]["Location"].startswith("/desk/login")
    ),
    "work/dashboard_page/figures_signed_out": lambda a: (a["statusCode"], a["body"]) == (401, "{}"),
    "work/dashboard_page/unknown_asset": lambda a: a["statusCode"] == 404 and "<html" in a["body"],
    "work/money_page/signed_out": lambda a: (
        a["statusCode"] == 303 and a["headers"]["Location"].startswith("/desk/login")
    ),
    "work/money_page/booked_signed_out": lambda a: (
        a["statusCode"] == 303 and a["headers"]["Location"].startswith("/desk/login")
    ),
    "work/desk_page/wrong_key": lambda a: a["statusCode"] == 403 and a["cookies"] == [],
    "resolution/api/unknown_invoice": lambda a: a["statusCode"] == 404,
    "resolution/api/replies": lambda a: json.loads(a["body"]) == {"items": [], "next_cursor": None},
    "resolution/reply_page/unknown_link": lambda a: a["statusCode"] == 404 and "<html" in a["body"],
    "resolution/reply_page/unknown_link_pressed": lambda a: a["statusCode"] == 404,
    # Nobody was reminded of it: nobody is thanked.
    "payments/follow_links/invoice_paid": lambda a: a == {"batchItemFailures": []},
    "dunning/thank/invoice_paid": lambda a: a == {"batchItemFailures": []},
    "dunning/plan_thanks/tick": lambda a: a == {"queued": 0},
    "dunning/strategies_api/in_force": lambda a: json.loads(a["body"])["default"] == "default",
    "dunning/strategies_api/milder_after_firmer": lambda a: (
        a["statusCode"] == 422
        and json.loads(a["body"])["errors"][0]["pointer"] == "/body/steps/1/kind"
    ),
    "dunning/cases_api/debtor": lambda a: json.loads(a["body"])["does"] == "remind",
    "dunning/early_signals_api/of_a_company": lambda a: (
        json.loads(a["body"])["status"] == "not_applicable"
    ),
    "dunning/fit_strategies/strategies_changed": lambda a: a == {"batchItemFailures": []},
    "dunning/plan_reminders/tick": lambda a: a == {"queued": 1},
    "dunning/send_reminder/overdue": lambda a: a == {"batchItemFailures": []},
    "dunning/learn_channels/dunning_sent": lambda a: a == {"batchItemFailures": []},
    "dunning/learn_channels/payment_allocated": lambda a: a == {"batchItemFailures": []},
    "dunning/add_up_channels/tick": lambda a: a == {"added_up": 0},
    "dunning/learning_api/learned": lambda a: json.loads(a["body"])["uplift"]["code"] == "too_few",
    "dunning/learning_api/advice": lambda a: json.loads(a["body"])["why"] == ["off"],
    "payments/sweep_attempts/tick": lambda a: a == {"queued": 0},
    "payments/money_api/of_a_day": lambda a: json.loads(a["body"])["items"] == [],
    "payments/money_api/unknown_refund": lambda a: a["statusCode"] == 404,
    "payments/reconciliation_api/day": lambda a: json.loads(a["body"])["complete"] is False,
    "payments/send_refunds/tick": lambda a: a == {"sent": 0, "waiting": 0},
    # Nobody listens where the provider should be.
    "payments/compare_providers/tick": lambda a: a == {"compared": 0, "unavailable": 1},
    "payments/api/create_link": lambda a: a["statusCode"] == 201,
    "payments/pay_page/unknown_link": lambda a: a["statusCode"] == 404 and "<html" in a["body"],
    "payments/pay_page/stylesheet": lambda a: a["statusCode"] == 200,
    "screening/api/known": lambda a: json.loads(a["body"])["debtor"] == "D1",
    # Nobody listens where the registers should be: that is said, and nothing fails.
    "screening/api/screen": lambda a: (
        a["statusCode"] == 201 and json.loads(a["body"])["missing"] == ["sanctions"]
    ),
    "screening/bureau_webhook/forged": lambda a: a["statusCode"] == 404,
    "screening/plan_refreshes/tick": lambda a: a == {"queued": 0},
    # A debtor nobody monitors: there is nothing to do.
    "screening/refresh/due": lambda a: a == {"batchItemFailures": []},
    "payments/mollie_webhook/forged": lambda a: a["statusCode"] == 400,
    "payments/mollie_events/forged": lambda a: a["statusCode"] == 400,
    "payments/stripe_webhook/forged": lambda a: a["statusCode"] == 400,
    # Nobody listens where the provider should be: the job goes back to its queue.
    "payments/record_payment/paid": lambda a: len(a["batchItemFailures"]) == 1,
    "webhooks/api/subscribe": lambda a: (
        a["statusCode"] == 201 and json.loads(a["body"])["secret"].startswith("whsec_")
    ),
    "webhooks/plan_deliveries/payment_allocated": lambda a: a == {"batchItemFailures": []},
    # A delivery that is not in the books (any more): there is nothing to do.
    "webhooks/deliver/unknown": lambda a: a == {"batchItemFailures": []},
    "webhooks/retry/tick": lambda a: a == {"queued": 0},
    "events/publish_events/outbox_row": lambda a: a == {"batchItemFailures": []},
    "messages/close_print_batch/tick": lambda a: a == {"batches": 0, "letters": 0},
    "messages/letters_api/list": lambda a: json.loads(a["body"])["items"] == [],
    "messages/letters_api/posted_without_role": lambda a: json.loads(a["body"])["type"].endswith(
        "role_required"
    ),
    "messages/calls_api/list": lambda a: json.loads(a["body"])["items"] == [],
    "messages/calls_api/outcome_unknown": lambda a: a["statusCode"] == 404,
    "messages/api/attention": lambda a: json.loads(a["body"]) == {"items": [], "next_cursor": None},
    "messages/api/lift_unknown": lambda a: (
        json.loads(a["body"])["type"] == "urn:kasstroom:problem:suppression_not_found"
    ),
    # Receipts of messages we do not know are acknowledged, and so are answers of strangers.
    "messages/templates_api/preview": lambda a: (
        a["statusCode"] == 200 and "staat factuur F1 nog open" in json.loads(a["body"])["html"]
    ),
    "messages/record_receipt/email_delivered": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/sms_delivered": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/whatsapp_read": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/email_bounced": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/email_complained": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/sms_stop": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/sms_unreachable": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/whatsapp_undeliverable": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/whatsapp_held_back": lambda a: a == {"batchItemFailures": []},
    "messages/record_receipt/whatsapp_stop": lambda a: a == {"batchItemFailures": []},
}
ELSEWHERE = ("sandbox/", "reports/")
"""Contexts whose samples run in a suite of their own, with their own resources."""


def name_of(sample: Path) -> str:
    return str(sample.with_suffix(""))


HERE = [s for s in SAMPLES if not name_of(s).startswith(ELSEWHERE)]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_a_trigger_sample(function):
    assert list((TRIGGERS / function).glob("*.json")), f"events/triggers/{function}/ is empty"


@pytest.mark.parametrize("sample", SAMPLES, ids=name_of)
def test_every_sample_belongs_to_a_function(sample):
    assert str(sample.parent) in FUNCTIONS


@pytest.mark.parametrize("sample", HERE, ids=name_of)
def test_a_sample_runs_through_its_handler(sample, deployed):
    opening = Import(
        ORG, "imp_01M1DZPW00APNGSAGP3704BK9B", "posten.csv", ImportState.QUEUED, NOW,
        object_key="imports/vandijk/imp_01M1DZPW00APNGSAGP3704BK9B/in/posten.csv",
    )  # fmt: skip
    from kasstroom.changes import Changes

    deployed.books.commit(Changes(create=(opening,)))
    event = json.loads((TRIGGERS / sample).read_text())
    answer = load(str(sample.parent)).handler(event, CONTEXT)
    assert EXPECTED[name_of(sample)](answer), answer

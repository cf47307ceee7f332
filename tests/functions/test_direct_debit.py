"""Direct debit through its function, and the bank file about it through the reader of files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from kasstroom.bank.identity import Source, told_of
from kasstroom.bank.importing import import_file
from kasstroom.bank.model import BankLine, LineKind
from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.events.mandates import CollectionAnnounced, CollectionCancelled
from kasstroom.invoices.model import Invoice
from kasstroom.messages.model import Message
from kasstroom.organisations.model import Organisation
from kasstroom_documents.camt import read_camt
from kasstroom_documents.limits import Limits
from tests.bank_files import Jobs, Line, Paper, Part, file_of, source
from tests.collecting import CREDITOR_ID, THE_DAY_BEFORE, lines, told
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.people import NOW, ORG, eur, invoice, received

API = "mandates/api"
SIGNED = {
    "debtor": "D1", "iban": "NL53 KNAB 0730 6996 60", "signed_on": "2026-08-15",
    "reference": "M-5407",
}  # fmt: skip
TERMS = {"creditor_id": CREDITOR_ID}
DAY = {"collect_on": "2026-09-15"}


@pytest.fixture
def person(deployed):
    who = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "finance"}
    return Api(who)


@pytest.fixture
def signed(api, person):
    assert person(API, "PUT", "/v1/collections/terms", TERMS).status == 200
    return api(API, "POST", "/v1/mandates", SIGNED).body


def planned(api, **more):
    answer = api(API, "POST", "/v1/collections", DAY | more)
    assert answer.status == 201, answer.body
    announce(answer.body["id"])
    return answer.body


def worked(function, body):
    record = {"messageId": "m", "body": json.dumps(body), "eventSource": "aws:sqs"}
    record |= {"receiptHandle": "r", "attributes": {}, "messageAttributes": {}, "md5OfBody": ""}
    record |= {"eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:q"}
    return load(function).handler({"Records": [record]}, CONTEXT)


def announce(collection, debtor="D1"):
    """The news of it, as the rule hands it to the worker."""
    news = {
        "type": CollectionAnnounced.TYPE, "organisation": ORG, "debtor": debtor,
        "subject": collection,
    }  # fmt: skip
    assert worked("mandates/send_notice", {"detail": news}) == {"batchItemFailures": []}


def mailed():
    """What the mail service took: who it is for, and the whole message."""
    from moto.backends import get_backend

    sent = get_backend("sesv2")["123456789012"]["eu-west-1"].core_backend.sent_messages
    return [(m.destinations["ToAddresses"][0], m.subject, m.body) for m in sent]


def left(type_):
    """The events of this type in the outbox, as their consumers see them."""
    import boto3

    found = boto3.client("dynamodb").scan(TableName="books")["Items"]
    bodies = [json.loads(i["body"]["S"]) for i in found if "EVT#" in i["sk"]["S"]]
    return [body for body in bodies if body["type"] == type_]


def refused(answer):
    return answer.status, problem(answer)


def test_a_mandate_is_registered_shown_listed_and_revoked(api, deployed):
    made = api(API, "POST", "/v1/mandates", SIGNED)
    assert made.status == 201
    assert (made.body["state"], made.body["lapses_on"]) == ("active", "2029-08-16")
    path = f"/v1/mandates/{made.body['id']}"
    assert api(API, "GET", path).body == made.body
    assert api(API, "GET", "/v1/mandates?debtor=D1").body["items"] == [made.body]
    assert api(API, "GET", "/v1/mandates").body["items"] == [made.body]
    assert refused(api(API, "POST", "/v1/mandates", SIGNED)) == (409, "mandate_exists")
    other = {"iban": "NL91 INGB 0945 3628 07", "evidence": "mail of 1 September"}
    assert api(API, "POST", f"{path}/amend", other).body["iban"] == "NL91INGB0945362807"
    gone = api(API, "POST", f"{path}/revoke", {"reason": "asked by telephone"}).body
    assert (gone["state"], gone["reason"]) == ("revoked", "asked by telephone")
    assert refused(api(API, "POST", f"{path}/revoke", {"reason": "x"})) == (409, "already_revoked")
    assert refused(api(API, "GET", "/v1/mandates?debtor=D9")) == (404, "debtor_not_found")
    assert refused(api(API, "GET", "/v1/mandates/mnd_x")) == (404, "mandate_not_found")


@pytest.mark.parametrize(
    ("change", "status", "pointer"),
    [({"iban": "NL53KNAB0730699661"}, 422, "/body/iban"), ({"debtor": "D9"}, 404, "/body/debtor"),
     ({"scheme": "COR1"}, 422, "/body/scheme")],
)  # fmt: skip
def test_a_wrong_mandate_says_which_field(api, deployed, change, status, pointer):
    answer = api(API, "POST", "/v1/mandates", SIGNED | change)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (status, pointer)


def test_the_terms_are_set_by_a_person_of_finance(api, person):
    path = "/v1/collections/terms"
    assert api(API, "GET", path).body["creditor_id"] == ""
    assert refused(api(API, "PUT", path, TERMS)) == (403, "role_required")
    for wrong, code in (
        ({"creditor_id": "NL99ZZZ123456780000"}, "invalid_creditor_id"),
        ({"iban": "NL91ABNA0417164301"}, "invalid_iban"),
        ({"format": "pain.008.001.02"}, "bic_missing"),
        ({"bic": "ABN"}, "invalid_bic"),
        ({"notice_days": 0}, "invalid_notice"),
    ):
        assert refused(person(API, "PUT", path, TERMS | wrong)) == (422, code)
    kept = person(API, "PUT", path, TERMS | {"notice_days": 5, "per": "debtor"}).body
    assert (kept["notice_days"], kept["per"]) == (5, "debtor")
    assert api(API, "GET", path).body == kept


def test_a_collection_is_planned_exported_and_shown(api, person, deployed, signed):
    invoice(deployed.books, "F2", "80.00")
    made = planned(api)
    assert (made["state"], made["lines"], made["announced"]["value"]) == ("planned", 2, "330.00")
    path = f"/v1/collections/{made['id']}"
    assert refused(api(API, "POST", f"{path}/export")) == (403, "role_required")
    received(deployed.books, "80.00", "F2")
    set_clock(deployed.clock, THE_DAY_BEFORE)
    assert api("invoices/api", "GET", "/v1/invoices/F1").body["collecting_on"] == "2026-09-15"
    done = person(API, "POST", f"{path}/export").body
    assert api("invoices/api", "GET", "/v1/invoices/F2").body["collecting_on"] is None
    assert (done["state"], done["file"]["total"]["value"]) == ("exported", "250.00")
    again = person(API, "POST", f"{path}/export").body
    assert again["file"]["sha256"] == done["file"]["sha256"]
    items = api(API, "GET", f"{path}/lines").body["items"]
    assert [(i["invoices"], i["state"], i["reason"]) for i in items] == [
        (["F1"], "collecting", ""), (["F2"], "left_out", "paid")
    ]  # fmt: skip
    assert api(API, "GET", "/v1/collections").body["items"][0]["id"] == made["id"]
    assert done["file"]["url"].startswith("https://") and done["message_id"] in done["file"]["url"]
    key = f"collections/{ORG}/{done['message_id']}.xml"
    import boto3

    content = boto3.client("s3").get_object(Bucket="uploads", Key=key)["Body"].read()
    assert etree.fromstring(content).findtext(".//{*}GrpHdr/{*}CtrlSum") == "250.00"


def test_a_repeated_request_plans_once(api, deployed, signed):
    first = api(API, "POST", "/v1/collections", DAY, idempotency_key="k1")
    again = api(API, "POST", "/v1/collections", DAY, idempotency_key="k1")
    assert (first.status, again.status, again.body["id"]) == (201, 201, first.body["id"])
    assert first.body["lines"] == again.body["lines"] == 1
    other = DAY | {"debtors": ["D1"]}
    answer = api(API, "POST", "/v1/collections", other, idempotency_key="k1")
    assert refused(answer) == (409, "idempotency_key_reused")


def test_what_cannot_be_planned_says_why(api, person, deployed):
    assert refused(api(API, "POST", "/v1/collections", DAY)) == (422, "creditor_id_missing")
    person(API, "PUT", "/v1/collections/terms", TERMS)
    soon = {"collect_on": "2026-09-10"}
    assert refused(api(API, "POST", "/v1/collections", soon)) == (422, "too_soon")
    assert refused(api(API, "GET", "/v1/collections/col_x")) == (404, "collection_not_found")
    assert refused(api(API, "GET", "/v1/collections/col_x/lines")) == (404, "collection_not_found")
    assert planned(api, debtors=["D1"])["skipped"] == [{"debtor": "D1", "why": "no_mandate"}]


def test_a_collection_is_cancelled_and_a_line_rejected(api, person, deployed, signed):
    first = planned(api)
    path = f"/v1/collections/{first['id']}"
    assert api(API, "POST", f"{path}/cancel", {"reason": "wrong day"}).body["state"] == "cancelled"
    second = planned(api)
    path = f"/v1/collections/{second['id']}"
    (item,) = api(API, "GET", f"{path}/lines").body["items"]
    rejecting = f"{path}/lines/{item['id']}/reject"
    assert refused(person(API, "POST", rejecting, {"reason": "AC04"})) == (409, "not_collecting")
    set_clock(deployed.clock, THE_DAY_BEFORE)
    person(API, "POST", f"{path}/export")
    done = person(API, "POST", rejecting, {"reason": "ac04"}).body
    assert (done["state"], done["reason"], done["next_step"]) == (
        "rejected", "AC04", "new_mandate",
    )  # fmt: skip
    assert (done["reason_nl"], done["reason_en"]) == (
        "De rekening is opgeheven", "The account is closed",
    )  # fmt: skip
    shown = api(API, "GET", f"/v1/mandates/{signed['id']}").body
    assert (shown["state"], shown["reason"]) == ("suspended", "AC04")


CAMT = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-09-18T06:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>
<ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2026-09-18T06:00:00</CreDtTm>
<Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-17</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">750.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-17</Dt></Dt></Bal>
<Ntry><NtryRef>NTRY0110010</NtryRef><Amt Ccy="EUR">250.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-09-17</Dt></BookgDt>
<ValDt><Dt>2026-09-17</Dt></ValDt><AcctSvcrRef>NTRY0110010</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>{id}</EndToEndId><MndtId>M-5407</MndtId></Refs>
<Amt Ccy="EUR">250.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Klant D1</Nm></Pty>
</Dbtr><DbtrAcct><Id><IBAN>NL53KNAB0730699660</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Incasso F1</Ustrd></RmtInf><RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf></TxDtls>
</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"""
"""An unpaid direct debit as Dutch banks write it (camt.053.001.08)."""


def bank_line(content):
    (statement,) = read_camt(content.encode(), Limits())
    (found,) = told_of(statement, "NL91ABNA0417164300", Source(ORG, "import:1", NOW))
    return found.line


@pytest.mark.parametrize(("code", "state"), [("AC04", "suspended"), ("MS03", "active")])
def test_a_return_in_the_banks_file_reopens_the_invoice(api, person, deployed, signed, code, state):
    books = deployed.books
    made = planned(api)
    set_clock(deployed.clock, THE_DAY_BEFORE)
    person(API, "POST", f"/v1/collections/{made['id']}/export")
    (line,) = lines(books, made["id"])
    back = bank_line(CAMT.format(id=line.id, code=code))
    assert (back.kind, back.return_reason, back.mandate_id) == (LineKind.RETURN, code, "M-5407")
    paid = replace(back, id="line-1", kind=LineKind.RECEIPT, amount=-back.amount, return_reason="")
    later = THE_DAY_BEFORE + timedelta(days=4)
    assert told(books, paid, later).entries
    assert books.get(Invoice, ORG, "D1", "F1").open == eur("0.00")
    assert told(books, back, later).entries
    assert books.get(Invoice, ORG, "D1", "F1").open == eur("250.00")
    assert api(API, "GET", f"/v1/mandates/{signed['id']}").body["state"] == state
    (balance,) = api("debtors/api", "GET", "/v1/debtors/D1/statement").body["balances"]
    assert balance["balanced"]


def test_the_announcement_leaves_as_an_event(api, deployed, signed):
    planned(api)
    (event,) = left(CollectionAnnounced.TYPE)
    assert event["data"]["amount"]["value"] == "250.00"


def test_the_settings_survive_in_the_table(person, deployed):
    person(API, "PUT", "/v1/collections/terms", TERMS | {"iban": "NL53 KNAB 0730 6996 60"})
    known = deployed.books.get(Organisation, ORG).direct_debit
    assert (known.creditor_id, known.iban) == (CREDITOR_ID, "NL53KNAB0730699660")


def test_the_debtor_is_told_once_by_mail_and_the_line_shows_it(api, deployed, signed):
    made = planned(api)
    announce(made["id"])
    ((to, subject, body),) = mailed()
    assert to == "d1@klant.example" and "15 september 2026" in subject
    for said in ("250,00", "M-5407", CREDITOR_ID, "9660", "F1"):
        assert said in body, said
    (item,) = api(API, "GET", f"/v1/collections/{made['id']}/lines").body["items"]
    assert (item["announced_on"], item["notice"]) == ("2026-09-01", "sent")
    shown = api("debtors/api", "GET", "/v1/debtors/D1/timeline").body["items"]
    assert "collection notice by email: sent" in {line["text"] for line in shown}


def test_a_notice_waits_for_the_morning(api, deployed, signed):
    night = datetime(2026, 9, 1, 21, 0, tzinfo=UTC)
    set_clock(deployed.clock, night)
    made = planned(api, collect_on="2026-09-16")
    assert mailed() == []
    plan = load("mandates/plan_notices").handler
    tick = {"source": "aws.scheduler"}
    assert plan(tick, CONTEXT) == {"queued": 0, "lapsed": 0}
    set_clock(deployed.clock, night + timedelta(hours=9))
    assert plan(tick, CONTEXT) == {"queued": 1, "lapsed": 0}
    (message,) = deployed.books.all_of(Message, ORG, "D1")
    job = {"org": ORG, "debtor": "D1", "message_id": message.id}
    for _ in range(2):
        assert worked("mandates/send_notice", job) == {"batchItemFailures": []}
    assert len(mailed()) == 1
    (item,) = api(API, "GET", f"/v1/collections/{made['id']}/lines").body["items"]
    assert (item["announced_on"], item["notice"]) == ("2026-09-02", "sent")


def test_what_nobody_made_a_file_of_lapses_by_the_clock(api, deployed, signed):
    made = planned(api)
    set_clock(deployed.clock, THE_DAY_BEFORE + timedelta(days=1))
    tick = load("mandates/plan_notices").handler
    assert tick({"source": "aws.scheduler"}, CONTEXT) == {"queued": 0, "lapsed": 1}
    assert api(API, "GET", f"/v1/collections/{made['id']}").body["state"] == "cancelled"
    assert len(left(CollectionCancelled.TYPE)) == 1
    assert tick({"source": "aws.scheduler"}, CONTEXT) == {"queued": 0, "lapsed": 0}


def test_the_debtor_is_told_that_it_does_not_take_place(api, deployed, signed):
    """From the event as it leaves the table; a rule hands it to the worker, here twice."""
    made = planned(api)
    api(API, "POST", f"/v1/collections/{made['id']}/cancel", {"reason": "wrong day"})
    (event,) = left(CollectionCancelled.TYPE)
    for _ in range(2):
        assert worked("mandates/send_notice", {"detail": event}) == {"batchItemFailures": []}
    _, (to, subject, body) = mailed()
    assert to == "d1@klant.example" and "niet af op 15 september 2026" in subject
    assert "250,00" in body and "F1" in body and "/p/" not in body


def test_who_was_not_told_is_not_collected_from(api, person, deployed, signed):
    known = deployed.books.get(Debtor, ORG, "D1")
    gone = replace(known, contact=replace(known.contact, email="", phone=""))
    deployed.books.commit(Changes(update=(gone,)))
    made = planned(api)
    path = f"/v1/collections/{made['id']}"
    (item,) = api(API, "GET", f"{path}/lines").body["items"]
    assert (item["announced_on"], item["notice"]) == (None, "no_address")
    set_clock(deployed.clock, THE_DAY_BEFORE)
    assert person(API, "POST", f"{path}/export").body["file"] is None
    (item,) = api(API, "GET", f"{path}/lines").body["items"]
    assert (item["state"], item["reason"]) == ("left_out", "not_announced")


def test_the_banks_lines_of_a_collection_are_matched_from_their_queue(
    api, person, deployed, signed
):
    books = deployed.books
    invoice(books, "F2", "80.00")
    made = planned(api)
    set_clock(deployed.clock, THE_DAY_BEFORE)
    person(API, "POST", f"/v1/collections/{made['id']}/export")
    first = lines(books, made["id"])[0]
    batch = Line((), "B1", 33_000, on=date(2026, 9, 15), batch=made["message_id"])
    back = Line(
        (Part(-25_000, end_to_end=first.id, returned="AC04"),), "R1", on=date(2026, 9, 15),
        code="IDDT/UPDD", reversal=True,
    )  # fmt: skip
    jobs = Jobs()
    import_file(books, jobs, file_of(Paper((batch, back), on=date(2026, 9, 15))), source())
    set_clock(deployed.clock, THE_DAY_BEFORE + timedelta(days=3))
    for _ in range(2):
        done = worked("bank/match_lines", {"org": ORG, "lines": jobs.ids})
        assert done == {"batchItemFailures": []}
    found = [books.get(BankLine, ORG, id=id) for id in jobs.ids]
    assert [(line.state, len(line.entries)) for line in found] == [("matched", 2), ("matched", 1)]
    assert books.get(Invoice, ORG, "D1", "F1").open == eur("250.00")
    assert books.get(Invoice, ORG, "D1", "F2").open == eur("0.00")
    assert api(API, "GET", f"/v1/mandates/{signed['id']}").body["reason"] == "AC04"
    undo = person("bank/lines_api", "POST", f"/v1/bank-lines/{jobs.ids[0]}/undo", {"reason": "x"})
    assert refused(undo) == (422, "direct_debit")

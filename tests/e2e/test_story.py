"""The story of `make demo`, and what must be so afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from infra.local.story.credit import EXTENSION_DAYS
from infra.local.story.households import ALL_THE_WAY, EVERYBODY, OLD_ADDRESS, OUT_OF_REACH, PAUSED
from infra.local.story.lake import questioned
from infra.local.story.payer import pages
from infra.local.story.tell import still_open

THE_MONTH_BEGINS_AFTER = "2026-09-08"
CHANNELS = ("email", "sms", "whatsapp", "letter", "phone")


def test_every_row_of_the_samples_has_its_result(told):
    assert told["invoices_imported"] == 17


def test_the_four_outcomes_of_a_credit_check_were_seen(told):
    seen = {"approved": 1, "approved_partial": 1, "declined": 1, "referred": 1}
    assert told["credit_checks"] == seen


def test_an_applicant_got_a_limit_and_a_person_decided_what_was_referred(told, stage):
    application, review = told["credit"]["application"], told["credit"]["review"]
    assert application["state"] == "approved"
    account = stage.suite.get(f"/v1/debtors/{application['debtor']}/credit")
    assert account["limit"]["value"] == "7500.00"
    assert review == {"verdict": "approved", "by": "anna"}


def test_of_an_order_above_the_limit_a_part_is_held(told):
    partial = told["credit"]["partial"]
    assert 0 < Decimal(partial["approved"]) < Decimal(partial["asked"])
    assert partial["reserved"] == partial["approved"]
    assert partial["available"] == "0.00"


def test_an_insured_customer_has_a_day_on_which_deliveries_stop(told, stage):
    cover = told["credit"]["cover"]
    seen = stage.suite.get(f"/v1/covers/{cover['debtor']}")
    assert seen["cover"]["granted"]["value"] == cover["granted"]
    items = stage.suite.get(f"/v1/debtors/{cover['debtor']}/statement")["items"]
    oldest = min(item["due_on"] for item in items if Decimal(item["open"]["value"]) > 0)
    extended = date.fromisoformat(oldest) + timedelta(days=EXTENSION_DAYS)
    assert cover["stop_shipment_on"] == seen["at_a_glance"]["stop_on"] == extended.isoformat()


def test_every_channel_carried_reminders_and_each_message_has_a_link(told, stage):
    assert all(told["reminders"][channel] > 0 for channel in ("email", "sms", "whatsapp"))
    early = [m for m in stage.messages() if m["at"][:10] <= THE_MONTH_BEGINS_AFTER]
    assert len(pages(stage, early)) == sum(told["reminders"].values())


def test_what_was_paid_is_what_is_owed_less(told):
    assert told["payments"] == 6
    fell = told["open_before"] - told["open_after"]
    assert fell == told["payments_on_invoices"] > 0
    assert told["payments_booked"] > told["payments_on_invoices"]
    assert told["ledger_balanced"] is True


def test_every_trouble_with_money_came_right(told, stage):
    money = told["money"]
    booked = list(stage.suite.every("/v1/payments", on="2026-09-01"))
    for scene in ("duplicate_webhook", "lost_webhook", "stripe"):
        assert [p["provider_id"] for p in booked].count(money[scene]["payment"]) == 1
    assert (
        next(p for p in booked if p["provider_id"] == money["stripe"]["payment"])["provider"]
        == "stripe"
    )
    reopened = stage.suite.get(f"/v1/invoices/{money['chargeback']['reopened']}")
    assert Decimal(reopened["payable"]["value"]) > 0
    assert money["reconciliation"] == {
        "day": "2026-09-01", "providers_agree": True, "open_differences": 0,
    }  # fmt: skip


def test_a_line_nobody_knew_was_booked_by_hand_and_can_be_undone(told, stage):
    bank = told["money"]["bank"]
    assert (bank["matched"], bank["payouts_cleared"]) == (1, 2)
    line = stage.suite.get(f"/v1/bank-lines/{bank['by_hand']['line']}")
    assert line["state"] == "matched"
    undone = stage.as_person("anna").post(
        f"/v1/bank-lines/{line['id']}/undo", {"reason": "toch een ander"}
    )
    assert undone["state"] == "open"
    statement = stage.suite.get(f"/v1/debtors/{bank['by_hand']['debtor']}/statement")
    assert all(balance["balanced"] for balance in statement["balances"])


def test_the_lake_holds_every_table_for_machines_and_for_people(told):
    for table in ("open_items", "ageing", "payments"):
        assert any(table in key and key.endswith(".parquet") for key in told["finance"]["files"])
        assert any(table in key and key.endswith(".csv") for key in told["finance"]["files"])


def test_two_months_of_reminding_used_every_channel_and_every_step(told, stage):
    month = told["dunning"]
    assert all(month["sent_by_channel"][channel] > 0 for channel in CHANNELS)
    for step in ("pre_reminder", "reminder", "second_reminder", "notice", "fourteen_day_letter"):
        assert 0 < month["sent_by_step"][step] <= month["simulated"]["by_step"][step]
    assert 0 < month["simulated"]["messages"] <= sum(month["simulated"]["by_step"].values())
    reached = {m["to"] for m in stage.messages() if m["at"][:10] > THE_MONTH_BEGINS_AFTER}
    assert ALL_THE_WAY["contact"]["phone"] in reached


def test_a_mail_that_bounced_went_another_way_or_to_a_person(told, stage):
    month, email = told["dunning"], OLD_ADDRESS["contact"]["email"]
    assert month["fell_back"] == {
        "debtor": OLD_ADDRESS["number"], "from": "email", "to": "whatsapp",
    }  # fmt: skip
    bounced = {one["address"] for one in stage.suite.every("/v1/suppressions")}
    assert {email, OUT_OF_REACH["contact"]["email"]} <= bounced
    waiting = {one["debtor"] for one in stage.suite.every("/v1/attention")}
    assert month["attention"] == 1 and OUT_OF_REACH["number"] in waiting
    assert sum(m["to"] == email for m in stage.messages()) == 2


def test_nobody_is_asked_for_what_is_disputed_and_every_why_not_has_a_code(told):
    month = told["dunning"]
    assert month["disputed_part"] == {"asked": "200.00", "open": "300.00"}
    assert {"manual", "missing_address"} <= set(month["why_not"])


def test_costs_are_charged_as_the_letter_announced_and_no_earlier(told, stage):
    month = told["dunning"]
    letter = month["fourteen_day_letter"]
    assert letter["pdf_bytes"] > 10_000 and letter["posted_on"] == "2026-10-08"
    assert month["costs_charged"] == {"20001": "40.00", "20002": "120.00", "20005": "40.00"}
    assert letter["costs"] == month["costs_charged"][ALL_THE_WAY["number"]]
    bookings = stage.suite.get(f"/v1/debtors/{ALL_THE_WAY['number']}/statement")["bookings"]
    costs = [entry for entry in bookings if entry["kind"] == "costs"]
    assert [entry["amount"]["value"] for entry in costs] == ["40.00"]
    assert (stage.papers / "fourteen-day-letter.pdf").read_bytes().startswith(b"%PDF-")


def test_a_case_that_is_handed_over_or_paid_hears_nothing_more(told, stage):
    month = told["dunning"]
    assert month["calls"] == 4 and month["handed_over"] == 3 and month["thanked"] is True
    for one in EVERYBODY:
        seen = stage.suite.get(f"/v1/dunning/debtors/{one['number']}")
        assert seen["does"] == "nothing" and seen["strategy"] == "full"
    paid = stage.suite.get(f"/v1/invoices/{PAUSED['invoice']['number']}")
    assert paid["state"] == "paid"


def test_nobody_is_reminded_twice_for_the_same_step(told, stage):
    """Running the planner again the same day sends nothing."""
    before = len(stage.messages())
    stage.environment.invoke("dunning/plan_reminders")
    stage.until("the reminders", lambda: stage.environment.idle("dunning/send_reminder"))
    assert len(stage.messages()) == before


def test_a_page_of_somebody_who_has_not_paid_stays_open(told, stage):
    page = stage.environment.suite().call("GET", still_open(stage))
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"


def test_an_import_that_is_repeated_books_nothing_again(told, stage):
    from infra.local.story.files import AS_IT_IS, SAMPLES

    content = (SAMPLES / "openstaande-posten.csv").read_bytes()
    again = stage.suite.post(
        "/v1/imports?filename=nogmaals.csv", content, headers={"Content-Type": AS_IT_IS}
    )
    done = stage.until("the import", lambda: _finished(stage, again["id"]))
    assert (done["ok"], done["duplicates"], done["failed"]) == (0, 13, 1)


def test_without_a_key_the_doors_stay_closed(stage):
    assert stage.environment.suite().call("GET", "/v1/debtors").status == 401
    assert stage.environment.suite("ks_test_wrong").call("GET", "/v1/debtors").status == 401


def _finished(stage, id):
    found = stage.suite.get(f"/v1/imports/{id}")
    return found if found["state"] in ("completed", "failed") else None


def test_every_figure_was_counted_three_ways(told, stage):
    finance = told["finance"]
    assert finance["cells"] > 100 and finance["rows"] > finance["cells"]
    aged = {row["bucket"] for row in finance["open_items"]}
    assert {"days_31_60", "days_61_90"} <= aged
    people = "SELECT debtor, debtor_name FROM debtors WHERE debtor_kind = 'consumer'"
    written = questioned(stage, people)
    assert written and all(row["debtor"].startswith("p_") for row in written)
    assert not any(row["debtor_name"] for row in written), "a person is a token in the lake"


def test_the_figures_have_their_kpis_and_none_is_made_up(told, stage):
    kpis = told["finance"]["kpis"]
    assert {"outstanding", "overdue", "dso", "dso_count_back", "cei"} <= kpis.keys()
    rows = stage.suite.get(f"/v1/reports/kpis?as_of={told['finance']['as_of']}")["rows"]
    assert {row["figure"] for row in rows if row["value"] is None}.isdisjoint(kpis)


def test_a_year_of_trade_was_booked_by_itself(told):
    history = told["history"]
    assert history["matched"] == history["lines"] > 70

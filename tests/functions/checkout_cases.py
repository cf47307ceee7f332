"""Bodies a checkout has to refuse, with the code of the reason and the place to fix. None for a
code: the shape is wrong, and the reason is the validator's own."""

from __future__ import annotations

COMPANY = {"company_name": "Bouw B.V.", "kvk": "12345678", "email": "inkoop@bouw.example"}
PERSON = {
    "kind": "consumer", "first_name": "Jan", "last_name": "Jansen", "email": "jan@jansen.example"
}  # fmt: skip
LONG = "x" * 501


def money(value, currency="EUR"):
    return {"value": value, "currency": currency}


def lines(*values, **more):
    return [{"name": f"line {n}", "amount": money(v)} | more for n, v in enumerate(values)]


def check(**changes):
    return {"debtor": "D1", "amount": money("100.00")} | changes


def of_buyer(kind=COMPANY, **changes):
    return {"amount": money("100.00"), "buyer": kind | changes}


AMOUNTS = [
    (check(amount=money("1.00", "EURO")), "unknown_currency", "/body/amount"),
    (check(amount=money("1.00", "XYZ")), "unknown_currency", "/body/amount"),
    (check(amount=money("1.00", "eur")), "unknown_currency", "/body/amount"),
    (check(amount=money("1.00", "SEK")), "wrong_currency", "/body/amount/currency"),
    (check(amount=money("-0.01")), "negative_amount", "/body/amount/value"),
    (check(amount=money("0.00")), "negative_amount", "/body/amount/value"),
    (check(amount=money("0")), "negative_amount", "/body/amount/value"),
    (check(amount=money("100000000000.01")), "amount_too_large", "/body/amount/value"),
    (check(amount=money("9" * 15)), "amount_too_large", "/body/amount/value"),
    (check(amount=money("9" * 16)), "invalid_amount", "/body/amount"),
    (check(amount=money("1.005")), "invalid_amount", "/body/amount"),
    (check(amount=money("1e3")), "invalid_amount", "/body/amount"),
    (check(amount=money("1,50")), "invalid_amount", "/body/amount"),
    (check(amount=money("NaN")), "invalid_amount", "/body/amount"),
    (check(amount=money("٣")), "invalid_amount", "/body/amount"),
    (check(amount=money(" 1")), "invalid_amount", "/body/amount"),
    (check(amount=money(1.5)), "string_type", "/body/amount"),
    (check(amount={"value": "1.00"}), "missing", "/body/amount"),
    (check(amount=money("1.00") | {"vat": "0.21"}), "extra_forbidden", "/body/amount"),
    (check(amount=None), None, "/body/amount"),
    (check(prepaid=money("100.01")), "invalid_prepaid", "/body/prepaid/value"),
    (check(prepaid=money("-0.01")), "invalid_prepaid", "/body/prepaid/value"),
    (check(prepaid=money("1.00", "USD")), "currency_mismatch", "/body/prepaid/currency"),
]  # fmt: skip

FIELDS = [
    (check(colour="red"), None, "/body/colour"),
    (check(buyer=COMPANY | {"colour": "red"}), None, "/body/buyer/colour"),
    (check(term_days=-1), "invalid_term", "/body/term_days"),
    (check(term_days=366), "invalid_term", "/body/term_days"),
    (check(term_days="soon"), None, "/body/term_days"),
    (check(term_days=10**30), "invalid_term", "/body/term_days"),
    (check(commit="perhaps"), None, "/body/commit"),
    (check(delivery_on="31-12-2026"), None, "/body/delivery_on"),
    (check(delivery_on="2026-02-30"), None, "/body/delivery_on"),
    (check(language="tlh"), None, "/body/language"),
    (check(order_reference=LONG), "string_too_long", "/body/order_reference"),
    (check(debtor=LONG), "string_too_long", "/body/debtor"),
    (check(debtor="D1#x"), "invalid_number", "/body/debtor"),
    (check(debtor="x" * 65), "invalid_number", "/body/debtor"),
    (check(billing_address={"country": "Nederland"}), "invalid_country",
     "/body/billing_address/country"),
    (check(shipping_address={"country": "nl"}), "invalid_country",
     "/body/shipping_address/country"),
    (check(billing_address={"street": "x" * 201}), "too_long", "/body/billing_address/street"),
    (check(billing_address={"street": "x" * 1_000_000}), "string_too_long",
     "/body/billing_address/street"),
    (check(shipping_address={"straat": "Kerkstraat"}), None, "/body/shipping_address/straat"),
]  # fmt: skip

BUYERS = [
    (of_buyer(kvk="1234567"), "invalid_kvk", "/body/buyer/kvk"),
    (of_buyer(kvk="123456789"), "invalid_kvk", "/body/buyer/kvk"),
    (of_buyer(kvk="1234567A"), "invalid_kvk", "/body/buyer/kvk"),
    (of_buyer(kvk="１２３４５６７８"), "invalid_kvk", "/body/buyer/kvk"),
    (of_buyer(kvk="", vat="nonsense"), "invalid_vat", "/body/buyer/vat"),
    (of_buyer(vat="123456789B01"), "invalid_vat", "/body/buyer/vat"),
    (of_buyer(vat="NL123456789"), "invalid_vat", "/body/buyer/vat"),
    (of_buyer(vat="DE12345678"), "invalid_vat", "/body/buyer/vat"),
    (of_buyer(vat="ZZ123456789"), "invalid_vat", "/body/buyer/vat"),
    (of_buyer(kvk=""), "not_identified", "/body/buyer/kvk"),
    (of_buyer(company_name=" "), "not_identified", "/body/buyer/company_name"),
    (of_buyer(company_name="x" * 201), "invalid_name", "/body/buyer/company_name"),
    (of_buyer(email="no-at-sign"), "invalid_email", "/body/buyer/email"),
    (of_buyer(phone="0612345678"), "invalid_phone", "/body/buyer/phone"),
    (of_buyer(customer_number="a/b"), "invalid_number", "/body/buyer/customer_number"),
    (of_buyer(kind=COMPANY | {"kind": "ghost"}), None, "/body/buyer/kind"),
    (of_buyer(PERSON, email=""), "not_identified", "/body/buyer/email"),
    (of_buyer(PERSON, first_name="", last_name=""), "not_identified", "/body/buyer/last_name"),
    (check(buyer=COMPANY | {"kvk": "1"}), "invalid_kvk", "/body/buyer/kvk"),
    (check(buyer=COMPANY | {"kvk": "87654321"}), "ambiguous_debtor", "/body/buyer"),
    (check(buyer={"company_name": "X", "vat": "nl 1234.56.789.B01"}), "ambiguous_debtor",
     "/body/buyer"),
    (check(debtor="D2", buyer=COMPANY), "ambiguous_debtor", "/body/buyer/kvk"),
    (of_buyer(customer_number="D1", kvk="87654321"), "ambiguous_debtor", "/body/buyer"),
    (check(buyer=COMPANY | {"customer_number": "D2"}), "ambiguous_debtor",
     "/body/buyer/customer_number"),
    ({"amount": money("100.00")}, "not_identified", "/body/debtor"),
    (check(debtor=""), "not_identified", "/body/debtor"),
    (check(debtor=" ", buyer=None), "not_identified", "/body/debtor"),
]  # fmt: skip

LINES = [
    (check(lines=lines("60.00", "39.99")), "inconsistent_data", "/body/lines"),
    (check(lines=lines("100.00", "-0.01")), "inconsistent_data", "/body/lines"),
    (check(lines=[*lines("60.00"), {"name": "b", "amount": money("40.00", "USD")}]),
     "currency_mismatch", "/body/lines/1/amount/currency"),
    (check(lines=lines(*["0.20"] * 500, "0.00")), "too_many_lines", "/body/lines"),
    (check(lines=lines("100.00", quantity=0)), "invalid_quantity", "/body/lines/0/quantity"),
    (check(lines=lines("100.00", kind="magic")), "enum", "/body/lines/0/kind"),
    (check(lines=lines("100.00", sku="x" * 65)), "too_long", "/body/lines/0/sku"),
    (check(lines=lines("100.00", price="1")), None, "/body/lines/0/price"),
    (check(lines=lines("100.00", name="x" * 201)), "too_long", "/body/lines/0/name"),
    (check(lines=lines(*["0.20"] * 500, name="x" * 500, category="y" * 500, sku="z" * 500)),
     "too_long", "/body/lines/0/name"),
    (check(lines=lines(*["0.01"] * 15_000)), "too_many_lines", "/body/lines"),
    (check(lines=lines("100.00", name="x" * 1_000_000)), "string_too_long", "/body/lines/0/name"),
]  # fmt: skip

"""Who applies for credit: a company and a consumer, complete."""

from __future__ import annotations

from kasstroom.applications.model import Applicant
from kasstroom.debtors.model import Address
from tests.people import eur

COMPANY = Applicant(
    "Jansen B.V.", "12345678", "NL004495445B01", "bv",
    Address("Dorpsstraat", "25 1", "3511 ED", "Utrecht"), "Daniël Jansen", "daan@jansen.example",
    "+31612345678", "NL91ABNA0417164300", eur("5000.00"), 30, True,
)  # fmt: skip
PERSON = Applicant(
    "D. Jansen", address=COMPANY.address, email="d@jansen.example", requested=eur("400.00"),
    consent=True,
)  # fmt: skip

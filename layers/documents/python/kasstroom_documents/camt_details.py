"""The transactions inside an entry of a camt message: who paid, what for, and why it came back."""

from __future__ import annotations

from lxml import etree

from kasstroom.bank.accounts import account_key
from kasstroom.bank.model import ParsedTransaction, ReferenceKind
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom_documents.bank_values import (
    announced,
    decimal_money,
    iban,
    name,
    reference,
    structured,
    words,
)
from kasstroom_documents.text import clean

_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt")
"""Where an amount in the account's own currency may stand, best first."""
_NARRATIVE = "NARR"
"""ISO 20022: the reason is told in words only."""


def transactions(
    entry: etree._Element, amount: Money, account: str, reversal: bool
) -> tuple[ParsedTransaction, ...]:
    """None when the bank gave no details, or not what each part of a batch comes to."""
    details = [d for d in entry.findall("NtryDtls/TxDtls") if len(d)]
    amounts = [_amount(d, amount, alone=len(details) == 1) for d in details]
    if None in amounts:
        return ()
    pairs = zip(details, amounts, strict=True)
    return tuple(_transaction(d, a, account, reversal) for d, a in pairs if a is not None)


def batch_names(entry: etree._Element) -> str:
    """What a batch of ours was called when it went to the bank: `PmtInfId` names a part of the
    file and begins with the file's `MsgId` at whoever does as we do."""
    places = ("NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId")
    found = [reference(name.text) for place in places for name in entry.findall(place)]
    details = entry.findall("NtryDtls/TxDtls")
    if not found and len(details) == 1 and details[0].find("RltdPties") is None:
        refs = ("NtryDtls/TxDtls/Refs/PmtInfId", "NtryDtls/TxDtls/Refs/MsgId")
        found = [reference(entry.findtext(place)) for place in refs]
    return " ".join(dict.fromkeys(name for name in found if name))


def of_nobody(transaction: ParsedTransaction) -> bool:
    """Whether these details name no payer and no payment."""
    return not (
        transaction.end_to_end_id or transaction.counterparty_iban or transaction.counterparty_name
    )


def _amount(details: etree._Element, entry: Money, *, alone: bool) -> Money | None:
    """Signed as its own CdtDbtInd says, else as the entry. What was instructed in another currency
    is no amount of this account: a transaction on its own then comes to its entry."""
    found = [details.find(path) for path in (_AMOUNTS[:1] if alone else _AMOUNTS)]
    given = [a for a in found if a is not None]
    own = [a for a in given if a.get("Ccy", "") == entry.currency]
    if not own:
        if given and not alone:
            currency = given[0].get("Ccy", "")
            raise Refused(
                "currency_mismatch",
                f"a transaction is in {currency} and its entry in {entry.currency}; ask the bank"
                " for details in the currency of the account.",
            )
        return entry if alone else None
    money = decimal_money(clean(own[0].text), entry.currency)
    direction = clean(details.findtext("CdtDbtInd"))
    negative = direction == "DBIT" if direction else entry.minor < 0
    return -money if negative else money


def _transaction(
    details: etree._Element, amount: Money, account: str, reversal: bool
) -> ParsedTransaction:
    text = _text(details)
    reference_text, kind = _reference(details, text)
    reason = _return_reason(details)
    role = _other_party(details, amount, account, came_back=reversal or bool(reason))
    return ParsedTransaction(
        amount,
        _party(details, role),
        iban(_account(details, role)),
        _party(details, f"Ultmt{role}"),
        reference(details.findtext("Refs/EndToEndId")),
        reference(details.findtext("Refs/MndtId")),
        reference_text,
        kind,
        text,
        reason,
        reference(details.findtext("Refs/AcctSvcrRef")),
    )


def _other_party(details: etree._Element, amount: Money, account: str, *, came_back: bool) -> str:
    """`Dbtr` or `Cdtr`: money in comes from a debtor. What comes back keeps its first roles, so
    there it is whoever is not us."""
    roles = ("Dbtr", "Cdtr") if (amount.minor >= 0) != came_back else ("Cdtr", "Dbtr")
    if not came_back:
        return roles[0]
    strangers = [r for r in ("Dbtr", "Cdtr") if _is_somebody_else(details, r, account)]
    return strangers[0] if strangers else roles[0]


def _is_somebody_else(details: etree._Element, role: str, account: str) -> bool:
    number = _account(details, role)
    known = bool(_party(details, role) or number)
    return known and account_key(number) != account_key(account)


def _party(details: etree._Element, role: str) -> str:
    """Before version .08 the name stood in the role itself; an agent can be a party too."""
    paths = ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm")
    found = (details.findtext(f"RltdPties/{role}/{path}") for path in paths)
    return name(next((text for text in found if text), ""))


def _account(details: etree._Element, role: str) -> str:
    place = f"RltdPties/{role}Acct/Id"
    return details.findtext(f"{place}/IBAN") or details.findtext(f"{place}/Othr/Id") or ""


def _text(details: etree._Element) -> str:
    parts = [e.text or "" for e in details.findall("RmtInf/Ustrd")]
    parts += [e.text or "" for e in details.findall("RmtInf/Strd/AddtlRmtInf")]
    return words(" ".join(parts) or details.findtext("AddtlTxInf"))


def _reference(details: etree._Element, text: str) -> tuple[str, ReferenceKind]:
    for given in details.findall("RmtInf/Strd/CdtrRefInf"):
        if value := clean(given.findtext("Ref")):
            return structured(clean(given.findtext("Tp/Issr")), value)
    return announced(text)


def _return_reason(details: etree._Element) -> str:
    returned = details.find("RtrInf")
    if returned is None:
        return ""
    code = returned.findtext("Rsn/Cd") or returned.findtext("Rsn/Prtry")
    return words(code, 35) or _NARRATIVE

"""pain.002: the bank's report on a file of direct debits, in any version.

Read by local names, as camt is: what was refused stands at the file, at a part of it or at a line.
"""

from __future__ import annotations

from lxml import etree

from kasstroom.bank.quarantine import Quarantined
from kasstroom.mandates.bank_status import Status, StatusFile
from kasstroom_documents.bank_values import line, reference, words
from kasstroom_documents.camt import parsed
from kasstroom_documents.limits import Limits
from kasstroom_documents.text import clean

MESSAGE = "CstmrPmtStsRpt"
_OF_FILE, _OF_PART, _OF_LINE = "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "TxInfAndSts"
_COLLECTS = "pain.008"


def read_pain_002(
    position: str, content: bytes, limits: Limits, *, packed: bool = False
) -> StatusFile:
    """Quarantined, with the line, when it is no report on a file of direct debits."""
    root = parsed(content, limits)
    for element in root.iter():
        element.tag = etree.QName(element).localname
    message = next(root.iter(MESSAGE), None)
    file = message.find(_OF_FILE) if message is not None else None
    if message is None or file is None:
        detail = "the message names no file that it reports on."
        raise Quarantined("not_pain_002", detail, line(root.sourceline))
    kind = clean(file.findtext("OrgnlMsgNmId"))
    if kind and not kind.startswith(_COLLECTS):
        detail = f"the report is about a {words(kind, 35)} file; only direct debits are sent here."
        raise Quarantined("not_of_direct_debits", detail, line(file.sourceline))
    if len(message.findall(f"{_OF_PART}/{_OF_LINE}")) > limits.max_rows:
        detail = f"The report has more than {limits.max_rows} lines; ask the bank for parts."
        raise Quarantined("too_many_lines", detail)
    told = [_status(part, "OrgnlPmtInfId", "PmtInfSts") for part in message.findall(_OF_PART)]
    lines = message.findall(f"{_OF_PART}/{_OF_LINE}") + message.findall(_OF_LINE)
    told += [_status(one, "OrgnlEndToEndId", "TxSts") for one in lines]
    parts = tuple(status for status in told if status.code)
    return StatusFile(position, _status(file, "OrgnlMsgId", "GrpSts"), parts, packed)


def _status(element: etree._Element, name: str, status: str) -> Status:
    why = element.findtext("StsRsnInf/Rsn/Cd") or element.findtext("StsRsnInf/Rsn/Prtry")
    return Status(
        line(element.sourceline), reference(element.findtext(name)),
        clean(element.findtext(status)).upper()[:4], words(why, 35),
    )  # fmt: skip

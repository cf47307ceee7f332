"""Which file is a bank's, and reading it: camt messages, MT940 statements, pain.002 reports."""

from __future__ import annotations

import re

from kasstroom.bank.accepted import StatementFile
from kasstroom.mandates.bank_status import StatusFile
from kasstroom_documents.camt import read_camt
from kasstroom_documents.limits import Limits
from kasstroom_documents.mt940 import read_mt940
from kasstroom_documents.pain002 import read_pain_002

CAMT = "camt"
MT940 = "mt940"
PAIN_002 = "pain.002"
HEAD_BYTES = 65_536
"""A document type in front of a message may be this long before its namespace is seen."""
_CAMT = re.compile(rb"camt\.05[234]\.|<(\w+:)?BkToCstmr(Stmt|AcctRpt|DbtCdtNtfctn)\b")
_PAIN_002 = re.compile(rb"pain\.002\.|<(\w+:)?CstmrPmtStsRpt\b")
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00\x01\x03 \t\r\n"
_BLOCK = re.compile(rb"\{1:[FAL]")
_FIELD = re.compile(rb":(20|25P?|28C?|60[FM]?|61|62[FM]?|64|86|940?):")
_HEADING = re.compile(rb"[A-Z]{6}[A-Z0-9]{2,6}\s*\n\s*94[02]\b|94[02]\s*\n")


def bank_format(content: bytes) -> str:
    """`camt`, `mt940`, `pain.002`, or "" when no bank made this. Files in UTF-16 are known too:
    what is wrong with them is for their reader to say."""
    head = content[:HEAD_BYTES].replace(b"\0", b"").lstrip(_BLANK)
    if head.startswith(b"<"):
        if _PAIN_002.search(head):
            return PAIN_002
        return CAMT if _CAMT.search(head) else ""
    start = head[:200].replace(b"\r", b"\n")
    is_mt940 = _BLOCK.match(start) or _FIELD.match(start) or _HEADING.match(start)
    return MT940 if is_mt940 else ""


def read_bank(
    position: str, content: bytes, limits: Limits, *, packed: bool = False
) -> StatementFile | StatusFile:
    """Quarantined, with the line, when any part of it cannot be read."""
    format = bank_format(content)
    if format == PAIN_002:
        return read_pain_002(position, content, limits, packed=packed)
    read = read_camt if format == CAMT else read_mt940
    return StatementFile(position, read(content, limits), packed)

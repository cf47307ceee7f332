"""A bank, as small as a test needs it: statements of one account, written as camt and as MT940."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape

from kasstroom.bank.accepted import StatementFile
from kasstroom.bank.identity import Source
from kasstroom.bank.model import ParsedStatement
from kasstroom_documents.camt import read_camt
from kasstroom_documents.limits import Limits

IBAN = "NL91ABNA0417164300"
"""Of the organisation in `tests.people`."""
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
DAY = date(2026, 8, 31)


@dataclass(frozen=True)
class Part:
    """One transaction in cents, signed; `returned` is a reason code."""

    minor: int
    name: str = "Jansen B.V."
    iban: str = "NL53KNAB0730699660"
    text: str = "factuur F-1"
    end_to_end: str = "NOTPROVIDED"
    returned: str = ""


@dataclass(frozen=True)
class Line:
    """One entry: `parts` empty means the bank gave no details, and `minor` is the whole."""

    parts: tuple[Part, ...] = ()
    reference: str = ""
    minor: int = 0
    status: str = "BOOK"
    on: date = DAY
    code: str = "RCDT/ESCT"
    reversal: bool = False
    text: str = ""
    batch: str = ""
    """The name of the batch that the entry is the total of (`Btch/PmtInfId`)."""

    @property
    def total(self) -> int:
        return sum(p.minor for p in self.parts) or self.minor


@dataclass(frozen=True)
class Paper:
    """A statement of `IBAN`; `closing` None: what the booked lines make of the opening balance."""

    lines: tuple[Line, ...]
    number: int = 7
    opening: int = 100_000
    closing: int | None = None
    on: date = DAY
    account: str = IBAN
    format: str = "053"
    balances: bool = True

    @property
    def ends(self) -> int:
        booked = sum(line.total for line in self.lines if line.status == "BOOK")
        return self.opening + booked if self.closing is None else self.closing

    def next(self, *lines: Line) -> Paper:
        after = self.on + timedelta(days=1)
        dated = tuple(replace(line, on=after) for line in lines)
        return Paper(dated, self.number + 1, self.ends, on=after, account=self.account)


def receipt(minor: int, reference: str = "", **facts: object) -> Line:
    return Line((Part(minor, **facts),), reference)  # type: ignore[arg-type]


_ROOTS = {
    "053": ("BkToCstmrStmt", "Stmt"),
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def camt(*papers: Paper, version: str = "08") -> bytes:
    """Every element on a line of its own, as a bank's file has it."""
    root, tag = _ROOTS[papers[0].format]
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.{papers[0].format}.001.{version}"
    old = version in ("02", "04")
    body = "\n".join(_statement(paper, tag, old) for paper in papers)
    head = "<GrpHdr>\n<MsgId>M1</MsgId>\n</GrpHdr>"
    text = f'<Document xmlns="{namespace}">\n<{root}>\n{head}\n{body}\n</{root}>\n</Document>\n'
    return ("<?xml version='1.0' encoding='UTF-8'?>\n" + text).encode()


def _statement(paper: Paper, tag: str, old: bool) -> str:
    opened = paper.on - timedelta(days=1)
    balances = (
        f"{_balance('OPBD', paper.opening, opened)}\n{_balance('CLBD', paper.ends, paper.on)}\n"
    )
    lines = "\n".join(_entry(line, old) for line in paper.lines)
    return (
        f"<{tag}>\n<Id>S{paper.number}</Id>\n<ElctrncSeqNb>{paper.number}</ElctrncSeqNb>\n"
        f"<CreDtTm>{paper.on}T23:00:00+02:00</CreDtTm>\n"
        f"<Acct><Id><IBAN>{paper.account}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        f"{balances if paper.balances else ''}{lines}\n</{tag}>"
    )


def _balance(code: str, minor: int, on: date) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_signed(minor)}<Dt><Dt>{on}</Dt></Dt></Bal>"


def _signed(minor: int) -> str:
    amount = f'<Amt Ccy="EUR">{abs(minor) // 100}.{abs(minor) % 100:02d}</Amt>'
    return f"{amount}<CdtDbtInd>{'CRDT' if minor >= 0 else 'DBIT'}</CdtDbtInd>"


def _entry(line: Line, old: bool) -> str:
    status = line.status if old else f"<Cd>{line.status}</Cd>"
    family, sub = line.code.split("/")
    code = f"<Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly>"
    batch = f"<Btch><PmtInfId>{line.batch}</PmtInfId></Btch>\n" if line.batch else ""
    details = batch + "\n".join(_details(part, old) for part in line.parts)
    reference = f"<AcctSvcrRef>{line.reference}</AcctSvcrRef>\n" if line.reference else ""
    return (
        f"<Ntry>\n{_signed(line.total)}\n<RvslInd>{str(line.reversal).lower()}</RvslInd>\n"
        f"<Sts>{status}</Sts>\n<BookgDt><Dt>{line.on}</Dt></BookgDt>\n"
        f"<ValDt><Dt>{line.on}</Dt></ValDt>\n{reference}"
        f"<BkTxCd><Domn><Cd>PMNT</Cd>{code}</Domn></BkTxCd>\n"
        + (f"<NtryDtls>\n{details}\n</NtryDtls>\n" if details else "")
        + (f"<AddtlNtryInf>{escape(line.text)}</AddtlNtryInf>\n" if line.text else "")
        + "</Ntry>"
    )


def _details(part: Part, old: bool) -> str:
    role = "Dbtr" if part.minor >= 0 or part.returned else "Cdtr"
    name = f"<Nm>{escape(part.name)}</Nm>" if part.name else ""
    party = name if old else f"<Pty>{name}</Pty>"
    returned = f"<RtrInf><Rsn><Cd>{part.returned}</Cd></Rsn></RtrInf>" if part.returned else ""
    return (
        f"<TxDtls>\n<Refs><EndToEndId>{escape(part.end_to_end)}</EndToEndId></Refs>\n"
        f"{_signed(part.minor)}\n<RltdPties><{role}>{party}</{role}>"
        f"<{role}Acct><Id><IBAN>{part.iban}</IBAN></Id></{role}Acct></RltdPties>\n"
        f"<RmtInf><Ustrd>{escape(part.text)}</Ustrd></RmtInf>{returned}\n</TxDtls>"
    )


def mt940(*papers: Paper) -> bytes:
    """As ABN AMRO and ING write it: `:86:` in parts, wrapped after 65 characters."""
    rows: list[str] = []
    for paper in papers:
        opened = paper.on - timedelta(days=1)
        rows += [f":20:S{paper.number}", f":25:{paper.account}", f":28C:{paper.number:05d}/00001"]
        rows.append(f":60F:{_marked(paper.opening, opened)}")
        for line in paper.lines:
            rows += _mt940_line(line)
        rows += [f":62F:{_marked(paper.ends, paper.on)}", "-"]
    return ("\r\n".join(rows) + "\r\n").encode()


def _marked(minor: int, on: date) -> str:
    return f"{'C' if minor >= 0 else 'D'}{on:%y%m%d}EUR{abs(minor) // 100},{abs(minor) % 100:02d}"


def _mt940_line(line: Line) -> list[str]:
    part, minor = line.parts[0], line.total
    mark = "C" if minor >= 0 else "D"
    bank = f"//{line.reference}" if line.reference else ""
    amount = f"{abs(minor) // 100},{abs(minor) % 100:02d}"
    told = (
        f"/EREF/{part.end_to_end}//CNTP/{part.iban}/KNABNL2H/{part.name}///REMI/USTD//{part.text}/"
    )
    told = (f"/RTRN/{part.returned}/" if part.returned else "") + told
    wrapped = [told[at : at + 65] for at in range(0, len(told), 65)]
    return [
        f":61:{line.on:%y%m%d%m%d}{mark}{amount}NTRFEREF{bank}",
        f":86:{wrapped[0]}",
        *wrapped[1:],
    ]


def read(*papers: Paper) -> tuple[ParsedStatement, ...]:
    return read_camt(camt(*papers), Limits())


def file_of(*papers: Paper, name: str = "afschrift.xml", packed: bool = False) -> StatementFile:
    return StatementFile(name, read(*papers), packed)


def source(name: str = "import:imp_1:afschrift.xml", org: str = "vandijk") -> Source:
    return Source(org, name, NOW)


class Jobs:
    """`kasstroom.bank.ports.LineQueue`, kept in a list."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def put(self, org: str, ids: Iterable[str]) -> None:
        self.ids += ids

"""pain.002 as a bank writes it: what it says of a file of direct debits."""

from __future__ import annotations


def pain_002(
    message_id: str, *, file: str = "", why: str = "", parts: str = "", of: str = "pain.008.001.08",
    version: str = "001.10",
) -> bytes:  # fmt: skip
    """`file` is the status of the whole, "" without one; `parts` further elements."""
    status = f"<GrpSts>{file}</GrpSts>\n" if file else ""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.{version}">\n<CstmrPmtStsRpt>\n'
        "<GrpHdr><MsgId>R1</MsgId><CreDtTm>2026-09-14T10:00:00</CreDtTm></GrpHdr>\n"
        f"<OrgnlGrpInfAndSts>\n<OrgnlMsgId>{message_id}</OrgnlMsgId>\n"
        f"<OrgnlMsgNmId>{of}</OrgnlMsgNmId>\n{status}{reason(why)}</OrgnlGrpInfAndSts>\n"
        f"{parts}\n</CstmrPmtStsRpt>\n</Document>\n"
    ).encode()


def part(name: str, *lines: str, status: str = "", why: str = "") -> str:
    told = f"<PmtInfSts>{status}</PmtInfSts>\n" if status else ""
    return (
        f"<OrgnlPmtInfAndSts>\n<OrgnlPmtInfId>{name}</OrgnlPmtInfId>\n{told}{reason(why)}"
        + "\n".join(lines)
        + "</OrgnlPmtInfAndSts>"
    )


def one(end_to_end: str, status: str = "RJCT", why: str = "") -> str:
    return (
        f"<TxInfAndSts>\n<StsId>1</StsId>\n<OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId>\n"
        f"<TxSts>{status}</TxSts>\n{reason(why)}</TxInfAndSts>\n"
    )


def reason(code: str) -> str:
    return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>\n" if code else ""

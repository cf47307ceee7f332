"""Names of the table's keys and indexes. No imports: infra reads this file too."""

PK = "pk"
SK = "sk"
VERSION = "version"
KIND = "kind"
BODY = "body"
TTL = "ttl"

DUE_INDEX = "due"
DUE_PK = "due_pk"
DUE_SK = "due_sk"
DUE_SHARDS = 16

OUTBOX_PREFIX = "EVT#"
OUTBOX_TTL_DAYS = 14


def debtor_pk(org: str, debtor: str) -> str:
    return f"D#{org}#{debtor}"


def org_pk(org: str) -> str:
    return f"ORG#{org}"


def reference_pk(org: str, kind: str, value: str) -> str:
    return f"REF#{org}#{kind}#{value}"

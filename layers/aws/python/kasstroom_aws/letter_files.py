"""Letters and what the printer is told, in S3."""

from __future__ import annotations

from kasstroom.settings import LetterSettings
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

URL_SECONDS = 900
_TYPES = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv; charset=utf-8"}


class LetterBucket:
    """`kasstroom.messages.tray.LetterStore` on S3."""

    def __init__(self, settings: LetterSettings) -> None:
        self._bucket = settings.letter_bucket

    def put(self, key: str, content: bytes) -> None:
        where = {"Bucket": self._bucket, "Key": key}
        media_type = _TYPES[key.rpartition(".")[2]]
        with told_apart(frozenset()):
            client("s3").put_object(**where, Body=content, ContentType=media_type)

    def get(self, key: str) -> bytes:
        with told_apart(frozenset()):
            return client("s3").get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def download_url(self, key: str) -> str:
        where = {"Bucket": self._bucket, "Key": key}
        return client("s3").generate_presigned_url("get_object", where, URL_SECONDS)

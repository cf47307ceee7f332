"""Files of report runs in S3."""

from __future__ import annotations

from typing import BinaryIO

from kasstroom.settings import ReportFileSettings
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

URL_SECONDS = 900


class ReportBucket:
    """`kasstroom.reports.delivering.ports.ReportFiles` on S3; large files go in parts."""

    def __init__(self, settings: ReportFileSettings) -> None:
        self._bucket = settings.report_bucket

    def put(self, key: str, content: BinaryIO, media_type: str) -> None:
        extra = {"ContentType": media_type}
        with told_apart(frozenset()):
            client("s3").upload_fileobj(content, self._bucket, key, ExtraArgs=extra)

    def get(self, key: str) -> bytes:
        with told_apart(frozenset()):
            return client("s3").get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def download_url(self, key: str) -> str:
        """Opens as a file to keep, under its own name."""
        name = key.rpartition("/")[2]
        where = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentDisposition": f'attachment; filename="{name}"',
        }
        return client("s3").generate_presigned_url("get_object", where, URL_SECONDS)

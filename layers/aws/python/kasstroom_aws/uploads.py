"""Uploaded files and their row results in S3."""

from __future__ import annotations

from kasstroom.errors import NotFound, Refused
from kasstroom.imports.model import RowResult
from kasstroom.settings import UploadSettings
from kasstroom_aws.clients import client
from kasstroom_aws.shapes import adapter

URL_SECONDS = 900


class UploadBucket:
    """`kasstroom.imports.ports.Uploads` on S3."""

    def __init__(self, settings: UploadSettings) -> None:
        self._bucket = settings.upload_bucket

    def put(self, key: str, content: bytes) -> None:
        client("s3").put_object(Bucket=self._bucket, Key=key, Body=content)

    def get(self, key: str, largest: int) -> bytes:
        try:
            found = client("s3").get_object(Bucket=self._bucket, Key=key)
        except client("s3").exceptions.NoSuchKey:
            raise NotFound("upload_not_found", f"There is no uploaded file {key}.") from None
        if found["ContentLength"] > largest:
            megabytes = largest // 1_000_000
            detail = f"The file is larger than {megabytes} MB; split it and upload the parts."
            raise Refused("file_too_large", detail)
        return found["Body"].read()

    def upload_url(self, key: str) -> str:
        where = {"Bucket": self._bucket, "Key": key}
        return client("s3").generate_presigned_url("put_object", where, URL_SECONDS)

    def download_url(self, key: str) -> str:
        where = {"Bucket": self._bucket, "Key": key}
        return client("s3").generate_presigned_url("get_object", where, URL_SECONDS)

    def put_rows(self, key: str, rows: list[RowResult]) -> None:
        self.put(key, adapter(list[RowResult]).dump_json(rows))

    def get_rows(self, key: str) -> list[RowResult]:
        try:
            return adapter(list[RowResult]).validate_json(self.get(key, 50_000_000))
        except NotFound:
            return []

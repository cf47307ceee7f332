"""AWS clients, made on first use and kept for the life of the process."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def client(service: str, attempts: int = 3) -> Any:
    """A boto3 client with short time-outs; boto3 is imported here only. `attempts` 1 for calls that
    must not be repeated without asking: the SDK would send again after a time-out.
    """
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": attempts})
    return boto3.client(service, config=config)

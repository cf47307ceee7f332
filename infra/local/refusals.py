"""What the front door answers itself, before or instead of the API behind it."""

from __future__ import annotations


class Refusal(Exception):
    """An answer of the door itself; `hang_up` when the request was not read to its end."""

    def __init__(self, status: int, title: str, detail: str, *, hang_up: bool = False) -> None:
        super().__init__(detail)
        self.status, self.title, self.hang_up = status, title, hang_up


def too_large(*, hang_up: bool = False) -> Refusal:
    detail = "A request body may be 10 MB at most; upload larger files through a presigned URL."
    return Refusal(413, "Too large", detail, hang_up=hang_up)


def not_up(what_to_do: str) -> Refusal:
    return Refusal(503, "Not available", f"The local environment is not up. {what_to_do}")

"""Scene: a customer opens the link in the message and pays by iDEAL."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from infra.local.place import NotReady
from infra.local.story.stage import Stage
from infra.local.suite import Answer

PAID_SIGN = re.compile(r'class="sign (part_)?paid"')
"""The tick above the words, the same in every language."""


class _Form(HTMLParser):
    """The first form of a page that posts: where to, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self._inside = "", {}, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post" and not self.action:
            self.action, self._inside = said.get("action", ""), True
        if tag in ("input", "button") and self._inside and said.get("name"):
            self.fields.setdefault(said["name"], said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def links(stage: Stage, channel: str = "") -> list[str]:
    """Paths of the payment pages in the messages that went out, the oldest first."""
    return pages(stage, [m for m in stage.messages() if channel in ("", m["channel"])])


def pages(stage: Stage, sent: list[dict[str, Any]]) -> list[str]:
    """Paths of the payment pages in these messages, the oldest first: not of the pages behind them
    on which a customer answers."""
    door = f"{stage.suite.url}/p/"
    in_order = sorted(sent, key=lambda message: (message["at"][:10], message["to"]))
    found = [
        url for message in in_order for url in message["links"]
        if url.startswith(door) and "/" not in url.removeprefix(door)
    ]  # fmt: skip
    return [url.removeprefix(stage.suite.url) for url in dict.fromkeys(found)]


def still_to_pay(stage: Stage) -> str:
    """The newest payment page that still has a button to pay with."""
    for path in reversed(links(stage)):
        if _button(stage.environment.suite().call("GET", path)):
            return path
    raise NotReady("No message leads to a page where something can be paid.")


def to_pay(stage: Stage) -> list[str]:
    """Every payment page that still has a button to pay with, the oldest first."""
    public = stage.environment.suite()
    return [path for path in links(stage) if _button(public.call("GET", path))]


def _button(page: Answer) -> str:
    form = _Form()
    form.feed(page.text)
    return form.action


def pays(stage: Stage, path: str, *, waits: bool = True) -> None:
    """A customer pays, without words; `waits` until the page says that it is booked."""
    page = stage.environment.suite().call("GET", path)
    back = _at_the_bank(stage, _press_pay(stage, page, path))
    if waits:
        stage.until("the payment to be booked", lambda: _says_paid(stage, back))


def _at_the_bank(stage: Stage, checkout: str) -> str:
    return stage.phone.submit(checkout, {"outcome": "paid"}).headers["Location"]


def play(stage: Stage, path: str) -> None:
    stage.say.scene("A customer pays")
    public = stage.environment.suite()
    page = public.call("GET", path)
    stage.expect(page.status == 200, f"The payment page answered {page.status}.")
    stage.say.done(f"The page behind the link in the message opens: {public.url}{path}")
    checkout = _press_pay(stage, page, path)
    stage.say.done("The button brings the customer to the bank (sandbox): iDEAL")
    back = _at_the_bank(stage, checkout)
    stage.say.step("The customer confirms at the bank and comes back")
    returned = stage.until("the payment to be booked", lambda: _says_paid(stage, back))
    stage.say.done(f"The page says: {_heading(returned)}")


def _press_pay(stage: Stage, page: Answer, path: str) -> str:
    form = _Form()
    form.feed(page.text)
    stage.expect(bool(form.action), "The payment page has no button to pay with.")
    target = form.action if form.action.startswith("/") else f"{path}/pay"
    answer = stage.environment.suite().submit(target, form.fields)
    stage.expect(
        answer.status == 303 and stage.phone.url in (answer.headers["Location"] or ""),
        f"Paying answered {answer.status} instead of going to the bank: {answer.text[:300]}",
    )
    return answer.headers["Location"]


def _says_paid(stage: Stage, url: str) -> str | None:
    page = stage.environment.suite().call("GET", url)
    stage.expect(page.status < 500, f"The page after payment answered {page.status}.")
    return page.text if PAID_SIGN.search(page.text) else None


def _heading(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""

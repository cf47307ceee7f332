"""A page on a phone without JavaScript, worked with the keys only.

Whatever the browser complains about (a blocked style, a file that did not come) is kept in
`complaints`, so that a test can say there was nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PHONE = {"width": 390, "height": 844}
MOST_TABS = 80
SHOWN = """e => {
  const box = e.getBoundingClientRect(), ring = part => getComputedStyle(e, part).outlineStyle;
  const inSight = box.bottom > 0 && box.top < window.innerHeight;
  return inSight && [null, "::after"].some(part => ring(part) !== "none");
}"""
"""The ring may go round the whole row that a link stands for."""
_REFUSED = "Failed to load resource: the server responded with a status of 4"
FITS = """() => ({
  wide: document.documentElement.scrollWidth - window.innerWidth,
  scripts: document.querySelectorAll("script").length,
  small: [...document.querySelectorAll("a, button, summary, input, select, textarea")]
    .filter(e => e.offsetParent && e.type !== "hidden" && !e.closest(".skip"))
    .filter(e => e.getBoundingClientRect().height < 24)
    .map(e => e.textContent.trim() || e.name),
  torn: [...document.querySelectorAll("h1, h2, dt, th, label, .button, .pill")].filter(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 8)));
    return lines.size > e.textContent.trim().split(/[\\s-]+/).length;
  }).map(e => e.textContent.trim()),
})"""


@dataclass
class Phone:
    """One visitor: nothing is clicked and nothing gets the focus but by the keys."""

    page: Any
    complaints: list[str] = field(default_factory=list)

    def reach(self, selector: str) -> Any:
        """Tab until it has the focus; it must then be in sight and show that it has it."""
        target = self.page.locator(selector)
        for _ in range(MOST_TABS):
            if self.has_focus(selector):
                assert target.evaluate(SHOWN), f"nobody sees that {selector} has the focus"
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached with {MOST_TABS} tabs")

    def has_focus(self, selector: str) -> bool:
        return self.page.locator(f"{selector}:focus").count() == 1

    def hears(self, message: Any) -> None:
        """What is blocked on the page; that the page itself is a refusal, the test knows."""
        if message.type in ("error", "warning") and not message.text.startswith(_REFUSED):
            self.complaints.append(message.text)

    def receives(self, response: Any) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status} {response.url}")

    def type(self, selector: str, text: str) -> None:
        """Over what stands there: a field that is reached with Tab is selected whole."""
        self.reach(selector)
        self.page.keyboard.type(text)

    def retype(self, text: str) -> None:
        """Over what stands in the field that has the focus."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        """A link or a button that leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    @property
    def told(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(self.page.inner_text("body").replace("\xa0", " ").split())

    @property
    def language(self) -> str:
        return self.page.get_attribute("html", "lang")

    def fits(self) -> None:
        """Nothing to scroll sideways for, no script, nothing too small for a thumb, and no label
        or heading torn in the middle of a word."""
        found = self.page.evaluate(FITS)
        assert found["wide"] <= 0, found
        assert found["scripts"] == 0, found
        assert found["small"] == found["torn"] == [], found


@contextmanager
def phone_in_hand(browser: Any, **more: Any) -> Iterator[Phone]:
    given = {"viewport": PHONE, "java_script_enabled": False, "locale": "nl-NL"} | more
    context = browser.new_context(**given)
    page = context.new_page()
    phone = Phone(page)
    page.on("console", phone.hears)
    page.on("requestfailed", lambda request: phone.complaints.append(request.url))
    page.on("response", phone.receives)
    try:
        yield phone
    finally:
        context.close()

"""What a payer does, in a real browser on a phone and at a desk, against the deployment."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("told")


def new_link(stage, number: str, amount: str, **more) -> str:
    """A debtor with one overdue invoice, and the payment page over it."""
    debtor = f"B-{number}"
    stage.suite.put(f"/v1/debtors/{debtor}", {"name": f"Bakkerij {number}", "kind": "company"})
    stage.suite.post(
        "/v1/invoices",
        {
            "number": number, "debtor": debtor, "issued_on": "2026-07-01", "due_on": "2026-07-31",
            "amount": {"value": amount, "currency": "EUR"},
        },
    )  # fmt: skip
    return stage.suite.post("/v1/payment-links", {"debtor": debtor} | more)["url"]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_payer_pays_without_javascript(stage, browser, width):
    url = new_link(stage, f"WEB-{width}", "123.45")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("requestfailed", lambda request: seen.append(request.url))
    page.goto(url)
    assert "123,45" in page.inner_text("main")
    page.get_by_role("button", name="iDEAL").click()
    assert page.url.startswith(stage.environment.ports.sandbox_url)
    page.locator("button[value=paid]").click()
    page.wait_for_url("**/return**")
    for _ in range(20):
        if "123,45" in page.inner_text("main") and "Bedankt" in page.content():
            break
        page.wait_for_timeout(500)
    assert "Bedankt" in page.content()
    assert seen == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1440, "light")])
def test_the_page_fits_and_breaks_no_rule_of_its_own(stage, browser, width, scheme):
    url = new_link(stage, f"FIT-{width}", "1186.85")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.goto(url)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    assert seen == []
    assert page.locator("script").count() == 0
    small = page.evaluate(
        "[...document.querySelectorAll('main a, main button, main summary')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).length"
    )
    assert small == 0
    context.close()


def test_a_free_amount_is_put_right_and_paid_with_the_keys(stage, phone):
    minimum = {"minimum": {"value": "25.00", "currency": "EUR"}}
    phone.page.goto(new_link(stage, "FREE", "300.00", free_amount=minimum))
    phone.type("#amount", "honderd")
    phone.press("button[name=method]")
    assert phone.has_focus("#amount"), "where it has to be put right"
    assert phone.page.input_value("#amount") == "honderd"
    assert "Dit lezen wij niet als een bedrag" in phone.told
    phone.fits()
    phone.retype("100")
    phone.press("#amount")
    assert phone.page.url.startswith(stage.environment.ports.sandbox_url)
    assert "100,00" in phone.told or "100.00" in phone.told
    assert phone.complaints == []

"""Signing in with an account of the local pool: its own page, there and back, without a script."""

from __future__ import annotations

from infra.local.staff import PASSWORD


def test_somebody_with_an_account_comes_in_lands_where_they_wanted_and_leaves(stage, phone):
    url = stage.suite.url
    phone.page.goto(f"{url}/desk/login")
    phone.press("a.button")
    assert phone.page.url.startswith(f"{stage.environment.ports.aws_url}/oauth2/authorize?")
    phone.page.fill("#username", f"carla@{stage.access.org}.example")
    phone.page.fill("#password", PASSWORD)
    phone.page.press("#password", "Enter")
    phone.page.wait_for_url(f"{url}/desk")
    assert "Ingelogd als carla" in phone.page.inner_text("header")
    assert phone.page.goto(f"{url}/desk/dashboard").status == 403
    phone.press("form[action='/desk/logout'] button")
    phone.page.wait_for_url(f"{url}/desk/signed-out")
    assert "U bent uitgelogd" in phone.page.inner_text("#said")
    phone.page.goto(f"{url}/desk")
    assert "/desk/login" in phone.page.url

"""What an organisation shows of its own brand, in every mail."""

from __future__ import annotations

import pytest

from kasstroom.errors import Refused
from kasstroom.organisations.brand import logo_url, reply_address


@pytest.mark.parametrize("url", ["https://vandijk.example/logo.png", "https://a.b.nl/x/LOGO.JPG"])
def test_a_logo_is_a_picture_over_https(url):
    assert logo_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "", "http://vandijk.example/logo.png", "javascript:alert(1)", "data:image/png;base64,AAAA",
        "https://vandijk.example/logo.svg", "https://vandijk.example/logo.png?d=1",
        "https://vandijk.example/logo.png#a", "https://user:pw@vandijk.example/logo.png",
        "https://localhost/logo.png", "https://127.0.0.1/logo.png", "https://[::1]/logo.png",
        "https://vandijk.example:8443/logo.png", 'https://v.nl/a".png', "https://v.nl/a b.png",
        "https://[/logo.png", "https://v.nl/" + "a" * 300 + ".png", "https://v.nl:x/logo.png",
    ],
)  # fmt: skip
def test_nothing_else_is(url):
    with pytest.raises(Refused):
        logo_url(url)


@pytest.mark.parametrize("given", ["a@b.nl", "facturen+x@vandijk.example"])
def test_a_reply_address_is_one_address(given):
    assert reply_address(given) == given


@pytest.mark.parametrize("given", ["", "a", "a@b", "A <a@b.nl>", "a@b.nl, c@d.nl", "a@b.nl\nBcc:x"])
def test_and_no_more(given):
    with pytest.raises(Refused):
        reply_address(given)

"""A webhook goes to the public internet, or it does not go."""

from __future__ import annotations

import pytest

from kasstroom.errors import Refused
from kasstroom.webhooks.targets import Reach, checked, is_allowed, target_of

PUBLIC, HERE = Reach.PUBLIC, Reach.THIS_MACHINE

REFUSED_URLS = [
    "", "shop.example/hooks", "http://shop.example/hooks", "ftp://shop.example/",
    "file:///etc/passwd", "gopher://shop.example/", "javascript:alert(1)", "https://",
    "https:///hooks", "https://user@shop.example/", "https://user:pw@shop.example/",
    "https://shop.example@10.0.0.1/", "https://shop.example/#x", "https://shop.example#@10.0.0.1/",
    "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
    "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://10.0.0.1/", "https://8.8.8.8/",
    "https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[fe80::1%25eth0]/",
    "https://[::ffff:127.0.0.1]/", "https://[2606:4700::1111]/", "https://localhost/",
    "https://shop.localhost/", "https://db.internal/", "https://metadata.google.internal/",
    "https://printer.local/", "https://nas.home.arpa/", "https://intranet/", "https://shop/",
    "https://shop.example:0/", "https://shop.example:99999/", "https://shop.example:x/",
    "https://shop.example.:443/", "https://-shop.example/", "https://shop..example/",
    "https://shop_1.example/", "https://shop.example\\@10.0.0.1/", "https://shop.example\t/",
    "https://shop.example/a b", "https://shop.example/\r\nHost: x", "https://shöp.example/",
    "https://①②⑦.⓪.⓪.①/", "https://shop.example%2f@10.0.0.1/", "https://shop%2eexample/",
    "https://" + "a" * 64 + ".example/", "https://" + "a." * 130 + "example/", "https://a.0x7f/",
    " https://shop.example/", "https://[::1/", "https://[v1.x]/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED_URLS, ids=range(len(REFUSED_URLS)))
def test_a_url_that_is_not_for_webhooks_is_refused(url):
    with pytest.raises(Refused) as refused:
        target_of(url, PUBLIC)
    assert refused.value.code == "webhook_url_refused"
    assert refused.value.pointer == "/body/url"


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://shop.example", "shop.example", 443, "/"),
        ("https://Shop.Example/hooks?a=1&b=2", "shop.example", 443, "/hooks?a=1&b=2"),
        ("https://xn--shp-sna.example:8443/x", "xn--shp-sna.example", 8443, "/x"),
        ("HTTPS://a-b.c1.example/%20", "a-b.c1.example", 443, "/%20"),
    ],
)
def test_a_public_host_over_https_is_fine(url, host, port, path):
    target = target_of(url, PUBLIC)
    assert (target.secure, target.host, target.port, target.path) == (True, host, port, path)


INSIDE = [
    "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "192.0.0.1", "192.0.2.1",
    "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "3fff::1", "5f00::1", "::ffff:0:7f00:1",
    "2606:4700::1111%1", "shop.example", "2130706433", "", "0x7f.1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_somebody_s_network_is_never_called(address):
    assert not is_allowed(address, PUBLIC)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450::1"])
def test_a_public_address_is(address):
    assert is_allowed(address, PUBLIC)


@pytest.mark.parametrize("address", INSIDE[2:17] + ["8.8.8.8", "2606:4700::1111"])
def test_this_machine_calls_itself_only(address):
    assert not is_allowed(address, HERE)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/", "https://shop.example/", "http://10.0.0.1/", "http://2130706433/",
        "http://user@127.0.0.1/", "http://127.0.0.1@10.0.0.1/", "http://127.0.0.1.nip.example/",
        "ftp://127.0.0.1/", "http://0.0.0.0/", "http://0x7f.0.0.1/",
    ],
)  # fmt: skip
def test_on_this_machine_another_host_is_refused(url):
    with pytest.raises(Refused):
        target_of(url, HERE)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8401/hooks", "http://localhost/", "http://[::1]/"]
)
def test_on_this_machine_plain_http_to_itself_is_fine(url):
    assert not target_of(url, HERE).secure


def test_a_name_is_judged_by_all_of_its_addresses():
    target = checked("https://shop.example/x", PUBLIC, lambda host, port: ("8.8.8.8", "2a00::1"))
    assert target.addresses == ("8.8.8.8", "2a00::1")
    for addresses in [("10.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("8.8.8.8", "::1")]:
        with pytest.raises(Refused, match="not on the public internet"):
            checked("https://shop.example/", PUBLIC, lambda host, port, a=addresses: a)
    with pytest.raises(Refused) as refused:
        checked("https://shop.example/", PUBLIC, lambda host, port: ())
    assert refused.value.code == "webhook_host_unknown"

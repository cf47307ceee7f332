"""What a tester sees first: the page at the front door, and the words on the terminal."""

from __future__ import annotations

import io
import re

from infra.local.api_fuzz import command
from infra.local.home_page import credit_check_by_curl, home_page
from infra.local.place import Place
from infra.local.ports import Ports
from infra.local.say import Say

KNOWN = {
    "urls": {"docs": "http://127.0.0.1:8400/docs", "payer_page": "http://x/?a=1&b=<2>"},
    "api_key": "ks_test_<k>",
    "people": {"anna": "ks_test_<a>"},
    "curl": "curl -d '{}'",
}


def test_before_the_suite_is_up_the_page_says_so(tmp_path):
    assert "starting" in home_page(Place(tmp_path), Ports())


def test_the_page_links_to_what_there_is_and_shows_the_key_as_text(tmp_path):
    place = Place(tmp_path)
    place.write("environment.json", KNOWN)
    page = home_page(place, Ports())
    assert re.findall(r'href="([^"]*)"', page) == [
        "http://127.0.0.1:8400/docs",
        "http://x/?a=1&amp;b=&lt;2&gt;",
    ]
    assert "ks_test_&lt;k&gt;" in page
    assert "<k>" not in page


def test_what_holds_a_key_is_for_the_owner_s_eyes_only(tmp_path):
    place = Place(tmp_path)
    place.write("environment.json", KNOWN)
    assert (tmp_path / "environment.json").stat().st_mode & 0o077 == 0
    assert place.read("environment.json") == KNOWN


def test_the_curl_can_be_pasted_as_it_stands():
    pasted = credit_check_by_curl("http://127.0.0.1:8400", "ks_test_x")
    assert pasted.count("'") % 2 == pasted.count('"') % 2 == 0
    assert all(line.endswith("\\") for line in pasted.splitlines()[:-1])


def test_without_a_terminal_nothing_is_coloured():
    out = io.StringIO()
    say = Say(out, {})
    say.done("booked")
    say.failed("no")
    assert "\033" not in out.getvalue()


def test_no_colour_is_honoured_on_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    assert Say(Terminal(), {}).paint("x", "bold") == "\033[1mx\033[0m"
    assert Say(Terminal(), {"NO_COLOR": "1"}).paint("x", "bold") == "x"
    assert Say(Terminal(), {"TERM": "dumb"}).paint("x", "bold") == "x"


def test_amounts_in_a_table_end_in_the_same_column():
    out = io.StringIO()
    Say(out, {}).table(("name", "open"), [("a", "EUR 5.00"), ("bcd", "EUR 1234.50")])
    head, first, second = out.getvalue().splitlines()
    assert len(first) == len(second) == len(head)
    assert first.endswith("   EUR 5.00")


def test_fuzzing_is_bounded_and_carries_the_key():
    asked = command({"urls": {"api": "http://x"}, "api_key": "ks_test_x"}, 7)
    assert "Authorization: Bearer ks_test_x" in asked
    assert asked[asked.index("--max-examples") + 1] == "7"

"""An organisation's own words: what they may hold, and that every version stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor
from kasstroom.debtors.model import Channel
from kasstroom.errors import NotFound, Refused
from kasstroom.messages.template_text import (
    BLOCKS,
    PLACEHOLDERS,
    Blocks,
    TemplateKey,
    TemplateKind,
    allowed,
    checked,
    key_of_template,
    required,
)
from kasstroom.messages.templates import own_words, put, templates_view, view_of, withdraw
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, organisation

ANNA = Actor("anna")
MAIL = TemplateKey(TemplateKind.REMINDER, Channel.EMAIL, Language.NL)
SMS = TemplateKey(TemplateKind.REMINDER, Channel.SMS, Language.NL)
NOTICE = TemplateKey(TemplateKind.NOTICE, Channel.EMAIL, Language.NL)
FOURTEEN = TemplateKey(TemplateKind.FOURTEEN_DAY_LETTER, Channel.LETTER, Language.NL)
FINAL = TemplateKey(TemplateKind.FINAL_DEMAND, Channel.EMAIL, Language.NL)


def anything(*_):
    """A trial that finds every text good."""


@pytest.mark.parametrize(
    ("key", "blocks", "code", "pointer"),
    [
        (MAIL, Blocks(), "nothing_given", "/body"),
        (MAIL, Blocks(text="x"), "block_not_here", "/body/text"),
        (MAIL, Blocks(paragraphs=("x",)), "block_not_here", "/body/paragraphs/0"),
        (MAIL, Blocks(subject="x" * 121), "too_long", "/body/subject"),
        (MAIL, Blocks(intro="<b>Let op</b>"), "no_markup", "/body/intro"),
        (MAIL, Blocks(intro="Zie https://ergens.example"), "no_address", "/body/intro"),
        (MAIL, Blocks(subject="Een\nTwee"), "forbidden_character", "/body/subject"),
        (MAIL, Blocks(intro="Een \u202eowT"), "forbidden_character", "/body/intro"),
        (MAIL, Blocks(intro="{amuont}"), "unknown_placeholder", "/body/intro"),
        (MAIL, Blocks(intro="{costs}"), "unknown_placeholder", "/body/intro"),
        (FOURTEEN, Blocks(paragraphs=("{pay_by}",)), "unknown_placeholder", "/body/paragraphs/0"),
        (MAIL, Blocks(intro="{amount!r}"), "loose_brace", "/body/intro"),
        (MAIL, Blocks(intro="{name.__class__}"), "loose_brace", "/body/intro"),
        (MAIL, Blocks(intro="{0}"), "loose_brace", "/body/intro"),
        (MAIL, Blocks(intro="}"), "loose_brace", "/body/intro"),
        (SMS, Blocks(text="{creditor}: betaal {items}"), "placeholder_missing", "/body/text"),
        (NOTICE, Blocks(intro="Betaal {items}."), "placeholder_missing", "/body/intro"),
        (FOURTEEN, Blocks(paragraphs=("x",) * 7), "too_many_paragraphs", "/body/paragraphs"),
    ],
)
def test_what_a_text_cannot_be(key, blocks, code, pointer):
    with pytest.raises(Refused) as refused:
        checked(key, blocks)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_a_slip_is_told_with_what_was_meant():
    with pytest.raises(Refused, match=r"did you mean \{amount\}\?.*\{name\}, \{creditor\}"):
        checked(MAIL, Blocks(intro="Betaal {amuont}"))


@pytest.mark.parametrize(
    ("key", "blocks"),
    [
        (MAIL, Blocks(intro="Beste {name},\nbetaal {amount} voor {items}.", closing="Groet,")),
        (NOTICE, Blocks(intro="Betaal {items} voor {pay_by}.")),
        (NOTICE, Blocks(subject="Te laat")),
        (SMS, Blocks(text="{creditor}: {items}. Betaal: {url}")),
        (FINAL, Blocks(intro="Er zijn {costs} bij gekomen.")),
        (FOURTEEN, Blocks(paragraphs=("Wij missen {items}.",))),
    ],
)
def test_what_a_text_can_be(key, blocks):
    assert checked(key, blocks) == blocks


@given(st.text(max_size=200))
def test_whatever_is_typed_is_kept_or_refused_with_a_pointer(text):
    try:
        kept = checked(MAIL, Blocks(intro=text))
    except Refused as refused:
        assert refused.pointer.startswith("/body")
    else:
        assert not set("<>") & set(kept.intro)


@pytest.mark.parametrize("step", TemplateKind)
@pytest.mark.parametrize("channel", BLOCKS)
def test_what_is_required_is_allowed(step, channel):
    key = TemplateKey(step, channel, Language.NL)
    assert set(allowed(key)) <= set(PLACEHOLDERS)
    for block, names in required(key).items():
        assert block in BLOCKS[channel] and set(names) <= set(allowed(key))


@pytest.mark.parametrize(
    "asked",
    [("hand_over", "email", "nl"), ("reminder", "fax", "nl"), ("reminder", "email", "fr"),
     ("thank_you", "letter", "nl")],
)  # fmt: skip
def test_there_is_no_such_text(asked):
    with pytest.raises(NotFound):
        key_of_template(*asked)


def test_what_meta_approved_is_not_changed_here():
    with pytest.raises(Refused, match="Meta"):
        key_of_template("reminder", "whatsapp", "nl")


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    return made


def say(books, intro, by=ANNA, at=NOW):
    blocks = Blocks(intro=intro)
    return settle(books, lambda: put(books, ORG, MAIL, blocks, anything, by, at))


def test_every_version_stays_with_who_and_when(books):
    assert view_of(books, ORG, MAIL).version == 0 and own_words(books, ORG, MAIL) is None
    say(books, "Een")
    later = NOW + timedelta(days=1)
    shown = say(books, "Twee", Actor("bas"), later)
    assert shown == view_of(books, ORG, MAIL) and shown.version == 2
    assert [(e.version, e.changed_by, e.blocks.intro) for e in shown.history] == [
        (2, "bas", "Twee"), (1, "anna", "Een"),
    ]  # fmt: skip
    assert own_words(books, ORG, MAIL) == Blocks(intro="Twee")
    assert say(books, "Twee").version == 2, "the same again is no version"


def test_going_back_erases_nothing(books):
    say(books, "Een")
    shown = settle(books, lambda: withdraw(books, ORG, MAIL, ANNA, NOW))
    assert shown.own is None and shown.version == 2 and len(shown.history) == 2
    assert own_words(books, ORG, MAIL) is None
    assert templates_view(books, ORG).items == ()
    with pytest.raises(NotFound):
        withdraw(books, ORG, MAIL, ANNA, NOW)
    assert say(books, "Een").version == 3, "and said again it counts again"


def test_a_text_that_fails_its_trial_is_not_kept(books):
    def refuse(*_):
        raise Refused("too_long", "Too long.", "/body/text")

    with pytest.raises(Refused):
        put(books, ORG, MAIL, Blocks(intro="x"), refuse, ANNA, NOW)
    assert own_words(books, ORG, MAIL) is None


def test_organisations_keep_their_own(books):
    say(books, "Een")
    assert own_words(books, "another", MAIL) is None

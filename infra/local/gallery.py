"""`make gallery`: every message in every language, channel and tone, with made-up facts.

Writes .local/gallery/index.html and each mail beside it; needs no deployment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategy import StepKind, Tone
from kasstroom.organisations.model import Language
from kasstroom_pages.messages import STEPS, render, thank
from kasstroom_pages.specimen import specimen, thanks_specimen
from kasstroom_pages.thanks import THANK_YOU
from kasstroom_pages.views import Rendered

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".local" / "gallery"
WITH_TONES = (Channel.EMAIL, Channel.LETTER)
THANKED = (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP)
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1100px; padding: 24px;
  color: #14212b; background: #f5f7f6 }
nav a { margin-right: 12px } h2 { margin-top: 48px } h2 small { font-weight: 400; color: #4a5a66 }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 16px }
figure { margin: 0; background: #fff; border: 1px solid #dfe5e3; border-radius: 12px;
  padding: 16px }
figcaption { font-size: 14px; color: #4a5a66; margin-bottom: 8px }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; font-size: 15px; margin: 0 }
iframe { width: 100%; height: 640px; border: 0 }
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message; `variant` is its tone, or whom it is for."""

    step: str
    language: Language
    channel: Channel
    variant: str
    said: Rendered

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.step, self.channel, self.language, self.variant)))


def everything() -> Iterator[Shown]:
    """Step by step, as a debtor would get them."""
    for step in STEPS:
        for language in Language:
            yield from _of_step(step, language)
    for language in Language:
        for channel in THANKED:
            said = thank(thanks_specimen(language), channel)
            yield Shown(THANK_YOU, language, channel, "", said)


def _of_step(step: StepKind, language: Language) -> Iterator[Shown]:
    for channel in Channel:
        yield Shown(step, language, channel, "", render(specimen(step, language), channel))
        company = specimen(step, language, business=True)
        yield Shown(step, language, channel, "company", render(company, channel))
        for tone in Tone if channel in WITH_TONES else ():
            said = render(specimen(step, language, tone=tone), channel)
            yield Shown(step, language, channel, tone, said)
    if step is StepKind.FINAL_DEMAND:
        for business in (False, True):
            view = specimen(step, language, business=business, costs=True)
            for channel in WITH_TONES:
                variant = "company-costs" if business else "costs"
                yield Shown(step, language, channel, variant, render(view, channel))


def page(shown: list[Shown]) -> str:
    """The index: mails in frames, all else as its text."""
    parts = []
    for step in dict.fromkeys(one.step for one in shown):
        for language in Language:
            figures = [_figure(o) for o in shown if (o.step, o.language) == (step, language)]
            title = f"<h2 id='{step}-{language}'>{step} <small>{language}</small></h2>"
            parts.append(f"{title}<div class='row' lang='{language}'>{''.join(figures)}</div>")
    links = [
        f"<a href='#{step}-{language}'>{step} {language}</a>"
        for step in dict.fromkeys(one.step for one in shown)
        for language in Language
    ]
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Messages</title>"
        f"<style>{STYLE}</style><h1>Every message</h1><nav>{' '.join(links)}</nav>"
        f"{''.join(parts)}</html>"
    )


def _figure(one: Shown) -> str:
    told = f"{one.channel} {one.variant or 'as it goes out'}"
    subject = f"<br><strong>{escape(one.said.subject)}</strong>" if one.said.subject else ""
    if one.said.html:
        frame = f"<iframe loading='lazy' title='{one.name}' src='{one.name}.html'></iframe>"
        body = f"{frame}<a href='{one.name}.html'>{one.name}</a>"
    else:
        body = f"<pre>{escape(one.said.text)}</pre>"
    return f"<figure><figcaption>{told}{subject}</figcaption>{body}</figure>"


def write(folder: Path) -> Path:
    """The index, rewritten whole."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = list(everything())
    for one in shown:
        if one.said.html:
            (folder / f"{one.name}.html").write_text(one.said.html)
    index = folder / "index.html"
    index.write_text(page(shown))
    return index


if __name__ == "__main__":
    sys.stdout.write(f"{write(FOLDER)}\n")

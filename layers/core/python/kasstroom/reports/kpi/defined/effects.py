"""What reminders bring, and what policies grant and lose."""

from __future__ import annotations

from kasstroom.reports.kpi import effects, policies
from kasstroom.reports.kpi.defined.collection import TRADE
from kasstroom.reports.kpi.model import Better, Kpi, Names, Table, Unit
from kasstroom.reports.measures import Measure

_PAID = (
    "reminders of the last year after which all they asked was paid in 14 days / reminders whose 14"
    " days are over x 100"
)
_NEWCOMBE = "Newcombe (1998), method 10, with the design effect of Kish (1965)"
_SENT = (Measure.REMINDED,)

KPIS = (
    Kpi(
        "reminders_paid", Unit.PERCENT, Better.HIGHER,
        Names("Betaald na herinnering", "Paid after a reminder"), _PAID, TRADE, _SENT,
        effects.reminders_paid,
    ),
    Kpi(
        "reminder_uplift", Unit.POINTS, Better.HIGHER,
        Names("Meerwaarde van leren", "Uplift of learning"),
        "share of messages followed by a payment, learned less holdout, in points", _NEWCOMBE, (),
        effects.reminder_uplift,
    ),
)  # fmt: skip
TABLES = (
    Table(
        "reminder_effect", Names("Werking per stap en kanaal", "Effect by step and channel"),
        _PAID, TRADE, _SENT, effects.ReminderRow, effects.reminder_effect,
    ),
    Table(
        "reminder_effect_by_step", Names("Werking per stap", "Effect by step"), _PAID, TRADE, _SENT,
        effects.ReminderRow, effects.reminder_effect_by_step,
    ),
    Table(
        "reminder_effect_by_channel", Names("Werking per kanaal", "Effect by channel"), _PAID,
        TRADE, _SENT, effects.ReminderRow, effects.reminder_effect_by_channel,
    ),
    Table(
        "reminder_holdout", Names("Leren tegenover vergelijkingsgroep", "Learning against holdout"),
        "both sides of the experiment, their difference and its 95 percent interval", _NEWCOMBE, (),
        effects.HoldoutRow, effects.reminder_holdout,
    ),
    Table(
        "policies", Names("Kredietbeleid per versie", "Credit policy by version"),
        "approved decisions / decisions x 100, and losses / credit granted x 100, since the"
        " beginning, by the policy that decided",
        TRADE, (Measure.DECISIONS, Measure.ASKED, Measure.GRANTED, Measure.LOST),
        policies.PolicyRow, policies.policies,
    ),
)  # fmt: skip

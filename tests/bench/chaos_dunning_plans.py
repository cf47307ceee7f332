"""The strategies debtors are reminded by in the storm: every kind of step and every channel."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.debtors.model import Channel
from kasstroom.dunning.strategies import StrategyDraft
from kasstroom.dunning.strategy import Condition, End, Step, StepKind

K, C = StepKind, Channel
BUSINESS, PERSON = Condition(natural_person=False), Condition(natural_person=True)
FIRST = StrategyDraft(
    (
        Step(K.PRE_REMINDER, -5),
        Step(K.REMINDER, 3),
        Step(K.SECOND_REMINDER, 10, (C.WHATSAPP, C.SMS, C.EMAIL)),
        Step(K.NOTICE, 14, (C.PHONE, C.EMAIL), when=replace(BUSINESS, minimum_minor=10_000)),
        Step(K.FOURTEEN_DAY_LETTER, 17, (C.LETTER, C.EMAIL), when=PERSON),
        Step(K.FINAL_DEMAND, 39, (C.EMAIL, C.LETTER), costs=True, interest=True),
        Step(K.HAND_OVER, 58, when=Condition(minimum_minor=2_500)),
    ),
    min_gap_days=7,
    end=End.AGENCY,
)
SECOND = replace(
    FIRST,
    steps=(
        Step(K.REMINDER, 2, (C.SMS, C.EMAIL)),
        Step(K.SECOND_REMINDER, 8, (C.EMAIL, C.PHONE)),
        Step(K.FOURTEEN_DAY_LETTER, 15, (C.EMAIL, C.LETTER)),
        Step(K.FINAL_DEMAND, 37, (C.LETTER, C.EMAIL), costs=True, interest=True, approval=True),
        Step(K.HAND_OVER, 60),
    ),
    min_gap_days=8,
    note="half way",
)
MILD = StrategyDraft((Step(K.REMINDER, 5), Step(K.NOTICE, 20, (C.EMAIL, C.LETTER))), 10)

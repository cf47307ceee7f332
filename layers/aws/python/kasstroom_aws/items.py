"""Which entity lies under which key. One row per kind; bodies are the entity's own JSON.

Rows name their class without importing it: a function loads only the models it works with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from kasstroom_aws.keys import debtor_pk, org_pk, reference_pk

Key = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """`key(org, debtor, id)` gives pk and sk; `facts(entity)` gives those three; `model` is the
    module its class stands in."""

    name: str
    model: str
    key: Callable[[str, str, str], Key]
    facts: Callable[[Any], tuple[str, str, str]]
    ttl_days: int | None = None


def _of_debtor(name: str, model: str, sk: str, id_field: str = "") -> Kind:
    """An item in the debtor's partition: `sk` alone, or `sk#id` where there can be many."""
    if not id_field:
        return Kind(
            name,
            model,
            lambda org, debtor, _: (debtor_pk(org, debtor), sk),
            lambda entity: (entity.org, entity.debtor, ""),
        )
    return Kind(
        name,
        model,
        lambda org, debtor, id: (debtor_pk(org, debtor), f"{sk}#{id}"),
        lambda entity: (entity.org, entity.debtor, getattr(entity, id_field)),
    )


_ROWS: dict[str, Kind] = {
    "Debtor": Kind(
        "debtor",
        "kasstroom.debtors.model",
        lambda org, debtor, _: (debtor_pk(org, debtor), "DEBTOR"),
        lambda debtor: (debtor.org, debtor.number, ""),
    ),
    "CreditAccount": _of_debtor("credit_account", "kasstroom.credit.model", "CREDIT"),
    "DunningCase": _of_debtor("dunning_case", "kasstroom.dunning.model", "DUNNING"),
    "DebtorChannelHistory": _of_debtor(
        "channel_history", "kasstroom.dunning.learning.model", "CHANNELS"
    ),
    "ChannelScores": Kind(
        "channel_scores",
        "kasstroom.dunning.learning.model",
        lambda org, _, segment: (org_pk(org), f"CHN#{segment}"),
        lambda scores: (scores.org, "", scores.segment),
    ),
    "LearningPolicy": Kind(
        "learning_policy",
        "kasstroom.dunning.learning.policy",
        lambda org, *_: (org_pk(org), "LEARNING"),
        lambda policy: (policy.org, "", ""),
    ),
    "DunningProposal": _of_debtor("dunning_proposal", "kasstroom.dunning.proposals", "DPR", "id"),
    "ListedProposal": Kind(
        "listed_dunning_proposal",
        "kasstroom.dunning.proposals",
        lambda org, _, id: (f"DUNNINGS#{org}", f"DPR#{id}"),
        lambda listed: (listed.org, "", listed.id),
    ),
    "EarlySignal": _of_debtor("early_signal", "kasstroom.dunning.early_signals", "EARLYSIGNAL"),
    "Pause": _of_debtor("pause", "kasstroom.dunning.pausing", "PAU", "id"),
    "LiveStrategies": Kind(
        "live_strategies",
        "kasstroom.dunning.choosing",
        lambda org, *_: (org_pk(org), "STRATEGIES"),
        lambda live: (live.org, "", ""),
    ),
    "StrategyVersion": Kind(
        "strategy_version",
        "kasstroom.dunning.strategies",
        lambda org, name, id: (org_pk(org), f"STR#{name}#{id}"),
        lambda version: (version.org, version.name, f"{version.number:06d}"),
    ),
    "Invoice": _of_debtor("invoice", "kasstroom.invoices.model", "INV", "number"),
    "Entry": _of_debtor("entry", "kasstroom.payments.model", "ENT", "id"),
    "Reservation": _of_debtor("reservation", "kasstroom.credit.decision", "RSV", "id"),
    "Decision": _of_debtor("decision", "kasstroom.credit.decision", "DEC", "id"),
    "HumanDecision": _of_debtor("human_decision", "kasstroom.credit.human", "HUM", "id"),
    "LimitChange": _of_debtor("limit_change", "kasstroom.credit.limits", "LIM", "id"),
    "LimitProposal": _of_debtor("limit_proposal", "kasstroom.credit.proposals", "LPR", "id"),
    "Review": _of_debtor("review", "kasstroom.credit.reviews", "REV", "id"),
    "CreditApplication": _of_debtor(
        "credit_application", "kasstroom.applications.model", "APP", "id"
    ),
    "PaymentLink": _of_debtor("payment_link", "kasstroom.payments.model", "LNK", "id"),
    "ListedLink": Kind(
        "listed_link",
        "kasstroom.payments.model",
        lambda org, _, place: (f"LINKS#{org}", f"LNK#{place}"),
        lambda listed: (listed.org, "", listed.place),
    ),
    "PaymentAttempt": _of_debtor("payment_attempt", "kasstroom.payments.model", "PAY", "id"),
    "Message": _of_debtor("message", "kasstroom.messages.model", "MSG", "id"),
    "MessageTemplate": Kind(
        "message_template",
        "kasstroom.messages.templates",
        lambda org, _, id: (org_pk(org), f"TPL#{id}"),
        lambda template: (template.org, "", template.id),
    ),
    "TemplateEdition": Kind(
        "template_edition",
        "kasstroom.messages.templates",
        lambda org, template, id: (org_pk(org), f"TPLV#{template}#{id}"),
        lambda edition: (edition.org, edition.template, edition.id),
    ),
    "Silence": _of_debtor("silence", "kasstroom.messages.suppression", "SIL", "channel"),
    "Suppression": Kind(
        "suppression",
        "kasstroom.messages.suppression",
        lambda org, _, id: (f"SUPPRESSED#{org}", f"SUP#{id}"),
        lambda suppression: (suppression.org, "", suppression.id),
    ),
    "Unreached": _of_debtor("unreached", "kasstroom.messages.attention", "ATT", "id"),
    "Attention": Kind(
        "attention",
        "kasstroom.messages.attention",
        lambda org, _, id: (f"ATTENTION#{org}", f"ATT#{id}"),
        lambda item: (item.org, "", item.id),
    ),
    "Conversation": Kind(
        "conversation",
        "kasstroom.messages.conversations",
        lambda _, __, id: (f"TALK#{id}", "TALK"),
        lambda conversation: ("", "", conversation.id),
    ),
    "TrayLetter": _of_debtor("tray_letter", "kasstroom.messages.tray", "LTR", "id"),
    "LetterBatch": Kind(
        "letter_batch",
        "kasstroom.messages.batches",
        lambda org, _, id: (f"LETTERBATCHES#{org}#", f"LBT#{id}"),
        lambda batch: (batch.org, "", batch.id),
    ),
    "BatchLetter": Kind(
        "batch_letter",
        "kasstroom.messages.batches",
        lambda org, batch, id: (f"LETTERS#{org}#{batch}", f"LTR#{id}"),
        lambda letter: (letter.org, letter.batch, letter.id),
    ),
    "CallTask": _of_debtor("call_task", "kasstroom.messages.calls", "CALL", "id"),
    "QueuedCall": Kind(
        "queued_call",
        "kasstroom.messages.calls",
        lambda org, _, id: (f"CALLS#{org}", f"CALL#{id}"),
        lambda call: (call.org, "", call.id),
    ),
    "ExternalReport": _of_debtor("external_report", "kasstroom.screening.model", "EXT", "source"),
    "Dispute": _of_debtor("dispute", "kasstroom.resolution.model", "DSP", "id"),
    "ListedDispute": Kind(
        "listed_dispute",
        "kasstroom.resolution.model",
        lambda org, _, place: (f"DISPUTES#{org}", f"DSP#{place}"),
        lambda listed: (listed.org, "", listed.place),
    ),
    "DebtorReply": _of_debtor("debtor_reply", "kasstroom.resolution.reply_model", "RPL", "id"),
    "QueuedReply": Kind(
        "queued_reply",
        "kasstroom.resolution.reply_model",
        lambda org, _, id: (f"REPLIES#{org}", f"RPL#{id}"),
        lambda queued: (queued.org, "", queued.id),
    ),
    "MoneyIn": _of_debtor("money_in", "kasstroom.payments.model", "MON", "id"),
    "Refund": _of_debtor("refund", "kasstroom.payments.model", "RFD", "id"),
    "Difference": Kind(
        "difference",
        "kasstroom.payments.differences",
        lambda org, _, id: (f"DIFFS#{org}", f"DIF#{id}"),
        lambda difference: (difference.org, "", difference.id),
    ),
    "Settlement": Kind(
        "settlement",
        "kasstroom.payments.payouts",
        lambda org, _, id: (f"SETTLED#{org}", f"STL#{id}"),
        lambda settlement: (settlement.org, "", settlement.id),
    ),
    "ProviderDay": Kind(
        "provider_day",
        "kasstroom.payments.reconciliation",
        lambda org, day, provider: (f"PSPDAYS#{org}#{day}", f"PSP#{provider}"),
        lambda seen: (seen.org, seen.day.isoformat(), seen.provider),
    ),
    "UnmatchedMoney": Kind(
        "unmatched_money",
        "kasstroom.payments.model",
        lambda org, _, id: (f"UNMATCHED#{org}", f"UNM#{id}"),
        lambda money: (money.org, "", money.id),
    ),
    "Reference": Kind(
        "reference",
        "kasstroom.changes",
        lambda org, kind, value: (reference_pk(org, kind, value), "REF"),
        lambda reference: (reference.org, reference.kind, reference.value),
    ),
    "Organisation": Kind(
        "organisation",
        "kasstroom.organisations.model",
        lambda org, *_: (org_pk(org), "SETTINGS"),
        lambda organisation: (organisation.org, "", ""),
    ),
    "Listed": Kind(
        "listed_debtor",
        "kasstroom.debtors.model",
        lambda org, _, number: (org_pk(org), f"DEB#{number}"),
        lambda listed: (listed.org, "", listed.number),
    ),
    "LakeKey": Kind(
        "lake_key",
        "kasstroom.reports.lake.names",
        lambda org, *_: (org_pk(org), "LAKEKEY"),
        lambda key: (key.org, "", ""),
    ),
    "LivePolicies": Kind(
        "live_policies",
        "kasstroom.credit.policies",
        lambda org, *_: (org_pk(org), "POLICIES"),
        lambda live: (live.org, "", ""),
    ),
    "PolicyVersion": Kind(
        "policy_version",
        "kasstroom.credit.policy",
        lambda org, name, id: (org_pk(org), f"POL#{name}#{id}"),
        lambda version: (version.org, version.name, f"{version.number:06d}"),
    ),
    "PolicyHistory": Kind(
        "policy_history",
        "kasstroom.credit.policy_history",
        lambda org, _, name: (org_pk(org), f"POLN#{name}"),
        lambda history: (history.org, "", history.name),
    ),
    "CreditGroup": Kind(
        "credit_group",
        "kasstroom.credit.groups",
        lambda org, _, id: (org_pk(org), f"GRP#{id}"),
        lambda group: (group.org, "", group.id),
    ),
    "GroupProposal": Kind(
        "group_proposal",
        "kasstroom.credit.group_proposals",
        lambda org, _, id: (org_pk(org), f"GPR#{id}"),
        lambda proposal: (proposal.org, "", proposal.id),
    ),
    "GroupChange": Kind(
        "group_change",
        "kasstroom.credit.groups",
        lambda org, group, id: (org_pk(org), f"GRL#{group}#{id}"),
        lambda line: (line.org, line.group, line.id),
    ),
    "ListedApplication": Kind(
        "listed_application",
        "kasstroom.applications.model",
        lambda org, _, id: (f"APPS#{org}", f"APP#{id}"),
        lambda listed: (listed.org, "", listed.id),
    ),
    "Trace": Kind(
        "application_trace",
        "kasstroom.applications.model",
        lambda org, _, key: (f"TRACE#{org}#{key}", "TRACE"),
        lambda trace: (trace.org, "", trace.key),
    ),
    "ApplicationTerms": Kind(
        "application_terms",
        "kasstroom.applications.terms",
        lambda org, *_: (org_pk(org), "APPTERMS"),
        lambda terms: (terms.org, "", ""),
    ),
    "Cover": _of_debtor("cover", "kasstroom.insurance.model", "COVER"),
    "CoverRequest": _of_debtor("cover_request", "kasstroom.insurance.model", "CRQ", "id"),
    "InvoiceDraw": _of_debtor("invoice_draw", "kasstroom.insurance.reserve", "RDR", "invoice"),
    "ListedCover": Kind(
        "listed_cover",
        "kasstroom.insurance.model",
        lambda org, _, number: (org_pk(org), f"COV#{number}"),
        lambda listed: (listed.org, "", listed.debtor),
    ),
    "InsurancePolicy": Kind(
        "insurance_policy",
        "kasstroom.insurance.model",
        lambda org, _, id: (org_pk(org), f"INS#{id}"),
        lambda policy: (policy.org, "", policy.id),
    ),
    "OverdueNotification": Kind(
        "overdue_notification",
        "kasstroom.insurance.overdue",
        lambda org, _, id: (f"OVERDUES#{org}", f"OVD#{id}"),
        lambda told: (told.org, "", told.id),
    ),
    "Claim": Kind(
        "claim",
        "kasstroom.insurance.claim",
        lambda org, _, id: (f"CLAIMS#{org}", f"CLM#{id}"),
        lambda claim: (claim.org, "", claim.id),
    ),
    "Reserve": Kind(
        "reserve",
        "kasstroom.insurance.reserve",
        lambda org, *_: (org_pk(org), "RESERVE"),
        lambda reserve: (reserve.org, "", ""),
    ),
    "ReserveEntry": Kind(
        "reserve_entry",
        "kasstroom.insurance.reserve",
        lambda org, _, id: (f"RESERVES#{org}", f"RSE#{id}"),
        lambda entry: (entry.org, "", entry.id),
    ),
    "QueuedReview": Kind(
        "queued_review",
        "kasstroom.credit.reviews",
        lambda org, _, id: (f"REVIEWS#{org}", f"REV#{id}"),
        lambda queued: (queued.org, "", queued.id),
    ),
    "BookedPayment": Kind(
        "booked_payment",
        "kasstroom.payments.model",
        lambda org, day, id: (f"PMT#{org}#{day}", f"PAY#{id}"),
        lambda booked: (booked.org, booked.day.isoformat(), booked.id),
    ),
    "DebtorSegments": _of_debtor("debtor_segments", "kasstroom.segments.model", "SEGMENTS"),
    "Vulnerabilities": _of_debtor("vulnerabilities", "kasstroom.debtors.vulnerability", "CARE"),
    "LiveSegments": Kind(
        "live_segments",
        "kasstroom.segments.model",
        lambda org, *_: (org_pk(org), "SEGMENTS"),
        lambda live: (live.org, "", ""),
    ),
    "SegmentSetVersion": Kind(
        "segment_set",
        "kasstroom.segments.model",
        lambda org, _, number: (f"SEGMENTS#{org}", f"SET#{number}"),
        lambda version: (version.org, "", f"{version.number:06d}"),
    ),
    "SegmentMember": Kind(
        "segment_member",
        "kasstroom.segments.model",
        lambda org, segment, number: (f"SEGMENT#{org}#{segment}", f"DEB#{number}"),
        lambda member: (member.org, member.segment, member.debtor),
    ),
    "ReportRun": Kind(
        "report_run",
        "kasstroom.reports.delivering.model",
        lambda org, _, id: (f"REPORTRUNS#{org}", f"RUN#{id}"),
        lambda run: (run.org, "", run.id),
    ),
    "ReportSchedule": Kind(
        "report_schedule",
        "kasstroom.reports.delivering.model",
        lambda org, _, id: (f"REPORTPLAN#{org}", f"RPS#{id}"),
        lambda schedule: (schedule.org, "", schedule.id),
    ),
    "ReportAssumptions": Kind(
        "report_assumptions",
        "kasstroom.reports.assumptions",
        lambda org, *_: (org_pk(org), "ASSUMED"),
        lambda assumptions: (assumptions.org, "", ""),
    ),
    "Import": Kind(
        "import",
        "kasstroom.imports.model",
        lambda org, _, id: (org_pk(org), f"IMP#{id}"),
        lambda entity: (entity.org, "", entity.id),
    ),
    "WebhookSubscription": Kind(
        "webhook_subscription",
        "kasstroom.webhooks.model",
        lambda org, _, id: (org_pk(org), f"WHS#{id}"),
        lambda subscription: (subscription.org, "", subscription.id),
    ),
    "WebhookDelivery": Kind(
        "webhook_delivery",
        "kasstroom.webhooks.model",
        lambda org, subscription, place: (f"WHD#{org}#{subscription}", f"DLV#{place}"),
        lambda delivery: (delivery.org, delivery.subscription, delivery.place),
    ),
    "BankAccount": Kind(
        "bank_account",
        "kasstroom.bank.model",
        lambda org, _, iban: (org_pk(org), f"BNK#{iban}"),
        lambda account: (account.org, "", account.iban),
    ),
    "BankStatement": Kind(
        "bank_statement",
        "kasstroom.bank.accepted",
        lambda org, account, id: (f"STATEMENTS#{org}#{account}", f"STM#{id}"),
        lambda statement: (statement.org, statement.account, statement.id),
    ),
    "BankLine": Kind(
        "bank_line",
        "kasstroom.bank.model",
        lambda org, _, id: (f"BANKLINES#{org}", f"LIN#{id}"),
        lambda line: (line.org, "", line.id),
    ),
    "IbanMemory": Kind(
        "iban_memory",
        "kasstroom.bank.candidates",
        lambda org, _, iban: (f"PAYER#{org}#{iban}", "PAYER"),
        lambda memory: (memory.org, "", memory.iban),
    ),
    "NameWord": Kind(
        "name_word",
        "kasstroom.bank.candidates",
        lambda org, _, word: (f"NAME#{org}#{word}", "NAME"),
        lambda name: (name.org, "", name.word),
    ),
    "NumberShapes": Kind(
        "number_shapes",
        "kasstroom.bank.shapes",
        lambda org, *_: (org_pk(org), "SHAPES"),
        lambda shapes: (shapes.org, "", ""),
    ),
    "QueuedLine": Kind(
        "queued_bank_line",
        "kasstroom.bank.model",
        lambda org, _, id: (f"BANKQUEUE#{org}", f"LIN#{id}"),
        lambda queued: (queued.org, "", queued.id),
    ),
    "Mandate": _of_debtor("mandate", "kasstroom.mandates.model", "MND", "id"),
    "ListedMandate": Kind(
        "listed_mandate",
        "kasstroom.mandates.model",
        lambda org, _, id: (f"MANDATES#{org}", f"MND#{id}"),
        lambda listed: (listed.org, "", listed.id),
    ),
    "Collecting": _of_debtor("collecting", "kasstroom.mandates.collection", "COLLECTING"),
    "Collection": Kind(
        "collection",
        "kasstroom.mandates.collection",
        lambda org, _, id: (f"COLLECTIONS#{org}", f"COL#{id}"),
        lambda collection: (collection.org, "", collection.id),
    ),
    "CollectionLine": Kind(
        "collection_line",
        "kasstroom.mandates.collection",
        lambda org, collection, id: (f"COLLECTED#{org}#{collection}", f"LIN#{id}"),
        lambda line: (line.org, line.collection, line.id),
    ),
    "ApiKey": Kind(
        "api_key",
        "kasstroom.access.model",
        lambda _, __, id: (f"KEY#{id}", "KEY"),
        lambda key: ("", "", key.key_hash),
    ),
    "Session": Kind(
        "desk_session",
        "kasstroom.work.sessions",
        lambda _, __, id: (f"DESK#{id}", "SESSION"),
        lambda session: ("", "", session.token_hash),
    ),
    "Answer": Kind(
        "answer",
        "kasstroom.access.answers",
        lambda org, _, id: (f"ANS#{org}#{id}", "ANSWER"),
        lambda answer: (answer.org, "", answer.key),
        ttl_days=7,
    ),
}


def kind_of(cls: type) -> Kind:
    return _ROWS[cls.__name__]


def class_of(name: str) -> type | None:
    """The entity class whose stored kind is `name`; None for outbox rows."""
    for class_name, row in _ROWS.items():
        if row.name == name:
            return getattr(import_module(row.model), class_name)
    return None


def key_of(entity: Any) -> Key:
    kind = kind_of(type(entity))
    return kind.key(*kind.facts(entity))

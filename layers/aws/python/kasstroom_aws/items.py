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


def _of_org(name: str, model: str, sk: str, id_field: str = "") -> Kind:
    """An item beside the organisation's settings: `sk` alone, or `sk#id`."""
    return Kind(
        name,
        model,
        lambda org, _, id: (org_pk(org), f"{sk}#{id}" if id_field else sk),
        lambda entity: (entity.org, "", getattr(entity, id_field) if id_field else ""),
    )


def _listed(name: str, model: str, list_name: str, sk: str, id_field: str) -> Kind:
    """A line of one of the organisation's lists, which has a partition of its own."""
    return Kind(
        name,
        model,
        lambda org, _, id: (f"{list_name}#{org}", f"{sk}#{id}"),
        lambda entity: (entity.org, "", getattr(entity, id_field)),
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
    "ChannelScores": _of_org(
        "channel_scores", "kasstroom.dunning.learning.model", "CHN", "segment"
    ),
    "LearningPolicy": _of_org("learning_policy", "kasstroom.dunning.learning.policy", "LEARNING"),
    "DunningProposal": _of_debtor("dunning_proposal", "kasstroom.dunning.proposals", "DPR", "id"),
    "ListedProposal": _listed(
        "listed_dunning_proposal", "kasstroom.dunning.proposals", "DUNNINGS", "DPR", "id"
    ),
    "EarlySignal": _of_debtor("early_signal", "kasstroom.dunning.early_signals", "EARLYSIGNAL"),
    "Pause": _of_debtor("pause", "kasstroom.dunning.pausing", "PAU", "id"),
    "LiveStrategies": _of_org("live_strategies", "kasstroom.dunning.choosing", "STRATEGIES"),
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
    "ListedLink": _listed("listed_link", "kasstroom.payments.model", "LINKS", "LNK", "place"),
    "PaymentAttempt": _of_debtor("payment_attempt", "kasstroom.payments.model", "PAY", "id"),
    "Message": _of_debtor("message", "kasstroom.messages.model", "MSG", "id"),
    "MessageTemplate": _of_org("message_template", "kasstroom.messages.templates", "TPL", "id"),
    "TemplateEdition": Kind(
        "template_edition",
        "kasstroom.messages.templates",
        lambda org, template, id: (org_pk(org), f"TPLV#{template}#{id}"),
        lambda edition: (edition.org, edition.template, edition.id),
    ),
    "Silence": _of_debtor("silence", "kasstroom.messages.suppression", "SIL", "channel"),
    "Suppression": _listed(
        "suppression", "kasstroom.messages.suppression", "SUPPRESSED", "SUP", "id"
    ),
    "Unreached": _of_debtor("unreached", "kasstroom.messages.attention", "ATT", "id"),
    "Attention": _listed("attention", "kasstroom.messages.attention", "ATTENTION", "ATT", "id"),
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
    "QueuedCall": _listed("queued_call", "kasstroom.messages.calls", "CALLS", "CALL", "id"),
    "ExternalReport": _of_debtor("external_report", "kasstroom.screening.model", "EXT", "source"),
    "Dispute": _of_debtor("dispute", "kasstroom.resolution.model", "DSP", "id"),
    "ListedDispute": _listed(
        "listed_dispute", "kasstroom.resolution.model", "DISPUTES", "DSP", "place"
    ),
    "DebtorReply": _of_debtor("debtor_reply", "kasstroom.resolution.reply_model", "RPL", "id"),
    "QueuedReply": _listed(
        "queued_reply", "kasstroom.resolution.reply_model", "REPLIES", "RPL", "id"
    ),
    "MoneyIn": _of_debtor("money_in", "kasstroom.payments.model", "MON", "id"),
    "Refund": _of_debtor("refund", "kasstroom.payments.model", "RFD", "id"),
    "Difference": _listed("difference", "kasstroom.payments.differences", "DIFFS", "DIF", "id"),
    "Settlement": _listed("settlement", "kasstroom.payments.payouts", "SETTLED", "STL", "id"),
    "ProviderDay": Kind(
        "provider_day",
        "kasstroom.payments.provider_days",
        lambda org, day, provider: (f"PSPDAYS#{org}#{day}", f"PSP#{provider}"),
        lambda seen: (seen.org, seen.day.isoformat(), seen.provider),
    ),
    "UnmatchedMoney": _listed(
        "unmatched_money", "kasstroom.payments.model", "UNMATCHED", "UNM", "id"
    ),
    "Reference": Kind(
        "reference",
        "kasstroom.changes",
        lambda org, kind, value: (reference_pk(org, kind, value), "REF"),
        lambda reference: (reference.org, reference.kind, reference.value),
    ),
    "Organisation": _of_org("organisation", "kasstroom.organisations.model", "SETTINGS"),
    "Listed": _of_org("listed_debtor", "kasstroom.debtors.model", "DEB", "number"),
    "LakeKey": _of_org("lake_key", "kasstroom.reports.lake.names", "LAKEKEY"),
    "LivePolicies": _of_org("live_policies", "kasstroom.credit.policies", "POLICIES"),
    "PolicyVersion": Kind(
        "policy_version",
        "kasstroom.credit.policy",
        lambda org, name, id: (org_pk(org), f"POL#{name}#{id}"),
        lambda version: (version.org, version.name, f"{version.number:06d}"),
    ),
    "PolicyHistory": _of_org("policy_history", "kasstroom.credit.policy_history", "POLN", "name"),
    "CreditGroup": _of_org("credit_group", "kasstroom.credit.groups", "GRP", "id"),
    "GroupProposal": _of_org("group_proposal", "kasstroom.credit.group_proposals", "GPR", "id"),
    "GroupChange": Kind(
        "group_change",
        "kasstroom.credit.groups",
        lambda org, group, id: (org_pk(org), f"GRL#{group}#{id}"),
        lambda line: (line.org, line.group, line.id),
    ),
    "ListedApplication": _listed(
        "listed_application", "kasstroom.applications.model", "APPS", "APP", "id"
    ),
    "Trace": Kind(
        "application_trace",
        "kasstroom.applications.model",
        lambda org, _, key: (f"TRACE#{org}#{key}", "TRACE"),
        lambda trace: (trace.org, "", trace.key),
    ),
    "ApplicationTerms": _of_org("application_terms", "kasstroom.applications.terms", "APPTERMS"),
    "Cover": _of_debtor("cover", "kasstroom.insurance.model", "COVER"),
    "CoverRequest": _of_debtor("cover_request", "kasstroom.insurance.model", "CRQ", "id"),
    "InvoiceDraw": _of_debtor("invoice_draw", "kasstroom.insurance.reserve", "RDR", "invoice"),
    "ListedCover": _of_org("listed_cover", "kasstroom.insurance.model", "COV", "debtor"),
    "InsurancePolicy": _of_org("insurance_policy", "kasstroom.insurance.model", "INS", "id"),
    "OverdueNotification": _listed(
        "overdue_notification", "kasstroom.insurance.overdue", "OVERDUES", "OVD", "id"
    ),
    "Claim": _listed("claim", "kasstroom.insurance.claim", "CLAIMS", "CLM", "id"),
    "Reserve": _of_org("reserve", "kasstroom.insurance.reserve", "RESERVE"),
    "ReserveEntry": _listed(
        "reserve_entry", "kasstroom.insurance.reserve", "RESERVES", "RSE", "id"
    ),
    "QueuedReview": _listed("queued_review", "kasstroom.credit.reviews", "REVIEWS", "REV", "id"),
    "BookedPayment": Kind(
        "booked_payment",
        "kasstroom.payments.model",
        lambda org, day, id: (f"PMT#{org}#{day}", f"PAY#{id}"),
        lambda booked: (booked.org, booked.day.isoformat(), booked.id),
    ),
    "DebtorSegments": _of_debtor("debtor_segments", "kasstroom.segments.model", "SEGMENTS"),
    "Vulnerabilities": _of_debtor("vulnerabilities", "kasstroom.debtors.vulnerability", "CARE"),
    "LiveSegments": _of_org("live_segments", "kasstroom.segments.model", "SEGMENTS"),
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
    "ReportRun": _listed(
        "report_run", "kasstroom.reports.delivering.model", "REPORTRUNS", "RUN", "id"
    ),
    "ReportSchedule": _listed(
        "report_schedule", "kasstroom.reports.delivering.model", "REPORTPLAN", "RPS", "id"
    ),
    "ReportAssumptions": _of_org("report_assumptions", "kasstroom.reports.assumptions", "ASSUMED"),
    "Import": _of_org("import", "kasstroom.imports.model", "IMP", "id"),
    "WebhookSubscription": _of_org("webhook_subscription", "kasstroom.webhooks.model", "WHS", "id"),
    "WebhookDelivery": Kind(
        "webhook_delivery",
        "kasstroom.webhooks.model",
        lambda org, subscription, place: (f"WHD#{org}#{subscription}", f"DLV#{place}"),
        lambda delivery: (delivery.org, delivery.subscription, delivery.place),
    ),
    "BankAccount": _of_org("bank_account", "kasstroom.bank.model", "BNK", "iban"),
    "BankStatement": Kind(
        "bank_statement",
        "kasstroom.bank.accepted",
        lambda org, account, id: (f"STATEMENTS#{org}#{account}", f"STM#{id}"),
        lambda statement: (statement.org, statement.account, statement.id),
    ),
    "BankLine": _listed("bank_line", "kasstroom.bank.model", "BANKLINES", "LIN", "id"),
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
    "NumberShapes": _of_org("number_shapes", "kasstroom.bank.shapes", "SHAPES"),
    "QueuedLine": _listed("queued_bank_line", "kasstroom.bank.model", "BANKQUEUE", "LIN", "id"),
    "Mandate": _of_debtor("mandate", "kasstroom.mandates.model", "MND", "id"),
    "ListedMandate": _listed("listed_mandate", "kasstroom.mandates.model", "MANDATES", "MND", "id"),
    "Collecting": _of_debtor("collecting", "kasstroom.mandates.collection", "COLLECTING"),
    "Collection": _listed(
        "collection", "kasstroom.mandates.collection", "COLLECTIONS", "COL", "id"
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

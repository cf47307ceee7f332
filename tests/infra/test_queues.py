"""Nothing accepted is ever dropped in silence."""

from __future__ import annotations

import json

QUEUE = "AWS::SQS::Queue"


def _dead_letter_ids(environment) -> set[str]:
    policies = (queue.get("RedrivePolicy") for queue in environment.properties(QUEUE))
    return {policy["deadLetterTargetArn"]["Fn::GetAtt"][0] for policy in policies if policy}


def _failed_stream_ids(environment) -> set[str]:
    mappings = environment.properties("AWS::Lambda::EventSourceMapping")
    destinations = (m.get("DestinationConfig") for m in mappings)
    return {d["OnFailure"]["Destination"]["Fn::GetAtt"][0] for d in destinations if d}


def _alarms_on_depth(environment) -> dict[str, str]:
    """Queue's logical id to the sentence of its alarm."""
    return {
        alarm["Dimensions"][0]["Value"]["Fn::GetAtt"][0]: alarm["AlarmDescription"]
        for alarm in environment.properties("AWS::CloudWatch::Alarm")
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible" and alarm["AlarmActions"]
    }


def test_every_queue_has_dead_letters_or_is_where_undone_work_waits(environment):
    dead = _dead_letter_ids(environment) | _failed_stream_ids(environment)
    for id_, queue in environment.resources(QUEUE):
        assert ("RedrivePolicy" in queue["Properties"]) != (id_ in dead), id_


def test_every_place_where_undone_work_waits_has_an_alarm_that_says_what_to_do(environment):
    alarms = _alarms_on_depth(environment)
    waiting = _dead_letter_ids(environment) | _failed_stream_ids(environment)
    assert waiting
    assert alarms.keys() == waiting
    for sentence in alarms.values():
        assert sentence.endswith(".") and len(sentence.split()) > 8


def test_undone_work_waits_two_weeks(environment):
    dead = _dead_letter_ids(environment) | _failed_stream_ids(environment)
    for id_, queue in environment.resources(QUEUE):
        if id_ in dead:
            assert queue["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_a_slow_try_is_not_doubled(environment):
    """AWS's own advice: six times the function's timeout."""
    queues, functions = (
        dict(environment.resources(type_)) for type_ in (QUEUE, "AWS::Lambda::Function")
    )
    seen = 0
    for mapping in environment.properties("AWS::Lambda::EventSourceMapping"):
        source = mapping["EventSourceArn"].get("Fn::GetAtt", [""])[0]
        if source in queues:
            seen += 1
            patience = queues[source]["Properties"]["VisibilityTimeout"]
            function = functions[mapping["FunctionName"]["Ref"]]["Properties"]
            assert patience >= 6 * function["Timeout"]
    assert seen >= 4


def test_only_what_failed_comes_back(environment):
    for mapping in environment.properties("AWS::Lambda::EventSourceMapping"):
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_queues_are_encrypted(environment):
    assert all(queue["SqsManagedSseEnabled"] for queue in environment.properties(QUEUE))


def _streams(environment) -> list[dict]:
    mappings = environment.properties("AWS::Lambda::EventSourceMapping")
    return [mapping for mapping in mappings if "StartingPosition" in mapping]


def _pattern(mapping) -> str:
    return mapping["FilterCriteria"]["Filters"][0]["Pattern"]


def test_the_outbox_is_followed_for_new_events_only(environment):
    (outbox,) = [one for one in _streams(environment) if "EVT#" in _pattern(one)]
    assert '"eventName":["INSERT"]' in _pattern(outbox)
    assert '"prefix":"EVT#"' in _pattern(outbox)


def test_the_figures_follow_what_is_counted_and_no_event(environment):
    (changes,) = [one for one in _streams(environment) if "EVT#" not in _pattern(one)]
    kinds = json.loads(_pattern(changes))["dynamodb"]["NewImage"]["kind"]["S"]
    assert {"invoice", "entry", "credit_account", "bank_line"} <= set(kinds)
    assert "event" not in kinds and "debtor" not in kinds
    assert changes["MaximumBatchingWindowInSeconds"] <= 2


def test_a_stream_has_two_readers_at_most_and_loses_nothing(environment):
    """A third reader of a shard would slow all of them down."""
    streams = _streams(environment)
    assert len(streams) == 2
    for mapping in streams:
        assert mapping["BisectBatchOnFunctionError"] is True
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["MaximumRetryAttempts"] == 10
        assert mapping["StartingPosition"] == "TRIM_HORIZON"

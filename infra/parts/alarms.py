"""Who is called when something stops, and the picture everybody looks at first."""

from __future__ import annotations

from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.environments import Environment

FIVE_MINUTES = Duration.minutes(5)


class Watch(Construct):
    """One topic for every alarm; a dashboard per stack with a row per function and queue."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        key: kms.IKey | None,
        topic: sns.ITopic | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.topic = topic or self._topic(environment, key)
        name = Stack.of(self).stack_name
        self.dashboard = cloudwatch.Dashboard(self, "dashboard", dashboard_name=name)

    def _topic(self, environment: Environment, key: kms.IKey | None) -> sns.Topic:
        topic = sns.Topic(self, "topic", enforce_ssl=environment.tls_only or None, master_key=key)
        # A topic that refuses plain http loses its default policy, and alarms would go unheard.
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sns:Publish"],
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            )
        )
        if environment.alarm_email:
            topic.add_subscription(subscriptions.EmailSubscription(environment.alarm_email))
        return topic

    def function(self, function: lambda_.Function) -> None:
        """A queue retries by itself; an alarm on errors says that retrying is not enough."""
        errors = function.metric_errors(period=FIVE_MINUTES)
        self.alarm(
            function,
            "errors",
            errors,
            f"{function.name} failed: read its log group from the first ERROR line, put right what"
            " it names, and retry or redrive what was refused.",
        )
        title = function.name
        self.dashboard.add_widgets(
            cloudwatch.GraphWidget(
                title=title,
                width=12,
                left=[function.metric_invocations(), errors],
                right=[function.metric_duration(statistic="p95")],
            )
        )

    def queue(self, scope: Construct, queue: sqs.Queue, dead: sqs.Queue, what_to_do: str) -> None:
        waiting = dead.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES)
        self.alarm(scope, "dead-letters-alarm", waiting, what_to_do)
        self.dashboard.add_widgets(
            cloudwatch.GraphWidget(
                title=scope.node.path,
                width=12,
                left=[queue.metric_approximate_number_of_messages_visible(), waiting],
                right=[queue.metric_approximate_age_of_oldest_message()],
            )
        )

    def unpublished(self, scope: Construct, publish: lambda_.Function, lost: sqs.Queue) -> None:
        self._stream(
            scope,
            publish,
            lost,
            "unpublished-alarm",
            "Events could not be published: each message names a place in the table's stream; put"
            " right what the log names and publish those outbox rows again within two weeks.",
            "Events are published more than ten minutes late: look for a row that fails again and"
            " again in the function's log.",
        )

    def uncounted(self, scope: Construct, add_up: lambda_.Function, lost: sqs.Queue) -> None:
        self._stream(
            scope,
            add_up,
            lost,
            "uncounted-alarm",
            "Changes of the books are missing in the figures: put right what the log of the"
            " function names and run reports/recount, which counts them.",
            "The dashboard's figures run more than ten minutes behind the books: look for a change"
            " that fails again and again in the function's log.",
        )

    def _stream(
        self,
        scope: Construct,
        function: lambda_.Function,
        lost: sqs.Queue,
        id_: str,
        undone: str,
        late: str,
    ) -> None:
        waiting = lost.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES)
        self.alarm(scope, id_, waiting, undone)
        behind = function.metric("IteratorAge", statistic="max", period=FIVE_MINUTES)
        self.alarm(scope, "behind-alarm", behind, late, threshold=600_000)

    def api(self, scope: Construct, http: apigw.HttpApi) -> None:
        self.alarm(
            scope,
            "server-errors-alarm",
            http.metric_server_error(period=FIVE_MINUTES, statistic="sum"),
            "Callers got a server error: find the failing route in the access log, then that"
            " function's log by request id.",
            threshold=5,
        )

    def alarm(
        self,
        scope: Construct,
        id_: str,
        metric: cloudwatch.IMetric,
        what_to_do: str,
        *,
        threshold: int = 1,
        periods: int = 1,
    ) -> cloudwatch.Alarm:
        """`what_to_do` is one sentence for whoever is woken by it."""
        alarm = cloudwatch.Alarm(
            scope,
            id_,
            metric=metric,
            threshold=threshold,
            evaluation_periods=periods,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=what_to_do,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        return alarm

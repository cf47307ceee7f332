"""The ways to reach a debtor, and the topic on which their receipts come back."""

from __future__ import annotations

from aws_cdk import Stack, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_ses as ses
from aws_cdk import aws_smsvoice as smsvoice
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.environments import Environment
from infra.parts.checklist import accept
from infra.parts.function import Function
from infra.parts.grants import allow
from kasstroom.settings import EmailSettings, Settings, SmsSettings

SMS_SENDERS = ("sender-id", "phone-number")
WHATSAPP_SENDER = "phone-number-id"
EMAIL_RECEIPTS = ("send", "reject", "delivery", "bounce", "complaint", "renderingFailure")


class Channels(Construct):
    """E-mail, SMS and WhatsApp.

    A sender must be known to AWS first: the e-mail domains are verified by the DNS records SES
    asks for; SMS sender ids and WhatsApp numbers are registered by the owner in the console, whose
    WhatsApp account then names this topic as its event destination.
    """

    def __init__(
        self, scope: Construct, id_: str, *, environment: Environment, key: kms.IKey | None
    ) -> None:
        super().__init__(scope, id_)
        self._environment = environment
        self.receipts = sns.Topic(
            self, "receipts", enforce_ssl=environment.tls_only or None, master_key=key
        )
        self._let_services_publish()
        self.email_set = self._email()
        self.sms_set = self._sms()

    @property
    def settings(self) -> list[Settings]:
        return [
            EmailSettings(email_configuration_set=self.email_set),
            SmsSettings(sms_configuration_set=self.sms_set),
        ]

    def may_mail(self, function: Function) -> None:
        arn = self._arn
        email = [arn("ses", f"identity/{domain}") for domain in self._environment.email_domains]
        email_set = arn("ses", f"configuration-set/{self.email_set}")
        named = [*email, email_set] if self._environment.names_senders else ["*"]
        allow(function, "ses:SendEmail", on=named)

    def _arn(self, service: str, resource: str) -> str:
        return Stack.of(self).format_arn(service=service, resource=resource)

    def may_write_to_debtors(self, function: Function) -> None:
        """An organisation brings its own senders, so these are known by account, not by name."""
        stack, arn = Stack.of(self), self._arn
        self.may_mail(function)
        sms = [arn("sms-voice", f"{kind}/*") for kind in SMS_SENDERS]
        sms_set = arn("sms-voice", f"configuration-set/{self.sms_set}")
        allow(function, "sms-voice:SendTextMessage", on=[*sms, sms_set])
        allow(
            function,
            "social-messaging:SendWhatsAppMessage",
            on=arn("social-messaging", f"{WHATSAPP_SENDER}/*"),
        )
        for kind in SMS_SENDERS:
            _accept_senders(function, stack, "sms-voice", kind)
        _accept_senders(function, stack, "social-messaging", WHATSAPP_SENDER)

    def _email(self) -> str:
        name = self._environment.prefix
        configuration = ses.CfnConfigurationSet(
            self,
            "email",
            name=name,
            delivery_options={"tlsPolicy": "REQUIRE"},
            suppression_options={"suppressedReasons": ["BOUNCE", "COMPLAINT"]},
        )
        bus = events.EventBus.from_event_bus_name(self, "default-bus", "default")
        destination = ses.CfnConfigurationSetEventDestination(
            self,
            "email-receipts",
            configuration_set_name=name,
            event_destination={
                "name": "receipts",
                "enabled": True,
                "matchingEventTypes": list(EMAIL_RECEIPTS),
                "eventBridgeDestination": {"eventBusArn": bus.event_bus_arn},
            },
        )
        destination.add_resource_dependency(configuration)
        for domain in self._environment.email_domains:
            identity = ses.CfnEmailIdentity(
                self,
                f"identity-{domain}",
                email_identity=domain,
                configuration_set_attributes={"configurationSetName": name},
            )
            identity.add_resource_dependency(configuration)
        return name

    def _sms(self) -> str:
        name = self._environment.prefix
        if self._environment.sms_service:
            smsvoice.CfnConfigurationSet(
                self,
                "sms",
                configuration_set_name=name,
                event_destinations=[
                    {
                        "eventDestinationName": "receipts",
                        "enabled": True,
                        "matchingEventTypes": ["TEXT_ALL"],
                        "snsDestination": {"topicArn": self.receipts.topic_arn},
                    }
                ],
            )
        return name

    def _let_services_publish(self) -> None:
        for service in ("sms-voice", "social-messaging"):
            self.receipts.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=["sns:Publish"],
                    principals=[iam.ServicePrincipal(f"{service}.amazonaws.com")],
                    resources=[self.receipts.topic_arn],
                    conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
                )
            )


def _accept_senders(function: Function, stack: Stack, service: str, kind: str) -> None:
    account = "<AWS::AccountId>" if Token.is_unresolved(stack.account) else stack.account
    accept(
        function.role,
        "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:"
        f"{service}:{stack.region}:{account}:{kind}/*]",
        "Sender ids and WhatsApp numbers are registered by the owner after this stack.",
    )

"""AWS's `socialmessaging`: WhatsApp messages and the templates they need, over REST JSON."""

from __future__ import annotations

import base64
import re
import uuid
from typing import Any

from kasstroom_sandbox.aws_shapes import complaints
from kasstroom_sandbox.phone.inbox import Inbox
from kasstroom_sandbox.phone.receipts import Receipts
from kasstroom_sandbox.phone.templates import Templates
from kasstroom_sandbox.web import HttpError, Request, Response, json_object, json_response

_META_VERSION = re.compile(r"v\d{1,3}(\.\d{1,2})?", re.ASCII)
_PHONE = re.compile(r"\+?[1-9]\d{7,14}", re.ASCII)
_NAME = re.compile(r"[a-z0-9_]{1,512}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?", re.ASCII)
_COMPONENTS = ("header", "body", "button")
MAX_OPAQUE = 512


class WhatsAppService:
    def __init__(self, inbox: Inbox, receipts: Receipts, templates: Templates) -> None:
        self._inbox = inbox
        self._receipts = receipts
        self._templates = templates

    def send(self, request: Request) -> Response:
        """SendWhatsAppMessage: accepted when AWS and Meta would accept it."""
        sent = _parameters(request, "SendWhatsAppMessage", "message")
        if not _META_VERSION.fullmatch(sent["metaApiVersion"]):
            raise _error("InvalidParametersException", "metaApiVersion is not one like v21.0")
        meta = json_object(sent["message"])
        if meta is None:
            raise _error("InvalidParametersException", "message is not a JSON object")
        check_meta(meta)
        message_id = str(uuid.uuid4())
        kept = self._inbox.receive(self._kept(meta, message_id, sent["originationPhoneNumberId"]))
        self._receipts.report_whatsapp(kept)
        return json_response(200, {"messageId": message_id})

    def register(self, request: Request) -> Response:
        """CreateWhatsAppMessageTemplate: approved at once."""
        sent = _parameters(request, "CreateWhatsAppMessageTemplate", "templateDefinition")
        definition = json_object(sent["templateDefinition"])
        if definition is None or not self._templates.register(definition):
            raise _error("InvalidParametersException", "templateDefinition is not a template")
        category = str(definition.get("category") or "UTILITY")
        answer = {"metaTemplateId": str(uuid.uuid4().int)[:16], "templateStatus": "APPROVED"}
        return json_response(200, answer | {"category": category})

    def _kept(self, meta: dict[str, Any], message_id: str, sender: str) -> dict[str, Any]:
        template = meta["template"]
        shown = self._templates.fill(template)
        return {
            "channel": "whatsapp",
            "provider_id": message_id,
            "to": "+" + meta["to"].removeprefix("+"),
            "from": sender,
            "template": template["name"],
            "language": template["language"]["code"],
            "context": meta.get("biz_opaque_callback_data") or "",
        } | shown


def check_meta(meta: dict[str, Any]) -> None:
    """Raises what is wrong with a template message of Meta's Cloud API."""
    if meta.get("messaging_product") != "whatsapp":
        raise _error("InvalidParametersException", "messaging_product is not whatsapp")
    if not isinstance(meta.get("to"), str) or not _PHONE.fullmatch(meta["to"]):
        raise _error("InvalidParametersException", "to is not a phone number")
    if meta.get("type") != "template" or not isinstance(meta.get("template"), dict):
        raise _error("InvalidParametersException", "outside a conversation type is template")
    opaque = meta.get("biz_opaque_callback_data", "")
    if not isinstance(opaque, str) or len(opaque) > MAX_OPAQUE:
        raise _error("InvalidParametersException", "biz_opaque_callback_data is a short string")
    _check_template(meta["template"])


def _check_template(template: dict[str, Any]) -> None:
    name, language = template.get("name"), template.get("language")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _error("InvalidParametersException", "template.name is not a template's name")
    code = language.get("code") if isinstance(language, dict) else None
    if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
        raise _error("InvalidParametersException", "template.language.code is not a language")
    components = template.get("components", [])
    if not isinstance(components, list):
        raise _error("InvalidParametersException", "template.components is not a list")
    for component in components:
        _check_component(component)


def _check_component(component: Any) -> None:
    kind = component.get("type") if isinstance(component, dict) else None
    if kind not in _COMPONENTS:
        raise _error("InvalidParametersException", f"a component is one of {_COMPONENTS}")
    if kind == "button" and (
        component.get("sub_type") not in ("url", "quick_reply", "copy_code")
        or str(component.get("index")) not in [str(at) for at in range(10)]
    ):
        raise _error("InvalidParametersException", "a button has a sub_type and an index")
    parameters = component.get("parameters", [])
    if not isinstance(parameters, list):
        raise _error("InvalidParametersException", "parameters is not a list")
    for parameter in parameters:
        _check_parameter(parameter)


def _check_parameter(parameter: Any) -> None:
    text = parameter.get("text") if isinstance(parameter, dict) else None
    if not isinstance(text, str) or not text or parameter.get("type") != "text":
        raise _error("InvalidParametersException", "a parameter is a text that is not empty")
    if "\n" in text or "\t" in text or "     " in text:
        detail = "a parameter holds no new line, tab or more than four spaces"
        raise _error("InvalidParametersException", detail)


def _parameters(request: Request, operation: str, blob: str) -> dict[str, Any]:
    """The call's parameters with the blob decoded, checked against AWS's model."""
    sent = json_object(request.body)
    if sent is None:
        raise _error("ValidationException", "The body is not a JSON object.")
    if isinstance(sent.get(blob), str):
        try:
            sent[blob] = base64.b64decode(sent[blob], validate=True)
        except ValueError:
            raise _error("ValidationException", f"{blob} is not base64.") from None
    elif blob in sent:
        raise _error("ValidationException", f"{blob} is not base64.")
    wrong = complaints("socialmessaging", operation, sent)
    if wrong:
        text = "; ".join(f"{name} {detail}" for name, detail in wrong)
        raise _error("ValidationException", text)
    return sent


def _error(kind: str, detail: str) -> HttpError:
    return HttpError(400, {"__type": kind, "message": detail}, {"x-amzn-errortype": kind})

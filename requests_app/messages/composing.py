"""From a stored message to what is read: the agency's text or the portal's, filled in."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.models import Agency
from requests_app.code_links import code_link
from requests_app.messages import templates
from requests_app.messages.models import Message, MessageText
from requests_app.messages.templates import FIELDS, Kind, Template, Text
from requests_app.messages.texts import FOOTERS, SMS, TEMPLATES


def compose(message: Message) -> Text:
    """Subject and text of an e-mail; raises KeyError for a message that no longer exists."""
    template = TEMPLATES[message.template]
    with translation.override(message.language):
        values = field_values(message, template)
    text = templates.fill(text_of(message.agency, template, message.language), values)
    footer = FOOTERS[message.language].format_map(values)
    return Text(text.subject, f"{text.body}\n\n-- \n{footer}\n")


def compose_sms(message: Message) -> str:
    """A text message: the subject and where to read on."""
    template = TEMPLATES[message.template]
    with translation.override(message.language):
        values = field_values(message, template)
    text = templates.fill(text_of(message.agency, template, message.language), values)
    return SMS[message.language].format_map({**values, "subject": text.subject})


def text_of(agency: Agency, template: Template, language: str) -> Text:
    """The agency's own text where it has one, else the portal's."""
    own = MessageText.objects.filter(
        agency=agency, template=template.key, language=language
    ).first()
    return Text(own.subject, own.body) if own else template.text(language)


def field_values(message: Message, template: Template) -> dict[str, str]:
    """What the fields show, in the active language."""
    request = message.request
    case_url = (
        reverse("admin:requests_app_disclosurerequest_change", args=[request.pk])
        if request
        else reverse("admin:index")
    )
    common = {
        "number": request.number if request else "",
        "agency": message.agency.local_name,
        "track_url": settings.SITE_URL + reverse("request-track"),
        "case_url": settings.SITE_URL + case_url,
    }
    if request and "code_url" in template.made:
        common["code_url"] = code_link(request)
    return common | _given(message.params, template, message.language)


def _given(params: Mapping[str, object], template: Template, language: str) -> dict[str, str]:
    found = {}
    for name in template.given:
        value = params[name]
        if FIELDS[name].kind is Kind.AGENCY:
            value = Agency.objects.get(pk=value).local_name
        found[name] = templates.shown(name, value, language)
    return found

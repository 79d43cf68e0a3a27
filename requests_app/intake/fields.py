"""Fields of the request form: text that is normalised, agencies that can be asked, files."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency
from requests_app import policies
from requests_app.intake import text


class TextField(forms.CharField):
    """Text as `requests_app.intake.text` normalises it.

    Too much is refused with both counts and not cut off, so there is no `maxlength`. With
    `conditional` the form's `clean` decides whether it is needed; it is not called optional.
    """

    def __init__(
        self,
        *,
        most: int,
        normalise: Callable[[str], str] = text.one_line,
        conditional: bool = False,
        **kwargs: Any,
    ) -> None:
        self.most, self.normalise, self.conditional = most, normalise, conditional
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Normalised, unless it is far too long anyway: composing characters takes the square of
        the length, and holds up everyone else meanwhile."""
        typed = super().to_python(value) or ""
        return typed if len(typed) > 4 * self.most + 1000 else self.normalise(typed)

    def validate(self, value: Any) -> None:
        if not (self.conditional and value in self.empty_values):
            super().validate(value)

    def run_validators(self, value: Any) -> None:
        if len(value) > self.most:
            raise ValidationError(
                _("At most %(most)d characters are possible here; you have %(count)d."),
                code="length",
                params={"most": self.most, "count": len(value)},
            )
        if text.has_control_characters(value):
            raise ValidationError(
                _(
                    "This contains characters that cannot be shown (control characters), perhaps "
                    "from copying. Please delete them or type the text anew."
                ),
                code="control",
            )
        super().run_validators(value)


class ConditionalChoiceField(forms.ChoiceField):
    """A choice that only some applicants need: the form's `clean` decides."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class AgencySelect(forms.Select):
    """Options that say that they are Chinese, where the page is not."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        agency = getattr(value, "instance", None)
        if agency and not agency.name_en and not (get_language() or "").startswith("zh"):
            option["attrs"]["lang"] = "zh-Hans"
        return option


class AgencyField(forms.ModelChoiceField):
    """An agency by its code, in the order of the tree; only those that can be asked are offered."""

    widget = AgencySelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        return "\u3000" * (obj.depth - 1) + obj.local_name

    def to_python(self, value: Any) -> Agency | None:
        """The agency with this code; one that cannot be asked is refused with the reason."""
        if value in self.empty_values:
            return None
        try:
            agency = Agency.objects.filter(code=str(value)).first()
        except ValueError:  # PostgreSQL's driver refuses NUL.
            agency = None
        if agency is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        reasons = policies.why_not_ask(agency)
        if reasons:
            raise ValidationError([str(refusal) for refusal in reasons])
        return agency


def askable_agencies() -> QuerySet[Agency]:
    """Those of which `policies.why_not_ask` says nothing."""
    return (
        Agency.objects.filter(is_active=True, accepts_requests=True)
        .exclude(kind=Agency.Kind.PUBLIC_BODY)
        .order_by("path")
    )


class ManyFilesInput(forms.FileInput):
    """A file input for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; the view stages them, the form only shows what was wrong with them."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> None:
        return None

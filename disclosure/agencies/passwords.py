"""Forms that ask for a password: to sign in, and for a new one under the rules for passwords."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordMixin
from django.core.validators import MaxLengthValidator

from disclosure.agencies import staff
from disclosure.agencies.models import User
from disclosure.throttling import limits
from disclosure.throttling.limits import Limit
from disclosure.throttling.visitors import visitor

#: Failed sign-ins from one place; an office behind one address has some typing mistakes.
FAILED_SIGN_INS = Limit("sign-in-failed", times=40, seconds=15 * 60)


class SignInForm(AdminAuthenticationForm):
    """As Django's, which only asks the browser to keep to the length of a user name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username: Any = self.fields["username"]
        username.validators.append(MaxLengthValidator(username.max_length))

    def clean(self) -> dict[str, Any]:
        """As Django's; too many wrong tries from one place end there, whichever names they were
        for (axes counts each name apart)."""
        if self.request is None:
            return super().clean()
        here = visitor(self.request)
        if limits.is_reached(FAILED_SIGN_INS, here):
            raise forms.ValidationError(limits.TOO_MANY, code="throttled")
        try:
            return super().clean()
        except forms.ValidationError:
            limits.count(FAILED_SIGN_INS, here)
            raise


class PasswordForm(SetPasswordMixin, forms.Form):
    """A new password for somebody."""

    password1, password2 = SetPasswordMixin.create_password_fields()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        return super().clean()


class OwnPasswordForm(AdminPasswordChangeForm):
    """A new password for oneself, who knows the old one; noted like everyone's."""

    def save(self, commit: bool = True) -> User:
        user: User = self.user
        staff.set_password(actor=user, user=user, password=self.cleaned_data["new_password1"])
        return user

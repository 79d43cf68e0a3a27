"""Forms that ask for a password: to sign in, and for a new one under the rules for passwords."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordMixin
from django.core.validators import MaxLengthValidator

from disclosure.agencies import staff
from disclosure.agencies.models import User


class SignInForm(AdminAuthenticationForm):
    """As Django's, which only asks the browser to keep to the length of a user name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username: Any = self.fields["username"]
        username.validators.append(MaxLengthValidator(username.max_length))


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

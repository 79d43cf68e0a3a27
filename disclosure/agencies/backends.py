"""Signing in; rights are answered by the user itself from the one table."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from disclosure.agencies.models import User


class RoleBackend(BaseBackend):
    """User name and password; the same work is done for a name that does not exist."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> User | None:
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()

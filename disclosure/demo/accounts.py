"""The staff accounts of the demonstration; each has one role, and all have one password."""

from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password

from disclosure.agencies.models import Agency, RoleAssignment, User
from disclosure.agencies.roles import Role
from disclosure.demo.agencies import MAIL_DOMAIN, PROVINCE


@dataclass(frozen=True)
class Account:
    """A user name, what is shown for it, and its role (None: the platform administrator)."""

    username: str
    full_name: str
    role: Role | None
    agency: str = PROVINCE
    with_descendants: bool = True

    @property
    def email(self) -> str:
        """Also the mark by which an account is known to be the demonstration's own."""
        return f"{self.username}@{MAIL_DOMAIN}"


ACCOUNTS = (
    Account("editor", "编辑（演示）", Role.EDITOR),
    Account("reviewer", "保密审查员（演示）", Role.REVIEWER),
    Account("publisher", "发布员（演示）", Role.PUBLISHER),
    Account("handler", "申请经办人（演示）", Role.HANDLER),
    Account("head", "公开办负责人（演示）", Role.HEAD),
    Account("reporter", "大连信息员（演示）", Role.REPORTER, "DLRF", with_descendants=False),
    Account("auditor", "监督员（演示）", Role.AUDITOR),
    Account("admin", "平台管理员（演示）", None),
    Account("editor.sy", "沈阳编辑（演示）", Role.EDITOR, "SYRF", with_descendants=False),
    Account("handler.sy", "沈阳经办人（演示）", Role.HANDLER, "SYRF", with_descendants=False),
)


#: Signs what is taken over where real people have the accounts' names.
SIGNER = "demo.signer"


def demo_users() -> dict[str, User]:
    """The demonstration's own accounts; a real person's account of the same name is not one."""
    emails = {account.username: account.email for account in ACCOUNTS}
    emails[SIGNER] = f"{SIGNER}@{MAIL_DOMAIN}"
    users = User.objects.filter(username__in=emails)
    return {user.username: user for user in users if user.email == emails[user.username]}


def load_accounts(agencies: dict[str, Agency], password: str) -> dict[str, User]:
    """The accounts by user name, made where they are missing, all with `password`.

    They share one salted hash, so that a second run tests one password and not ten. A name that
    a real person has is left alone and is not in the answer.
    """
    users = demo_users()
    taken = set(
        User.objects.filter(username__in=[account.username for account in ACCOUNTS])
        .exclude(pk__in=[user.pk for user in users.values()])
        .values_list("username", flat=True)
    )
    encoded = _encoded(password, users)
    for account in ACCOUNTS:
        if account.username in taken:
            continue
        user = users.get(account.username)
        if user is None:
            user = User(
                username=account.username,
                email=account.email,
                full_name=account.full_name,
                is_superuser=account.role is None,
                password=encoded,
            )
            user.save()
            users[account.username] = user
            if account.role is not None:
                RoleAssignment.objects.create(
                    user=user,
                    agency=agencies[account.agency],
                    role=account.role,
                    with_descendants=account.with_descendants,
                )
        elif user.password != encoded:
            user.password = encoded
            user.save(update_fields=["password"])
    return users


def _encoded(password: str, users: dict[str, User]) -> str:
    """The hash that most accounts have already, if it still is that of `password`."""
    stored = [user.password for user in users.values()]
    common = max(stored, key=stored.count, default="")
    if common and check_password(password, common):
        return common
    return make_password(password)

"""A reminder of the annual report reaches those who write it by e-mail too."""

import datetime as dt

import pytest

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPossible
from disclosure.reports import reminding
from requests_app.messages.composing import compose
from requests_app.messages.models import Message
from tests.factories import make_tree, make_user

AT = dt.datetime(2026, 3, 20, 4, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_the_writers_are_told_once_a_reminder() -> None:
    above, below, _other = make_tree()
    head = make_user(Role.HEAD, agency=above, with_descendants=True)
    editor = make_user(Role.EDITOR, agency=below, username="writes")
    make_user(Role.HANDLER, agency=below, username="other")
    for user in (head, editor):
        user.email = f"{user.username}@example.invalid"
        user.save()

    reminding.remind(actor=head, agency=below, year=2025, at=AT)
    with pytest.raises(NotPossible):
        reminding.remind(actor=head, agency=below, year=2025, at=AT)

    messages = list(Message.objects.select_related("user", "agency"))
    # The head above may write the reports below as well.
    assert {one.user for one in messages} == {head, editor}
    text = compose(next(one for one in messages if one.user == editor))
    assert below.name in text.subject
    assert "2025年" in text.subject
    assert "2026年1月31日" in text.body
    assert "{" not in text.body

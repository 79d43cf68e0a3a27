"""Loading demonstration content where something real already is."""

import io

import pytest
from django.core.management import CommandError, call_command

from disclosure.models import Agency, Guide, Publication, User
from tests.factories import make_agency, make_publication, make_user

pytestmark = pytest.mark.django_db


def test_real_people_and_agencies_are_left_alone() -> None:
    """Names that are taken stay what they are; the rest is loaded beside them."""
    agency = make_agency("REAL", name="沈阳市人民防空办公室")
    admin = make_user("auditor", agency=agency, username="admin")
    password = admin.password
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    admin.refresh_from_db()
    assert admin.password == password
    assert not admin.is_superuser
    assert "left alone, a real person has this name: admin" in said.getvalue()
    assert Agency.objects.filter(name="沈阳市人民防空办公室").get() == agency
    assert not Guide.objects.filter(agency=agency).exists()
    assert Publication.objects.filter(agency=agency, is_demo=True).exists()
    call_command("load_demo", "--remove", verbosity=0)
    assert {*Agency.objects.all()} == {agency}
    assert {*User.objects.all()} == {admin}


def test_production_with_real_content_refuses(settings) -> None:
    settings.SECURE = True
    real = make_publication("真实文件")
    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo", verbosity=0)
    assert Publication.objects.get() == real
    call_command("load_demo", "--force", verbosity=0)
    call_command("load_demo", verbosity=0)
    assert Publication.objects.filter(is_demo=True).count() > 50

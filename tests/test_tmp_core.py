import pytest
from requests_app import actions
from requests_app.models import *
from tests.request_factories import *
@pytest.mark.django_db
def test_walk():
    r=make_request("closed")
    assert r.state=="closed" and r.outcome=="granted" and r.counted_outcome=="granted"
    print(r.answers.first().text); print([l.number for l in r.letters.all()]); print([(e.kind,e.facts) for e in r.events.all()])
    r=make_request("registered", channel="mail", postal_address="某地")
    import datetime as dt
    from disclosure.core.dates import today
    r=actions.take(r,"ask_correction",text="请写明年份", until=today()+dt.timedelta(10))
    assert r.state=="correction" and r.waiting_for=="correction", r.waiting_until
    r=actions.take(r,"correct",text="2025年的")
    r=actions.take(r,"ask_third_party",name="某公司",text="合同")
    p=r.parties.get()
    r=actions.take(r,"third_party_answered",party=p,opinion="objects",text="商业秘密")
    r=actions.take(r,"override_objection",party=p,text="公共利益")
    r=actions.take(r,"extend",text="内容较多")
    for l in r.letters.all(): print(l.number,l.kind); print("\n".join(l.read().lines()))
    actions.set_points(r,actor=None,texts=["甲","乙","丙"])
    r=actions.take(r,"ask_help",office=make_office_(r.agency),text="查",until=today()+dt.timedelta(3))
    r=actions.take(r,"give_help",task=r.tasks.get(),found="nothing")
    print(Message.objects.values_list("template","params"))
def make_office_(a):
    from tests.factories import make_office
    return make_office(a)

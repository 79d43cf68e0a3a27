"""Address of attachments: the same in every language."""

from django.urls import path

from disclosure.files import views

urlpatterns = [path("attachments/<uuid:uuid>/<str:name>", views.attachment, name="attachment")]

"""Address of attachments: the same in every language."""

from django.urls import path

from disclosure.files import views

urlpatterns = [
    path("attachments/all/<uuid:uuid>/<str:name>", views.all_files, name="attachments-all"),
    path("attachments/<uuid:uuid>/<str:name>", views.attachment, name="attachment"),
]

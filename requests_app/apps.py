from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    """Disclosure requests (依申请公开), from intake to archive."""

    name = "requests_app"
    verbose_name = _("Disclosure requests")

    def ready(self) -> None:
        from disclosure.core import daily, triggers
        from disclosure.figures import sources
        from requests_app import permissions, report_source, uploads, verbs  # noqa: F401  (they declare)
        from requests_app.figures import counting
        from requests_app.keeping.files import forget_bytes
        from requests_app.letters import issuing
        from requests_app.letters import permissions as _letters  # noqa: F401
        from requests_app.messages import outbox, reminders, report_reminders  # noqa: F401
        from requests_app.messages import permissions as _messages  # noqa: F401
        from requests_app.moving import actions as moving
        from requests_app.moving import permissions as _moving  # noqa: F401
        from requests_app.oversight import permissions as _oversight  # noqa: F401
        from requests_app.proposing import often
        from requests_app.proposing import permissions as _proposing  # noqa: F401

        report_source.declare()
        sources.register(counting.SOURCE)
        daily.register("abandoned uploads", uploads.sweep)
        daily.register("files of letters", issuing.sweep)
        daily.register("old messages", outbox.forget_old)
        daily.register("reminders", reminders.remind)
        daily.register("calendar moves", moving.report)
        daily.register("information asked for often", often.refresh)
        daily.register("bytes of erased requests", forget_bytes)
        triggers.append_only("requests_app.RequestEvent")
        triggers.append_only(
            "requests_app.Letter",
            fields=["number", "kind", "content_sha256", "verify_code", "issued_on"],
        )

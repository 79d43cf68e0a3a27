"""The staff pages of people and the roles that they hold."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import admin as _registers_group  # noqa: F401
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordMixin, UsernameField
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Prefetch, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from disclosure.agencies import policies, rights, staff
from disclosure.agencies.admin_base import ScopedModelAdmin, ScopedTabularInline, person
from disclosure.agencies.models import RoleAssignment, User
from disclosure.agencies.passwords import PasswordForm
from disclosure.backstage.scoping import rows_for
from disclosure.core.errors import NotPermitted, NotPossible

ADD_USER = "disclosure.add_user"
CHANGE_USER = "disclosure.change_user"
VIEW_ROLES = "disclosure.view_roleassignment"

# Rights come from the table alone: a page of groups would promise what it cannot keep.
admin.site.unregister(Group)


class RolesFormSet(BaseInlineFormSet):
    """The roles of a person; `needs_role` is set for who would lose sight of one without."""

    needs_role = False

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form.cleaned_data.get("role") and not form.cleaned_data.get("DELETE")
        ]
        if self.needs_role and not kept and not any(self.errors):
            raise ValidationError(_("Give this person a role at an agency within your reach."))


class RoleInline(ScopedTabularInline):
    """The roles of a person, as far as the reader's own roles reach."""

    model = RoleAssignment
    formset = RolesFormSet
    fields = ("agency", "role", "with_descendants")
    ordering = ("agency__path", "role")

    def _where(self, obj: Model | None) -> Model | None:
        return None  # a person belongs to no agency; each role is asked at its own

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("agency", "user")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        is_new = obj is None or obj.pk is None
        formset.needs_role = is_new and not policies.is_everywhere(person(request), ADD_USER)
        return formset

    def save_row(self, request: HttpRequest, obj: RoleAssignment, form: forms.ModelForm) -> None:
        if obj.pk:
            staff.change_grant(actor=person(request), assignment=obj)
        else:
            staff.grant(actor=person(request), assignment=obj)

    def delete_row(self, request: HttpRequest, obj: RoleAssignment) -> None:
        staff.revoke(actor=person(request), assignment=obj)


class UserForm(forms.ModelForm):
    """An account; its password has a page of its own."""

    class Meta:
        field_classes = {"username": UsernameField}


class NewUserForm(SetPasswordMixin, UserForm):
    """A new account with its first password, under the rules for passwords."""

    password1, password2 = SetPasswordMixin.create_password_fields()

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        return super().clean()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.validate_password_for_user(self.instance)


@admin.register(User)
class UserAdmin(ScopedModelAdmin):
    """Members of staff. Nobody is deleted: who did what must stay readable."""

    form = UserForm
    list_display = ("username", "full_name", "email", "roles_held", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "full_name", "email")
    search_help_text = _("User name, full name, e-mail")
    ordering = ("username",)
    inlines = (RoleInline,)
    history_of_parts = ("assignments",)
    fields = ("username", "full_name", "email", "is_active", "is_superuser", "last_login")
    change_form_template = "admin/user_form.html"

    # --- rights -------------------------------------------------------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        return rights.allows(person(request), ADD_USER)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only those whose every role lies within the person's own reach."""
        if not rights.allows(person(request), CHANGE_USER):
            return False
        if obj is None or obj.pk is None:
            return True
        if not hasattr(obj, "_may_manage"):
            obj._may_manage = not policies.why_not_manage(person(request), obj)
        return bool(obj._may_manage)

    # --- the list -----------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the roles that the reader may see; `assignments` stays all of them, for rights."""
        seen = rows_for(person(request), [VIEW_ROLES], RoleAssignment).select_related("agency")
        rows = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("assignments", seen, to_attr="roles_in_sight"))

    def part_rows(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(rights.scope(person(request), VIEW_ROLES))

    @admin.display(description=_("roles"))
    def roles_held(self, user: Any) -> str:
        held = [
            f"{one.get_role_display()}（{one.agency.local_name}）" for one in user.roles_in_sight
        ]
        if user.is_superuser:
            held.insert(0, gettext("Platform administrator"))
        if len(held) > 3:
            held[3:] = [f"… +{len(held) - 3}"]
        return "、".join(held)

    # --- the form -----------------------------------------------------------------------------
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if not change:
            kwargs.setdefault("form", NewUserForm)
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return self.fields
        return (
            "username",
            "full_name",
            "email",
            "password1",
            "password2",
            "is_active",
            "is_superuser",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["last_login"]
        if not person(request).is_superuser:
            fixed.append("is_superuser")
        return fixed

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            context["password_url"] = reverse("admin:disclosure_user_password", args=[obj.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    # --- saving -------------------------------------------------------------------------------
    @method_decorator(sensitive_post_parameters())
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's; reports of errors leave out the first password."""
        return super().add_view(request, *args, **kwargs)

    def create_record(self, request: HttpRequest, obj: User, form: forms.ModelForm) -> None:
        password = form.cleaned_data["password1"]
        staff.create_user(actor=person(request), user=obj, password=password)

    def update_record(self, request: HttpRequest, obj: User, form: forms.ModelForm) -> None:
        staff.update_user(actor=person(request), user=obj)

    # --- the password -------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.password_view)
        own = path("<path:object_id>/password/", view, name="disclosure_user_password")
        return [own, *super().get_urls()]

    @method_decorator(sensitive_post_parameters())
    def password_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A new password for somebody, under the rules for passwords."""
        user: Any = self.get_object(request, object_id)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form = PasswordForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                staff.set_password(
                    actor=person(request), user=user, password=form.cleaned_data["password1"]
                )
            except (NotPermitted, NotPossible) as error:
                for refusal in error.refusals:
                    form.add_error(None, str(refusal))
            else:
                if user == request.user:
                    update_session_auth_hash(request, user)
                messages.success(
                    request, gettext("The password of %(name)s is changed.") % {"name": user}
                )
                return HttpResponseRedirect(reverse("admin:disclosure_user_change", args=[user.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("New password"),
            "subtitle": None,
            "object": user,
            "opts": self.opts,
            "label": gettext("New password"),
            "note": gettext("Other sessions of this person end with the old password."),
            "form": form,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/step.html", context)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ScopedModelAdmin):
    """Who holds which role at which agency."""

    list_display = ("user", "role", "agency", "with_descendants")
    list_display_links = ("user", "role")
    list_select_related = ("user", "agency")
    list_filter = ("role", "agency", "with_descendants")
    search_fields = ("user__username", "user__full_name", "agency__name", "agency__code")
    search_help_text = _("User name, full name, agency")
    ordering = ("user__username", "agency__path", "role")
    autocomplete_fields = ("user",)
    fields = ("user", "agency", "role", "with_descendants")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose role it is does not change: take it away and give another."""
        return ("user",) if obj is not None else ()

    def create_record(
        self, request: HttpRequest, obj: RoleAssignment, form: forms.ModelForm
    ) -> None:
        staff.grant(actor=person(request), assignment=obj)

    def update_record(
        self, request: HttpRequest, obj: RoleAssignment, form: forms.ModelForm
    ) -> None:
        staff.change_grant(actor=person(request), assignment=obj)

    def delete_record(self, request: HttpRequest, obj: RoleAssignment) -> None:
        staff.revoke(actor=person(request), assignment=obj)

    def why_not_delete(self, request: HttpRequest, obj: RoleAssignment) -> list[Any]:
        actor = person(request)
        return policies.why_not_grant(actor, obj) + policies.why_not_revoke(actor, obj)

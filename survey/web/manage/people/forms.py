"""The forms of accounts: what role one has, and choosing a password."""

from typing import Any

from flask_babel import lazy_pgettext, pgettext
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from survey.collection.errors import DomainError
from survey.collection.people.accounts import is_account_name, refuse_bad_password
from survey.collection.people.permissions import ROLES, Role
from survey.web.manage.account_form import LONGEST_NAME
from survey.web.manage.people.boards import health_boards
from survey.web.manage.reason_field import ReasonField
from survey.web.site.carried_fields import CarriedNumber
from survey.web.site.forms import PasswordInput, SiteForm, TextInput
from survey.web.site.language import current_language

BOARD_ROLE: Role = "health_board"


class AccountNameForm(SiteForm):
    """Asks what a new account is to be called."""

    new_name = StringField(
        lazy_pgettext("manage accounts", "Account name"),
        description=lazy_pgettext(
            "manage accounts", "Lower-case letters, digits, full stops and hyphens. It cannot be changed later."
        ),
        filters=[lambda typed: (typed or "").strip().lower()[:LONGEST_NAME]],
        widget=TextInput(),
        render_kw={"width": "20", "autocomplete": "off", "spellcheck": False},
    )

    def validate_new_name(self, field: Any) -> None:
        if not is_account_name(field.data or ""):
            raise ValidationError(DomainError("bad_account_name", account=field.data or "").say(current_language()))


class RoleForm(SiteForm):
    """Asks for a role and, for a health board team, its board. `seen` is the generation that was on the page."""

    role = RadioField(choices=[SelectChoice(role, role) for role in ROLES], validate_choice=False)
    health_board = SelectField(validate_choice=False)
    seen = CarriedNumber()

    def __init__(self, **kept: Any) -> None:
        super().__init__(**kept)
        self.boards = health_boards()
        self.health_board.choices = [SelectChoice(board.code, board.short) for board in self.boards]

    def validate_role(self, field: Any) -> None:
        if field.data not in ROLES:
            raise ValidationError(pgettext("manage accounts", "Choose what the account may do."))

    def validate_health_board(self, field: Any) -> None:
        if self.role.data == BOARD_ROLE and self.board is None:
            raise ValidationError(pgettext("manage accounts", "Choose the health board of this team."))

    @property
    def board(self) -> str | None:
        """The code of the board; None where the role has none, or none was chosen."""
        known = {board.code for board in self.boards}
        chosen = self.health_board.data
        return chosen if self.role.data == BOARD_ROLE and chosen in known else None


class InvitationForm(AccountNameForm, RoleForm):
    """Asks for all that a new account needs. `form` is what its link is made of: sent twice, it shows one link
    twice."""

    form = HiddenField()


class FactorForm(SiteForm):
    """Asks why the second factor of somebody is taken away."""

    reason = ReasonField(missing=DomainError("factor_reason"))


class PasswordForm(SiteForm):
    """Asks for a new password, twice."""

    password = PasswordField(
        lazy_pgettext("manage accounts", "New password"),
        description=lazy_pgettext(
            "manage accounts", "12 characters or more; a few words that nobody would guess are best."
        ),
        widget=PasswordInput(),
        render_kw={"width": "20", "autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_pgettext("manage accounts", "The same password again"),
        widget=PasswordInput(),
        render_kw={"width": "20", "autocomplete": "new-password"},
    )

    def validate_password(self, field: Any) -> None:
        try:
            refuse_bad_password(field.data or "")
        except DomainError as refused:
            raise ValidationError(refused.say(current_language())) from None

    def validate_again(self, field: Any) -> None:
        if field.data != self.password.data:
            raise ValidationError(DomainError("passwords_differ").say(current_language()))


class OwnPasswordForm(PasswordForm):
    """Asks for the password that one has now, too."""

    current = PasswordField(
        lazy_pgettext("manage accounts", "The password that you have now"),
        widget=PasswordInput(),
        render_kw={"width": "20", "autocomplete": "current-password"},
    )

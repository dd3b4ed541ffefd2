"""Signing in with an account, and when it ends."""

from io import BytesIO

import pytest

from survey import create_app
from survey.collection.people.accounts import disable, set_password
from survey.collection.people.rate_limits import FREE
from survey.collection.people.sessions import ACCOUNT, begin_session, end_sessions, sessions
from survey.storage.key_ring import SPREADS_IN
from tests.collection.example import NOW
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD, sign_in

HOME = "/en/manage/"
SIGN_IN = "/en/manage/sign-in"


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_an_account_signs_in_and_out(site, language):
    client = site.client("eira", language)
    home = client.get(f"/{language}/manage/")
    assert home.by_class("nhsuk-header__account-item")
    assert site.log == [("eira", "signed_in")]
    token = next(field.get("value") for field in home.all("input") if field.get("name") == "csrf_token")
    page = client.post(f"/{language}/manage/sign-out", {"csrf_token": token})
    assert page.path == f"/{language}/manage/sign-in"
    assert client.redirected(f"/{language}/manage/") == f"/{language}/manage/sign-in"


def test_nothing_is_seen_without_an_account(site):
    client = CheckingClient(site.app)
    for path in ("", "rounds/small-2026", "rounds/nothing", "rounds/small-2026/workbook/cy.xlsx"):
        assert client.redirected(f"{HOME}{path}").split("?")[0] == SIGN_IN


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(site, language):
    said = []
    for name, password in (("eira", "wrong"), ("nobody", PASSWORD), ("", ""), ("../eira", PASSWORD), ("a..b", "xyzzy")):
        page = sign_in(CheckingClient(site.app), name, password, language=language, status=422)
        said.append(page.errors)
        assert password == "" or password not in page.markup
    assert said == [said[0]] * 5
    assert len(said[0]) == 1


def test_tries_are_slowed_down_per_account_whether_there_is_one_or_not(site):
    for name in ("eira", "nobody"):
        client = CheckingClient(site.app)
        for _ in range(FREE):
            sign_in(client, name, "wrong", status=422)
        page = sign_in(client, name.upper(), PASSWORD, status=429)
        assert page.headers["Retry-After"] == "2"
        assert "Wait 2 seconds" in page.text
    assert site.client("mair")


def guess(client, address="127.0.0.1", times=30):
    """Somebody else guesses at the account of Eira."""
    client.browser.environ_base["REMOTE_ADDR"] = address
    page = client.get(SIGN_IN)
    sent = {**page.values(page.form("sign-in")), "account_name": "eira", "password": "wrong"}
    answers = [client.browser.post(SIGN_IN, data=sent).status_code for _ in range(times)]
    assert set(answers) == {422, 429}


def test_whoever_has_signed_in_before_is_never_locked_out_by_guesses_even_from_her_own_address(site):
    eira, other = site.client("eira"), CheckingClient(site.app)
    guess(other)
    sign_in(other, "eira", PASSWORD, status=429)
    eira.browser.delete_cookie("session")
    assert sign_in(eira, "eira", PASSWORD).path == HOME
    # The cookie by which she is known is known for her account alone, and slowed down itself.
    other.browser.set_cookie("known", eira.browser.get_cookie("known").value)
    guess(other)
    sign_in(other, "eira", PASSWORD, status=429)
    sign_in(other, "gwyn", PASSWORD)


def test_guesses_from_one_address_lock_nobody_out_elsewhere(site):
    guess(CheckingClient(site.app), "192.0.2.1")
    assert site.client("eira").get(HOME).path == HOME


@pytest.mark.parametrize("cookie", ["", ".", "x.y.z", "0123456789abcdef", "0" * 3000, "ŵ"])
def test_a_forged_mark_of_a_known_browser_is_worth_nothing(site, cookie):
    other = CheckingClient(site.app)
    guess(other)
    other.browser.set_cookie("known", cookie)
    sign_in(other, "eira", PASSWORD, status=429)


def test_a_new_password_and_disabling_end_what_was_begun(site):
    for change in (lambda: set_password(site.kept, "eira", PASSWORD), lambda: disable(site.kept, "eira")):
        client = site.client("eira")
        change()
        assert client.redirected(HOME) == SIGN_IN
    sign_in(CheckingClient(site.app), "eira", PASSWORD, status=422)


def test_demonstration_accounts_open_a_demonstration_only(site, data):
    from survey.collection.people.accounts import add_account

    add_account(site.kept, "demo", "national", None, PASSWORD, NOW, demonstration=True)
    sign_in(CheckingClient(site.app), "demo", PASSWORD, status=422)
    client = CheckingClient(site.make_app(data, demo=True))
    assert sign_in(client, "demo", PASSWORD).path == HOME
    # Its cookie is worth nothing where there is no demonstration.
    cookie = client.browser.get_cookie("session")
    assert cookie is not None
    elsewhere = CheckingClient(site.app)
    elsewhere.browser.set_cookie("session", cookie.value)
    assert elsewhere.redirected(HOME) == SIGN_IN


def test_a_form_without_a_good_token_asks_again_and_writes_no_password_into_the_page(site):
    client = CheckingClient(site.app)
    page = client.post(SIGN_IN, {"account_name": "eira", "password": PASSWORD, "csrf_token": "old"}, status=400)
    assert PASSWORD not in page.markup
    assert page.errors
    assert client.submit(page, {"account_name": "eira", "password": PASSWORD}, form="sign-in").path == HOME


def test_a_copied_cookie_is_worth_nothing_once_its_owner_signs_out(site):
    client, copy = site.client("eira"), CheckingClient(site.app)
    copy.browser.set_cookie("session", client.browser.get_cookie("session").value)
    page = client.get(HOME)
    form = next(form for form in page.all("form") if form.get("action") == "/en/manage/sign-out")
    client.post("/en/manage/sign-out", page.values(form))
    assert copy.redirected(HOME) == SIGN_IN


def test_sign_ins_are_ended_by_account_by_cluster_and_all(site):
    eira, gwyn = site.client("eira"), site.client("gwyn")
    assert end_sessions(site.kept, (ACCOUNT, "eira")) == 1
    assert eira.redirected(HOME) == SIGN_IN
    assert gwyn.get(HOME).path == HOME
    assert end_sessions(site.kept) == 1
    assert gwyn.redirected(HOME) == SIGN_IN


def test_a_forged_session_is_nobodys(site):
    client = CheckingClient(site.app)
    for value in ([], ["eira"], ["eira", "1"], ["eira", 2], ["nobody", 1], "eira", 7, ["../x", 1], ["a..b", 1]):
        begin_session(site.kept, "known", (ACCOUNT, "nobody"), NOW)
        with client.browser.session_transaction() as session:
            session.update(account=value, session="known")
        assert client.redirected(HOME) == SIGN_IN


def test_a_sign_in_is_kept_under_an_id_of_128_random_bits(site):
    for name in ("eira", "gwyn"):
        site.client(name)
    ids = [session.id for session in sessions(site.kept)]
    assert len(set(ids)) == 2
    assert {len(bytes.fromhex(found)) for found in ids} == {16}


def test_an_access_code_does_not_open_these_pages_nor_an_account_the_others(site):
    client = site.client("eira")
    assert "/sign-in" in client.redirected("/en/reflection")
    with client.browser.session_transaction() as session:
        session.clear()
        session["respondent"] = ["small-2026", "arfon", 1]
    assert client.redirected(HOME) == SIGN_IN


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_way_in_is_on_the_start_page(site, language):
    assert f"/{language}/manage/" in CheckingClient(site.app).get(f"/{language}/").links.values()


def test_a_known_browser_stays_known_when_the_secret_is_replaced(site):
    site.app.config["SECRET_KEY"] = None
    app = create_app({"TESTING": True, "DATA": site.kept.root, "HTTPS": False, "NOW": site._clock})
    client = CheckingClient(app)
    client.sign_in(SIGN_IN, {"account_name": "eira", "password": PASSWORD})
    site.kept.change_key_ring(lambda ring: ring.rotated(site.now))
    site.now += SPREADS_IN
    guess(CheckingClient(app))
    assert client.sign_in(SIGN_IN, {"account_name": "eira", "password": PASSWORD}) == HOME


def test_a_file_in_the_place_of_a_text_is_no_text(site):
    site.app.config["WTF_CSRF_ENABLED"] = False
    sent = {"account_name": (BytesIO(b"eira"), "eira.docx"), "password": (BytesIO(b"x"), "x.txt")}
    answer = site.app.test_client().post(SIGN_IN, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("language", "words"), [("cy", "Rydych wedi mewngofnodi eisoes"), ("en", "You are signed in already")]
)
def test_whoever_is_signed_in_is_told_so_on_the_page_that_asks_for_an_account(site, language, words):
    address = f"/{language}/manage/sign-in"
    assert words not in CheckingClient(site.app).get(address).text
    page = site.client("mair", language).get(address)
    assert words in page.text
    assert f"/{language}/manage/" in page.links.values()

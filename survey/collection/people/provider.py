"""Signing in by a provider of identities (OpenID Connect, as Microsoft Entra is): what is asked, what is believed.

Authorisation code with PKCE. Of the token that comes back the signature, issuer, audience, tenant, nonce and time are
checked, and its groups say what the person may do here. Nothing here knows of pages; what fails is a `ProviderError`.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from survey.collection.people.permissions import Role

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures by a key of the provider’s own. One that we could make ourselves, or none, proves nothing."""
LEEWAY = 120
"""By how many seconds its clock and ours may differ."""
WORDS_OF_TOKEN = 32
DESCRIPTION_LASTS = timedelta(hours=1)
"""For how long a process goes by what the provider last said about itself. Its keys are asked for at each sign-in."""


class ProviderError(Exception):
    """Nobody was signed in. `code` says which step failed and is what the page is about; `reason` is for the log and
    holds no secret; `subject` is who it was, where the provider is believed and she may do nothing here."""

    def __init__(self, code: str, reason: str = "", subject: str = "") -> None:
        super().__init__(code, reason, subject)
        self.code = code
        self.reason = reason
        self.subject = subject


@dataclass(frozen=True, slots=True)
class Provider:
    """The settings: where it is, as what we are known there, and which group has which role and health board here."""

    issuer: str
    client_id: str
    secret_file: Path
    tenant: str | None
    groups_claim: str
    groups: Mapping[str, tuple[Role, str | None]]
    timeout: float


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What one sign-in was begun with, for the browser that began it to keep until it comes back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, by the provider’s word, and what she may do here."""

    issuer: str
    subject: str
    name: str
    role: Role
    health_board: str | None


def begin(provider: Provider, back: str, now: datetime) -> tuple[str, SignInRequest]:
    """The address to send a browser to, and what it has to come back with. Raises ProviderError("away")."""
    asked = SignInRequest(*(secrets.token_urlsafe(WORDS_OF_TOKEN) for _ in range(3)))
    with _session(provider, back) as session:
        address, _ = session.create_authorization_url(
            _description(session, provider, now)["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
    return address, asked


def identify(provider: Provider, back: str, asked: SignInRequest, code: str, now: datetime) -> Identity:
    """Who came back with a code. Raises ProviderError: away, bad_answer, no_group."""
    with _session(provider, back) as session:
        described = _description(session, provider, now)
        try:
            token = session.fetch_token(
                described["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=asked.verifier
            )
        except OAuthError as error:
            raise ProviderError("bad_answer", f"the token endpoint refused: {error.error}") from None
        except (RequestException, ValueError) as error:
            # Perhaps it has moved: the next sign-in asks where it is.
            _descriptions.pop(provider.issuer, None)
            raise ProviderError("away", type(error).__name__) from None
        keys = _fetched(session, described["jwks_uri"])
    claims = _checked(provider, asked, token, keys, now)
    role, health_board = _role(provider, claims)
    name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
    return Identity(provider.issuer, str(claims["sub"]), name, role, health_board)


def _session(provider: Provider, back: str) -> OAuth2Session:
    try:
        secret = provider.secret_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ProviderError("away", f"the secret file cannot be read: {type(error).__name__}") from None
    session = OAuth2Session(
        provider.client_id,
        secret,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 (the name of a method)
        scope="openid profile email",
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=provider.timeout,
    )
    # It is asked at the addresses that it names, and nowhere else.
    session.max_redirects = 0
    return session


def _description(session: OAuth2Session, provider: Provider, now: datetime) -> Mapping[str, Any]:
    """What the provider says about itself, asked for again after a while; only what is right is kept."""
    asked_at, known = _descriptions.get(provider.issuer, (None, {}))
    if asked_at is None or not timedelta(0) <= now - asked_at < DESCRIPTION_LASTS:
        known = _asked_description(session, provider)
        _descriptions[provider.issuer] = (now, known)
    return known


_descriptions: dict[str, tuple[datetime, Mapping[str, Any]]] = {}


def _asked_description(session: OAuth2Session, provider: Provider) -> Mapping[str, Any]:
    description = _fetched(session, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(isinstance(description.get(name), str) for name in needed) or description["issuer"] != provider.issuer:
        raise ProviderError("bad_answer", "the provider describes itself as another issuer, or not at all")
    if provider.issuer.startswith("https:") and not all(description[name].startswith("https:") for name in needed):
        raise ProviderError("bad_answer", "the provider names an address without https")
    return description


def _fetched(session: OAuth2Session, address: str) -> Mapping[str, Any]:
    try:
        answer = session.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        content = answer.json()
    except (RequestException, ValueError) as error:
        raise ProviderError("away", type(error).__name__) from None
    if not isinstance(content, dict):
        raise ProviderError("away", "what it answers is no object")
    return content


def _checked(
    provider: Provider, asked: SignInRequest, token: Mapping[str, Any], keys: Mapping[str, Any], now: datetime
) -> Mapping[str, Any]:
    """What the token says, if it is the provider’s word, to us, about this very sign-in, now."""
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    if provider.tenant:
        options["tid"] = {"essential": True, "value": provider.tenant}
    params = {"nonce": asked.nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
    try:
        decoded = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        claims = CodeIDToken(decoded.claims, decoded.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except JoseError as error:
        raise ProviderError("bad_answer", f"{error.error}: {getattr(error, 'claim', '')}".rstrip(": ")) from None
    except (KeyError, TypeError, ValueError) as error:
        raise ProviderError("bad_answer", type(error).__name__) from None
    return dict(claims)


def _role(provider: Provider, claims: Mapping[str, Any]) -> tuple[Role, str | None]:
    """The role of the first group of the settings that the person is in."""
    groups = claims.get(provider.groups_claim)
    held = {str(group) for group in groups} if isinstance(groups, list) else set()
    for group, role in provider.groups.items():
        if group in held:
            return role
    # Entra names no groups at all of somebody who is in very many of them.
    reason = "too many groups to be named" if "_claim_names" in claims else "in none of the groups of the settings"
    raise ProviderError("no_group", reason, str(claims["sub"]))

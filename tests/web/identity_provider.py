"""An OpenID provider that really runs, on this machine: authlib keeps the protocol, Flask serves it.

It asks for PKCE (S256), a nonce that was never used, a registered address to come back to and the client's secret; a
code works once; id_tokens are signed (RS256) with a key that it publishes. `bend` makes it misbehave: what it returns
is signed and sent instead of the honest claims.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import flask
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine only

CLIENT, SECRET = "voordeur", "geheim van de proef"
Claims = dict[str, Any]


@dataclass
class Person:
    """Somebody whom the provider knows. What it says about them beside `sub` must not matter to us."""

    sub: str
    claims: Claims = field(default_factory=dict)

    def get_user_id(self) -> str:
        return self.sub


@dataclass
class Client(ClientMixin):  # type: ignore[misc]
    """Our application, as it is registered at the provider."""

    redirect_uris: list[str]

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uris[0]

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(part for part in scope.split() if part in ("openid", "profile", "email"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """One code, to be exchanged once."""

    code: str
    person: Person
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


def honest(claims: Claims) -> Claims:
    return claims


@dataclass
class Provider:
    """The running provider, and what the tests turn on it."""

    issuer: str = ""
    redirect_uris: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}))
    bend: Callable[[Claims], Claims] = honest
    sign: Callable[[Claims], str] | None = None
    """Another way to sign than honestly, with the published key."""
    described_issuer: str = ""
    """Another issuer in the discovery document than the true one."""
    answered_issuer: str = ""
    """`iss` beside the code (RFC 9207); empty: none."""
    codes: dict[str, Code] = field(default_factory=dict)
    nonces: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    """Why the provider itself refused something."""

    def id_token(self, claims: Claims) -> str:
        told = self.bend(claims)
        return self.sign(told) if self.sign else jwt.encode({"alg": "RS256", "kid": "k1"}, told, self.key)


def application(provider: Provider) -> flask.Flask:
    """The provider's pages."""
    app = flask.Flask("identity provider")
    server = AuthorizationServer()

    class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload.data
            kept = ("nonce", "code_challenge", "code_challenge_method")
            values = {name: asked[name] for name in kept}
            provider.nonces.add(asked["nonce"])
            uri, scope = request.payload.redirect_uri, request.payload.scope
            provider.codes[code] = Code(code, request.user, uri, scope, **values)

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            provider.codes.pop(authorization_code.code, None)

        def authenticate_user(self, authorization_code: Code) -> Person:
            return authorization_code.person

    class SignedIdentity(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return nonce in provider.nonces

        def encode_id_token(self, token: Any, request: Any) -> str:
            now = int(time.time())
            code: Code = request.authorization_code
            claims = {
                "iss": provider.issuer,
                "aud": CLIENT,
                "iat": now,
                "exp": now + 300,
                "nonce": code.nonce,
            }
            return provider.id_token(claims | request.user.claims | {"sub": request.user.sub})

    def client(client_id: str) -> Client | None:
        return Client(provider.redirect_uris) if client_id == CLIENT else None

    app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": 300}
    server.init_app(app, query_client=client, save_token=lambda token, request: None)
    server.register_grant(CodeGrant, [CodeChallenge(required=True), SignedIdentity(require_nonce=True)])
    _pages(app, server, provider)
    return app


def _pages(app: flask.Flask, server: Any, provider: Provider) -> None:
    @app.get("/.well-known/openid-configuration")
    def discovery() -> Claims:
        return {
            "issuer": provider.described_issuer or provider.issuer,
            "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token",
            "jwks_uri": f"{provider.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    @app.get("/favicon.ico")
    def icon() -> tuple[str, int]:
        return "", 204

    @app.get("/keys")
    def keys() -> Any:
        return KeySet([provider.key]).as_dict(private=False)

    @app.post("/token")
    def token() -> Any:
        answer = server.create_token_response()
        if answer.status_code != 200:
            provider.refused.append(answer.get_json()["error"])
        return answer

    @app.route("/authorize", methods=["GET", "POST"])
    def authorize() -> Any:
        try:
            grant = server.get_consent_grant(end_user=None)
        except OAuth2Error as error:
            provider.refused.append(str(error.error))
            return f"<h1>{error.error}</h1>", 400
        if flask.request.method == "GET":
            return _CHOOSE.format(
                "".join(f"<button name=sub value={sub}>{sub}</button>" for sub in provider.people)
            )
        person = provider.people.get(flask.request.form.get("sub", ""))
        answer = server.create_authorization_response(grant_user=person, grant=grant)
        if provider.answered_issuer:
            answer.headers["Location"] += f"&iss={provider.answered_issuer}"
        return answer


_CHOOSE = (
    "<!doctype html><html lang=nl><title>Aanbieder</title><h1>Wie ben je?</h1><form method=post>{}</form>"
)


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that serves on a free port of this machine, until the end of the block."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, application(provider), threaded=True)
    provider.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

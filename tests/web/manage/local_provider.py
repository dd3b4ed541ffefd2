"""A provider of identities on this machine, which signs with a key of its own and can be told what to do wrong."""

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET, TENANT = "myfyrio", "a secret between two services", "tenant-of-wales"


class LocalProvider:
    """`person` is who signs in; `fault` what goes wrong, by name; `at` the time of its clock."""

    def __init__(self):
        self.key_pairs = [RSAKey.generate_key(2048, {"kid": "right", "use": "sig"}) for _ in range(2)]
        self.server = make_server("127.0.0.1", 0, self, threaded=True)
        self.issuer = f"http://127.0.0.1:{self.server.port}/v2.0"
        self.at = 0.0
        self.begin()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def begin(self):
        self.codes = {}
        self.fault = ""
        self.asked = []
        self.person = {"sub": "s-1", "preferred_username": "Gwen.Parry@nhs.example", "groups": ["g-national"]}

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.asked.append(request.path.rpartition("/")[2])
        return getattr(self, request.path.rpartition("/")[2].replace("-", "_"))(request)(environ, start_response)

    def openid_configuration(self, _request):
        if self.fault == "away":
            return Response("", 503)
        if self.fault == "slow":
            time.sleep(1)
        if self.fault == "sends elsewhere":
            return Response("", 302, {"Location": f"{self.issuer}/elsewhere"})
        issuer = "https://elsewhere.example" if self.fault == "another issuer" else self.issuer
        base = self.issuer
        return answer(
            issuer=issuer,
            authorization_endpoint=f"{base}/authorize",
            token_endpoint=f"{base}/token",
            jwks_uri=f"{base}/keys",
        )

    def elsewhere(self, request):
        self.fault = ""
        return self.openid_configuration(request)

    def authorize(self, request):
        asked = request.args
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        if self.fault == "refuses":
            sent = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            sent = {"code": code, "state": "guessed" if self.fault == "state" else asked["state"]}
        return Response("", 302, {"Location": f"{asked['redirect_uri']}?{urlencode(sent)}"})

    def token(self, request):
        form = dict(parse_qsl(request.get_data(as_text=True)))
        asked = self.codes.pop(form["code"], None)
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if self.fault == "no token" or asked is None or challenge != asked["code_challenge"]:
            return answer(400, error="invalid_grant")
        if form["client_secret"] != SECRET or form["redirect_uri"] != asked["redirect_uri"]:
            return answer(401, error="invalid_client")
        return answer(access_token="a", token_type="Bearer", id_token=self.id_token(asked["nonce"]))

    def id_token(self, nonce):
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "tid": TENANT,
            "nonce": nonce,
            "iat": int(self.at),
            "exp": int(self.at) + 600,
            **self.person,
        }
        claims |= {
            "issuer": {"iss": "https://elsewhere.example"},
            "audience": {"aud": "another service"},
            "tenant": {"tid": "another tenant"},
            "nonce": {"nonce": "guessed"},
            "expired": {"iat": int(self.at) - 7200, "exp": int(self.at) - 3600},
            "not yet": {"nbf": int(self.at) + 3600},
        }.get(self.fault, {})
        if self.fault.startswith("without "):
            del claims[self.fault.removeprefix("without ")]
        if self.fault == "unsigned":
            parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
            return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
        if self.fault == "no token at all":
            return "rubbish"
        if self.fault == "signed with what both know":
            return jwt.encode({"alg": "HS256", "kid": "right"}, claims, OctKey.import_key(SECRET))
        own = self.key_pairs[1 if self.fault in ("key", "key in the token") else 0]
        header = {"alg": "RS256", "kid": "right"}
        if self.fault == "key in the token":
            header["jwk"] = own.as_dict(private=False)
        return jwt.encode(header, claims, own)

    def keys(self, _request):
        return answer(keys=[self.key_pairs[0].as_dict(private=False)])


def answer(status=200, **fields):
    return Response(json.dumps(fields), status, {"Content-Type": "application/json"})

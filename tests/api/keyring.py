"""The keys that the API tests use, and names for them."""

from collections.abc import Callable

from starlette.testclient import TestClient

from api.dependencies import ApiKey

EN, ZH = "trade-portal", "lanting-wms"
KEYS = {
    "key-for-the-english-project": ApiKey(frozenset({EN})),
    "key-for-the-chinese-project": ApiKey(frozenset({ZH})),
    "key-for-english-and-internal": ApiKey(frozenset({EN}), frozenset({"internal"})),
    "key-for-chinese-and-internal": ApiKey(frozenset({ZH}), frozenset({"internal"})),
    "key-for-every-single-project": ApiKey(),
    "key-for-nothing-that-exists!": ApiKey(frozenset({"no-such-project"})),
}
NAMED = dict(zip(("en", "zh", "en-internal", "zh-internal", "all", "none"), KEYS, strict=True))
Open = Callable[..., TestClient]

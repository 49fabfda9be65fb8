"""Checks are counted for each key."""

import pytest

from api.dependencies import CHECKS_A_MINUTE, RateLimit
from api.errors import ProblemError
from tests.api.keyring import EN, Open


def test_a_key_that_used_up_its_minute_waits_and_others_do_not() -> None:
    now = 100.0
    limit = RateLimit(3, clock=lambda: now)
    for _ in range(3):
        limit.take("a")
    with pytest.raises(ProblemError) as refused:
        limit.take("a")
    assert refused.value.headers == {"Retry-After": "61"}
    limit.take("b")
    now += 59.9
    with pytest.raises(ProblemError):
        limit.take("a")
    now += 0.2
    limit.take("a")


def test_the_route_answers_429_with_the_time_to_wait(as_key: Open) -> None:
    client = as_key("en")
    asked = [client.post(f"/projects/{EN}/check", json={}).status_code for _ in range(CHECKS_A_MINUTE)]
    assert set(asked) == {422}
    refused = client.post(f"/projects/{EN}/check", json={"text": "Hello."})
    assert refused.status_code == 429
    assert refused.json()["type"] == "urn:sincerely:problem:too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    assert as_key("zh").post("/projects/lanting-wms/check", json={}).status_code == 422
    assert client.get("/projects").status_code == 200

import pytest
from pydantic import ValidationError

from vedette.verify.kinds.endpoint import EndpointPromise, check
from vedette.verify.outcome import BrokenPromiseError

HEALTH = {"status": "ok", "checks": {"model": "ok"}, "age": 1.5, "ready": True, "all": []}
SHAPE = {
    "status": "string",
    "checks": "object",
    "age": "number",
    "ready": "boolean",
    "all": "array",
}


def promise(**changes):
    return EndpointPromise(**{"endpoint": "GET {serving}/health", "within": 0.01, **changes})


@pytest.fixture
def healthy(service):
    service.answers["/health"] = lambda _: HEALTH
    return service


@pytest.mark.usefixtures("healthy")
def test_an_address_that_answers_is_kept(system):
    seen = check(promise(shape=SHAPE, content_type="application/json", contains=["ok"]), system)
    assert seen.text.startswith("200, application/json, ")


def test_the_method_and_the_query_are_sent(service, system):
    asked = []

    def infer(params):
        asked.append(params)
        return {}

    service.answers["/infer"] = infer
    check(promise(endpoint="POST {serving}/infer?prompt=hello"), system)
    assert service.asked == ["POST /infer"]
    assert asked == [{"prompt": "hello"}]


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"status": 422}, "answered 200, not 422"),
        ({"content_type": "text/plain"}, "content type 'application/json', not 'text/plain'"),
        ({"contains": ["model_loaded"]}, "lacks 'model_loaded'"),
        ({"shape": {"version": "string"}}, "has no 'version'"),
        ({"shape": {"age": "string"}}, "'age' is of type number, not string"),
        ({"shape": {"ready": "number"}}, "'ready' is of type boolean, not number"),
    ],
)
@pytest.mark.usefixtures("healthy")
def test_an_answer_that_is_not_as_promised_is_broken(system, changes, why):
    with pytest.raises(BrokenPromiseError, match=why):
        check(promise(**changes), system)


def test_text_where_json_was_promised_is_broken(service, system):
    service.answers["/health"] = lambda _: "ok"
    with pytest.raises(BrokenPromiseError, match="no JSON object"):
        check(promise(shape=SHAPE), system)


def test_a_place_that_does_not_run_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="nothing called 'mlflow' runs"):
        check(promise(endpoint="GET {mlflow}/"), system)


def test_a_server_that_is_gone_is_broken(system):
    with pytest.raises(BrokenPromiseError):
        check(promise(endpoint="GET http://127.0.0.1:9/"), system)


def test_words_that_are_no_request_are_refused():
    with pytest.raises(ValidationError, match="is no request"):
        promise(endpoint="look at {serving}")

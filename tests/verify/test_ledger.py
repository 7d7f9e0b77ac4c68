import pytest

from vedette.errors import UsageError
from vedette.verify import ledger
from vedette.verify.kinds.metric import MetricPromise


@pytest.fixture
def write(tmp_path):
    def write(text: str):
        path = tmp_path / "ledger.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_line_is_read_into_the_promise_of_its_kind(write):
    path = write("system: A shop\npromises:\n  - {metric: up, kind: gauge, labels: [job]}\n")
    read = ledger.read(path)
    assert read.system == "A shop"
    assert [line.kind for line in read.lines] == ["metric"]
    assert read.lines[0].promise == MetricPromise(metric="up", kind="gauge", labels=("job",))


def test_the_words_of_a_line_may_be_given(write):
    path = write("promises:\n  - {command: status, says: The user sees what runs}\n")
    assert ledger.read(path).lines[0].promise.title() == "The user sees what runs"


@pytest.mark.parametrize(
    "text, problem, hint",
    [
        ("promises:\n  - {metrik: up}\n", "ledger.yaml:2: a promise cannot", "mean 'metric'"),
        ("promises:\n  - just words\n", "ledger.yaml:2: 'just words' is no promise", "begin it"),
        (
            "promises:\n\n  - {metric: up, kind: gauge, label: [job]}\n",
            "ledger.yaml:3: metric has no key 'label'",
            "mean 'labels'",
        ),
        ("promises:\n  - {metric: up, kind: number}\n", "kind: Input should be", "Its kind"),
        ("promises:\n  - {metric: up}\n", "kind: Field required", "Its kind"),
        ("promises:\n  - {alert: A, cause: pray}\n", "'pray' is no deed", "produces it"),
        ("promises: all\n", "holds no list of promises", "promises:"),
        ("", "holds no list of promises", "promises:"),
        ("promises: [\n", "cannot be read", "mend"),
        ("a: 1\na: 2\n", "cannot be read", "mend"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(write, text, problem, hint):
    with pytest.raises(UsageError) as refused:
        ledger.read(write(text))
    assert problem in refused.value.problem
    assert hint in refused.value.hint


def test_a_ledger_that_is_missing_is_said_to_be(tmp_path):
    with pytest.raises(UsageError, match="there is no ledger"):
        ledger.read(tmp_path / "ledger.yaml")


def test_a_binary_file_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "ledger.yaml").write_bytes(b"\x00\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        ledger.read(tmp_path / "ledger.yaml")


def test_every_kind_begins_with_its_own_key():
    for name, kind in ledger.known().items():
        assert name in kind.promise.model_fields, name
        assert kind.promise.model_fields[name].is_required(), name


def test_the_example_s_ledger_can_be_read(repository):
    read = ledger.read(repository / "examples" / "serving" / "ledger.yaml")
    assert {line.kind for line in read.lines} == set(ledger.known())

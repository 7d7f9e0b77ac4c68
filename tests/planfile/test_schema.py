from typing import Annotated

import pytest
from pydantic import TypeAdapter

from vedette import planfile
from vedette.planfile.schema import Keys, PlanFile


def _mappings(kind=Keys):
    for below in kind.__subclasses__():
        yield below
        yield from _mappings(below)


FIELDS = {
    f"{mapping.__name__}.{name}": field
    for mapping in _mappings()
    for name, field in mapping.model_fields.items()
}


def _example(field):
    """Fill in variables as the reading does before the schema sees a value."""
    for example in field.examples or ():
        is_variable = isinstance(example, str) and example.startswith("${")
        yield "https://example.org/from-a-variable" if is_variable else example


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.examples])
def test_every_example_is_accepted(name):
    field = FIELDS[name]
    kind: TypeAdapter[object] = TypeAdapter(Annotated[field.annotation, field])  # type: ignore[arg-type]
    for example in _example(field):
        kind.validate_python(example)


@pytest.mark.parametrize("name", FIELDS)
def test_every_key_says_what_it_means(name):
    assert (FIELDS[name].description or "").endswith((".", ")"))


def test_every_key_may_be_left_out():
    assert PlanFile.model_validate({}) == PlanFile()


def test_a_plan_with_the_examples_of_the_first_page_is_read(read, folder):
    (folder / "locustfile.py").touch()
    plan = read("""
name: shop
modules: {api: {targets: 8000, packs: [serving], owner: team-search}}
receivers: {team: [{email: team@example.org}]}
thresholds: {host_disk_free_ratio: 5%}
load_test: {locustfile: locustfile.py, host: "http://127.0.0.1:8000"}
retention: {time: 30d, size: 10GB}
ports: {prometheus: 19090}
remote_write: [{url: "https://metrics.example.org/api/v1/write"}]
external_labels: {site: berlin}
""")
    assert plan.modules[0].owner == "team-search"


def test_two_secrets_for_one_purpose_are_refused(read):
    with pytest.raises(planfile.PlanFileError, match="keep one of them"):
        read("remote_write: [{url: 'http://a/b', password: x, bearer_token: y}]")

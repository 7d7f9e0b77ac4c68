"""Every integration of the folder: what it says of itself holds, and its example runs."""

import inspect
import os
import subprocess
import sys
from importlib import import_module

import pytest

from vedette import integrations, packs
from vedette.discover import discover, names
from vedette.model.integration import Integration

EVERY = discover(integrations, "INTEGRATION", Integration)
# Ours, or of a line that stands for the user's program.
_LONGEST = 3


@pytest.mark.parametrize("name", EVERY)
def test_an_integration_feeds_packs_that_exist_and_explains_itself(name):
    one = EVERY[name]
    assert one.title
    assert one.summary.endswith(".")
    assert one.packs
    assert set(one.packs) <= set(names(packs))
    assert one.library.isidentifier() or one.library.replace(".", "").isidentifier()


@pytest.mark.parametrize("name", EVERY)
def test_an_integration_that_is_automatic_can_be_called_without_arguments(name):
    instrument = import_module(f"vedette.integrations.{name}").instrument
    needed = [
        parameter
        for parameter in inspect.signature(instrument).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind not in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}
    ]
    assert bool(needed) is not EVERY[name].automatic


def test_no_two_automatic_integrations_wait_for_the_same_library():
    libraries = [one.library for one in EVERY.values() if one.automatic]
    assert sorted(libraries) == sorted(set(libraries))


@pytest.mark.parametrize("name", EVERY)
def test_the_example_names_the_integration_in_few_lines_and_compiles(name):
    example = EVERY[name].example
    compile(example, f"<example of {name}>", "exec")
    ours = [line for line in example.splitlines() if "vedette" in line or "instrument(" in line]
    assert f"vedette.integrations.{name}" in example
    assert len(ours) <= _LONGEST


@pytest.mark.parametrize("name", EVERY)
def test_the_example_runs_as_it_stands(name, tmp_path):
    (tmp_path / "example.py").write_text(EVERY[name].example)
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "TMPDIR": str(tmp_path),
            "KERAS_BACKEND": "torch",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "vedette lost" not in done.stderr

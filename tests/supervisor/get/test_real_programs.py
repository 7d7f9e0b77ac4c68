"""The real programs of the distribution, got as a user gets them."""

import platform
import shutil

import pytest

from vedette.model.version import Version
from vedette.process.run import run
from vedette.stack import alertmanager, node_exporter, prometheus
from vedette.supervisor.get import Sources, locate, obtain

pytestmark = [
    pytest.mark.stack,
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("apt-get") is None, reason="this machine has no apt"),
]

COMPONENTS = (prometheus.COMPONENT, alertmanager.COMPONENT, node_exporter.COMPONENT)
PROGRAMS = [program for component in COMPONENTS for program in component.programs]
NAMES = {"prometheus", "promtool", "alertmanager", "amtool", "node_exporter"}


@pytest.mark.parametrize("which", ["newest", "own"])
def test_every_core_program_comes_from_the_distribution_and_runs(tmp_path, which):
    own = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    cache = tmp_path / "cäche with spaces"
    sources = Sources(cache=cache, path="", suite=own if which == "own" else "")

    found = obtain(PROGRAMS, sources)

    assert set(found) == NAMES
    for program in PROGRAMS:
        place = found[program.name]
        said = run([place.path, *program.version_args], timeout=30, cwd=place.root)
        assert Version.find(said.stdout + said.stderr) == place.version >= program.minimum
    assert locate(PROGRAMS, sources).keys() == NAMES
    if which == "own":
        assert all(place.detail.endswith(f" {own}") for place in found.values())

"""Plan files in a folder of their own."""

import pytest

from vedette import planfile
from vedette.planfile.registry import installed


@pytest.fixture(scope="session")
def registry():
    """Everything that is installed."""
    return installed()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the current one, called `shop`."""
    path = tmp_path / "shop"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


@pytest.fixture
def read(folder, registry):
    """Write vedette.yaml and read it into a plan."""

    def read(content):
        file = folder / "vedette.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return planfile.read(file, registry=registry)

    return read


@pytest.fixture
def refuse(read):
    """Write vedette.yaml and return why it cannot be read as a plan."""

    def refuse(content):
        with pytest.raises(planfile.PlanFileError) as caught:
            read(content)
        return caught.value.findings

    return refuse

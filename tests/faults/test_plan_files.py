"""A plan file that is none starts nothing and leaves nothing behind."""

import pytest

# Each line holds the one before nine times: some kilobytes that would become gigabytes.
_BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "content,said",
    [
        ("modules: [1\n", "vedette.yaml:2:1: not YAML"),
        ("- a list\n", "vedette.yaml"),
        ("name: [not, a, name]\n", "vedette.yaml:1:7"),
        (b"\x7fELF\0\1\2\3", "binary file"),
        (b"name: caf\xe9\n", "not UTF-8"),
        (b"#" * 3_000_000, "larger than 512 KiB"),
        (_BOMB, "aliases"),
        ("[" * 100_000, "nested too deeply"),
    ],
    ids=["malformed", "a list", "wrong type", "binary", "latin-1", "huge", "a bomb", "deep"],
)
def test_up_refuses_it_in_a_sentence_and_leaves_no_trace(terminal, content, said):
    terminal.plan(content)
    done = terminal.vedette("up", "--detach")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: the plan cannot be used")
    assert said in done.stderr
    assert "hint: " in done.stderr
    assert [path.name for path in terminal.home.iterdir()] == ["vedette.yaml"]


@pytest.mark.stack
@pytest.mark.parametrize("content", ["", "# nothing yet\n", "modules:\n"])
def test_an_empty_one_starts_the_defaults(terminal, content):
    terminal.plan(content)
    done = terminal.vedette("up", "--detach", "--port", "auto")
    assert done.returncode == 0, done.stderr
    assert "Prometheus" in done.stdout

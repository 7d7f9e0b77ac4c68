import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from vedette import planfile
from vedette.planfile.edit import with_module, without_module
from vedette.planfile.starter import Answers, text

ENTRY = {"targets": ["127.0.0.1:8000"], "packs": ["http"], "labels": {"service": "shop"}}
BLOCK = """\
  shop:
    targets: [127.0.0.1:8000]
    packs: [http]
    labels: {service: shop}
"""
FILE = """\
# Ours.
name: here # short

modules: # one each
  api: # the first
    targets: ['127.0.0.1:1'] # quoted
    # owner: nobody

# who is told
receivers:
    team: # four blanks
        - webhook: https://hooks.example.org/x
"""


def data(written):
    return YAML(typ="safe", pure=True).load(written) or {}


def test_a_module_is_added_after_the_last_and_every_other_line_stays():
    changed = with_module(FILE, "shop", ENTRY)
    before, after = FILE.split("    # owner: nobody\n")
    assert changed == f"{before}    # owner: nobody\n{BLOCK}{after}"


def test_what_was_added_can_be_taken_out_again():
    assert without_module(with_module(FILE, "shop", ENTRY), "shop") == FILE


def test_the_first_module_is_taken_out_with_its_comments():
    changed = without_module(with_module(FILE, "shop", ENTRY), "api")
    assert changed == FILE.replace(
        "  api: # the first\n    targets: ['127.0.0.1:1'] # quoted\n    # owner: nobody\n", BLOCK
    )


def test_a_module_that_is_there_is_replaced():
    changed = with_module(FILE, "api", ENTRY)
    assert data(changed)["modules"] == {"api": ENTRY}
    assert "# who is told\nreceivers:" in changed


@pytest.mark.parametrize(
    "before, after",
    [
        ("", f"modules:\n{BLOCK}"),
        ("name: x", f"name: x\n\nmodules:\n{BLOCK}"),
        ("# nothing yet\n", f"# nothing yet\n\nmodules:\n{BLOCK}"),
        ("modules:\nname: x\n", f"modules:\n{BLOCK}name: x\n"),
        ("modules: # none\n  # api:\nname: x\n", f"modules: # none\n{BLOCK}  # api:\nname: x\n"),
        (
            "modules:\n    api:\n        targets: ['a:1']",
            "modules:\n    api:\n        targets: ['a:1']\n"
            + "".join(f"  {line}\n" for line in BLOCK.splitlines()),
        ),
    ],
)
def test_a_module_finds_its_place_in_any_file(before, after):
    assert with_module(before, "shop", ENTRY) == after


def test_a_mapping_on_one_line_is_written_anew_and_keeps_its_comments():
    before = "# Ours.\nmodules: {api: {targets: ['a:1']}} # all\nname: x # short\n"
    changed = with_module(before, "shop", ENTRY)
    assert data(changed)["modules"] == {"api": {"targets": ["a:1"]}, "shop": ENTRY}
    assert "# Ours." in changed
    assert "# short" in changed
    assert data(without_module(changed, "api"))["modules"] == {"shop": ENTRY}


def test_a_block_of_text_and_a_list_below_its_key_end_where_they_end():
    before = (
        "modules:\n  api:\n    targets:\n    - a:1\n    owner: |\n      a\n      b\n\nname: x\n"
    )
    changed = with_module(before, "shop", ENTRY)
    assert changed == before.replace("\n\nname", f"\n{BLOCK}\nname")


def test_lines_that_end_as_on_windows_go_on_doing_so():
    changed = with_module("name: x\r\nmodules:\r\n  api:\r\n    targets: 1\r\n", "shop", ENTRY)
    assert changed.count("\r\n") == changed.count("\n") == 8


def test_an_ip_address_of_version_6_is_quoted():
    changed = with_module("", "shop", {"targets": ["[::1]:8000"]})
    assert data(changed)["modules"]["shop"]["targets"] == ["[::1]:8000"]


def test_taking_out_what_is_not_there_changes_nothing():
    assert without_module(FILE, "nobody") == FILE
    assert without_module("", "nobody") == ""


@pytest.mark.parametrize("target", ["", "127.0.0.1:8001"])
def test_the_file_that_init_writes_stays_a_plan(tmp_path, target):
    file = tmp_path / "vedette.yaml"
    file.write_text(with_module(text(Answers(name="x", target=target)), "shop", ENTRY))
    plan = planfile.read(file)
    assert plan.modules[-1].targets == ("127.0.0.1:8000",)


NAMES = st.sampled_from(["a", "b", "shop"])
WORDS = st.text("ab:#{}[]'\"$ -", max_size=6)


@settings(max_examples=25)
@given(
    st.dictionaries(NAMES, st.fixed_dictionaries({"owner": WORDS}), max_size=3),
    st.booleans(),
    st.lists(st.sampled_from(["", "# remark", "  # deep", "name: x"]), max_size=3, unique=True),
    NAMES,
    WORDS,
)
def test_whatever_stands_there_only_that_module_changes(modules, flow, around, name, owner):
    written = CommentedMap(modules)
    if flow:
        written.fa.set_flow_style()
    stream = io.StringIO()
    YAML().dump(CommentedMap({"modules": written}), stream)
    before = stream.getvalue() + "".join(f"{line}\n" for line in around)
    changed = with_module(before, name, {"owner": owner})
    rest = {key: value for key, value in data(before).items() if key != "modules"}
    assert data(changed) == {**rest, "modules": {**modules, name: {"owner": owner}}}
    removed = data(without_module(changed, name))
    left = {key: value for key, value in modules.items() if key != name}
    assert (removed.pop("modules", None) or {}) == left
    assert removed == rest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.sdk.programs import called


@pytest.mark.parametrize(
    "line,name",
    [
        ("/usr/sbin/postgres -D /data", "postgres"),
        ("/usr/bin/python3.11 -u /home/ann/train.py --lr 1", "train.py"),
        (
            "python -m vllm.entrypoints.openai.api_server --port 1",
            "vllm.entrypoints.openai.api_server",
        ),
        ("python -c print(1)", "python"),
        ("python", "python"),
        ("bash run.sh", "run.sh"),
        ("", "unknown"),
    ],
)
def test_a_program_is_called_by_its_file_or_by_the_script_that_it_interprets(line, name):
    assert called(line.split()) == name


def test_a_title_that_a_program_gave_itself_is_cut_to_its_name():
    assert called(["nginx: worker process"]) == "nginx"
    assert called(["  "]) == "unknown"


@given(st.lists(st.text(max_size=60), max_size=4))
def test_a_name_is_never_empty_and_never_long(words):
    assert 0 < len(called(words)) <= 40

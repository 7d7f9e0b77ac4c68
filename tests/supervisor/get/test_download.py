"""Downloads: resumed, checked, refused."""

import socket
import time

import pytest

from vedette.supervisor.get.download import fetch
from vedette.supervisor.get.source import Session, Sources, Step, UnavailableError

DATA = bytes(range(256)) * 4096


@pytest.fixture
def session(sources) -> Session:
    return Session(sources=sources)


def _offer(shop, data: bytes = DATA) -> str:
    shop.files["/program.tar.gz"] = data
    return f"{shop.address}/program.tar.gz"


def test_a_download_lands_under_its_own_name_with_progress_up_to_the_last_byte(shop, sources, make):
    steps: list[Step] = []
    session = Session(sources=sources, progress=steps.append)

    file = fetch(_offer(shop), make.sha256(DATA), session, program="sentry")

    assert file == sources.cache / "downloads" / "program.tar.gz"
    assert file.read_bytes() == DATA
    assert (steps[-1].done, steps[-1].total) == (len(DATA), len(DATA))


def test_a_cut_connection_is_resumed_where_it_broke(shop, session, make):
    shop.cut = [700_000]

    file = fetch(_offer(shop), make.sha256(DATA), session, program="sentry")

    assert file.read_bytes() == DATA
    assert shop.asked[0][1] == ""
    first_missing = int(shop.asked[1][1].removeprefix("bytes=").rstrip("-"))
    assert 0 < first_missing <= 700_000


def test_what_an_earlier_run_left_is_continued(shop, session, make):
    folder = session.sources.cache / "downloads"
    folder.mkdir(parents=True)
    (folder / "program.tar.gz.part").write_bytes(DATA[:1000])

    fetch(_offer(shop), make.sha256(DATA), session, program="sentry")

    assert shop.asked == [("/program.tar.gz", "bytes=1000-")]


def test_a_server_without_ranges_starts_again_from_the_first_byte(shop, session, make):
    shop.ranges = False
    shop.cut = [700_000]

    assert fetch(_offer(shop), make.sha256(DATA), session, program="s").read_bytes() == DATA


def test_a_connection_that_never_brings_a_byte_is_given_up(shop, session, make):
    shop.cut = [0] * 20

    with pytest.raises(UnavailableError, match="broke off") as error:
        fetch(_offer(shop), make.sha256(DATA), session, program="sentry")

    assert "program.tar.gz" in error.value.remedy
    assert len(shop.asked) < 5


def test_a_corrupt_download_is_fetched_once_more(shop, session, make):
    shop.spoilt = 1

    file = fetch(_offer(shop), make.sha256(DATA), session, program="sentry")

    assert file.read_bytes() == DATA
    assert len(shop.asked) == 2


def test_a_download_that_stays_corrupt_is_refused_and_leaves_nothing(shop, session, make):
    shop.spoilt = 5
    url, right = _offer(shop), make.sha256(DATA)

    with pytest.raises(UnavailableError, match=f"another SHA-256 than {right}"):
        fetch(url, right, session, program="sentry")

    assert len(shop.asked) == 2
    assert list((session.sources.cache / "downloads").iterdir()) == []


def test_a_missing_file_is_named_with_the_servers_answer(shop, session):
    with pytest.raises(UnavailableError, match=r"/gone\.tar\.gz answered 404"):
        fetch(f"{shop.address}/gone.tar.gz", "0" * 64, session, program="sentry")


def test_an_unreachable_server_is_tried_once_in_a_session_and_says_what_to_copy(session):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        for name in ("a.tar.gz", "b.tar.gz"):
            with pytest.raises(UnavailableError, match="cannot be reached") as error:
                fetch(f"{address}/{name}", "0" * 64, session, program="sentry")
            wanted = session.sources.cache / "downloads" / name
            assert "Errno" not in error.value.reason
            assert error.value.remedy == f"copy {address}/{name} to {wanted}"

    assert len(session.unreachable) == 1


def test_a_server_that_never_answers_the_knock_costs_the_connect_timeout_only(tmp_path):
    patience = 0.3
    session = Session(sources=Sources(cache=tmp_path, connect_seconds=patience))
    with socket.socket() as deaf, socket.socket() as first:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        first.connect(deaf.getsockname())  # its queue is full now
        full = [socket.socket() for _ in range(4)]
        for each in full:
            each.setblocking(False)
            each.connect_ex(deaf.getsockname())
        begin = time.monotonic()
        with pytest.raises(UnavailableError, match="cannot be reached"):
            fetch(
                f"http://127.0.0.1:{deaf.getsockname()[1]}/x", "0" * 64, session, program="sentry"
            )
        for each in full:
            each.close()

    assert time.monotonic() - begin < 10 * patience


def test_offline_asks_no_server(shop, sources, make):
    session = Session(sources=Sources(cache=sources.cache, offline=True))

    with pytest.raises(UnavailableError, match="network is forbidden"):
        fetch(_offer(shop), make.sha256(DATA), session, program="sentry")

    assert shop.asked == []


def test_a_file_that_a_person_copied_is_taken_offline_if_its_sum_is_right(shop, sources, make):
    session = Session(sources=Sources(cache=sources.cache, offline=True))
    copied = sources.cache / "downloads" / "program.tar.gz"
    copied.parent.mkdir(parents=True)
    copied.write_bytes(DATA)

    assert fetch(_offer(shop), make.sha256(DATA), session, program="sentry") == copied
    assert copied not in session.fetched  # it is not ours to remove


def test_a_proxy_of_the_environment_is_used(shop, session, make, monkeypatch):
    shop.files["http://archive.invalid/program.tar.gz"] = DATA
    monkeypatch.setenv("HTTP_PROXY", shop.address)
    monkeypatch.delenv("NO_PROXY")

    url = "http://archive.invalid/program.tar.gz"
    assert fetch(url, make.sha256(DATA), session, program="sentry").read_bytes() == DATA


def test_a_proxy_setting_that_is_no_address_is_said_to_be_wrong(session, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x:y:z")
    monkeypatch.delenv("NO_PROXY")

    with pytest.raises(UnavailableError, match="proxy setting is wrong"):
        fetch("http://archive.invalid/x", "0" * 64, session, program="sentry")

"""What it costs a FastAPI service to be watched, beside those that also do it.

Usage: .venv/bin/python bench/middleware.py [--quick]
Added processor time per request, over the same application without any middleware: ours,
prometheus-fastapi-instrumentator with its defaults, and OpenTelemetry's FastAPI
instrumentation with a Prometheus reader and without traces. Once called in this process, once
over a socket from uvicorn, with 1 route and with 101, of which the last one is asked. The
variants take turns, and a tenth of a variant's turns was as cheap as what is told, or cheaper: so
other work on the machine counts little. The processor time is the server's own.

Limits: ours is at most a quarter of the instrumentator's in each case, and with 101 routes at
most 1.5 times what it is with 1, give or take a microsecond.
"""

import argparse
import asyncio
import os
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from fastapi import FastAPI

MICRO = 1e6
ROUTES = (1, 101)
SHARE = 0.25
FLAT, SLACK = 1.5, 1.0  # factor, microseconds
OURS, INSTRUMENTATOR, OTEL, NONE = "vedette", "instrumentator", "opentelemetry", "none"
VARIANTS = (NONE, OURS, INSTRUMENTATOR, OTEL)
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Size:
    """How long it is measured: rounds, requests of each variant in a round, new starts."""

    rounds: int
    in_process: int
    over_socket: int
    generations: int


# Many short turns, so that some of each fall into quiet moments.
FULL, QUICK = Size(105, 100, 200, 7), Size(40, 100, 200, 4)
AT_ONCE = 8  # requests on their way to a server


def main() -> int:
    """Measure; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and requests")
    parser.add_argument("--serve", nargs=2, metavar=("VARIANT", "ROUTES"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.serve[0], int(chosen.serve[1]))
        return 0
    size = QUICK if chosen.quick else FULL
    missed = [
        missed
        for where, measure in (("in process", in_process), ("on uvicorn", on_uvicorn))
        for missed in report(where, {routes: measure(routes, size) for routes in ROUTES})
    ]
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return int(any(missed))


def report(where: str, added: Mapping[int, Mapping[str, float]]) -> Iterator[bool]:
    """Print what was added, in microseconds per request; yield whether each limit is missed."""
    for routes, by_variant in added.items():
        ours, theirs = by_variant[OURS], by_variant[INSTRUMENTATOR]
        told = ", ".join(f"{name} {value:.1f}" for name, value in by_variant.items())
        print(f"added per request {where}, {routes} routes, in us: {told}")
        yield judge(f"ours beside the instrumentator, {routes} routes", ours / theirs, SHARE)
        print(f"{'':4}OpenTelemetry's is {by_variant[OTEL] / ours:.0f} times ours")
    first, last = (added[routes][OURS] for routes in ROUTES)
    yield judge("ours with 101 routes beside 1", max(0.0, last - SLACK) / first, FLAT)


def judge(what: str, value: float, limit: float) -> bool:
    """Print one line with its limit; say whether it is missed."""
    missed = value > limit
    print(f"  {what:52} {value:6.2f}   at most {limit:4g}   {'MISSED' if missed else 'kept'}")
    return missed


def application(variant: str, routes: int) -> FastAPI:
    """Return an application with so many routes, watched in one of the ways."""
    app = FastAPI()
    for number in range(routes):
        app.add_api_route(f"/route{number}/{{item}}", _answer)
    if variant == OURS:
        from vedette.integrations.fastapi import instrument
        from vedette.sdk.monitor import Monitor

        instrument(app, Monitor(isolated=True))
    elif variant == INSTRUMENTATOR:
        from prometheus_client import CollectorRegistry
        from prometheus_fastapi_instrumentator import Instrumentator

        Instrumentator(registry=CollectorRegistry()).instrument(app)
    elif variant == OTEL:
        _watch_with_otel(app)
    return app


def _watch_with_otel(app: FastAPI) -> None:
    from opentelemetry.exporter.prometheus import PrometheusMetricReader
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.trace import NoOpTracerProvider

    provider = MeterProvider(metric_readers=[PrometheusMetricReader()])
    FastAPIInstrumentor.instrument_app(
        app, meter_provider=provider, tracer_provider=NoOpTracerProvider()
    )


async def _answer(item: int) -> dict[str, int]:
    return {"item": item}


def in_process(routes: int, size: Size) -> dict[str, float]:
    """Call the applications as a server would, without one."""
    apps = {variant: application(variant, routes) for variant in VARIANTS}
    loop = asyncio.new_event_loop()

    def spend(variant: str) -> float:
        begin = time.process_time()
        loop.run_until_complete(_call(apps[variant], f"/route{routes - 1}/7", size.in_process))
        return (time.process_time() - begin) / size.in_process

    try:
        return _added(spend, size.rounds)
    finally:
        loop.close()


async def _call(app: FastAPI, path: str, times: int) -> None:
    for _ in range(times):
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"bench"), (b"accept", b"*/*"), (b"user-agent", b"bench")],
            "client": (HOST, 1),
            "server": (HOST, 80),
            "state": {},
        }
        await app(scope, _receive, _send)


async def _receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(message: Any) -> None:
    if message["type"] == "http.response.start" and message["status"] != 200:  # noqa: PLR2004 - OK
        raise RuntimeError(message)


def _added(spend: Callable[[str], float], rounds: int) -> dict[str, float]:
    """Return what each variant adds, in microseconds per request.

    Other work on the machine can only make a turn dearer: the lowest decile of a variant's
    turns is what it costs by itself.
    """
    for variant in VARIANTS:
        spend(variant)  # so that everything is loaded and bound
    spent: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
    for number in range(rounds):
        first = number % len(VARIANTS)
        for variant in VARIANTS[first:] + VARIANTS[:first]:
            spent[variant].append(spend(variant) * MICRO)
    cost = {name: statistics.quantiles(turns, n=10)[0] for name, turns in spent.items()}
    return {name: cost[name] - cost[NONE] for name in VARIANTS if name != NONE}


def serve(variant: str, routes: int) -> None:
    """Serve one application on a free port, told on standard output."""
    import uvicorn

    # With its protocol named, for only then asyncio sends small answers at once.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind((HOST, 0))
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    app = application(variant, routes)
    config = uvicorn.Config(app, log_level="error", access_log=False, timeout_keep_alive=600)
    uvicorn.Server(config).run(sockets=[listener])


def on_uvicorn(routes: int, size: Size) -> dict[str, float]:
    """Ask the applications over connections that are kept, each served by a process.

    Several requests are always on their way: a server that sleeps between two of them
    measures how cold its caches have become, and not what it does. One process is by chance
    quicker than another of the same program, so all are started anew several times.
    """
    told = [_generation(routes, size) for _ in range(size.generations)]
    return {name: statistics.median(added[name] for added in told) for name in told[0]}


def _generation(routes: int, size: Size) -> dict[str, float]:
    with ExitStack() as stack:
        servers = {name: stack.enter_context(_server(name, routes)) for name in VARIANTS}

        def spend(variant: str) -> float:
            process, connections = servers[variant]
            begin = _processor_seconds(process.pid)
            _ask(connections, f"/route{routes - 1}/7", size.over_socket)
            return (_processor_seconds(process.pid) - begin) / size.over_socket

        return _added(spend, size.rounds // size.generations)


@contextmanager
def _server(
    variant: str, routes: int
) -> Iterator[tuple[subprocess.Popen[str], list[socket.socket]]]:
    argv = [sys.executable, __file__, "--serve", variant, str(routes)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            address = (HOST, int(process.stdout.readline()))
            with ExitStack() as stack:
                yield process, [stack.enter_context(_connection(address)) for _ in range(AT_ONCE)]
        finally:
            process.terminate()


def _connection(address: tuple[str, int]) -> socket.socket:
    connection = socket.create_connection(address, timeout=PATIENCE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _ask(connections: list[socket.socket], path: str, times: int) -> None:
    """Send so many requests in all, the next over a connection as soon as it has answered."""
    request = f"GET {path} HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\n\r\n".encode()
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection, selectors.EVENT_READ)
            connection.sendall(request)
        sent, answered = len(connections), 0
        while answered < sent:
            for key, _ in selector.select(PATIENCE_SECONDS):
                connection = connections[[c.fileno() for c in connections].index(key.fd)]
                _whole_answer(connection)
                answered += 1
                if sent < times:
                    connection.sendall(request)
                    sent += 1


def _whole_answer(connection: socket.socket) -> None:
    answer = b""
    while not answer.endswith(b'{"item":7}'):
        part = connection.recv(65536)
        if not part:
            message = f"the server hung up after {answer!r}"
            raise ConnectionError(message)
        answer += part


def _processor_seconds(pid: int) -> float:
    """Return the processor time of a process's main thread, as exactly as it can be had."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except OSError:  # not Linux
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)


if __name__ == "__main__":
    raise SystemExit(main())

"""What a program is, by what it exposes; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vedette.errors import DeclarationError
from vedette.exposition.nouns import Exposition
from vedette.model.convention import convention, followers, prefix
from vedette.model.pack import Pack
from vedette.model.signature import matches

_BUILD = "_build_info"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program, or a library in one, that is known by its metrics.

    Args:
        title: As people call it.
        signature: By what it is known; see `vedette.model.signature`.
        note: What to know of it; empty for nothing.
    """

    title: str
    signature: tuple[str, ...]
    note: str = ""


# The most telling first: several may be true of one process.
PROGRAMS = (
    Program(title="vLLM", signature=("vllm:*",)),
    Program(title="SGLang", signature=("sglang:*",)),
    Program(title="Triton Inference Server", signature=("nv_inference_*",)),
    Program(title="LiteLLM", signature=("litellm_*",)),
    Program(title="Ray", signature=("ray_*",)),
    Program(
        title="Text Generation Inference",
        signature=("tgi_*",),
        note="no pack knows its metrics; they are stored and can be asked for",
    ),
    Program(
        title="node exporter", signature=("node_exporter_build_info", "node_cpu_seconds_total")
    ),
    Program(title="Prometheus", signature=("prometheus_tsdb_head_series",)),
    Program(title="cAdvisor", signature=("cadvisor_version_info", "container_last_seen")),
    Program(
        title="DCGM exporter",
        signature=("DCGM_FI_*",),
        note="no pack knows its metrics; they are stored and can be asked for",
    ),
    Program(
        title="FastAPI with prometheus-fastapi-instrumentator",
        signature=("http_request_duration_highr_seconds",),
        note="it writes `handler` for `endpoint` and groups status codes (`5xx`): panels by"
        " endpoint stay empty. vedette.integrations.fastapi.instrument(app) fills them",
    ),
    Program(
        title="FastAPI or Starlette with starlette-exporter",
        signature=("starlette_requests_total",),
        note="no pack knows its names. vedette.integrations.fastapi.instrument(app) exposes those"
        " that alerts and dashboards read",
    ),
    Program(title="a program with Vedette's instruments", signature=("vedette_*",)),
    Program(title="a Python process", signature=("python_info",)),
    Program(title="a Go process", signature=("go_info",)),
    Program(title="a Java process", signature=("jvm_info", "jvm_memory_used_bytes")),
    Program(title="a Node.js process", signature=("nodejs_version_info",)),
)
_PLAIN = "a Python process"


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What was recognised.

    Args:
        programs: What it is, the most telling first.
        packs: The packs whose metrics it exposes, sorted.
        prefixes: What its metrics by convention begin with, where that is not its name.
        notes: What to know of it.
        version: Of the most telling program; empty where it tells none.
    """

    programs: tuple[str, ...]
    packs: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        first = self.programs[0] if self.programs else "something unknown"
        return f"{first} {self.version}".rstrip()


def recognise(exposed: Exposition, module: str, known: Mapping[str, Pack]) -> Recognised:
    """Say what exposes this.

    Args:
        exposed: What is exposed.
        module: How the module is to be called.
        known: Every pack by its name.
    """
    names = exposed.names
    programs = [each for each in PROGRAMS if matches(each.signature, names)]
    packs = {name for name, pack in known.items() if matches(pack.signature, names)}
    conventional = followers(names) or _started(module, names)
    if conventional:
        packs |= {name for name, pack in known.items() if pack.by_module}
    titles = tuple(each.title for each in programs)
    if titles == (_PLAIN,) and not packs:
        titles = (f"{_PLAIN} with prometheus_client",)
    return Recognised(
        programs=titles,
        packs=tuple(sorted(packs)),
        prefixes=() if conventional == (_beginning(module),) else conventional,
        notes=tuple(each.note for each in programs if each.note),
        version=_version(exposed, names),
    )


def _beginning(module: str) -> str:
    try:
        return prefix(module)
    except DeclarationError:
        return ""


def _started(module: str, names: Collection[str]) -> tuple[str, ...]:
    """Return what the metrics begin with of a module that has not done anything yet."""
    beginning = _beginning(module)
    if beginning and any(metric.name in names for metric in convention(beginning).metrics):
        return (beginning,)
    return ()


def _version(exposed: Exposition, names: Collection[str]) -> str:
    """Return the version that a `..._build_info` tells, as exporters have it."""
    for name in sorted(names):
        if name.endswith(_BUILD) and name in exposed.families:
            for sample in exposed.families[name].samples:
                return sample.labels.get("version", "").lstrip("v")
    return ""

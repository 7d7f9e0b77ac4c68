"""The names of OpenTelemetry's conventions for generative AI, as Prometheus spells them.

They stand beside our own, so that a dashboard made for them works here. Names, attributes and
buckets: https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/gen-ai-metrics.md
(in development when this was written). A program that asks a model elsewhere is a client; one
that runs the model is a server, and their times are different metrics.
"""

from vedette.model.metric import Metric

# Of client and server alike; an attribute that is not known is empty, which is absent.
ATTRIBUTES = ("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model")
TOKEN_TYPES = ("input", "output")

_DURATIONS = tuple(0.01 * 2**power for power in range(14))  # 0.01 to 81.92
_TOKENS = tuple(float(4**power) for power in range(14))  # 1 to 67 108 864
_FIRST = (
    *(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1),
    *(0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
)
_EACH = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5)

CLIENT_SECONDS = Metric(
    name="gen_ai_client_operation_duration_seconds",
    kind="histogram",
    help="Time of an operation as its client saw it.",
    unit="seconds",
    labels=(*ATTRIBUTES, "error_type"),
    buckets=_DURATIONS,
)
CLIENT_FIRST_SECONDS = Metric(
    name="gen_ai_client_operation_time_to_first_chunk_seconds",
    kind="histogram",
    help="Time to the first part of an answer as its client saw it.",
    unit="seconds",
    labels=ATTRIBUTES,
    buckets=_DURATIONS,
)
TOKEN_USAGE = Metric(
    name="gen_ai_client_token_usage",
    kind="histogram",
    help="Tokens of one operation: input with what came from a cache, output with reasoning.",
    labels=(*ATTRIBUTES, "gen_ai_token_type"),
    buckets=_TOKENS,
    values={"gen_ai_token_type": TOKEN_TYPES},
)
SERVER_SECONDS = Metric(
    name="gen_ai_server_request_duration_seconds",
    kind="histogram",
    help="Time of a request in the server that runs the model.",
    unit="seconds",
    labels=(*ATTRIBUTES, "error_type"),
    buckets=_DURATIONS,
)
SERVER_FIRST_SECONDS = Metric(
    name="gen_ai_server_time_to_first_token_seconds",
    kind="histogram",
    help="Time to the first token in the server that runs the model.",
    unit="seconds",
    labels=ATTRIBUTES,
    buckets=_FIRST,
)
SERVER_TOKEN_SECONDS = Metric(
    name="gen_ai_server_time_per_output_token_seconds",
    kind="histogram",
    help="Time per token after the first in the server that runs the model.",
    unit="seconds",
    labels=ATTRIBUTES,
    buckets=_EACH,
)

SEMCONV = (
    CLIENT_SECONDS,
    CLIENT_FIRST_SECONDS,
    TOKEN_USAGE,
    SERVER_SECONDS,
    SERVER_FIRST_SECONDS,
    SERVER_TOKEN_SECONDS,
)

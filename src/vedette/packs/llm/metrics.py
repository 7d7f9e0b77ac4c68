"""Language models: the names are contracts."""

from vedette.model.metric import MODEL, Metric
from vedette.packs.llm.semconv import SEMCONV

OUTCOMES = ("ok", "error")
# Parts that add up to all tokens: what was read again from a cache is not in `prompt`, what
# the model only thought is not in `completion`.
TOKEN_TYPES = ("prompt", "cached", "completion", "reasoning")

_HF = "hf_inference_latency_ms is the name that existing dashboards use"

LATENCY = Metric(
    name="hf_inference_latency_ms",
    kind="histogram",
    help="Time from the request of an answer to its end, in milliseconds.",
    unit="milliseconds",
    labels=MODEL,
    # Ten to a hundred in tens, for the limit is 100 ms; then ever wider, up to five minutes.
    buckets=(
        *(1, 2.5, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 125, 150, 200, 300, 500, 750),
        *(1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000),
    ),
    waiver=_HF,
)
REQUESTS = Metric(
    name="llm_requests_total",
    kind="counter",
    help="Answers that a language model was asked for, by how they ended.",
    labels=(*MODEL, "status"),
    values={"status": OUTCOMES},
)
GENERATED = Metric(
    name="tokens_generated_total",
    kind="counter",
    help="Tokens that a language model produced, what it only thought included.",
    labels=MODEL,
)
TOKENS = Metric(
    name="llm_tokens_total",
    kind="counter",
    help="Tokens that a language model read and produced; the types add up to all of them.",
    labels=(*MODEL, "token_type"),
    values={"token_type": TOKEN_TYPES},
)
FIRST_TOKEN_SECONDS = Metric(
    name="llm_time_to_first_token_seconds",
    kind="histogram",
    help="Time from the request of an answer to its first token.",
    unit="seconds",
    labels=MODEL,
    # A small model on this machine takes a millisecond, a large one behind a queue a minute.
    buckets=(
        *(0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 0.75),
        *(1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0),
    ),
)
TOKEN_SECONDS = Metric(
    name="llm_time_per_output_token_seconds",
    kind="histogram",
    help="Time from the first token to the end, divided by the tokens after the first.",
    unit="seconds",
    labels=MODEL,
    buckets=(
        *(0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01),
        *(0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5),
    ),
)
SAFETY_CHECKS = Metric(
    name="safety_checks_total",
    kind="counter",
    help="Answers whose safety was judged.",
    labels=MODEL,
)
SAFETY_FAILURES = Metric(
    name="safety_failures_total",
    kind="counter",
    help="Answers that were judged unsafe.",
    labels=MODEL,
)
COST_DAILY = Metric(
    name="cost_daily_pounds",
    kind="gauge",
    help="What today has cost so far, in pounds.",
    unit="pounds",
    labels=MODEL,
    range=(0, float("inf")),
    workers="mostrecent",
    waiver="pounds are money here, and teams chart it by this name",
)
BUDGET_DAILY = Metric(
    name="cost_daily_budget_pounds",
    kind="gauge",
    help="What a day may cost, in pounds.",
    unit="pounds",
    labels=MODEL,
    range=(0, float("inf")),
    workers="mostrecent",
    waiver="pounds are money here, as in cost_daily_pounds",
)

METRICS = (
    LATENCY,
    REQUESTS,
    GENERATED,
    TOKENS,
    FIRST_TOKEN_SECONDS,
    TOKEN_SECONDS,
    SAFETY_CHECKS,
    SAFETY_FAILURES,
    COST_DAILY,
    BUDGET_DAILY,
    *SEMCONV,
)

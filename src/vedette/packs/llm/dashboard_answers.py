"""What to look at: the answers of language models in detail."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row
from vedette.packs.llm._queries import MODEL_SELECTION, RATE, SELECTION, VARIABLES, quantile
from vedette.packs.llm.metrics import FIRST_TOKEN_SECONDS, REQUESTS, TOKEN_SECONDS, TOKENS
from vedette.packs.llm.semconv import (
    CLIENT_FIRST_SECONDS,
    CLIENT_SECONDS,
    SERVER_FIRST_SECONDS,
    SERVER_SECONDS,
    SERVER_TOKEN_SECONDS,
    TOKEN_USAGE,
)

_M = MODEL_SELECTION
_OTEL = f'{SELECTION}, gen_ai_request_model=~"$model"'
_BY = ("gen_ai_provider_name", "gen_ai_operation_name")
_LEGEND = "{{gen_ai_provider_name}} {{gen_ai_operation_name}}"


_ANSWERS = Row(
    title="Answers",
    panels=(
        Panel(
            title="Requests by outcome",
            description="Answers per second; errors are ours, the network's or the provider's.",
            unit="reqps",
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (model, status) (rate({REQUESTS}{{{_M}}}[{RATE}]))",
                    legend="{{model}} {{status}}",
                ),
            ),
        ),
        Panel(
            title="Time to first token p95",
            description="Waiting and reading the prompt; it grows with the queue and the prompts.",
            unit="s",
            queries=(Query(expr=quantile(FIRST_TOKEN_SECONDS, 0.95, "model"), legend="{{model}}"),),
        ),
        Panel(
            title="Time per output token p95",
            description="Rises when the model itself becomes slower, not when answers get longer.",
            unit="s",
            queries=(Query(expr=quantile(TOKEN_SECONDS, 0.95, "model"), legend="{{model}}"),),
        ),
    ),
)
_TOKENS = Row(
    title="Tokens",
    panels=(
        Panel(
            title="Tokens by type",
            description="Tokens per second; the types add up, so the height is what is paid for.",
            width=12,
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (token_type) (rate({TOKENS}{{{_M}}}[{RATE}]))",
                    legend="{{token_type}}",
                ),
            ),
        ),
        Panel(
            title="Share of the prompt that came from a cache",
            description="A share that falls makes answers slower and dearer.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(
                Query(
                    expr=(
                        f'sum by (model) (rate({TOKENS}{{{_M}, token_type="cached"}}[{RATE}]))'
                        " / sum by (model) "
                        f'(rate({TOKENS}{{{_M}, token_type=~"cached|prompt"}}[{RATE}]))'
                    ),
                    legend="{{model}}",
                ),
            ),
        ),
    ),
)
_OTEL_CLIENT = Row(
    title="By provider and operation (OpenTelemetry)",
    panels=(
        Panel(
            title="Duration p95",
            description="As clients see it, or the server where it runs here.",
            unit="s",
            queries=(
                Query(expr=quantile(CLIENT_SECONDS, 0.95, *_BY, selection=_OTEL), legend=_LEGEND),
                Query(
                    expr=quantile(SERVER_SECONDS, 0.95, *_BY, selection=_OTEL),
                    legend=f"server {_LEGEND}",
                ),
            ),
        ),
        Panel(
            title="First and next parts p95",
            description="The first part of an answer, and each token after it.",
            unit="s",
            queries=(
                Query(
                    expr=quantile(CLIENT_FIRST_SECONDS, 0.95, *_BY, selection=_OTEL),
                    legend=f"first {_LEGEND}",
                ),
                Query(
                    expr=quantile(SERVER_FIRST_SECONDS, 0.95, *_BY, selection=_OTEL),
                    legend=f"server first {_LEGEND}",
                ),
                Query(
                    expr=quantile(SERVER_TOKEN_SECONDS, 0.95, *_BY, selection=_OTEL),
                    legend=f"server each {_LEGEND}",
                ),
            ),
        ),
        Panel(
            title="Tokens per operation p95",
            description="Input that grows without end is a conversation that is never cut.",
            queries=(
                Query(
                    expr=quantile(TOKEN_USAGE, 0.95, "gen_ai_token_type", selection=_OTEL),
                    legend="{{gen_ai_token_type}}",
                ),
            ),
        ),
    ),
)
ANSWERS = Dashboard(
    uid="vedette-generation",
    title="Text generation",
    description="Where does the time of an answer go, and what is it made of?",
    variables=VARIABLES,
    rows=(_ANSWERS, _TOKENS, _OTEL_CLIENT),
    links=(Link(title="Overview of the models", uid="vedette-llm"),),
    tags=("llm",),
)

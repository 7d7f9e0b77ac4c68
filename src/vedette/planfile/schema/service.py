"""The keys of a module: one service to watch, and how to start it."""

import shlex
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from vedette.planfile.fields import Interval, Labels, Targets, Text, UrlPath, Words, refuse
from vedette.planfile.schema.keys import Keys


def _command(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return shlex.split(value)
    except ValueError as error:
        message = f"this is not a command: {error}"
        raise refuse(message, "write it as a list: [python, app.py]") from None


Command = Annotated[
    list[str],
    BeforeValidator(_command, json_schema_input_type=list[str] | str),
    Field(min_length=1),
]


class Run(Keys):
    """How the stack starts the service itself."""

    command: Command = Field(
        description="Program and arguments; `{python}` is the interpreter that runs Vedette.",
        examples=["{python} -m uvicorn app:app --port 8000"],
    )
    folder: Text = Field(default=".", description="Where it starts.", examples=["service"])
    environment: dict[str, str] = Field(
        default_factory=dict,
        description="Added to its environment.",
        examples=[{"MODEL": "small"}],
    )
    ready: UrlPath | None = Field(
        default=None,
        description="Path that answers 200 once the service is ready.",
        examples=["/ready"],
    )


class Module(Keys):
    """One service to watch."""

    targets: Targets = Field(
        description="`host:port` of each instance; a bare port is one on this machine.",
        examples=[["127.0.0.1:8000"], 8000],
    )
    packs: Words = Field(
        default_factory=list,
        description="Names of the packs whose metrics it exposes.",
        examples=[["http", "serving"]],
    )
    prefixes: Words = Field(
        default_factory=list,
        description="What its metrics by convention begin with; its own name if left out.",
        examples=[["prompt_manager"]],
    )
    owner: str = Field(
        default="", description="Who is asked; a label of its alerts.", examples=["team-search"]
    )
    labels: Labels = Field(
        default_factory=dict,
        description="Added to every series of it.",
        examples=[{"tier": "gold"}],
    )
    path: UrlPath = Field(default="/metrics", description="Where it exposes its metrics.")
    scheme: Literal["http", "https"] = Field(default="http", description="How it is asked.")
    scrape_interval: Interval | None = Field(
        default=None, description="Its own interval, instead of the plan's.", examples=["15s"]
    )
    run: Run | None = Field(
        default=None,
        description="How to start it, where the stack is to run it.",
        examples=[{"command": "{python} app.py", "ready": "/ready"}],
    )

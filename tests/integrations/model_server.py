"""A server that answers as OpenAI's and Hugging Face's do, on loopback."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

USAGE = {
    "prompt_tokens": 12,
    "completion_tokens": 30,
    "total_tokens": 42,
    "prompt_tokens_details": {"cached_tokens": 8},
    "completion_tokens_details": {"reasoning_tokens": 10},
}
WORDS = ("mo", "nitor", "ing")
_CHUNK = {"id": "c", "created": 1, "model": "m", "object": "chat.completion.chunk"}


@contextmanager
def model_server() -> Iterator[str]:
    """Yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked.get("model") == "broken":
            self._json({"error": {"message": "out of memory"}}, status=500)
        elif asked.get("stream"):
            self._events(_parts(self.path, asked))
        else:
            self._json(_whole(self.path))

    def _json(self, body: Any, status: int = 200) -> None:
        self._send(json.dumps(body).encode(), "application/json", status)

    def _events(self, parts: list[dict[str, Any]]) -> None:
        lines = [f"data: {json.dumps(part)}\n\n" for part in parts]
        self._send("".join([*lines, "data: [DONE]\n\n"]).encode(), "text/event-stream", 200)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _whole(path: str) -> Any:
    if path.endswith("/embeddings"):
        data = [{"object": "embedding", "index": 0, "embedding": [0.5, 0.25]}]
        usage = {"prompt_tokens": 5, "total_tokens": 5}
        return {"object": "list", "model": "m", "data": data, "usage": usage}
    if path.endswith("/responses"):
        return _response()
    if path.endswith("/chat/completions"):
        message = {"role": "assistant", "content": "".join(WORDS)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        head = {**_CHUNK, "object": "chat.completion", "system_fingerprint": "f"}
        return {**head, "choices": [choice], "usage": USAGE}
    if path.endswith("/completions"):
        choice = {"index": 0, "finish_reason": "stop", "text": "".join(WORDS), "logprobs": None}
        return {**_CHUNK, "object": "text_completion", "choices": [choice], "usage": USAGE}
    return [{"generated_text": "".join(WORDS), "details": _details()}]


def _parts(path: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    if path.endswith("/responses"):
        text = {"type": "response.output_text.delta", "delta": "mo", "sequence_number": 1}
        end = {"type": "response.completed", "sequence_number": 2, "response": _response()}
        return [{**text, "item_id": "i", "output_index": 0, "content_index": 0}, end]
    if not path.endswith("/completions"):
        return [_token(word, last=word == WORDS[-1]) for word in WORDS]
    roles: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas = roles + [{"content": word, "role": "assistant"} for word in WORDS]
    parts = [
        {**_CHUNK, "system_fingerprint": "f", "choices": [{"index": 0, "delta": delta}]}
        for delta in deltas
    ]
    if asked.get("stream_options", {}).get("include_usage"):
        parts.append({**_CHUNK, "system_fingerprint": "f", "choices": [], "usage": USAGE})
    return parts


def _response() -> dict[str, Any]:
    usage = {
        "input_tokens": 12,
        "output_tokens": 30,
        "total_tokens": 42,
        "input_tokens_details": {"cached_tokens": 8},
        "output_tokens_details": {"reasoning_tokens": 10},
    }
    head = {"id": "r", "object": "response", "created_at": 1, "status": "completed", "model": "m"}
    return {**head, "output": [], "usage": usage}


def _token(word: str, *, last: bool) -> dict[str, Any]:
    token = {"id": 1, "text": word, "logprob": -0.1, "special": False}
    return {
        "index": 1,
        "token": token,
        "generated_text": "".join(WORDS) if last else None,
        "details": {**_details(), "input_length": 12} if last else None,
    }


def _details() -> dict[str, Any]:
    return {"finish_reason": "length", "generated_tokens": 30, "prefill": [], "tokens": []}

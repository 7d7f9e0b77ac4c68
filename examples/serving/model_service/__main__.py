"""Run the service: `python -m model_service --listen 127.0.0.1:8000`."""

import argparse

import uvicorn

from model_service.app import create_app
from vedette import settings

SWITCHES = "SERVING_SWITCHES"


def main() -> None:
    """Read the command line and serve until told to stop."""
    parser = argparse.ArgumentParser(prog="model_service", description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:8000", metavar="HOST:PORT")
    options = parser.parse_args()
    host, _, port = options.listen.rpartition(":")
    app = create_app(breakable=settings.environment(SWITCHES) == "1")
    uvicorn.run(app, host=host, port=int(port), access_log=False)


if __name__ == "__main__":
    main()

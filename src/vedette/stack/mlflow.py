"""MLflow: experiments, runs and models, in one process and one SQLite file."""

from collections.abc import Mapping

from vedette.model.component import Component, Launch
from vedette.model.program import Program, PythonPackage
from vedette.model.version import Version

_VERSION = "3.17.2"


def _arguments(launch: Launch) -> tuple[str, ...]:
    host, port = _address(launch)
    if not launch.programs:  # an image has the command, which starts a second process
        return ("mlflow", "server", "--host", host, "--port", port, "--workers", "1")
    return (
        *("-m", "uvicorn", "mlflow.server.fastapi_app:app"),
        *("--host", host, "--port", port, "--no-access-log"),
    )


def _environment(launch: Launch) -> Mapping[str, str]:
    store = f"sqlite:///{launch.data / 'mlflow.db'}"
    artifacts = (launch.data / "artifacts").as_uri()
    shared = {
        # The job runner alone starts eight processes and takes more than a gigabyte.
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }
    if not launch.programs:
        names = {"MLFLOW_BACKEND_STORE_URI": store, "MLFLOW_ARTIFACTS_DESTINATION": artifacts}
        return {**shared, **names}
    # What `mlflow server` hands to its own child: without that command in between it is one
    # process of 250 MB instead of two of 400. The names hold for the pinned version.
    return {
        **shared,
        "_MLFLOW_SERVER_FILE_STORE": store,
        "_MLFLOW_SERVER_ARTIFACT_ROOT": "mlflow-artifacts:/",
        "_MLFLOW_SERVER_ARTIFACT_DESTINATION": artifacts,
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
    }


def _address(launch: Launch) -> tuple[str, str]:
    host, _, port = launch.listen.rpartition(":")
    if launch.plan.login and launch.programs:
        host = "127.0.0.1"  # it asks nobody for a password
    return host.strip("[]"), port


COMPONENT = Component(
    title="MLflow",
    summary="Keeps experiments, runs and models.",
    programs=(
        Program(
            name="mlflow",
            minimum=Version(3, 0),
            # The distribution's own record: asking mlflow itself takes seconds.
            version_args=("-c", "import importlib.metadata as m; print(m.version('mlflow'))"),
            python=PythonPackage(requirements=(f"mlflow=={_VERSION}",), script="python"),
        ),
    ),
    image=f"ghcr.io/mlflow/mlflow:v{_VERSION}",
    port=5000,
    guarded=False,
    arguments=_arguments,
    environment=_environment,
    ready="/health",
    metrics="",
    patient_seconds=60.0,
)

"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

ERRORS = Threshold(
    name="ray_serve_error_ratio",
    default=0.01,
    unit="ratio",
    help="Share of a deployment's requests that raise beyond which RayServeErrors fires.",
    source="our choice: one in a hundred, as for other services of models",
    maximum=1.0,
)
QUEUE = Threshold(
    name="ray_serve_queued_requests",
    default=10,
    help="Requests waiting for a deployment beyond which RayServeQueueBacklog fires.",
    source="our choice: as for other servers of models",
    minimum=1,
)

THRESHOLDS = (ERRORS, QUEUE)

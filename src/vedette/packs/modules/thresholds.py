"""The limits of this pack that a user may set; each holds for every module."""

from vedette.model.threshold import Threshold

ERRORS = Threshold(
    name="module_error_ratio",
    default=0.05,
    unit="ratio",
    help="Share of a module's operations that fail beyond which ModuleErrors fires.",
    source="the alert rules of a public face-attribute classifier: errors > 5 %",
    maximum=1.0,
)
SECONDS = Threshold(
    name="module_operation_p95_seconds",
    default=5.0,
    unit="seconds",
    help="95th percentile of the time of an operation beyond which ModuleSlow fires.",
    source="our choice: longer than that nobody waits for a prompt; set your own",
)
SECURITY_FAILURES = Threshold(
    name="module_security_failures_per_second",
    default=0.1,
    help="Refused inputs per second below which ModuleSecurityFailures never fires.",
    source="our choice: six in a minute are no accident of one person",
)
SECURITY_SURGE = Threshold(
    name="module_security_surge_factor",
    default=3.0,
    help="How many times those of the hour before refused inputs are a surge.",
    source="our choice: beyond the swings of an ordinary day",
    minimum=1.0,
)
RATE_LIMIT_HITS = Threshold(
    name="module_rate_limit_hits_per_second",
    default=0.5,
    help="Callers per second that are told to wait beyond which ModuleRateLimited fires.",
    source="our choice: a caller that is told to wait now and then is what limits are for",
)

THRESHOLDS = (ERRORS, SECONDS, SECURITY_FAILURES, SECURITY_SURGE, RATE_LIMIT_HITS)

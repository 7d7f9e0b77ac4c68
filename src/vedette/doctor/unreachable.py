"""Why a target did not answer, in words that say what to do."""

from dataclasses import replace

from vedette.doctor.fetch import Answer, Trouble, fetch
from vedette.doctor.patient import Patient
from vedette.doctor.places import DOCKER_HOST, Place
from vedette.model.finding import Finding

_BAD_REQUEST = 400  # what some servers say to plain HTTP on their TLS port


def diagnose(place: Place, trouble: Trouble, patient: Patient) -> Finding:
    """Return the finding for a target that gave no answer.

    Args:
        place: The target.
        trouble: What happened.
        patient: Tells whether we are inside a container.
    """
    wrong_host = _wrong_host(place, trouble, patient)
    if wrong_host:
        return wrong_host
    if trouble.kind in {"tls", "not-http"} and (other := other_scheme(place)):
        return other
    message, hint = _WORDS[trouble.kind]
    words = {"detail": trouble.detail, "host": place.host}
    return _finding(
        place, f"target-{trouble.kind}", message.format(**words), hint=hint.format(**words)
    )


def other_scheme(place: Place) -> Finding | None:
    """Return a finding where the target answers with the other of http and https."""
    scheme = "https" if place.scheme == "http" else "http"
    rest = place.question.url.partition(":")[2]
    answer = fetch(replace(place.question, url=f"{scheme}:{rest}", verify=False))
    if not isinstance(answer, Answer) or answer.status == _BAD_REQUEST:
        return None
    message = f"it speaks {scheme}, and is asked with {place.scheme}"
    return _finding(place, "target-scheme", message, hint=f"write `scheme: {scheme}`")


_WORDS = {
    "refused": (
        "it refused the connection: nothing listens there",
        "start the service, or correct `targets:`",
    ),
    "timeout": (
        "it did not answer: {detail}",
        "is it overloaded, or is a firewall between? Its `scrape_interval:` is the limit",
    ),
    "unknown-host": (
        "it cannot be found: the name {host} leads nowhere ({detail})",
        "correct the name in `targets:`, or write the IP address",
    ),
    "unreachable": (
        "it cannot be reached: {detail}",
        "check the address, the network and the firewall",
    ),
    "redirects": (
        "it sends from one address to the next, and never answers: {detail}",
        "correct `path:`, and ask it to answer there itself",
    ),
    "tls": (
        "it has a certificate that this machine does not trust: {detail}",
        "add its authority to this machine's store, or use a certificate for {host}",
    ),
    "broken-off": (
        "it broke off in the middle of its answer: {detail}",
        "look at the service's own log, and at the proxy before it",
    ),
    "not-http": (
        "it does not speak HTTP: {detail}",
        "is this the right port in `targets:`?",
    ),
}


def _wrong_host(place: Place, trouble: Trouble, patient: Patient) -> Finding | None:
    hosts = {"refused", "timeout", "unknown-host", "unreachable"}
    if trouble.kind not in hosts or place.module is None:
        return None
    if place.host == DOCKER_HOST and not patient.inside_container:
        message = f"{place.host} is a name that only containers know, and we are outside"
        return _finding(place, "target-host", message, hint="write 127.0.0.1 in `targets:`")
    if place.is_loopback and patient.inside_container and place.module.run is None:
        message = f"{place.host} is this container itself, and nothing answers there"
        hint = (
            "start the service; if it is outside, write the other container's name, or"
            f" {DOCKER_HOST} for the machine around"
        )
        return _finding(place, "target-host", message, hint=hint)
    return None


def _finding(place: Place, rule: str, message: str, *, hint: str) -> Finding:
    return Finding(rule=rule, level="error", subject=place.subject, message=message, hint=hint)

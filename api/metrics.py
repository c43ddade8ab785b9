"""Counts and times of requests for Prometheus; a registry per app, labels without names of people or organisations."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """media_type: of the text."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "timewright_request_seconds",
            "Time to answer.",
            ["method", "route"],
            registry=self.registry,
            buckets=SECONDS,
        )
        self.answers = Counter(
            "timewright_answers", "Answers by status.", ["method", "route", "status"], registry=self.registry
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """route: the template, so that ids make no labels."""
        self.seconds.labels(method, route).observe(seconds)
        self.answers.labels(method, route, str(status)).inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)

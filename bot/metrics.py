"""The state of the outbox and of this process in the text format that Prometheus reads."""

from collections.abc import Iterable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.vitals import STALLS, Vitals
from storage.lateness import Lateness

__all__ = ["CONTENT_TYPE_LATEST", "metrics_page"]


def metrics_page(late: Lateness, vitals: Vitals) -> bytes:
    """The page. What is counted in the database is the same whichever process is asked."""
    registry = CollectorRegistry()
    registry.register(_Collector([*_of_the_outbox(late), *_of_the_process(vitals)]))
    return generate_latest(registry)


class _Collector(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _of_the_outbox(late: Lateness) -> Iterator[Metric]:
    outbox = late.outbox
    waiting = GaugeMetricFamily("quwen_outbox", "Deliveries that have not gone yet.", labels=["state"])
    for state in ("pending", "claimed"):
        waiting.add_metric([state], getattr(outbox, state))
    yield waiting
    for name, means, value in (
        ("outbox_retrying", "Of the pending ones, those tried before.", outbox.retrying),
        ("outbox_held", "Of the pending ones, those of chats and topics away.", outbox.held),
        ("outbox_age_seconds", "Since the oldest delivery that may go was made.", late.oldest_pending),
        ("due_lag_seconds", "Since the longest due digest should have been made.", late.due),
    ):
        yield GaugeMetricFamily(f"quwen_{name}", means, value)
    done = CounterMetricFamily("quwen_deliveries", "Deliveries by their end.", labels=["end"])
    for end in ("sent", "unconfirmed", "failed", "dropped"):
        done.add_metric([end], getattr(outbox, end))
    yield done
    yield CounterMetricFamily(
        "quwen_deliveries_repeated",
        "Sent again, as no answer came.",
        outbox.repeated,
    )


def _of_the_process(vitals: Vitals) -> Iterator[Metric]:
    yield CounterMetricFamily("quwen_updates", "Updates that came from Telegram.", vitals.updates)
    if vitals.updates_at is not None:
        yield GaugeMetricFamily(
            "quwen_updates_heard_timestamp_seconds",
            "When Telegram last answered a request for updates, or pushed some.",
            vitals.updates_at.timestamp(),
        )
    yield CounterMetricFamily("quwen_telegram_waits", "How often Telegram told to wait (429).", vitals.waits)
    errors = CounterMetricFamily(
        "quwen_telegram_errors", "Requests to Telegram that ended with an error.", labels=["kind"]
    )
    for kind, number in sorted(vitals.errors.items()):
        errors.add_metric([kind], number)
    yield errors
    runs = GaugeMetricFamily(
        "quwen_job_success_timestamp_seconds", "When a job last ran to its end.", labels=["job"]
    )
    for job, at in sorted(vitals.jobs.items()):
        if at is not None:
            runs.add_metric([job], at.timestamp())
    yield runs
    for name, means, label, counts in (
        ("job_failures", "Runs of jobs that ended with an error.", "job", vitals.failures),
        ("answer_errors", "Updates that could not be answered.", "kind", vitals.faulted),
    ):
        counted = CounterMetricFamily(f"quwen_{name}", means, labels=[label])
        for key, number in sorted(counts.items()):
            counted.add_metric([key], number)
        yield counted
    yield _stalls(vitals)


def _stalls(vitals: Vitals) -> Metric:
    below, buckets = 0, []
    for bound in (*STALLS, float("inf")):
        below += vitals.stalls[bound]
        buckets.append(("+Inf" if bound == float("inf") else str(bound), float(below)))
    return HistogramMetricFamily(
        "quwen_loop_stall_seconds",
        "How much later than asked the event loop woke up.",
        buckets=buckets,
        sum_value=vitals.stalled,
    )

package dev.cooper.orchestrator.webhook;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.spec.RunSpec.Occasion;
import dev.cooper.orchestrator.spec.RunSpec.Webhook;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the webhooks of runs. A failed attempt is repeated after a time that doubles, with some chance in it; after the
 * last one, or when the other side refuses, the run's events say that nobody was told. The run itself goes on.
 */
public final class Webhooks implements AutoCloseable {

    /** The events that a webhook can be told of. */
    public static final Map<String, Occasion> OCCASIONS =
            Map.of("RunCompleted", Occasion.COMPLETED, "RunFailed", Occasion.FAILED, "RunPaused", Occasion.PAUSED);

    static final int ATTEMPTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Longer than an attempt can take. */
    private static final Duration CLAIM = PATIENCE.multipliedBy(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final RunLedger ledger;
    private final NoticeBook book;
    private final NoticeSender sender;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param secret that bodies are signed with; empty: they are not */
    public Webhooks(RunLedger ledger, NoticeBook book, String secret, Clock clock, RandomGenerator random) {
        this.ledger = ledger;
        this.book = book;
        this.sender = new NoticeSender(PATIENCE, secret);
        this.clock = clock;
        this.random = random;
    }

    /** Makes the attempts whose time has come. */
    public void tick() throws InterruptedException {
        Optional<Notice> due = book.claim(now(), CLAIM);
        while (due.isPresent()) {
            attempt(due.get());
            due = book.claim(now(), CLAIM);
        }
    }

    private void attempt(Notice notice) throws InterruptedException {
        Optional<Run> run = ledger.run(notice.event().runId());
        Optional<Webhook> wanted = run.flatMap(of -> wanted(of, notice.event()));
        if (run.isPresent() && wanted.isPresent()) {
            tell(run.get(), wanted.get(), notice);
        } else {
            book.settle(notice.event().sequence(), NoticeBook.Outcome.UNWANTED);
        }
    }

    private static Optional<Webhook> wanted(Run run, RunEvent event) {
        Occasion occasion = OCCASIONS.get(event.type());
        return run.spec()
                .webhook()
                .filter(webhook -> occasion != null && webhook.on().contains(occasion));
    }

    private void tell(Run run, Webhook webhook, Notice notice) throws InterruptedException {
        RunEvent event = notice.event();
        Delivery delivery = sender.send(
                webhook.url(), event.type(), event.sequence(), body(run, event).toString());
        switch (delivery) {
            case Delivery.Done() -> book.settle(event.sequence(), NoticeBook.Outcome.DELIVERED);
            case Delivery.Refused(String why) -> giveUp(webhook, notice, why);
            case Delivery.Failed(String why) -> {
                if (notice.attempt() >= ATTEMPTS) {
                    giveUp(webhook, notice, why);
                } else {
                    book.postpone(event.sequence(), now().plus(pause(notice.attempt())));
                }
            }
        }
    }

    private void giveUp(Webhook webhook, Notice notice, String why) {
        RunEvent event = notice.event();
        // Only the host: the rest of such an address is often a secret.
        String host = String.valueOf(URI.create(webhook.url()).getHost());
        LOG.warn("{} was not told of {} of run {}: {}", host, event.type(), event.runId(), why);
        Map<String, Object> data =
                Map.of("event", event.type(), "host", host, "attempts", notice.attempt(), "reason", why);
        book.giveUp(event.sequence(), new RunEvent(0, event.runId(), event.step(), "NotificationFailed", now(), data));
    }

    private static ObjectNode body(Run run, RunEvent event) {
        ObjectNode body = JSON.createObjectNode();
        body.put("event", event.type());
        body.put("sequence", event.sequence());
        body.put("at", event.at().toString());
        body.put("run_id", run.id());
        body.put("name", run.spec().name());
        body.put("step", event.step());
        body.put("steps_total", run.spec().steps());
        body.set("data", JSON.valueToTree(event.data()));
        return body;
    }

    /** Doubles from attempt to attempt; half of it is chance, so that many runs do not knock together. */
    private Duration pause(int attempt) {
        long millis = Math.min(FIRST_PAUSE.toMillis() << (attempt - 1), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    /** As fine as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        sender.close();
    }
}

package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.schedule.EventBell;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Event streams of runs, each on a virtual thread of its own: what the ledger has after the last event seen, then what
 * comes, until the run has ended. Ends all streams before the web server stops, which would wait for them.
 */
public final class EventStreams implements SmartLifecycle {

    private static final int BATCH = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final RunLedger ledger;
    private final EventBell bell;
    private final Clock clock;
    private final Duration look;
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    /** @param look how often to look for events of a run that another process drives */
    public EventStreams(RunLedger ledger, EventBell bell, Clock clock, Duration look) {
        this.ledger = ledger;
        this.bell = bell;
        this.clock = clock;
        this.look = look;
    }

    /** Streams the events after this sequence number. */
    SseEmitter follow(String runId, long after) {
        SseEmitter stream = new SseEmitter(0L);
        open.add(stream);
        Thread.ofVirtual().name("events-" + runId).start(() -> follow(runId, after, stream));
        return stream;
    }

    private void follow(String runId, long after, SseEmitter stream) {
        try {
            send(runId, after, stream);
            stream.complete();
        } catch (IOException | RuntimeException e) {
            // The follower has gone, or the database has: the follower comes again with the last id that it saw.
            stream.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.complete();
        } finally {
            open.remove(stream);
        }
    }

    private void send(String runId, long after, SseEmitter stream) throws IOException, InterruptedException {
        long last = after;
        Instant lastSent = clock.instant();
        while (running && open.contains(stream)) {
            long seen = bell.count();
            // Asked before the events: a run that had ended by then has no event that comes later.
            boolean ended = ledger.run(runId)
                    .map(Run::state)
                    .map(state -> state.isFinal())
                    .orElse(true);
            List<RunEvent> events = ledger.events(runId, last, BATCH);
            for (RunEvent event : events) {
                stream.send(SseEmitter.event()
                        .id(Long.toString(event.sequence()))
                        .name(event.type())
                        .data(EventView.of(event), MediaType.APPLICATION_JSON));
                last = event.sequence();
                lastSent = clock.instant();
            }
            if (ended && events.isEmpty()) {
                return;
            }
            if (Duration.between(lastSent, clock.instant()).compareTo(HEARTBEAT) >= 0) {
                stream.send(SseEmitter.event().comment("still here"));
                lastSent = clock.instant();
            }
            if (events.size() < BATCH && !ended) {
                bell.await(seen, look);
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        open.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.ModelKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Keeps runs, steps, evaluations, events and the outbox. Every method is one transaction. */
public interface RunLedger {

    /** A record that waits in the outbox. */
    record Pending(long id, OutgoingRecord record) {}

    /** Adds a run in state QUEUED. */
    void create(Run run, RunEvent event);

    Optional<Run> run(String id);

    /** All runs, the oldest first. */
    List<Run> runs();

    Optional<Step> step(String runId, long number);

    /** Steps from this number on, in their order. */
    List<Step> steps(String runId, long from);

    /** The step that made this version of a model, by an update or by going back. */
    Optional<Step> stepThatMade(String runId, ModelKind kind, long version);

    List<Evaluation> evaluations(String runId);

    /** Events after this sequence number, in their order, at most {@code limit}. */
    List<RunEvent> events(String runId, long after, int limit);

    /** All events of these types, in their order. */
    List<RunEvent> events(String runId, Set<String> types);

    /**
     * Sets what is wanted of a run; the driver's moves never write it, so that neither overwrites the other. Nothing
     * replaces the wish to cancel: a driver that pauses the run has not seen a cancel that came meanwhile.
     */
    void wish(String runId, Wish wish);

    /**
     * Asks a run that has not ended to go back; replaces what was asked for and not yet followed. The move that follows
     * it takes it away, unless another has come meanwhile.
     */
    void rollBack(String runId, Rollback rollback);

    /**
     * Removes a run that has ended, with all its rows, and takes its control from the log. Nothing happens when there
     * is no such run, or it has not ended.
     */
    void delete(String runId);

    /** A record that takes the control of a run from the log. */
    static OutgoingRecord removal(String runId) {
        return new OutgoingRecord(Topic.CONTROL, false, runId, Map.of(), new byte[0]);
    }

    /**
     * Takes the right to steer a run, for as long as the lease lasts, and raises its fence.
     *
     * @return the new fence, or empty while somebody else holds the lease
     */
    OptionalLong takeOver(String runId, String owner, Instant now, Duration lease);

    /** Prolongs the lease; false when it is lost. */
    boolean renew(String runId, String owner, long fence, Instant now, Duration lease);

    /** Gives the lease back, so that the next owner need not wait for its end. */
    void release(String runId, String owner, long fence);

    /**
     * Writes a move: the run's row (but its wish and the rollback asked for), the step's row when given, the
     * evaluation, the events, and for the outbox the records and after them each event as a {@link StepEvents} record.
     *
     * @throws StaleFenceException when the run's fence is no longer the move's; nothing is written then
     */
    void commit(Move move);

    /** Records that are not on the log yet, the oldest first. */
    List<Pending> outbox(int limit);

    /** Takes records out of the outbox after the log has acknowledged them. */
    void sent(List<Long> ids);
}

package dev.cooper.perturbation.pairing;

import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.checking.AnswerCheck;
import dev.cooper.perturbation.pairing.Negatives.Result;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.line.Work;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.ScoredGroup;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pair of one group, from beginning to end, on one thread that waits where others work. */
public final class GroupPairing {

    private static final Logger log = LoggerFactory.getLogger(GroupPairing.class);

    private final Negatives negatives;
    private final TopicNames names;

    /**
     * A maker of pairs.
     *
     * @param embedded asked when the run's assistant is the embedded one
     * @param endpoint asked when it is the endpoint
     * @param names of the topics, for the place of the scored record
     */
    public GroupPairing(
            Assistant embedded, Assistant endpoint, AnswerCheck verifier, TopicNames names, PairingObserver observer) {
        this.negatives = new Negatives(new Negatives.Assistants(embedded, endpoint), verifier, observer);
        this.names = names;
    }

    /**
     * The group's pair, why there is none, or the failure; nothing if nobody wants it any more.
     *
     * @param wanted whether somebody does; asked between the steps and by the assistant
     */
    Optional<PairOutcome> pair(Work<ScoredGroup, PairOutcome> work, BooleanSupplier wanted)
            throws InterruptedException {
        ScoredGroup group = work.message();
        PairOutcome.Builder outcome = PairOutcome.newBuilder()
                .setGroup(work.headers().toGroupId())
                .setProblem(group.getVerified().getRollouts().getRequest().getProblem());
        try {
            outcome.setScored(place(work.record(), work.headers().slot()));
            if (group.hasFailure()) {
                return Optional.of(outcome.setFailure(group.getFailure()).build());
            }
            return paired(group, outcome, wanted);
        } catch (CooperException e) {
            return failed(outcome, e, wanted);
        } catch (RuntimeException e) {
            log.error("a fault while pairing {}", work.headers(), e);
            return failed(outcome, CooperException.of(e), wanted);
        }
    }

    private Optional<PairOutcome> paired(ScoredGroup group, PairOutcome.Builder outcome, BooleanSupplier wanted)
            throws InterruptedException {
        Optional<Positive> positive = Positive.drawn(group.getVerified(), wanted);
        if (positive.isEmpty()) {
            return Optional.of(outcome.setNone(NoPair.newBuilder()
                            .setReason(NoPairReason.NOTHING_CORRECT)
                            .setDetail("no completion is CORRECT"))
                    .build());
        }
        return switch (negatives.of(positive.get())) {
            case Result.Found(var pair) -> Optional.of(outcome.setPair(pair).build());
            case Result.None(var reason) -> Optional.of(outcome.setNone(reason).build());
            case Result.Unwanted _ -> Optional.empty();
        };
    }

    private static Optional<PairOutcome> failed(
            PairOutcome.Builder outcome, CooperException thrown, BooleanSupplier wanted) {
        Failure failure = thrown.toFailure(PairingStage.NAME);
        return wanted.getAsBoolean() ? Optional.of(outcome.setFailure(failure).build()) : Optional.empty();
    }

    /** Where the record stands that the step's manifest may name: this one, or the one that it repeats. */
    private RecordRef place(LogRecord record, int slot) {
        ScoredAs place = ScoredAs.read(record.headers()).orElse(new ScoredAs(record.partition(), record.offset()));
        return RecordRef.newBuilder()
                .setSlot(slot)
                .setTopic(names.name(record.topic()))
                .setPartition(place.partition())
                .setOffset(place.offset())
                .setSha256(record.sha256())
                .build();
    }
}

package dev.cooper.reward.annotation;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.annotation.AnnotationProgress.Observer;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the texts of one model and tells of them. What endpoints fail to give is counted over all stages. */
final class Stage {

    private final AnnotationProgress.Stage stage;
    private final String model;
    private final long wanted;
    private final Unanswered unanswered;
    private final Observer observer;
    private long done;

    /** Texts that could not be had, up to a bound. */
    static final class Unanswered {
        private final AtomicLong count = new AtomicLong();
        private final int most;

        Unanswered(int most) {
            this.most = most;
        }

        long count() {
            return count.get();
        }

        /** @throws CooperException the failure itself, with how many there were, if these are too many */
        void add(CooperException failure) {
            long now = count.incrementAndGet();
            if (now > most) {
                throw new CooperException(
                        failure.reason(),
                        now + " texts were not answered, and max_unanswered is " + most + "; the last: "
                                + failure.detail() + "; what was answered is kept, start again to go on",
                        failure,
                        failure.field().orElse(null));
            }
        }
    }

    Stage(
            AnnotationProgress.Stage stage,
            String model,
            long done,
            long wanted,
            Unanswered unanswered,
            Observer observer) {
        this.stage = stage;
        this.model = model;
        this.done = done;
        this.wanted = wanted;
        this.unanswered = unanswered;
        this.observer = observer;
    }

    synchronized void add() {
        done++;
        tell();
    }

    synchronized void tell() {
        observer.at(new AnnotationProgress(stage, model, done, wanted, unanswered.count()));
    }

    synchronized void unanswered(CooperException failure) {
        unanswered.add(failure);
        tell();
    }
}

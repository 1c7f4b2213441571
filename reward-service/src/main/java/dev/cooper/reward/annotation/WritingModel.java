package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.annotation.ModelChoice.Checkpoint;
import dev.cooper.reward.annotation.ModelChoice.Endpoint;
import java.time.Clock;
import java.util.List;

/** A language model that writes texts on prompts. */
interface WritingModel extends AutoCloseable {

    /** Checksum of its weights; empty where they are not ours to see. */
    String checksum();

    /** Whether a text that was lost costs more than computing it here again: each is then put on the disk by itself. */
    boolean isRemote();

    /** Texts to ask for at once, so that none of what can work at the same time waits long. */
    int textsAtOnce();

    /**
     * Writes all texts and tells of each as soon as it is there.
     *
     * @throws CooperException if no text can be had now, or what the receiver throws
     * @throws InterruptedException if the thread is interrupted; texts not told of are nobody's
     */
    void write(List<Prompt> prompts, SamplingSettings settings, Receiver receiver) throws InterruptedException;

    @Override
    void close();

    /** A prompt and the texts wanted: one for each seed. */
    record Prompt(String text, List<Long> seeds) {}

    /** Takes texts, from any thread, one at a time. */
    interface Receiver {
        /**
         * Takes a text.
         *
         * @param prompt its place among the prompts
         * @param text its place among the prompt's
         */
        void written(int prompt, int text, Reply reply);

        /** Is told that one text could not be had, while others may. */
        void unanswered(CooperException failure);
    }

    /** Opens models. */
    @FunctionalInterface
    interface Opener {
        WritingModel open(ModelChoice choice);

        /** Opens folders in this process, and what talks to endpoints. */
        static Opener of(Clock clock) {
            return choice -> switch (choice) {
                case Checkpoint checkpoint -> CheckpointModel.load(checkpoint, clock);
                case Endpoint endpoint -> new EndpointModel(endpoint.options(), clock);
            };
        }
    }
}

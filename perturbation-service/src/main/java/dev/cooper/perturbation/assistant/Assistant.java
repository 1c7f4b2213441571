package dev.cooper.perturbation.assistant;

import dev.cooper.platform.failure.CooperException;

/**
 * A language model that rewrites. Many threads ask at the same time, each waits for its own text; the assistant puts
 * together, or bounds, what it works on at once.
 */
public interface Assistant extends AutoCloseable {

    /**
     * Writes one text. It depends on the request's prompt, temperature, limit and seed alone, as far as the model
     * behind it honours seeds.
     *
     * @throws CooperException NO_CAPACITY or TIMEOUT if the model cannot be had now, BAD_INPUT if the request or the
     *     settings must be changed, MODEL_FAULT if it cannot be loaded or answers what nobody can read, CANCELLED if
     *     nobody wants the text any more or the assistant was closed
     * @throws InterruptedException if the thread is interrupted; the text is then nobody's
     */
    Rewrite rewrite(RewriteRequest request) throws InterruptedException;

    /** Ends soon; whoever waits is told CANCELLED. */
    @Override
    void close();
}

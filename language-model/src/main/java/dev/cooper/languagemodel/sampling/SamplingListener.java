package dev.cooper.languagemodel.sampling;

import java.util.List;

/** Told of what was sampled as soon as it is there, on the thread that samples. */
@FunctionalInterface
public interface SamplingListener {
    /**
     * Takes the completions of a request, all of which are there.
     *
     * @param request its place among the requests
     */
    void completed(int request, List<Completion> completions);

    /**
     * Takes one token. A completion is complete after its last one; {@link TextStream} makes text of them.
     *
     * @param request its place among the requests
     * @param sample the completion's place among the request's
     */
    default void drawn(int request, int sample, int token) {}
}

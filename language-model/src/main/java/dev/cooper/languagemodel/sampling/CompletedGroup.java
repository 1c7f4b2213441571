package dev.cooper.languagemodel.sampling;

import java.util.List;

/** Told of each request as soon as all its completions are there, on the thread that samples. */
@FunctionalInterface
public interface CompletedGroup {
    /**
     * Takes the completions of a request.
     *
     * @param request its place among the requests
     */
    void accept(int request, List<Completion> completions);
}

package dev.cooper.languagemodel.sampling;

import java.util.List;

/**
 * Completions in the order of the requests and, in each, of its seeds.
 *
 * @param groups one list a request
 * @param report how much, how fast
 */
public record SampleResult(List<List<Completion>> groups, SamplingReport report) {
    public SampleResult {
        groups = groups.stream().map(List::copyOf).toList();
    }
}

package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.config.SpecialTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects completions until their groups are whole. */
final class Groups {
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final SpecialTokens specialTokens;
    private final SamplingListener listener;
    private long tokens;

    Groups(SpecialTokens specialTokens, SamplingListener listener) {
        this.specialTokens = specialTokens;
        this.listener = listener;
    }

    private static final class Group {
        final Completion[] completions;
        int missing;

        Group(int samples) {
            completions = new Completion[samples];
            missing = samples;
        }
    }

    /**
     * Adds a request behind those that are there; each of its completions gets a search of its own.
     *
     * @param most tokens that a completion may have, unless the request allows fewer
     */
    void add(SampleRequest request, int most, Supplier<Optional<StopSearch>> search) {
        int samples = request.seeds().size();
        for (int sample = 0; sample < samples; sample++) {
            sequences.add(
                    new Sequence(groups.size(), sample, request, Math.min(most, request.limit(sample)), search.get()));
        }
        groups.add(new Group(samples));
    }

    List<Sequence> sequences() {
        return sequences;
    }

    /** Adds a token to its sequence; returns whether that is its last one. */
    boolean take(Sequence sequence, int token, float logProb) {
        sequence.add(token, logProb);
        listener.drawn(sequence.request, sequence.sample, token);
        boolean ended = specialTokens.ends(token) || sequence.holdsStop();
        if (ended || sequence.isFull()) {
            finished(sequence, ended ? FinishReason.STOP : FinishReason.LENGTH);
            return true;
        }
        return false;
    }

    private void finished(Sequence sequence, FinishReason reason) {
        Completion completion = sequence.finish(reason);
        tokens += completion.tokens().size();
        Group group = groups.get(sequence.request);
        group.completions[sequence.sample] = completion;
        if (--group.missing == 0) {
            listener.completed(sequence.request, List.of(group.completions));
        }
    }

    SampleResult result(Duration duration) {
        return new SampleResult(
                groups.stream().map(group -> List.of(group.completions)).toList(),
                new SamplingReport(sequences.size(), tokens, duration));
    }
}

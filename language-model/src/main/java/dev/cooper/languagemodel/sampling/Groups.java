package dev.cooper.languagemodel.sampling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects completions until their groups are whole. */
final class Groups {
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final SamplingListener listener;
    private long tokens;

    Groups(SamplingListener listener) {
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

    /** Adds a request behind those that are there; each of its completions gets a search of its own. */
    void add(SampleRequest request, Supplier<Optional<StopSearch>> search) {
        int samples = request.seeds().size();
        for (int sample = 0; sample < samples; sample++) {
            sequences.add(new Sequence(groups.size(), sample, request, search.get()));
        }
        groups.add(new Group(samples));
    }

    List<Sequence> sequences() {
        return sequences;
    }

    void drawn(Sequence sequence, int token) {
        listener.drawn(sequence.request, sequence.sample, token);
    }

    void finished(Sequence sequence, FinishReason reason) {
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

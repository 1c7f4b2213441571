package dev.cooper.cli.inference;

import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SamplingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Passes requests on in their order, each as soon as it and those before it are complete. */
final class InOrder implements SamplingListener {
    private final List<List<Completion>> waiting;
    private final SamplingListener next;
    private int passed;

    InOrder(int requests, SamplingListener next) {
        waiting = new ArrayList<>(Collections.nCopies(requests, List.of()));
        this.next = next;
    }

    @Override
    public void completed(int request, List<Completion> completions) {
        waiting.set(request, completions);
        while (passed < waiting.size() && !waiting.get(passed).isEmpty()) {
            next.completed(passed, waiting.set(passed, List.of()));
            passed++;
        }
    }
}

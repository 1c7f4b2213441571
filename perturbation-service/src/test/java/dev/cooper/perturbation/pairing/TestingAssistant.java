package dev.cooper.perturbation.pairing;

import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.perturbation.assistant.RewriteRequest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes what it was told to, in this order, and the last text ever after. */
final class TestingAssistant implements Assistant {

    interface Writer {
        Rewrite write(RewriteRequest request) throws InterruptedException;
    }

    final List<RewriteRequest> asked = new CopyOnWriteArrayList<>();
    private final List<Writer> writers;

    TestingAssistant(Writer... writers) {
        this.writers = List.of(writers);
    }

    static TestingAssistant writing(String... texts) {
        return new TestingAssistant(Arrays.stream(texts)
                .<Writer>map(text -> _ -> new Rewrite(text, false, "tester"))
                .toArray(Writer[]::new));
    }

    @Override
    public Rewrite rewrite(RewriteRequest request) throws InterruptedException {
        asked.add(request);
        return writers.get(Math.min(asked.size(), writers.size()) - 1).write(request);
    }

    @Override
    public void close() {}
}

package dev.cooper.mathverifier;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The references of one batch, each read once, whichever thread asks first. It keeps all of them: one for each batch.
 */
public final class References {
    private final AnswerChecker checker;
    private final Map<String, CompiledReference> compiled = new ConcurrentHashMap<>();

    public References(AnswerChecker checker) {
        this.checker = Objects.requireNonNull(checker, "checker");
    }

    /** The reference, read now or before. */
    public CompiledReference of(String reference) {
        return compiled.computeIfAbsent(reference, checker::forReference);
    }
}

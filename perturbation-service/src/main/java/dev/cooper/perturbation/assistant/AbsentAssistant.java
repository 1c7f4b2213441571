package dev.cooper.perturbation.assistant;

import dev.cooper.platform.failure.CooperException;

/** Stands where an endpoint would be, when none is configured: whoever asks is told what to set. */
public final class AbsentAssistant implements Assistant {

    @Override
    public Rewrite rewrite(RewriteRequest request) {
        throw CooperException.badInput(
                "cooper.assistant.url",
                "pairing.assistant is endpoint, but the perturbation service has no cooper.assistant.url: set it and"
                        + " cooper.assistant.model, or set pairing.assistant to embedded");
    }

    @Override
    public void close() {}
}

package dev.cooper.perturbation.assistant;

import dev.cooper.proto.v1.ModelRef;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One text wanted of an assistant.
 *
 * @param runId run whose weights an embedded assistant takes
 * @param model version of the policy that an embedded assistant takes; none for an endpoint
 * @param prompt all that the model reads
 * @param temperature at least 0
 * @param maxTokens longest text, in tokens
 * @param seed makes the noise
 * @param wanted whether somebody still waits for the text; asked now and then, by any thread
 */
public record RewriteRequest(
        String runId,
        Optional<ModelRef> model,
        String prompt,
        double temperature,
        int maxTokens,
        long seed,
        BooleanSupplier wanted) {

    public RewriteRequest {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be at least 0, is " + temperature);
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, is " + maxTokens);
        }
    }
}

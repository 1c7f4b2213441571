package dev.cooper.modelruntime.endpoint;

import java.util.function.BooleanSupplier;

/**
 * One text wanted of an endpoint.
 *
 * @param prompt what a user says to the model
 * @param temperature at least 0
 * @param topP above 0, at most 1
 * @param maxTokens longest text, in tokens
 * @param seed makes the noise, where the endpoint honours seeds; it gets the upper 31 bits
 * @param wanted whether somebody still waits for the text; asked now and then, by any thread
 */
public record ChatRequest(
        String prompt, double temperature, double topP, int maxTokens, long seed, BooleanSupplier wanted) {

    public ChatRequest {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be at least 0, is " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1, is " + topP);
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, is " + maxTokens);
        }
    }
}

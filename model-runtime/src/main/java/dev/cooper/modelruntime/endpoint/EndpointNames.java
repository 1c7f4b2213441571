package dev.cooper.modelruntime.endpoint;

import java.util.function.UnaryOperator;

/**
 * What failures call an endpoint and its settings, so that who reads them knows where to change what.
 *
 * @param endpoint such as "the assistant's endpoint"
 * @param setting full name of a setting, from {@code url}, {@code model}, {@code api-key}, {@code timeout},
 *     {@code max-retries} or {@code max-concurrency}
 * @param keyFix how its user gives it another key, as the beginning of a sentence
 * @param temperature name of the setting that gives the temperature
 * @param length name of the setting that gives a text's length
 */
public record EndpointNames(
        String endpoint, UnaryOperator<String> setting, String keyFix, String temperature, String length) {

    String of(String part) {
        return setting.apply(part);
    }
}

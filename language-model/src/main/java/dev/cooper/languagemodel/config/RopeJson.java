package dev.cooper.languagemodel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rotary positions in config.json: {@code rope_theta} with {@code rope_scaling} as Transformers 4 writes them, and
 * {@code rope_parameters} as Transformers 5 does. A file may have both; they must agree.
 */
record RopeJson(double theta, RopeScaling scaling) {
    private static final String THETA = "rope_theta";
    private static final String TYPE = "rope_type";
    private static final String OLD_TYPE = "type";
    private static final String FACTOR = "factor";
    private static final String LOW = "low_freq_factor";
    private static final String HIGH = "high_freq_factor";
    private static final String ORIGINAL = "original_max_position_embeddings";
    private static final String PARTIAL = "partial_rotary_factor";
    private static final String DEFAULT = "default";
    private static final String LINEAR = "linear";
    private static final String LLAMA3 = "llama3";
    private static final double DEFAULT_THETA = 10_000;

    static RopeJson read(JsonFile config) {
        checkWhole(config);
        List<RopeScaling> scalings = new ArrayList<>();
        Optional<Double> theta = config.number(THETA);
        for (String key : List.of("rope_parameters", "rope_scaling")) {
            Optional<JsonFile> rope = config.object(key);
            if (rope.isEmpty()) {
                continue;
            }
            scalings.add(scaling(rope.get()));
            Optional<Double> own = rope.get().number(THETA);
            if (own.isPresent() && theta.isPresent() && !own.equals(theta)) {
                throw rope.get().invalid(THETA, own.get(), "%s, as %s says elsewhere".formatted(theta.get(), THETA));
            }
            theta = own.or(() -> config.number(THETA));
        }
        if (scalings.size() == 2 && !scalings.getFirst().equals(scalings.getLast())) {
            throw config.invalid(
                    "rope_scaling", scalings.getLast(), "what rope_parameters says, %s".formatted(scalings.getFirst()));
        }
        return new RopeJson(theta.orElse(DEFAULT_THETA), scalings.isEmpty() ? RopeScaling.NONE : scalings.getFirst());
    }

    private static RopeScaling scaling(JsonFile rope) {
        checkWhole(rope);
        String type = type(rope);
        return switch (type) {
            case DEFAULT -> {
                checkKeys(rope, type, Set.of());
                yield RopeScaling.NONE;
            }
            case LINEAR -> {
                checkKeys(rope, type, Set.of(FACTOR));
                yield new RopeScaling.Linear(rope.requiredNumber(FACTOR));
            }
            case LLAMA3 -> {
                checkKeys(rope, type, Set.of(FACTOR, LOW, HIGH, ORIGINAL));
                yield new RopeScaling.Llama3(
                        rope.requiredNumber(FACTOR),
                        rope.requiredNumber(LOW),
                        rope.requiredNumber(HIGH),
                        rope.requiredInteger(ORIGINAL));
            }
            default ->
                throw rope.invalid(TYPE, type, "%s, %s or %s, the types supported".formatted(DEFAULT, LINEAR, LLAMA3));
        };
    }

    private static String type(JsonFile rope) {
        Optional<String> type = rope.text(TYPE);
        Optional<String> old = rope.text(OLD_TYPE);
        if (type.isPresent() && old.isPresent() && !type.equals(old)) {
            throw rope.invalid(OLD_TYPE, old.get(), "%s, as %s says".formatted(type.get(), TYPE));
        }
        return type.or(() -> old).orElse(DEFAULT);
    }

    /** A key that the type does not know would be a scaling that is silently left out. */
    private static void checkKeys(JsonFile rope, String type, Set<String> known) {
        for (String key : rope.root().propertyNames()) {
            if (rope.has(key)
                    && !known.contains(key)
                    && !Set.of(THETA, TYPE, OLD_TYPE, PARTIAL).contains(key)) {
                throw rope.invalid(
                        key,
                        rope.root().get(key),
                        "absent where %s is %s; give the %s that it belongs to".formatted(TYPE, type, TYPE));
            }
        }
    }

    private static void checkWhole(JsonFile json) {
        json.number(PARTIAL).filter(part -> part != 1).ifPresent(part -> {
            throw json.invalid(PARTIAL, part, "1: all of a head is rotated");
        });
    }

    /** In both spellings. */
    static void write(ObjectNode json, double theta, RopeScaling scaling) {
        write(json.putObject("rope_parameters").put(THETA, theta), scaling);
        if (!(scaling instanceof RopeScaling.None)) {
            write(json.putObject("rope_scaling"), scaling);
        }
        json.put(THETA, theta);
    }

    private static void write(ObjectNode rope, RopeScaling scaling) {
        switch (scaling) {
            case RopeScaling.None _ -> rope.put(TYPE, DEFAULT);
            case RopeScaling.Linear linear -> rope.put(TYPE, LINEAR).put(FACTOR, linear.factor());
            case RopeScaling.Llama3 llama3 ->
                rope.put(TYPE, LLAMA3)
                        .put(FACTOR, llama3.factor())
                        .put(LOW, llama3.lowFreqFactor())
                        .put(HIGH, llama3.highFreqFactor())
                        .put(ORIGINAL, llama3.originalMaxPositions());
        }
    }
}

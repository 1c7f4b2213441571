package dev.cooper.orchestrator.api;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.proto.v1.ModelKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The body of a request that has something done to a run: read field by field, and refused with all that is wrong. */
final class ActionBody {

    private final JsonNode body;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** @throws BadInputException when the body is no object */
    ActionBody(JsonNode body) {
        if (!body.isObject()) {
            throw new BadInputException(
                    List.of(new FieldProblem("", "the body must be a JSON object, such as {\"step\": 5}")));
        }
        this.body = body;
    }

    /** A step's number; -1 when it is missing or wrong. */
    long step() {
        Optional<JsonNode> value = take("step");
        if (value.isEmpty()) {
            problem("step", "is missing: give the number of a step");
            return -1;
        }
        if (!value.get().isIntegralNumber()
                || !value.get().canConvertToLong()
                || value.get().longValue() < 0) {
            problem("step", "must be the number of a step, 0 or above, got " + value.get());
            return -1;
        }
        return value.get().longValue();
    }

    String text(String key, String what) {
        Optional<JsonNode> value = take(key);
        if (value.isEmpty()) {
            problem(key, "is missing: give " + what);
            return "";
        }
        if (!value.get().isString() || value.get().stringValue().isBlank()) {
            problem(key, "must be a text that is not blank, got " + value.get());
            return "";
        }
        return value.get().stringValue();
    }

    /** {@code policy} or {@code reward}. */
    ModelKind model() {
        Optional<JsonNode> value = take("model");
        if (value.isEmpty()) {
            problem("model", "is missing: give policy or reward");
            return ModelKind.POLICY;
        }
        return kind("model", value.get());
    }

    /** A list of models; none when it is absent. */
    Set<ModelKind> models() {
        Optional<JsonNode> value = take("models");
        if (value.isEmpty()) {
            return Set.of();
        }
        Set<ModelKind> kinds = EnumSet.noneOf(ModelKind.class);
        if (!value.get().isArray() || value.get().isEmpty()) {
            problem("models", "must be a list of policy, reward or both, got " + value.get());
            return kinds;
        }
        for (int i = 0; i < value.get().size(); i++) {
            kinds.add(kind("models[" + i + "]", value.get().get(i)));
        }
        return kinds;
    }

    private ModelKind kind(String field, JsonNode value) {
        String name = value.isString() ? value.stringValue() : "";
        if (!name.equals("policy") && !name.equals("reward")) {
            problem(field, "must be policy or reward, got " + value);
            return ModelKind.POLICY;
        }
        return ModelKind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    void problem(String field, String message) {
        problems.add(new FieldProblem(field, message));
    }

    /** @throws BadInputException with all that was wrong, fields that nobody asked for included */
    void refuseUnknown() {
        for (String key : body.propertyNames()) {
            if (!known.contains(key)) {
                problem(key, "is not a field of this request; known here: " + String.join(", ", known));
            }
        }
        refuseProblems();
    }

    /** @throws BadInputException with all that was wrong */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private Optional<JsonNode> take(String key) {
        known.add(key);
        return Optional.ofNullable(body.get(key)).filter(value -> !value.isNull());
    }
}

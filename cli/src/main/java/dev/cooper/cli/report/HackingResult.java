package dev.cooper.cli.report;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the server says of a run's reward model at its end.
 *
 * @param baselineSteps the first steps, which the last ones are compared with
 * @param figures now and in the first steps
 * @param alerts the oldest first
 */
record HackingResult(int baselineSteps, int window, List<Figure> figures, List<Alert> alerts) {
    HackingResult {
        figures = List.copyOf(figures);
        alerts = List.copyOf(alerts);
    }

    /**
     * A figure at the run's end.
     *
     * @param bound of the excess; NaN for a figure that is only shown
     */
    record Figure(String name, double baseline, double mean, double excess, double bound, boolean over) {
        private static Figure of(JsonNode figure) {
            return new Figure(
                    figure.path("figure").asString(""),
                    figure.path("baseline").asDouble(Double.NaN),
                    figure.path("mean").asDouble(Double.NaN),
                    figure.path("excess").asDouble(Double.NaN),
                    figure.path("bound").asDouble(Double.NaN),
                    figure.path("over").asBoolean(false));
        }
    }

    /**
     * A time at which reward hacking was suspected.
     *
     * @param subsidedIn the step in which the figures were back, when they were
     */
    record Alert(
            long step, Optional<Long> subsidedIn, String policy, List<Figure> figures, List<RolloutSample> examples) {
        private static Alert of(JsonNode alert) {
            JsonNode end = alert.path("subsided_in");
            return new Alert(
                    alert.path("step").asLong(0),
                    end.isNumber() ? Optional.of(end.asLong(0)) : Optional.empty(),
                    alert.path("policy").asString(""),
                    alert.path("figures").valueStream().map(Figure::of).toList(),
                    alert.path("examples").valueStream().map(Alert::example).toList());
        }

        private static RolloutSample example(JsonNode example) {
            return new RolloutSample(
                    example.path("question").asString(""),
                    example.path("reference").asString(""),
                    example.path("completion").asString(""),
                    "INCORRECT",
                    example.path("reason").asString(""),
                    example.path("extracted_answer").asString(""),
                    example.path("score").asDouble(Double.NaN));
        }
    }

    /** @param hacking as the server answers for a run */
    static HackingResult of(JsonNode hacking) {
        return new HackingResult(
                hacking.path("baseline_steps").asInt(0),
                hacking.path("window").asInt(0),
                hacking.path("figures").valueStream().map(Figure::of).toList(),
                hacking.path("alerts").valueStream().map(Alert::of).toList());
    }
}

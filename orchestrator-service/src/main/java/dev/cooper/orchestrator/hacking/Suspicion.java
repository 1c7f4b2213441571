package dev.cooper.orchestrator.hacking;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the event RewardHackingSuspected says.
 *
 * @param figures those that have a bound and tell
 * @param window steps that their means are over
 * @param policy what the run does about it: alert, pause or rollback
 * @param examples those that the reward model likes most, a problem at most once
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Suspicion(List<Excess> figures, int window, String policy, List<Example> examples) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    public Suspicion {
        figures = List.copyOf(figures);
        examples = List.copyOf(examples);
    }

    /**
     * A figure with a bound.
     *
     * @param figure its name in the steps' metrics
     * @param mean over the window
     * @param excess over the baseline; of the AUC the drop below it
     * @param over whether the excess is above its bound
     */
    public record Excess(String figure, double baseline, double mean, double excess, double bound, boolean over) {
        static Excess of(Reading reading) {
            return new Excess(
                    reading.figure().metric(),
                    reading.baseline().value(),
                    reading.recent().value(),
                    reading.excess(),
                    reading.bound().orElseThrow(),
                    reading.isOver());
        }

        private String inWords() {
            return String.format(
                    Locale.ROOT,
                    "%s %.3f, %.3f %s the baseline's %.3f (bound %.3f)",
                    figure,
                    mean,
                    excess,
                    figure.equals(Figure.REWARD_AUC.metric()) ? "below" : "above",
                    baseline,
                    bound);
        }
    }

    public static Suspicion of(HackingWatch watch, List<Example> examples) {
        return new Suspicion(
                watch.readings().stream()
                        .filter(reading -> reading.tells() && reading.bound().isPresent())
                        .map(Excess::of)
                        .toList(),
                watch.settings().window(),
                watch.settings().policy().name().toLowerCase(Locale.ROOT),
                examples);
    }

    /** As the event has it. */
    public Map<String, Object> toData() {
        return JSON.convertValue(this, OBJECT);
    }

    /** From an event's data. */
    public static Suspicion read(Map<String, Object> data) {
        return JSON.convertValue(data, Suspicion.class);
    }

    /** What is over its bound, for people. */
    public String inWords() {
        return figures.stream().filter(Excess::over).map(Excess::inWords).collect(Collectors.joining("; "));
    }
}

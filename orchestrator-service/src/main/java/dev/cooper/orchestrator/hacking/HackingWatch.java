package dev.cooper.orchestrator.hacking;

import dev.cooper.orchestrator.spec.RunSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is suspected after some steps of a run. A function of their figures alone, so whoever folds them again comes to
 * the same.
 *
 * <p>The mean of each figure over the last steps is compared with its mean over the first ones: the rule has false
 * rejects of its own, so only what comes on top of them counts. A suspicion begins when an excess is above its bound
 * and ends when all are back at half of it. When the run goes back, the window begins anew.
 *
 * @param baseline over the first steps, by figure
 * @param window the last steps, oldest first; none from before the run went back last
 * @param step the newest step; 0 before the first
 * @param wentBackAt the step in which the run went back last; 0 for none
 * @param since the step in which what is suspected now began
 */
public record HackingWatch(
        RunSpec.Hacking settings,
        Map<Figure, Mean> baseline,
        List<StepFigures> window,
        long step,
        long wentBackAt,
        OptionalLong since) {
    public HackingWatch {
        baseline = Map.copyOf(baseline);
        window = List.copyOf(window);
    }

    /** Before the first step. */
    public static HackingWatch begin(RunSpec.Hacking settings) {
        return new HackingWatch(settings, Map.of(), List.of(), 0, 0, OptionalLong.empty());
    }

    /** With one step more. */
    public HackingWatch after(StepFigures next) {
        HackingWatch seen = new HackingWatch(
                settings,
                next.step() <= settings.baselineSteps() ? means(baseline, List.of(next)) : baseline,
                slide(next),
                next.step(),
                next.wentBack() ? next.step() : wentBackAt,
                since);
        return seen.judged();
    }

    private List<StepFigures> slide(StepFigures next) {
        if (next.wentBack()) {
            return List.of(next);
        }
        List<StepFigures> all = new ArrayList<>(window);
        all.add(next);
        return all.subList(Math.max(0, all.size() - settings.window()), all.size());
    }

    private HackingWatch judged() {
        boolean suspected = since.isPresent()
                ? !isWhole() || readings().stream().anyMatch(Reading::isUneasy)
                : readings().stream().anyMatch(Reading::isOver);
        OptionalLong now = suspected ? OptionalLong.of(since.orElse(step)) : OptionalLong.empty();
        return new HackingWatch(settings, baseline, window, step, wentBackAt, now);
    }

    private boolean isWhole() {
        return step > settings.baselineSteps() && window.size() == settings.window();
    }

    /** The figures that both the first and the last steps have. */
    public List<Reading> readings() {
        Map<Figure, Mean> recent = means(Map.of(), window);
        return Stream.of(Figure.values())
                .filter(figure -> baseline.containsKey(figure) && recent.containsKey(figure))
                .map(figure ->
                        read(figure, baseline.getOrDefault(figure, Mean.NONE), recent.getOrDefault(figure, Mean.NONE)))
                .toList();
    }

    private Reading read(Figure figure, Mean first, Mean last) {
        boolean enough = Math.min(first.weight(), last.weight()) >= settings.leastCompletions();
        return new Reading(figure, first, last, figure.bound(settings), isWhole() && enough);
    }

    private static Map<Figure, Mean> means(Map<Figure, Mean> before, List<StepFigures> steps) {
        Map<Figure, Mean> means = new EnumMap<>(Figure.class);
        means.putAll(before);
        for (StepFigures step : steps) {
            for (Figure figure : Figure.values()) {
                Double value = step.metrics().get(figure.metric());
                double weight = figure.weight(step);
                if (value != null && weight > 0) {
                    means.put(figure, means.getOrDefault(figure, Mean.NONE).plus(value, weight));
                }
            }
        }
        return means;
    }

    public boolean isSuspected() {
        return since.isPresent();
    }

    /** Whether what is suspected began in the newest step. */
    public boolean hasBegun() {
        return since.isPresent() && since.getAsLong() == step;
    }

    /**
     * The last step before those that the suspicion rests on, and not before the run went back last: what was there
     * before was left for a reason.
     */
    public long lastStepBefore() {
        return window.isEmpty() ? step : Math.max(window.getFirst().step() - 1, wentBackAt);
    }
}

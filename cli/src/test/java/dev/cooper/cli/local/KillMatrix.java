package dev.cooper.cli.local;

import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.StepView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of a run after each of its platform's deaths, beside one that never died. */
final class KillMatrix {
    private final List<String> lines = new ArrayList<>();
    private boolean equal = true;

    /**
     * Compares.
     *
     * @param expected steps of the run that never died, or of a replay
     */
    KillMatrix(MortalRun.Outcome outcome, List<StepView> expected) {
        lines.add(String.format(
                Locale.ROOT,
                "%-44s %5s %-16s %-7s %-7s %s",
                "killed",
                "step",
                "in state",
                "policy",
                "reward",
                "recovery"));
        for (int death = 0; death < outcome.deaths().size(); death++) {
            lines.add(row(outcome, expected, death));
        }
        equal &= same(outcome.steps(), expected, StepView::policyAfter)
                && same(outcome.steps(), expected, StepView::rewardAfter);
    }

    private String row(MortalRun.Outcome outcome, List<StepView> expected, int death) {
        MortalRun.Death died = outcome.deaths().get(death);
        // A death before the first step shows in the first.
        int step = (int) Math.max(1, died.place().step());
        return String.format(
                Locale.ROOT,
                "%-44s %5d %-16s %-7s %-7s %s",
                died.point(),
                died.place().step(),
                died.place().state(),
                outcome(outcome.steps(), expected, step, StepView::policyAfter),
                outcome(outcome.steps(), expected, step, StepView::rewardAfter),
                outcome.recovery(death).map(KillMatrix::seconds).orElse("-"));
    }

    private static String outcome(
            List<StepView> steps,
            List<StepView> expected,
            int step,
            Function<StepView, RunView.@Nullable ModelView> model) {
        RunView.ModelView made = model.apply(steps.get(step - 1));
        if (made == null) {
            return "-";
        }
        return Objects.equals(made, model.apply(expected.get(step - 1))) ? "equal" : "DIFFERS";
    }

    private static boolean same(
            List<StepView> steps, List<StepView> expected, Function<StepView, RunView.@Nullable ModelView> model) {
        return steps.stream()
                .map(model)
                .toList()
                .equals(expected.stream().map(model).toList());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** Whether all versions of all models are the expected ones. */
    boolean isEqual() {
        return equal;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

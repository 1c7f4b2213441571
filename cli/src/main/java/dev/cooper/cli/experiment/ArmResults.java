package dev.cooper.cli.experiment;

import dev.cooper.cli.experiment.Experiment.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The runs of an arm that came to an end which can be reported, by rising seed.
 *
 * @param runs may be fewer than the arm has seeds
 */
record ArmResults(Arm arm, List<RunRecord> runs) {
    ArmResults {
        runs = List.copyOf(runs);
    }

    String name() {
        return arm.name();
    }

    Spread spread(ToDoubleFunction<RunRecord> figure) {
        return Spread.of(runs.stream().mapToDouble(figure).boxed().toList());
    }

    Spread spreadOf(Function<RunRecord, Optional<Double>> figure) {
        return Spread.of(runs.stream().map(figure).flatMap(Optional::stream).toList());
    }

    /** Over the seeds that both have, this arm's figure less the other's. */
    Spread less(ArmResults other, Function<RunRecord, Optional<Double>> figure) {
        List<Double> differences = new ArrayList<>();
        for (RunRecord mine : runs) {
            other.of(mine.seed())
                    .flatMap(figure)
                    .ifPresent(theirs -> figure.apply(mine).ifPresent(own -> differences.add(own - theirs)));
        }
        return Spread.of(differences);
    }

    Optional<RunRecord> of(long seed) {
        return runs.stream().filter(run -> run.seed() == seed).findFirst();
    }

    boolean has(String metric) {
        return runs.stream()
                .anyMatch(run ->
                        run.steps().stream().anyMatch(step -> step.metrics().containsKey(metric)));
    }
}

package dev.cooper.cli.experiment;

import dev.cooper.cli.client.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is compared, and by what.
 *
 * @param arms the ways of training, in the order in which a report names them
 * @param parallel runs at the same time, each on a platform of its own
 * @param timeLimit after it no run begins; those that have begun go on to their end
 */
public record Experiment(
        String name, List<Arm> arms, int parallel, Optional<Duration> timeLimit, FinalEvaluation finals) {
    public Experiment {
        arms = List.copyOf(arms);
    }

    /** The same with this many runs at the same time. */
    public Experiment inParallel(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("--parallel must be at least 1, not " + runs);
        }
        return new Experiment(name, arms, runs, timeLimit, finals);
    }

    /** The same with these arms alone. */
    public Experiment only(List<String> names) {
        for (String asked : names) {
            if (arms.stream().noneMatch(arm -> arm.name().equals(asked))) {
                throw new IllegalArgumentException("--only: there is no arm " + asked + "; there are "
                        + String.join(", ", arms.stream().map(Arm::name).toList()));
            }
        }
        return new Experiment(
                name, arms.stream().filter(arm -> names.contains(arm.name())).toList(), parallel, timeLimit, finals);
    }

    List<Arm> compared() {
        return arms.stream().filter(arm -> !arm.ablation()).toList();
    }

    List<Arm> ablations() {
        return arms.stream().filter(Arm::ablation).toList();
    }

    /**
     * All runs, in the order in which they begin: the arms that are compared, seed by seed, so that whatever is there
     * when the time is over can be compared; then the ablations.
     */
    List<PlannedRun> plan() {
        List<PlannedRun> plan = new ArrayList<>();
        for (List<Arm> some : List.of(compared(), ablations())) {
            int most = some.stream().mapToInt(arm -> arm.seeds().size()).max().orElse(0);
            for (int i = 0; i < most; i++) {
                for (Arm arm : some) {
                    if (i < arm.seeds().size()) {
                        plan.add(new PlannedRun(name, arm, arm.seeds().get(i)));
                    }
                }
            }
        }
        return plan;
    }

    /**
     * A way of training.
     *
     * @param mode where rewards come from; empty for the model as it is, which is only evaluated
     * @param run the run's specification but for its name and seed, with absolute paths
     * @param ablation a variant of another arm, told apart in the report
     */
    public record Arm(String name, Optional<Mode> mode, List<Long> seeds, ObjectNode run, boolean ablation) {
        public Arm {
            seeds = List.copyOf(seeds);
        }

        /** Path of the model that it begins with. */
        Path model() {
            return Path.of(run.path("policy").path("model").asString(""));
        }

        String promptTemplate() {
            return run.path("prompt").path("template").asString("{{question}}\n");
        }
    }

    /**
     * How the model that a run ends with is judged.
     *
     * @param data files of problems
     * @param limit problems of each file; 0 for all
     * @param probe labelled completions, which the reward models judge; empty for none
     */
    public record FinalEvaluation(List<Path> data, int limit, List<Draw> draws, Optional<Path> probe) {
        public FinalEvaluation {
            data = List.copyOf(data);
            draws = List.copyOf(draws);
        }
    }

    /**
     * A way to draw completions of a problem.
     *
     * @param samples of each problem
     */
    public record Draw(String name, int samples, double temperature, double topP, int maxNewTokens) {}
}

package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.run.HeldOutSet;
import dev.cooper.orchestrator.run.Prompts;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Every problem once an epoch, each epoch in an order of its own. Steps follow one another through the epochs without a
 * gap, so a step may hold the last problems of one and the first of the next.
 */
public final class ShuffledPrompts implements Prompts {

    private final DataSets dataSets;

    public ShuffledPrompts(DataSets dataSets) {
        this.dataSets = dataSets;
    }

    @Override
    public List<Problem> training(Run run, long step) {
        RunSpec spec = run.spec();
        List<ProblemRow> rows = dataSets.rows(spec.data().train());
        int size = rows.size();
        long first = (step - 1) * spec.sampling().promptsPerStep();
        List<Problem> problems = new ArrayList<>();
        long epoch = -1;
        int[] order = {};
        for (long position = first; position < first + spec.sampling().promptsPerStep(); position++) {
            if (position / size != epoch) {
                epoch = position / size;
                order = Shuffle.order(size, spec.seed(), epoch);
            }
            problems.add(problem(spec, rows.get(order[(int) (position % size)])));
        }
        return problems;
    }

    @Override
    public List<HeldOutSet> heldOut(Run run) {
        RunSpec spec = run.spec();
        if (spec.evaluation().isEmpty()) {
            return List.of();
        }
        int wanted = spec.evaluation().get().problems();
        return spec.data().heldout().stream()
                .map(set -> new HeldOutSet(set.name(), first(wanted, dataSets.rows(set.source()), spec)))
                .toList();
    }

    private static List<Problem> first(int wanted, List<ProblemRow> rows, RunSpec spec) {
        return rows.stream()
                .limit(wanted == 0 ? Long.MAX_VALUE : wanted)
                .map(row -> problem(spec, row.withoutDebris()))
                .toList();
    }

    private static Problem problem(RunSpec spec, ProblemRow row) {
        return Problem.newBuilder()
                .setId(row.id())
                .setQuestion(row.question())
                .setReferenceAnswer(row.answer())
                .setPrompt(spec.prompt().render(row.question()))
                .build();
    }
}

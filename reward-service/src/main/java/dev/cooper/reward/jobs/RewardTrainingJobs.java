package dev.cooper.reward.jobs;

import dev.cooper.platform.spec.SearchPath;
import dev.cooper.reward.training.RewardTrainingReport;
import dev.cooper.reward.training.RewardTrainingRun;
import dev.cooper.reward.training.RewardTrainingSpec;
import dev.cooper.reward.training.RewardTrainingSpecReader;
import dev.cooper.reward.training.TrainingObserver;
import dev.cooper.reward.training.TrainingProgress;
import java.nio.file.Path;
import java.time.Clock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Trainings of reward models. The figures are the report, and beside it {@code model}, the folder of the weights. */
public final class RewardTrainingJobs implements JobKind {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final SearchPath paths;
    private final Clock clock;

    /** @param paths where paths of a specification may lead */
    public RewardTrainingJobs(SearchPath paths, Clock clock) {
        this.paths = paths;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reward-trainings";
    }

    @Override
    public Job open(JsonNode spec, Path folder) {
        RewardTrainingSpec training = new RewardTrainingSpecReader(paths).read(spec);
        return control -> new RewardTrainingRun(training, folder, new Observer(control), clock)
                .run()
                .map(report -> figures(report, folder));
    }

    private static JsonNode figures(RewardTrainingReport report, Path folder) {
        ObjectNode figures = JSON.valueToTree(report);
        figures.put("model", RewardTrainingRun.model(folder).toString());
        return figures;
    }

    /** Steps make the bar; a trial's line stands until the next step. */
    private static final class Observer implements TrainingObserver {
        private final JobControl control;
        private int step;
        private int steps;

        Observer(JobControl control) {
            this.control = control;
        }

        @Override
        public void progress(TrainingProgress progress) {
            switch (progress) {
                case TrainingProgress.Begun begun -> step = begun.step();
                case TrainingProgress.Stepped stepped -> {
                    step = stepped.step();
                    steps = stepped.steps();
                }
                case TrainingProgress.Tried _ -> {
                    // Its line is all that it tells.
                }
            }
            control.progress(step, steps, progress.line());
        }

        @Override
        public boolean stopRequested() {
            return control.stopRequested();
        }
    }
}

package dev.cooper.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.client.Mode;
import dev.cooper.cli.evaluation.SetResult;
import dev.cooper.cli.experiment.Experiment.Arm;
import dev.cooper.cli.experiment.Experiment.FinalEvaluation;
import dev.cooper.cli.experiment.RunRecord.Example;
import dev.cooper.cli.experiment.RunRecord.Probe;
import dev.cooper.cli.experiment.RunRecord.Step;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ExperimentReportTest {
    private static final Arm STATIC = arm("static", Mode.STATIC, false);
    private static final Arm COOPER = arm("cooper", Mode.COOPER, false);
    private static final Arm SLOW = arm("slow", Mode.COOPER, true);
    private static final Experiment EXPERIMENT = new Experiment(
            "test",
            List.of(STATIC, COOPER, SLOW),
            1,
            Optional.empty(),
            new FinalEvaluation(List.of(), 0, List.of(), Optional.empty()));

    @TempDir
    private Path root = Path.of("");

    @Test
    void armsAreComparedSeedBySeed() throws IOException {
        Path page = reportOn(0.80, 0.84, 0.90, 0.96);

        assertThat(Files.readString(page.resolveSibling("differences.csv")))
                .contains("cooper − static,\"heldout, t1\",2,+11.0,1.0,");
        assertThat(Files.readString(page.resolveSibling("table.csv"))).contains("cooper,2,93.0 ± 3.0 %");
    }

    @Test
    void thePageHoldsTablesCurvesExamplesAndWhatFailed() throws IOException {
        String page = Files.readString(reportOn(0.80, 0.84, 0.90, 0.96));

        assertThat(page)
                .contains("Held-out accuracy")
                .contains("AUC of the reward model")
                .contains("7 &lt; 8")
                .contains("slow, seed 1: failed: no memory");
        assertThat(page).doesNotContain("NaN").doesNotContain("<script").doesNotContain("src=");
    }

    @Test
    void figuresAreWrittenForProgramsToo() throws IOException {
        Path folder = reportOn(0.80, 0.84, 0.90, 0.96).resolveSibling("");

        assertThat(Files.readAllLines(folder.resolve("steps.csv"))).hasSize(1 + 4 * 4);
        assertThat(Files.readAllLines(folder.resolve("finals.csv"))).hasSize(1 + 4);
        assertThat(folder.resolve("heldout-accuracy.png")).isNotEmptyFile();
        assertThat(folder.resolve("reward-auc.png")).isNotEmptyFile();
    }

    @Test
    void stepsInWhichThePlatformWasStoppedAreLeftOutOfTimes() throws IOException {
        Path costs = reportOn(0.80, 0.84, 0.90, 0.96).resolveSibling("costs.csv");

        assertThat(Files.readAllLines(costs).get(1))
                .startsWith(
                        "static,2.00 ± 0.00,50.0 ± 0.0 %,25.0 ± 0.0 %,0.0 ± 0.0 %,0.0 ± 0.0 %,0.0 ± 0.0 %,25.0 ± 0.0 %,10.0 ± 0.0 %,")
                .endsWith(",2");
    }

    @Test
    void countsArePerStepAlsoWhereFewStepsHaveThem() throws IOException {
        Path pairs = reportOn(0.80, 0.84, 0.90, 0.96).resolveSibling("pairs.csv");

        assertThat(Files.readAllLines(pairs))
                .contains(
                        "pair_texts_rejected_digit_copy,0.500 ± 0.000,0.500 ± 0.000",
                        "pairs,2.000 ± 0.000,2.000 ± 0.000");
    }

    @Test
    void rewardModelsAreToldWithTheDetectorsSuspicions() throws IOException {
        Path models = reportOn(0.80, 0.84, 0.90, 0.96).resolveSibling("reward-models.csv");

        assertThat(Files.readAllLines(models).get(2)).contains(",50.0 ± 0.0 %,2.0 ± 0.0,");
        assertThat(models.resolveSibling("probe-auc.png")).isNotEmptyFile();
    }

    @Test
    void aRunIsOfTheBytesThatItsSpecificationNames() throws IOException {
        Path data = Files.writeString(root.resolve("train.jsonl"), "{}");
        Path model = Files.createDirectory(root.resolve("model"));
        Files.writeString(model.resolve("config.json"), "{}");
        ObjectNode spec = STATIC.run().deepCopy();
        spec.putObject("data").putObject("train").put("path", data.toString());
        spec.putObject("policy").put("model", model.toString());
        Arm arm = new Arm("files", STATIC.mode(), STATIC.seeds(), spec, false);

        String first = inputs(arm);
        assertThat(inputs(arm)).isEqualTo(first);
        Files.writeString(data, "{\"a\": 1}");
        String second = inputs(arm);
        Files.writeString(model.resolve("config.json"), "{\"a\": 1}");
        assertThat(List.of(first, second, inputs(arm))).doesNotHaveDuplicates();
    }

    private static String inputs(Arm arm) throws IOException {
        return new Inputs(EXPERIMENT.finals()).sha256(new PlannedRun("test", arm, 1));
    }

    @Test
    void forgettingARunLeavesNothingOfIt() throws IOException {
        try (ExperimentFolder folder = ExperimentFolder.open(root)) {
            PlannedRun run = new PlannedRun("test", STATIC, 1);
            folder.keep(run, record(run, 0.5));
            for (Path part : List.of(folder.work(run), folder.models(run), folder.evaluation(run, "t1"))) {
                Files.createDirectories(part);
                Files.writeString(part.resolve("file"), "");
            }

            folder.forget(run);

            assertThat(folder.kept(run)).isEmpty();
            assertThat(folder.work(run)).doesNotExist();
            assertThat(folder.models(run)).doesNotExist();
            assertThat(folder.evaluation(run, "t1")).doesNotExist();
        }
    }

    @Test
    void aRecordOfAnotherSpecificationIsNotTakenForThisOne() throws IOException {
        try (ExperimentFolder folder = ExperimentFolder.open(root)) {
            PlannedRun run = new PlannedRun("test", STATIC, 1);
            Arm other = new Arm(
                    "static",
                    STATIC.mode(),
                    STATIC.seeds(),
                    STATIC.run().deepCopy().put("steps", 7),
                    false);
            folder.keep(new PlannedRun("test", other, 1), record(new PlannedRun("test", other, 1), 0.5));

            assertThatThrownBy(() -> folder.kept(run))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("another specification");
        }
    }

    @Test
    void oneProcessHoldsTheFolderAtATime() throws IOException {
        try (ExperimentFolder _ = ExperimentFolder.open(root)) {
            assertThatThrownBy(() -> ExperimentFolder.open(root)).hasMessageContaining("in use");
        }
    }

    @Test
    void cellsWithCommasAreQuoted() {
        Table table = new Table(List.of("a", "b"));
        table.add(List.of("x, y", "say \"no\""));

        assertThat(table.csv()).isEqualTo("a,b\r\n\"x, y\",\"say \"\"no\"\"\"\r\n");
    }

    private Path reportOn(double static1, double static2, double cooper1, double cooper2) throws IOException {
        try (ExperimentFolder folder = ExperimentFolder.open(root)) {
            keep(folder, STATIC, 1, static1);
            keep(folder, STATIC, 2, static2);
            keep(folder, COOPER, 1, cooper1);
            keep(folder, COOPER, 2, cooper2);
            PlannedRun slow = new PlannedRun("test", SLOW, 1);
            folder.keep(slow, RunRecord.failed(slow, "no memory", 3));
            return new ExperimentReport(EXPERIMENT, folder).write();
        }
    }

    private static void keep(ExperimentFolder folder, Arm arm, long seed, double accuracy) throws IOException {
        PlannedRun run = new PlannedRun("test", arm, seed);
        folder.keep(run, record(run, accuracy));
    }

    private static RunRecord record(PlannedRun run, double accuracy) {
        List<Step> steps = new ArrayList<>();
        for (int step = 1; step <= 4; step++) {
            Map<String, Double> metrics = new HashMap<>(Map.of(
                    "reward_mean", accuracy,
                    "score_mean", accuracy,
                    "score_gap", 0.1,
                    "reward_auc", 0.9 + step / 100.0,
                    "hacking_suspected", step % 2 == 0 ? 1.0 : 0.0,
                    "seconds_total", 2.0,
                    "seconds_sampling", 1.0,
                    "seconds_scoring", 0.2,
                    "seconds_training", 0.5));
            if (step == 2) {
                // The platform was stopped for a while, and this is the step that had a text refused.
                metrics.putAll(Map.of("seconds_total", 100.0, "pairs", 8.0, "pair_texts_rejected_digit_copy", 2.0));
            }
            steps.add(new Step(step, metrics));
        }
        return new RunRecord(
                run.arm().name(),
                run.seed(),
                RunRecord.modeOf(run),
                run.sha256(),
                null,
                "COMPLETED",
                "",
                "run",
                6,
                steps,
                List.of(
                        new EvaluationView(0, 0, 10, 1, 0.5, 0.1, 1, 20, 1),
                        new EvaluationView(3, 3, 10, 1, accuracy, 0.1, 1, 20, 1)),
                Map.of("t1", List.of(new SetResult("heldout", 10, 0, 1, accuracy, 0.1, accuracy, 1, 1, 20))),
                Map.of(
                        RunRecord.INITIAL, new Probe(10, 0.9, 0.1, 0.95, 0.05),
                        RunRecord.FINAL, new Probe(10, 0.8, 0.1, 0.96, 0.15)),
                List.of(new Example(3, "Is 7 < 8?", "yes", "no", 0.99, "DIFFERENT_VALUE")));
    }

    private static Arm arm(String name, Mode mode, boolean ablation) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("steps", 3);
        return new Arm(name, Optional.of(mode), ablation ? List.of(1L) : List.of(1L, 2L), run, ablation);
    }
}

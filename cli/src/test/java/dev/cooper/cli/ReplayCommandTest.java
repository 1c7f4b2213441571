package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.cli.replay.TestingRollouts;
import dev.cooper.languagemodel.reward.RewardModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayCommandTest {
    private static final String MODEL = "../examples/tiny-verifyrm";

    /** What the bundled reward model was trained on; see examples/demo.yaml. */
    private static final String TEMPLATE = "{{question}}\n{{completion}}\nReference answer:\n{{reference}}\nCorrect:";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int replay(String... more) {
        List<String> arguments = new ArrayList<>(List.of("replay", TestingRollouts.RUN, "--data", folder.toString()));
        arguments.addAll(List.of(more));
        return Cooper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode result(String... more) throws Exception {
        Path file = folder.resolve("result.json");
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--json", file.toString()));
        assertThat(replay(arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    @Test
    void theRuleInsteadOfTheModelTurnsSignsAndSpread() throws Exception {
        TestingRollouts.write(folder, "c7");

        JsonNode result = result("--mode", "rule");

        JsonNode total = result.path("total");
        assertThat(total.path("groups").intValue()).isEqualTo(3);
        assertThat(total.path("groups_excluded").intValue()).isEqualTo(1);
        assertThat(total.path("completions").intValue()).isEqualTo(6);
        assertThat(total.path("reward_other").doubleValue()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(total.path("rule_accuracy").doubleValue()).isCloseTo(4 / 6.0, within(1e-12));
        // Of -1, 2, -1, 1, 0, 0 the sigmoids.
        assertThat(total.path("reward_logged").doubleValue()).isCloseTo(0.5249564, within(1e-7));
        assertThat(total.path("sign_changes").intValue()).isEqualTo(2);
        assertThat(total.path("sign_change_share").doubleValue()).isCloseTo(2 / 6.0, within(1e-12));
        // Two right answers teach nothing by the rule; equal scores taught nothing.
        assertThat(total.path("spread_lost").intValue()).isEqualTo(1);
        assertThat(total.path("spread_gained").intValue()).isEqualTo(1);
        assertThat(result.path("instead").path("kind").stringValue()).isEqualTo("rule");
        assertThat(result.path("scoring").isNull()).isTrue();
        assertThat(result.path("steps").size()).isEqualTo(2);
        JsonNode prompt = result.path("prompts").path(0);
        assertThat(result.path("prompts").size()).isEqualTo(1);
        assertThat(prompt.path("problem_id").stringValue()).isEqualTo("sum, 0");
        assertThat(prompt.path("groups").intValue()).isEqualTo(2);
        assertThat(prompt.path("sign_changes").intValue()).isEqualTo(2);
        assertThat(prompt.path("example").path("step").intValue()).isEqualTo(1);
        double advantage = Math.sqrt(0.5) / (1 + 1e-6 / Math.sqrt(0.5));
        assertThat(Math.abs(prompt.path("example").path("advantage_other").doubleValue()))
                .isCloseTo(advantage, within(1e-9));
        assertThat(out.toString())
                .contains("rewarded by the rule's verdicts instead")
                .contains("step 1, slot 0, sample 0, CORRECT: reward 0.2689 -> 1.0000, advantage -0.707 -> 0.707");
    }

    @Test
    void anotherModelScoresEqualCompletionsOnceAndEqually() throws Exception {
        TestingRollouts.write(folder, "c7");
        Path steps = folder.resolve("steps.csv");
        Path completions = folder.resolve("completions.csv");

        JsonNode result = result(
                "--reward-model",
                MODEL,
                "--template",
                TEMPLATE,
                "--csv",
                steps.toString(),
                "--completions",
                completions.toString());

        JsonNode scoring = result.path("scoring");
        assertThat(scoring.path("completions").intValue()).isEqualTo(6);
        // Each step has a right and a wrong answer.
        assertThat(scoring.path("texts").intValue()).isEqualTo(4);
        assertThat(scoring.path("scores_per_second").doubleValue()).isPositive();
        assertThat(result.path("same_model").booleanValue()).isFalse();
        assertThat(result.path("total").path("spread_lost").intValue()).isEqualTo(1);
        assertThat(result.path("total").path("sign_changes").intValue()).isEqualTo(2);
        assertThat(Files.readAllLines(steps)).hasSize(3).first().asString().startsWith("step,groups,");
        List<String> lines = Files.readAllLines(completions);
        assertThat(lines).hasSize(7);
        assertThat(lines.get(1)).startsWith("1,0,0,\"sum, 0\",CORRECT,,").endsWith(",true");
        assertThat(lines.get(6)).startsWith("2,0,1,\"sum, 0\",INCORRECT,DIFFERENT_VALUE,0.5,");
        assertThat(out.toString()).contains("scores/s");
    }

    @Test
    void theModelThatHadScoredIsRecognisedByItsChecksum() throws Exception {
        try (RewardModel model = RewardModel.load(Path.of(MODEL))) {
            TestingRollouts.write(folder, model.checksum());
        }

        JsonNode result = result("--reward-model", MODEL, "--steps", "2..");

        assertThat(result.path("same_model").booleanValue()).isTrue();
        assertThat(result.path("steps").size()).isEqualTo(1);
        assertThat(out.toString()).contains("the model that had scored");
    }

    @Test
    void whatCannotBeDoneIsNamed() throws Exception {
        TestingRollouts.write(folder, "c7");

        assertThat(replay("--mode", "static")).isEqualTo(2);
        assertThat(replay("--mode", "rule", "--reward-model", MODEL)).isEqualTo(2);
        assertThat(replay("--steps", "1..2")).isEqualTo(2);
        assertThat(replay("--mode", "rule", "--steps", "1..9")).isEqualTo(2);
        assertThat(replay("--reward-model", "../examples/tiny-model")).isEqualTo(5);
        assertThat(replay("--reward-model", MODEL, "--template", "{{question}}"))
                .isEqualTo(2);
        assertThat(replay("--threads", "0")).isEqualTo(2);
        assertThat(replay("--dtype", "bfloat16")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--mode must be rule, not 'static'")
                .contains("give one of --reward-model and --mode rule")
                .contains("--steps, --template, --json, --csv and --completions go with")
                .contains("the archive has steps 1 to 2")
                .contains("tiny-model")
                .contains("lacks {{completion}}")
                .contains("--threads must be at least 1, not 0")
                .contains("--dtype: a run is trained again in the type of its specification");
    }
}

package dev.cooper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateRewardCommandTest {
    private static final String QUESTION =
            "A box holds 26 stickers. Mia puts in 16 more. How many stickers are in the box now?";

    /** What the bundled reward model was trained on; see examples/demo.yaml. */
    private static final String TEMPLATE = "{{question}}\n{{completion}}\nReference answer:\n{{reference}}\nCorrect:";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int evaluate(String lines, String... more) throws IOException {
        Path data = Files.writeString(folder.resolve("labelled.jsonl"), lines);
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"evaluate-reward", "--model", "../examples/tiny-verifyrm", "--data", data.toString()},
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Cooper.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    private static String line(String completion, boolean right, String type) {
        return "{\"question\": \"%s\", \"answer\": \"42\", \"completion\": \"%s\", \"gold_correct\": %s, \"answer_type\": \"%s\"}\n"
                .formatted(QUESTION, completion, right, type);
    }

    @Test
    void modelAndRuleStandBesideEachOtherByType() throws IOException {
        Path json = folder.resolve("figures.json");
        assertThat(evaluate(
                        line("26 + 16 = 42 . In all \\\\boxed{ 42 }", true, "number")
                                + line("26 + 16 = 41 . In all \\\\boxed{ 41 }", false, "number")
                                + line("I cannot say.", false, "words"),
                        "--json",
                        json.toString(),
                        "--template",
                        TEMPLATE))
                .isZero();

        JsonNode figures = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(figures.propertyNames()).containsExactlyInAnyOrder("", "number", "words");
        JsonNode all = figures.get("");
        assertThat(all.get("model").get("examples").intValue()).isEqualTo(3);
        assertThat(all.get("rule").get("accuracy").doubleValue()).isEqualTo(1);
        assertThat(all.get("judge").isNull()).isTrue();
        assertThat(all.get("model").get("accuracy").doubleValue()).isGreaterThan(0.5);
        assertThat(figures.get("number").get("model").get("auc").doubleValue()).isEqualTo(1);
        assertThat(out.toString()).contains("words").contains("reward model");
    }

    @Test
    void aJudgeStandsBesideThemBothWhereOneIsAsked() throws IOException {
        Path json = folder.resolve("figures.json");
        Path judge = Files.writeString(folder.resolve("judge.yaml"), """
                        judge:
                          model: %s
                          prompt: "%s"
                          max_new_tokens: 2
                        """.formatted(
                        Path.of("../examples/tiny-model").toAbsolutePath().normalize(), TEMPLATE.replace("\n", "\\n")));

        assertThat(evaluate(
                        line("26 + 16 = 42 . In all \\\\boxed{ 42 }", true, "")
                                + line("26 + 16 = 12 . In all \\\\boxed{ 12 }", false, ""),
                        "--json",
                        json.toString(),
                        "--template",
                        TEMPLATE,
                        "--judge",
                        judge.toString()))
                .as(errors.toString())
                .isZero();

        JsonNode figures = JsonMapper.builder()
                .build()
                .readTree(Files.readString(json))
                .get("")
                .get("judge");
        assertThat(figures.get("accuracy").doubleValue()).isPositive();
        assertThat(figures.get("false_rejects").doubleValue()).isZero();
        assertThat(figures.get("undecided").doubleValue()).isZero();
        assertThat(out.toString()).contains("judging by tiny-model: 2 of 2").containsPattern("\\n +judge ");
    }

    @Test
    void aJudgeThatIsNotThereIsNamed() throws IOException {
        Path judge = Files.writeString(folder.resolve("judge.yaml"), "judge: {model: none}\n");
        assertThat(evaluate(line("\\\\boxed{42}", true, ""), "--judge", judge.toString()))
                .isEqualTo(5);
        assertThat(errors.toString()).contains("judge.model: there is no model");
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithItsOptionAndLine() throws IOException {
        assertThat(evaluate("{\"question\": \"?\", \"answer\": \"1\", \"gold_correct\": true}\n"))
                .isEqualTo(5);
        assertThat(evaluate("")).isEqualTo(5);
        assertThat(evaluate(line("\\\\boxed{42}", true, "") + line("42 ".repeat(2000), true, "")))
                .isEqualTo(5);
        assertThat(errors.toString())
                .contains("--data: " + folder.resolve("labelled.jsonl") + ", line 1: it has no completion")
                .contains("labelled.jsonl has no line")
                .contains("--data: " + folder.resolve("labelled.jsonl") + ", line 2: ");
    }

    @Test
    void aRewardModelIsComputedInFloat32() throws IOException {
        assertThat(evaluate(line("\\\\boxed{42}", true, ""), "--dtype", "bfloat16"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--dtype");
    }
}

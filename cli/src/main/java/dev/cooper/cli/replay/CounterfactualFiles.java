package dev.cooper.cli.replay;

import dev.cooper.cli.replay.CounterfactualResult.Step;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What another reward would have made of a run, for programs. */
public final class CounterfactualFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final String STEPS =
            "step,groups,groups_excluded,completions,reward_logged,reward_other,reward_difference_mean,"
                    + "reward_difference_max,rule_accuracy,sign_changes,sign_change_share,advantage_change_mean,"
                    + "advantage_correlation,spread_lost,spread_gained\n";
    private static final String COMPLETIONS = "step,slot,sample,problem_id,verdict,reason,reward_logged,reward_other,"
            + "advantage_logged,advantage_other,changes_sign\n";

    private CounterfactualFiles() {}

    /** Everything. */
    public static void writeJson(Path file, CounterfactualResult result) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(result) + "\n");
    }

    /** A line a step. */
    public static void writeSteps(Path file, CounterfactualResult result) throws IOException {
        Files.writeString(
                file,
                result.steps().stream().map(CounterfactualFiles::line).collect(Collectors.joining("", STEPS, "")));
    }

    private static String line(Step step) {
        RewardComparison compared = step.compared();
        return line(
                step.step(),
                compared.groups(),
                compared.groupsExcluded(),
                compared.completions(),
                compared.rewardLogged(),
                compared.rewardOther(),
                compared.rewardDifferenceMean(),
                compared.rewardDifferenceMax(),
                compared.ruleAccuracy(),
                compared.signChanges(),
                compared.signChangeShare(),
                compared.advantageChangeMean(),
                text(compared.advantageCorrelation()),
                compared.spreadLost(),
                compared.spreadGained());
    }

    /** Begins a file with a line a completion. */
    public static Writer completions(Path file) throws IOException {
        Writer out = Files.newBufferedWriter(file);
        out.write(COMPLETIONS);
        return out;
    }

    /** A line of it. */
    public static void write(Writer out, String problemId, ComparedCompletion completion) throws IOException {
        out.write(line(
                completion.step(),
                completion.slot(),
                completion.sample(),
                problemId,
                completion.verdict(),
                completion.reason(),
                completion.rewardLogged(),
                completion.rewardOther(),
                text(completion.advantageLogged()),
                text(completion.advantageOther()),
                completion.changesSign()));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    private static String line(Object... values) {
        return Stream.of(values).map(value -> quoted(String.valueOf(value))).collect(Collectors.joining(",", "", "\n"));
    }

    /** As RFC 4180 has it. */
    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}

package dev.cooper.cli.follow;

import dev.cooper.cli.client.RunEventView;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Words and figures that both displays show. */
final class Lines {
    private Lines() {}

    /** What a run's follower should read even if everything else scrolls by; empty for the daily events. */
    static Optional<String> noteworthy(RunEventView event) {
        return switch (event.type()) {
            case "EvaluationCompleted" ->
                Optional.of(String.format(
                        Locale.ROOT,
                        "step %d: held-out accuracy %.1f%% ± %.1f (%d problems × %d)%s",
                        event.step(),
                        100 * event.number("accuracy"),
                        100 * event.number("standard_error"),
                        (long) event.number("problems"),
                        (long) event.number("samples"),
                        bySet(event.node("sets"))));
            case "GroupsRedispatched" ->
                Optional.of("step " + event.step() + ": groups sent again: " + event.text("why"));
            case "StepReplayed" ->
                Optional.of(
                        String.format(Locale.ROOT, "step %d replayed from its manifest", (long) event.number("step")));
            case "RecordRejected" ->
                Optional.of("step " + event.step() + ": a record was rejected: " + event.text("why"));
            case "RewardRejected" ->
                Optional.of(String.format(
                        Locale.ROOT,
                        "step %d: the reward model's update was undone: accuracy %.1f%% on the probe, where the"
                                + " version kept has %.1f%%",
                        event.step(),
                        100 * event.number("probe_rejected_accuracy"),
                        100 * event.number("probe_accuracy")));
            case "RollbackBegun" ->
                Optional.of("going back to the models after step " + (long) event.number("to_step") + ": "
                        + String.join(", ", event.texts("models")) + why(event));
            case "RolledBack" -> Optional.of("went back; what follows begins with those models");
            case "RewardHackingSuspected" -> Optional.of(suspicion(event));
            case "RewardHackingSubsided" ->
                Optional.of("step " + event.step() + ": the reward model's figures are back, reward hacking was"
                        + " suspected since step " + (long) event.number("since"));
            case "StepStalled" ->
                Optional.of("step " + event.step() + " stalls in " + event.text("state") + " and waits for "
                        + waitedFor(event));
            case "StepWentOn" ->
                Optional.of("step " + event.step() + " goes on after "
                        + duration(Duration.ofSeconds((long) event.number("seconds"))));
            case "TrainerWarned" ->
                Optional.of("trainer of the " + event.text("model") + " model: "
                        + String.join("; ", event.texts("warnings")));
            case "VersionDiverged" ->
                Optional.of("step " + event.step() + ": training it again gave the " + event.text("model")
                        + " model other weights than the lost ones, now version " + (long) event.number("version"));
            case "RunPaused", "RunFailed", "RunCancelled" ->
                Optional.of(
                        sentence(event.type()) + (event.text("reason").isBlank() ? "" : ": " + event.text("reason")));
            case "RunPreparing", "RunStarted", "RunResumed", "RunCompleted" -> Optional.of(sentence(event.type()));
            default -> Optional.empty();
        };
    }

    /** Of each set, where there are several. */
    private static String bySet(JsonNode sets) {
        return sets.size() < 2
                ? ""
                : ": "
                        + sets.valueStream()
                                .map(set -> String.format(
                                        Locale.ROOT,
                                        "%s %.1f%% ± %.1f",
                                        set.path("name").asString(""),
                                        100 * set.path("accuracy").asDouble(0),
                                        100 * set.path("standard_error").asDouble(0)))
                                .collect(Collectors.joining(", "));
    }

    private static String why(RunEventView event) {
        return event.text("why").isBlank() ? "" : " (" + event.text("why") + ")";
    }

    /** The figures that are over their bounds, and what the reward model likes best of what the rule rejects. */
    private static String suspicion(RunEventView event) {
        String figures = event.node("figures")
                .valueStream()
                .filter(figure -> figure.path("over").asBoolean(false))
                .map(Lines::excess)
                .collect(Collectors.joining(", "));
        JsonNode example = event.node("examples").path(0);
        return "step " + event.step() + ": reward hacking suspected: " + figures
                + (example.isMissingNode()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; score %.3f for the answer %s, the reference is %s",
                                example.path("score").asDouble(Double.NaN),
                                answer(example.path("extracted_answer").asString("")),
                                lastLine(example.path("reference").asString(""))));
    }

    private static String excess(JsonNode figure) {
        String name = figure.path("figure").asString("");
        return String.format(
                Locale.ROOT,
                "%s %.3f was %.3f",
                name.replace('_', ' '),
                figure.path("mean").asDouble(Double.NaN),
                figure.path("baseline").asDouble(Double.NaN));
    }

    private static String answer(String extracted) {
        return extracted.isBlank() ? "(none)" : extracted;
    }

    /** References of worked data sets end with the answer. */
    private static String lastLine(String reference) {
        return reference
                .substring(reference.stripTrailing().lastIndexOf('\n') + 1)
                .strip();
    }

    /** Which groups wait in which service; a service alone where it is the trainer or the log that is waited for. */
    private static String waitedFor(RunEventView event) {
        return event.node("open_groups")
                .propertyStream()
                .map(waits -> waits.getKey()
                        + (waits.getValue().isEmpty() ? "" : " (groups " + slots(waits.getValue()) + ")"))
                .collect(Collectors.joining(", "));
    }

    private static String slots(JsonNode groups) {
        return groups.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private static String sentence(String type) {
        return "run " + type.substring("Run".length()).toLowerCase(Locale.ROOT);
    }

    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 3600) {
            return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
        }
        return seconds >= 60 ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60) : seconds + " s";
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    static String number(String format, double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}

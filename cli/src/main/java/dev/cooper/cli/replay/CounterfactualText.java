package dev.cooper.cli.replay;

import dev.cooper.cli.replay.CounterfactualResult.Stretch;
import java.util.Locale;
import java.util.OptionalDouble;

/** What another reward would have made of a run, for people. */
public final class CounterfactualText {
    private static final double PERCENT = 100;
    private static final int LINE = 110;

    private CounterfactualText() {}

    /** A line a stretch of steps and one for all, what was scored, and the prompts that change most. */
    public static String of(CounterfactualResult result) {
        StringBuilder text = new StringBuilder(title(result));
        text.append(String.format(
                Locale.ROOT,
                "%-11s %7s %8s %8s %7s %8s %9s %8s %6s %7s%n",
                "steps",
                "groups",
                "reward",
                "would be",
                "rule",
                "sign",
                "|change|",
                "corr.",
                "lost",
                "gained"));
        for (Stretch stretch : result.stretches()) {
            text.append(row(
                    stretch.first() == stretch.last()
                            ? Long.toString(stretch.first())
                            : stretch.first() + "-" + stretch.last(),
                    stretch.compared()));
        }
        text.append(row("all", result.total()));
        text.append("""
                reward, would be: mean as logged and instead; rule: share CORRECT; sign: completions whose advantage changes sign;
                |change|, corr.: of the advantages; lost, gained: groups that would not, or only then, have a spread to learn from
                """);
        result.scoring()
                .ifPresent(scoring -> text.append(String.format(
                        Locale.ROOT,
                        "scored %d completions (%d different texts, %d tokens) in %.1f s: %.0f scores/s%n",
                        scoring.completions(),
                        scoring.texts(),
                        scoring.tokens(),
                        scoring.seconds(),
                        scoring.scoresPerSecond())));
        if (result.sameModel()) {
            text.append(String.format(
                    Locale.ROOT,
                    "this is the model that had scored the run: what differs is rounding, %.1e at most%n",
                    result.total().rewardDifferenceMax()));
        }
        result.prompts().forEach(prompt -> text.append(prompt(prompt)));
        return text.toString();
    }

    private static String title(CounterfactualResult result) {
        String instead = result.instead()
                .path()
                .map(path -> "the scores of " + path + " ("
                        + result.instead().checksum().orElse("") + ")")
                .orElse("the rule's verdicts");
        return "run %s, mode %s, rewarded by %s instead%n".formatted(result.run(), result.mode(), instead);
    }

    private static String row(String name, RewardComparison compared) {
        return String.format(
                Locale.ROOT,
                "%-11s %7d %8.4f %8.4f %6.1f%% %7.1f%% %9.4f %8s %6d %7d%n",
                name,
                compared.groups(),
                compared.rewardLogged(),
                compared.rewardOther(),
                PERCENT * compared.ruleAccuracy(),
                PERCENT * compared.signChangeShare(),
                compared.advantageChangeMean(),
                number(compared.advantageCorrelation()),
                compared.spreadLost(),
                compared.spreadGained());
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "-";
    }

    private static String prompt(ChangedPrompt prompt) {
        ComparedCompletion example = prompt.example();
        return String.format(
                Locale.ROOT,
                "%n%s: %d of %d completions change sign, advantages by %.3f in the mean%n"
                        + "  question   %s%n  reference  %s%n  completion %s%n"
                        + "  step %d, slot %d, sample %d, %s: reward %.4f -> %.4f, advantage %s -> %s%n",
                prompt.problemId(),
                prompt.signChanges(),
                prompt.completions(),
                prompt.advantageChangeMean(),
                line(prompt.question()),
                line(prompt.reference()),
                line(example.text()),
                example.step(),
                example.slot(),
                example.sample(),
                example.reason().isEmpty() ? example.verdict() : example.verdict() + " (" + example.reason() + ")",
                example.rewardLogged(),
                example.rewardOther(),
                number(example.advantageLogged()),
                number(example.advantageOther()));
    }

    /** The text on one line, its beginning and its end if it is long. */
    private static String line(String text) {
        String flat = text.strip().replaceAll("\\s+", " ");
        int length = flat.codePointCount(0, flat.length());
        if (length <= LINE) {
            return flat;
        }
        int half = LINE / 2;
        return flat.substring(0, flat.offsetByCodePoints(0, half))
                + " ... "
                + flat.substring(flat.offsetByCodePoints(flat.length(), -half));
    }
}

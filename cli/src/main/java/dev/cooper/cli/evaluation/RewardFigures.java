package dev.cooper.cli.evaluation;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.Attempt;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.reward.annotation.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A reward model beside the rule verifier, and a language model as judge, on the same completions.
 *
 * @param model what the reward model's scores are worth
 * @param judge empty where none was asked
 */
public record RewardFigures(ScoreQuality model, Beside rule, Optional<Beside> judge) {
    private static final double PERCENT = 100;

    /**
     * What one who says right or wrong, and gives no score, is worth. Who does not say right is taken to say wrong.
     *
     * @param accuracy share of completions on which it says what the label says
     * @param standardError of the accuracy, binomial
     * @param falseAccepts share of the wrong completions that it takes for right
     * @param falseRejects share of the right completions that it does not
     * @param undecided share of completions on which it came to no decision
     */
    public record Beside(
            double accuracy, double standardError, double falseAccepts, double falseRejects, double undecided) {

        private static Beside of(List<Said> said, List<Boolean> labels) {
            float[] accepted = new float[said.size()];
            for (int i = 0; i < accepted.length; i++) {
                accepted[i] = said.get(i) == Said.RIGHT ? 1 : -1;
            }
            ScoreQuality quality = ScoreQuality.of(accepted, labels);
            long undecided = said.stream().filter(Said.NEITHER::equals).count();
            return new Beside(
                    quality.accuracy(),
                    quality.standardError(),
                    quality.falseAccepts(),
                    quality.falseRejects(),
                    undecided / (double) said.size());
        }
    }

    private enum Said {
        RIGHT,
        WRONG,
        NEITHER;

        static Said of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Correct _ -> RIGHT;
                case Verdict.Incorrect _ -> WRONG;
                case Verdict.Undecided _, Verdict.Unscorable _ -> NEITHER;
            };
        }

        static Said of(Optional<Opinion> opinion) {
            return switch (opinion.orElse(Opinion.UNCLEAR)) {
                case YES -> RIGHT;
                case NO -> WRONG;
                case UNCLEAR -> NEITHER;
            };
        }
    }

    /**
     * The figures of each type of answer, by its name, and of all under the empty name, where there are several.
     *
     * @param judged a judge's opinions of the completions, in their order; empty where it did not answer
     * @throws CooperException BAD_INPUT, naming field, file and line, for a text that the model cannot read
     * @throws InvalidModelException naming file and line, for a score that is no number
     */
    public static Map<String, RewardFigures> of(
            RewardModel model,
            RewardInput input,
            LabelledSet labelled,
            int tokenBudget,
            Optional<List<Optional<Opinion>>> judged) {
        List<LabelledExample> answers = labelled.examples();
        float[] logits = logits(model, input, labelled, tokenBudget);
        List<Said> rule = new AnswerChecker()
                        .checkAll(answers.stream()
                                .map(answer -> new Attempt(answer.reference(), answer.completion()))
                                .toList())
                        .stream()
                        .map(Said::of)
                        .toList();
        Optional<List<Said>> judge =
                judged.map(opinions -> opinions.stream().map(Said::of).toList());
        Map<String, List<Integer>> byType = new TreeMap<>();
        for (int i = 0; i < answers.size(); i++) {
            byType.computeIfAbsent("", _ -> new ArrayList<>()).add(i);
            if (!answers.get(i).type().isEmpty()) {
                byType.computeIfAbsent(answers.get(i).type(), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        Map<String, RewardFigures> figures = new TreeMap<>();
        byType.forEach((type, places) -> {
            List<Boolean> labels =
                    places.stream().map(place -> answers.get(place).correct()).toList();
            float[] scored = new float[places.size()];
            for (int i = 0; i < scored.length; i++) {
                scored[i] = logits[places.get(i)];
            }
            figures.put(
                    type,
                    new RewardFigures(
                            ScoreQuality.of(scored, labels),
                            Beside.of(at(places, rule), labels),
                            judge.map(said -> Beside.of(at(places, said), labels))));
        });
        return figures;
    }

    private static List<Said> at(List<Integer> places, List<Said> said) {
        return places.stream().map(said::get).toList();
    }

    private static float[] logits(RewardModel model, RewardInput input, LabelledSet labelled, int tokenBudget) {
        List<TokenIds> inputs = new ArrayList<>();
        for (int i = 0; i < labelled.examples().size(); i++) {
            LabelledExample answer = labelled.examples().get(i);
            try {
                inputs.add(model.tokens(input.render(answer.question(), answer.reference(), answer.completion())));
            } catch (IllegalArgumentException e) {
                throw labelled.invalid(i, e);
            }
        }
        float[] logits = model.logits(inputs, tokenBudget);
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new InvalidModelException(
                        labelled.file(),
                        "line " + (i + 1) + ": the reward model's logit is " + logits[i]
                                + "; its training diverged: use an earlier checkpoint");
            }
        }
        return logits;
    }

    /** A table for people. */
    public static String table(Map<String, RewardFigures> figures) {
        var table = new StringBuilder("%-24s %7s %7s  %-12s %14s %6s %6s %8s %8s %10s%n"
                .formatted(
                        "answer type",
                        "n",
                        "right",
                        "by",
                        "accuracy",
                        "AUC",
                        "ECE",
                        "accepts",
                        "rejects",
                        "undecided"));
        figures.forEach((type, figure) -> {
            ScoreQuality model = figure.model();
            table.append(String.format(
                    Locale.ROOT,
                    "%-24s %7d %6.1f%%  %-12s %14s %6s %6.3f %7.1f%% %7.1f%%%n",
                    type.isEmpty() ? "all" : type,
                    model.examples(),
                    PERCENT * model.right() / model.examples(),
                    "reward model",
                    accuracy(model.accuracy(), model.standardError()),
                    model.auc().isPresent()
                            ? String.format(Locale.ROOT, "%.3f", model.auc().getAsDouble())
                            : "-",
                    model.calibrationError(),
                    PERCENT * model.falseAccepts(),
                    PERCENT * model.falseRejects()));
            table.append(row("rule", figure.rule()));
            figure.judge().ifPresent(judge -> table.append(row("judge", judge)));
        });
        return table.append("accepts: wrong completions taken for right; rejects: right ones not taken for right\n")
                .toString();
    }

    private static String row(String who, Beside beside) {
        return String.format(
                Locale.ROOT,
                "%40s  %-12s %14s %6s %6s %7.1f%% %7.1f%% %9.1f%%%n",
                "",
                who,
                accuracy(beside.accuracy(), beside.standardError()),
                "",
                "",
                PERCENT * beside.falseAccepts(),
                PERCENT * beside.falseRejects(),
                PERCENT * beside.undecided());
    }

    private static String accuracy(double accuracy, double standardError) {
        return String.format(Locale.ROOT, "%.1f ± %.1f %%", PERCENT * accuracy, PERCENT * standardError);
    }
}

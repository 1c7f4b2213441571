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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reward model beside the rule verifier on the same completions.
 *
 * @param model what the reward model's scores are worth
 * @param rule share of completions on which the rule's CORRECT agrees with the label
 * @param ruleFalseAccepts share of the wrong completions that the rule finds CORRECT
 * @param ruleFalseRejects share of the right completions that it does not
 * @param undecided share of completions on which the rule came to no decision
 */
public record RewardFigures(
        ScoreQuality model, double rule, double ruleFalseAccepts, double ruleFalseRejects, double undecided) {
    private static final double PERCENT = 100;

    /**
     * The figures of each type of answer, by its name, and of all under the empty name, where there are several.
     *
     * @throws CooperException BAD_INPUT, naming field, file and line, for a text that the model cannot read
     * @throws InvalidModelException naming file and line, for a score that is no number
     */
    public static Map<String, RewardFigures> of(
            RewardModel model, RewardInput input, LabelledSet labelled, int tokenBudget) {
        List<LabelledExample> answers = labelled.examples();
        List<TokenIds> inputs = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            LabelledExample answer = answers.get(i);
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
        List<Verdict> verdicts = new AnswerChecker()
                .checkAll(answers.stream()
                        .map(answer -> new Attempt(answer.reference(), answer.completion()))
                        .toList());
        Map<String, List<Integer>> byType = new TreeMap<>();
        for (int i = 0; i < answers.size(); i++) {
            byType.computeIfAbsent("", _ -> new ArrayList<>()).add(i);
            if (!answers.get(i).type().isEmpty()) {
                byType.computeIfAbsent(answers.get(i).type(), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        Map<String, RewardFigures> figures = new TreeMap<>();
        byType.forEach((type, places) -> figures.put(type, of(answers, logits, verdicts, places)));
        return figures;
    }

    private static RewardFigures of(
            List<LabelledExample> answers, float[] logits, List<Verdict> verdicts, List<Integer> places) {
        float[] scored = new float[places.size()];
        float[] accepted = new float[places.size()];
        List<Boolean> labels = new ArrayList<>();
        int undecided = 0;
        for (int i = 0; i < scored.length; i++) {
            int place = places.get(i);
            Verdict verdict = verdicts.get(place);
            scored[i] = logits[place];
            accepted[i] = verdict instanceof Verdict.Correct ? 1 : -1;
            labels.add(answers.get(place).correct());
            undecided += verdict instanceof Verdict.Correct || verdict instanceof Verdict.Incorrect ? 0 : 1;
        }
        ScoreQuality rule = ScoreQuality.of(accepted, labels);
        return new RewardFigures(
                ScoreQuality.of(scored, labels),
                rule.accuracy(),
                rule.falseAccepts(),
                rule.falseRejects(),
                undecided / (double) scored.length);
    }

    /** A table for people. */
    public static String table(Map<String, RewardFigures> figures) {
        var table = new StringBuilder("%-24s %7s %7s | %16s %6s %6s %7s %7s | %9s %7s %7s %9s%n"
                .formatted(
                        "answer type",
                        "n",
                        "right",
                        "reward model",
                        "AUC",
                        "ECE",
                        "accepts",
                        "rejects",
                        "rule",
                        "accepts",
                        "rejects",
                        "undecided"));
        figures.forEach((type, figure) -> table.append(row(type.isEmpty() ? "all" : type, figure)));
        return table.append("accepts: wrong completions taken for right; rejects: right ones taken for wrong\n")
                .toString();
    }

    private static String row(String type, RewardFigures figure) {
        ScoreQuality model = figure.model();
        return String.format(
                Locale.ROOT,
                "%-24s %7d %6.1f%% | %16s %6s %6.3f %6.1f%% %6.1f%% | %8.1f%% %6.1f%% %6.1f%% %8.1f%%%n",
                type,
                model.examples(),
                PERCENT * model.right() / model.examples(),
                String.format(
                        Locale.ROOT, "%.1f ± %.1f %%", PERCENT * model.accuracy(), PERCENT * model.standardError()),
                model.auc().isPresent()
                        ? String.format(Locale.ROOT, "%.3f", model.auc().getAsDouble())
                        : "-",
                model.calibrationError(),
                PERCENT * model.falseAccepts(),
                PERCENT * model.falseRejects(),
                PERCENT * figure.rule(),
                PERCENT * figure.ruleFalseAccepts(),
                PERCENT * figure.ruleFalseRejects(),
                PERCENT * figure.undecided());
    }
}

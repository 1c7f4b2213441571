package dev.cooper.reward.annotation;

import dev.cooper.reward.annotation.Annotation.RuleLabel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far rule and judge agree.
 *
 * @param all over everything
 * @param bySource by the name of the source
 * @param byType by the kind of the answer; only where the data says any
 * @param cells by kind and source, the finest
 */
public record Agreement(Counts all, Map<String, Counts> bySource, Map<String, Counts> byType, List<Cell> cells) {

    private static final double PERCENT = 100;

    /** The counts of one kind of answer and one source. */
    public record Cell(String answerType, String source, Counts counts) {}

    /**
     * Completions by both labels, the rule's first. What the rule leaves undecided, or cannot score, is one count.
     *
     * @param unlabelled without a verdict CORRECT or INCORRECT, whatever the judge says
     */
    public record Counts(
            long correctYes,
            long correctNo,
            long correctUnclear,
            long incorrectYes,
            long incorrectNo,
            long incorrectUnclear,
            long unlabelled) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        static Counts of(Annotation annotation) {
            Opinion opinion = annotation.judge().verdict();
            return switch (annotation.rule().verdict()) {
                case RuleLabel.CORRECT ->
                    new Counts(
                            is(opinion, Opinion.YES),
                            is(opinion, Opinion.NO),
                            is(opinion, Opinion.UNCLEAR),
                            0,
                            0,
                            0,
                            0);
                case RuleLabel.INCORRECT ->
                    new Counts(
                            0,
                            0,
                            0,
                            is(opinion, Opinion.YES),
                            is(opinion, Opinion.NO),
                            is(opinion, Opinion.UNCLEAR),
                            0);
                default -> new Counts(0, 0, 0, 0, 0, 0, 1);
            };
        }

        private static long is(Opinion opinion, Opinion other) {
            return opinion == other ? 1 : 0;
        }

        Counts plus(Counts other) {
            return new Counts(
                    correctYes + other.correctYes,
                    correctNo + other.correctNo,
                    correctUnclear + other.correctUnclear,
                    incorrectYes + other.incorrectYes,
                    incorrectNo + other.incorrectNo,
                    incorrectUnclear + other.incorrectUnclear,
                    unlabelled + other.unlabelled);
        }

        /** All completions. */
        public long completions() {
            return decided() + correctUnclear + incorrectUnclear + unlabelled;
        }

        /** Those on which both agree. */
        public long kept() {
            return correctYes + incorrectNo;
        }

        /** Those with a clear word of both. */
        public long decided() {
            return correctYes + correctNo + incorrectYes + incorrectNo;
        }

        /** Share of {@link #decided} on which both agree; 0 where there are none. */
        public double agreement() {
            return decided() == 0 ? 0 : kept() / (double) decided();
        }

        /** Cohen's kappa over {@link #decided}: agreement beyond what chance gives; 0 where it has no meaning. */
        public double kappa() {
            double n = decided();
            double byChance = ((correctYes + correctNo) / n) * ((correctYes + incorrectYes) / n)
                    + ((incorrectYes + incorrectNo) / n) * ((correctNo + incorrectNo) / n);
            return n == 0 || byChance == 1 ? 0 : (agreement() - byChance) / (1 - byChance);
        }
    }

    /** Counts annotations one by one. */
    static final class Count {
        private final Map<String, Map<String, Counts>> counts = new TreeMap<>();

        void add(Annotation annotation) {
            counts.computeIfAbsent(annotation.answerType(), _ -> new TreeMap<>())
                    .merge(annotation.sampled().source(), Counts.of(annotation), Counts::plus);
        }

        Agreement result() {
            Counts all = Counts.NONE;
            Map<String, Counts> bySource = new TreeMap<>();
            Map<String, Counts> byType = new TreeMap<>();
            for (Cell cell : cells()) {
                all = all.plus(cell.counts());
                bySource.merge(cell.source(), cell.counts(), Counts::plus);
                byType.merge(cell.answerType(), cell.counts(), Counts::plus);
            }
            boolean typed = byType.keySet().stream().anyMatch(type -> !type.isEmpty());
            return new Agreement(all, bySource, typed ? byType : Map.of(), cells());
        }

        private List<Cell> cells() {
            return counts.entrySet().stream()
                    .flatMap(type -> type.getValue().entrySet().stream()
                            .map(source -> new Cell(type.getKey(), source.getKey(), source.getValue())))
                    .toList();
        }
    }

    /** A table for people. */
    public String table() {
        var table = new StringBuilder("%-24s %-20s %8s %7s %7s %8s %8s %7s %7s %7s %8s%n"
                .formatted(
                        "answer type",
                        "source",
                        "n",
                        "right",
                        "yes",
                        "unclear",
                        "no rule",
                        "agree",
                        "kappa",
                        "kept",
                        "of these"));
        row(table, "all", "all", all);
        bySource.forEach((source, counts) -> row(table, "all", source, counts));
        byType.forEach((type, counts) -> row(table, named(type), "all", counts));
        if (!byType.isEmpty() && bySource.size() > 1) {
            cells.forEach(cell -> row(table, named(cell.answerType()), cell.source(), cell.counts()));
        }
        return table.append(
                        "right: by the rule; yes: by the judge; agree: of those with a clear word of both; of these: right ones\n")
                .toString();
    }

    private static String named(String type) {
        return type.isEmpty() ? "(none)" : type;
    }

    private static void row(StringBuilder table, String type, String source, Counts counts) {
        double n = Math.max(1, counts.completions());
        long right = counts.correctYes() + counts.correctNo() + counts.correctUnclear();
        table.append(String.format(
                Locale.ROOT,
                "%-24s %-20s %8d %6.1f%% %6.1f%% %7.1f%% %7.1f%% %6.1f%% %7.3f %7d %7.1f%%%n",
                type,
                source,
                counts.completions(),
                PERCENT * right / n,
                PERCENT * (counts.correctYes() + counts.incorrectYes()) / n,
                PERCENT * (counts.correctUnclear() + counts.incorrectUnclear()) / n,
                PERCENT * counts.unlabelled() / n,
                PERCENT * counts.agreement(),
                counts.kappa(),
                counts.kept(),
                PERCENT * counts.correctYes() / Math.max(1, counts.kept())));
    }
}

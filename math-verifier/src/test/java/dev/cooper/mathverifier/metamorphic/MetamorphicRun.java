package dev.cooper.mathverifier.metamorphic;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.mathverifier.corpus.ReferenceAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Equivalents and near misses of references, judged by the verifier. */
final class MetamorphicRun {
    private static final Pattern DOUBTFUL_COMMA = Pattern.compile("\\d,\\d{3}(?!\\d)");
    private static final Pattern GROUPED_NUMBER = Pattern.compile("[^\\d(\\[]*\\d{1,3}(,\\d{3})+(\\.\\d+)?[^\\d,]*");

    private static final Pattern LABEL = Pattern.compile("^[^=<>]*=");
    private static final Pattern DECORATION = Pattern.compile(
            "\\\\(?:text|mbox|textbf)\\{ ?(?:cm|inches|years|degrees)?}?|[{}()]|\\^\\{? ?\\\\circ ?}?|\\\\?[%$]|km/h| years|\\.$");

    private final AnswerChecker checker = new AnswerChecker();
    private final RandomGenerator random;
    private final List<String> falseRejects = new ArrayList<>();
    private final List<String> falseAccepts = new ArrayList<>();
    private final Map<String, int[]> rejectsByForm = new TreeMap<>();
    private int equivalents;
    private int nearMisses;

    MetamorphicRun(RandomGenerator random) {
        this.random = random;
    }

    void add(ReferenceAnswer answer) {
        CompiledReference reference = checker.forReference(answer.gold());
        if (reference.problem().isPresent() || hasDoubtfulCommas(answer.gold())) {
            return;
        }
        String plain = withoutDollars(answer.gold());
        Stream.of(Notations.of(plain), Rewritings.of(plain), Polynomials.of(plain), StructureForms.of(plain))
                .flatMap(List::stream)
                .forEach(variant -> equivalent(answer, reference, variant));
        NearMisses.of(plain).forEach(variant -> nearMiss(answer, reference, variant));
    }

    /** An answer to another question; left out if it is equal but for label, unit, brackets and signs of notation. */
    void addStranger(ReferenceAnswer answer, ReferenceAnswer stranger) {
        String own = bare(answer.gold());
        String other = bare(stranger.gold());
        if (own.equalsIgnoreCase(other) || IndependentEquality.same(own, other).orElse(false)) {
            return;
        }
        CompiledReference reference = checker.forReference(answer.gold());
        nearMiss(answer, reference, new Variant("answer of " + stranger.source(), withoutDollars(stranger.gold())));
    }

    private static String bare(String gold) {
        String plain = LABEL.matcher(AnswerText.plain(gold)).replaceFirst("");
        return DECORATION.matcher(plain).replaceAll("").strip();
    }

    private void equivalent(ReferenceAnswer answer, CompiledReference reference, Variant variant) {
        equivalents++;
        Verdict verdict = judge(reference, variant);
        int[] counts = rejectsByForm.computeIfAbsent(variant.form(), _ -> new int[2]);
        counts[0]++;
        if (!(verdict instanceof Verdict.Correct)) {
            counts[1]++;
            falseRejects.add(line(answer, variant, verdict));
        }
    }

    private void nearMiss(ReferenceAnswer answer, CompiledReference reference, Variant variant) {
        nearMisses++;
        Verdict verdict = judge(reference, variant);
        if (verdict instanceof Verdict.Correct) {
            falseAccepts.add(line(answer, variant, verdict));
        }
    }

    private Verdict judge(CompiledReference reference, Variant variant) {
        return reference.check(Frame.any(random, variant.text()).around(variant.text()));
    }

    private static String line(ReferenceAnswer answer, Variant variant, Verdict verdict) {
        return "%s [%s] gold %s, answer %s: %s"
                .formatted(answer.source(), variant.form(), answer.gold(), variant.text(), verdict.explanation());
    }

    /** Whether a comma may separate components or thousands, as in {@code (3,331)}. */
    private static boolean hasDoubtfulCommas(String gold) {
        return DOUBTFUL_COMMA.matcher(gold).find()
                && !GROUPED_NUMBER.matcher(gold).matches();
    }

    /** Without the dollars around formulas, unless prose stands between them, and without a full stop. */
    private static String withoutDollars(String gold) {
        String without = gold.replaceAll("(?<!\\\\)\\$", "").strip().replaceAll("\\.$", "");
        return AnswerText.hasWords(without) ? gold : without;
    }

    int equivalents() {
        return equivalents;
    }

    int nearMisses() {
        return nearMisses;
    }

    List<String> falseRejects() {
        return falseRejects;
    }

    List<String> falseAccepts() {
        return falseAccepts;
    }

    double falseRejectRate() {
        return falseRejects.size() / (double) equivalents;
    }

    double falseAcceptRate() {
        return falseAccepts.size() / (double) nearMisses;
    }

    String summary() {
        var forms = new StringBuilder();
        rejectsByForm.forEach((form, counts) -> {
            if (counts[1] > 0) {
                forms.append("\n  ")
                        .append(form)
                        .append(": ")
                        .append(counts[1])
                        .append(" of ")
                        .append(counts[0]);
            }
        });
        return String.format(
                Locale.ROOT,
                "%d equivalents, %d false rejects (%.3f%%); %d near misses, %d false accepts (%.4f%%)%s",
                equivalents,
                falseRejects.size(),
                100 * falseRejectRate(),
                nearMisses,
                falseAccepts.size(),
                100 * falseAcceptRate(),
                forms);
    }
}

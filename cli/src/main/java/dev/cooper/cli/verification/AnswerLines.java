package dev.cooper.cli.verification;

import dev.cooper.cli.inference.InvalidLineException;
import dev.cooper.cli.inference.JsonLine;
import dev.cooper.cli.inference.JsonLines;
import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.References;
import dev.cooper.mathverifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the lines {@code {"gold": .., "pred": ..}} of a file over all cores and writes each again, in their order,
 * with its verdict.
 */
public final class AnswerLines {
    private static final String GOLD = "gold";
    private static final String PRED = "pred";
    /** Lines that are checked at a time: enough for all cores, little enough for memory. */
    private static final int BLOCK = 4096;

    private static final double NANOS_A_MICRO = 1e3;

    private final AnswerChecker checker;
    private final boolean explain;
    private final Tally tally = new Tally();
    private final List<Pair> pending = new ArrayList<>();

    /**
     * Checks with a checker.
     *
     * @param explain whether each line also says where its answer stood, and why
     */
    public AnswerLines(AnswerChecker checker, boolean explain) {
        this.checker = checker;
        this.explain = explain;
    }

    private record Pair(JsonLine line, String gold, String pred) {}

    private record Checked(Verdict verdict, long nanos) {}

    /**
     * Reads all lines and writes as many.
     *
     * @throws InvalidLineException for the first line that cannot be used; those before it are written
     */
    public Tally write(JsonLines input, PrintWriter out) throws IOException {
        try {
            for (Optional<JsonLine> line = input.next(); line.isPresent(); line = input.next()) {
                JsonLine read = line.get();
                pending.add(new Pair(read, read.requiredText(GOLD), read.requiredText(PRED)));
                if (pending.size() == BLOCK) {
                    check(out);
                }
            }
        } finally {
            check(out);
        }
        return tally;
    }

    private void check(PrintWriter out) {
        var references = new References(checker);
        List<Checked> checked =
                pending.parallelStream().map(pair -> check(references, pair)).toList();
        for (int i = 0; i < checked.size(); i++) {
            Checked result = checked.get(i);
            tally.add(result.verdict(), result.nanos());
            out.println(answer(pending.get(i).line(), result));
        }
        out.flush();
        pending.clear();
    }

    /** The time is that of the check alone: a reference is read once for all that stand beside it. */
    private Checked check(References references, Pair pair) {
        try {
            CompiledReference reference = references.of(pair.gold());
            long start = System.nanoTime();
            Verdict verdict = reference.check(pair.pred());
            return new Checked(verdict, System.nanoTime() - start);
        } catch (RuntimeException failure) {
            return new Checked(Verdict.Unscorable.fault(failure), 0);
        }
    }

    private String answer(JsonLine line, Checked checked) {
        Verdict verdict = checked.verdict();
        ObjectNode answer = ((ObjectNode) line.object()).deepCopy();
        answer.put("verdict", verdict.kind());
        verdict.answer()
                .ifPresentOrElse(found -> answer.put("extracted", found.text()), () -> answer.putNull("extracted"));
        answer.put("reason", verdict.code());
        answer.put("micros", Math.round(checked.nanos() / NANOS_A_MICRO * 10) / 10.0);
        if (explain) {
            verdict.answer().ifPresent(found -> {
                answer.put("source", found.source().name());
                answer.put("offset", found.offset());
            });
            answer.put("explanation", verdict.explanation());
        }
        return answer.toString();
    }
}

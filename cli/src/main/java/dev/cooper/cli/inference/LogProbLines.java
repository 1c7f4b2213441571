package dev.cooper.cli.inference;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.SequenceScorer;
import dev.cooper.languagemodel.training.TokenValues;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a line for each line of a file: the log-probability of each of its tokens given those before it. */
public final class LogProbLines implements AutoCloseable {
    /** Budgets of tokens that are read before any are scored: so that sequences of similar lengths meet. */
    private static final int READ_AHEAD = 4;

    private final LineTokens tokens;
    private final SequenceScorer scorer;
    private final int tokenBudget;
    private final List<JsonLine> lines = new ArrayList<>();
    private final List<TokenIds> pending = new ArrayList<>();

    /**
     * Scores with a model.
     *
     * @param folder where its tokenizer is, if it has one
     * @param tokenBudget most tokens that are computed at once
     */
    public LogProbLines(CausalLanguageModel model, Path folder, int tokenBudget) {
        tokens = new LineTokens(folder, model.config());
        scorer = new SequenceScorer(model, 1, tokenBudget);
        this.tokenBudget = tokenBudget;
    }

    /**
     * Reads all lines and writes as many, each as soon as it and those before it are scored.
     *
     * @throws InvalidLineException for the first line that cannot be used; those before it are written
     */
    public void write(JsonLines input, PrintWriter out) throws IOException {
        try {
            long unscored = 0;
            for (Optional<JsonLine> line = input.next(); line.isPresent(); line = input.next()) {
                TokenIds read = tokens.of(line.get());
                lines.add(line.get());
                pending.add(read);
                unscored += read.size();
                if (unscored >= (long) READ_AHEAD * tokenBudget) {
                    score(out);
                    unscored = 0;
                }
            }
        } catch (InvalidLineException e) {
            score(out);
            throw e;
        }
        score(out);
    }

    private void score(PrintWriter out) {
        // The only token of a text follows nothing, so there is nothing to compute.
        List<ScoredSequence> scored = pending.stream()
                .filter(read -> read.size() > 1)
                .map(read -> new ScoredSequence(read, 1))
                .toList();
        List<TokenValues> values = scorer.score(scored);
        int next = 0;
        for (int i = 0; i < pending.size(); i++) {
            out.println(answer(lines.get(i), pending.get(i).size() > 1 ? values.get(next++) : TokenValues.of()));
        }
        out.flush();
        lines.clear();
        pending.clear();
    }

    private static String answer(JsonLine line, TokenValues values) {
        StringBuilder answer = new StringBuilder("{\"logprobs\":[null");
        for (int i = 0; i < values.size(); i++) {
            float value = (float) values.get(i);
            if (!Float.isFinite(value)) {
                throw line.invalid("the log-probability of its token %d is %s; the model is damaged or diverged"
                        .formatted(i + 1, value));
            }
            answer.append(',').append(value);
        }
        return answer.append("]}").toString();
    }

    @Override
    public void close() {
        tokens.close();
    }
}

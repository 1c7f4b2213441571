package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.pretraining.corpus.DataSets;
import dev.cooper.pretraining.corpus.Task;
import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Held-out problems on which a model is tried as it samples in training: at temperature 1, nothing filtered. */
public final class HeldOutProblems {
    /** Longest completion that is sampled; the longest right solution has about 50 tokens. */
    public static final int MAX_NEW_TOKENS = 64;

    private static final int ROWS = 64;
    private static final Pattern BOXED = Pattern.compile("\\\\boxed\\{[0-9]{1,9}}");

    private final List<Problem> problems;
    private final long seed;

    /** The first held-out problems of the data set of a seed, which also seeds the samples. */
    public HeldOutProblems(long seed, int count) {
        this.problems = DataSets.distinct(new WordProblems(seed), Split.HELD_OUT, count);
        this.seed = seed;
    }

    /** Samples one solution of each problem. */
    public Evaluation evaluate(LanguageModel model) {
        Tokenizer tokenizer = model.tokenizer();
        List<SampleRequest> requests = requests(tokenizer);
        int longestPrompt =
                requests.stream().mapToInt(r -> r.prompt().size()).max().orElseThrow();
        SamplerLimits limits = new SamplerLimits(ROWS, longestPrompt + MAX_NEW_TOKENS, false);
        List<List<Completion>> sampled = new Sampler(model.network(), tokenizer.specialTokens(), limits)
                .sample(requests, SamplingSettings.plain(MAX_NEW_TOKENS), () -> false)
                .groups();
        int right = 0;
        int boxed = 0;
        long tokens = 0;
        for (int i = 0; i < problems.size(); i++) {
            Completion completion = sampled.get(i).getFirst();
            OptionalInt answer = boxedNumber(tokenizer.decodeText(completion.tokens()));
            boolean ended = completion.finishReason() == FinishReason.STOP;
            tokens += completion.tokens().size();
            boxed += answer.isPresent() && ended ? 1 : 0;
            right += answer.equals(OptionalInt.of(problems.get(i).answer())) && ended ? 1 : 0;
        }
        double count = problems.size();
        return new Evaluation(problems.size(), right / count, boxed / count, tokens / count);
    }

    /** The number in the last box of a solution. */
    static OptionalInt boxedNumber(String solution) {
        return BOXED.matcher(solution)
                .results()
                .map(MatchResult::group)
                .mapToInt(box -> Integer.parseInt(box.substring(box.indexOf('{') + 1, box.length() - 1)))
                .reduce((_, last) -> last);
    }

    private List<SampleRequest> requests(Tokenizer tokenizer) {
        List<SampleRequest> requests = new ArrayList<>(problems.size());
        for (Problem problem : problems) {
            long key = CounterRandom.key(CounterRandom.key(seed, "evaluation"), requests.size());
            requests.add(new SampleRequest(tokenizer.encode(Task.Solve.prompt(problem.question())), List.of(key)));
        }
        return requests;
    }
}

package dev.cooper.cli.evaluation;

import dev.cooper.cli.evaluation.JudgedProblem.JudgedSample;
import dev.cooper.cli.inference.Generation;
import dev.cooper.languagemodel.chat.ChatMessage;
import dev.cooper.languagemodel.chat.ChatTemplate;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Ending;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.Verdict;
import dev.cooper.orchestrator.dataset.ProblemRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Samples a model on sets of problems and has the rule verifier judge the samples. */
public final class Evaluator {
    private final LanguageModel model;
    private final Optional<ChatTemplate> chat;
    private final Protocol protocol;
    private final SamplingSettings settings;
    private final SamplerLimits limits;
    private final Sampler sampler;
    private final AnswerChecker checker = new AnswerChecker();

    /** Told of each problem that is done. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A problem is done.
         *
         * @param done problems of the set so far
         * @param correct mean share of correct samples so far
         */
        void done(ProblemSet set, int done, double correct);
    }

    /**
     * An evaluator of a model, which the caller closes.
     *
     * @param chat the model's template, where the protocol asks for a chat
     * @param settings how to draw, as the protocol says
     */
    public Evaluator(
            LanguageModel model,
            Optional<ChatTemplate> chat,
            Protocol protocol,
            SamplingSettings settings,
            SamplerLimits limits) {
        this.model = model;
        this.chat = chat;
        this.protocol = protocol;
        this.settings = settings;
        this.limits = limits;
        this.sampler = new Sampler(model.network(), model.tokenizer(), limits);
    }

    /** Samples what the folder does not hold yet, and gives the figures of the whole set. */
    public SetResult evaluate(ProblemSet set, EvaluationFolder folder, Progress progress) throws IOException {
        Map<String, JudgedProblem> judged = new HashMap<>();
        folder.done(set).forEach(problem -> judged.put(problem.problem(), problem));
        Tally tally = new Tally(set, judged, progress);
        List<Integer> open = IntStream.range(0, set.problems().size())
                .filter(index -> !judged.containsKey(set.problems().get(index).id()))
                .boxed()
                .toList();
        int most = Generation.promptsAtOnce(limits, protocol.samples());
        for (int from = 0; from < open.size(); from += most) {
            sample(set, open.subList(from, Math.min(open.size(), from + most)), problem -> {
                folder.append(set, problem);
                tally.add(problem);
            });
        }
        return SetResult.of(
                set.name(),
                set.problems().stream().map(row -> judged.get(row.id())).collect(Collectors.toList()),
                protocol.samples());
    }

    @FunctionalInterface
    private interface Kept {
        void keep(JudgedProblem problem);
    }

    private void sample(ProblemSet set, List<Integer> indexes, Kept kept) {
        List<SampleRequest> requests = new ArrayList<>();
        List<ProblemRow> asked = new ArrayList<>();
        for (int index : indexes) {
            ProblemRow row = set.problems().get(index);
            TokenIds prompt = encode(protocol.prompt(row.question()));
            if (prompt.size() >= limits.contextLength()) {
                kept.keep(unanswered(row, prompt.size()));
            } else {
                requests.add(SampleRequest.group(prompt, protocol.samples(), protocol.seed(), 0, index));
                asked.add(row);
            }
        }
        if (!requests.isEmpty()) {
            sampler.sample(
                    requests,
                    settings,
                    () -> false,
                    (request, completions) -> kept.keep(judge(asked.get(request), completions)));
        }
    }

    private TokenIds encode(String prompt) {
        return chat.map(template -> template.encode(model.tokenizer(), List.of(ChatMessage.user(prompt)), true))
                .orElseGet(() -> model.tokenizer().encodeWithSpecialTokens(prompt));
    }

    private JudgedProblem unanswered(ProblemRow row, int tokens) {
        JudgedSample none = new JudgedSample("", "INCORRECT", "PROMPT_TOO_LONG: " + tokens + " tokens", "", 0, false);
        return new JudgedProblem(
                row.id(),
                IntStream.range(0, protocol.samples()).mapToObj(_ -> none).toList());
    }

    private JudgedProblem judge(ProblemRow row, List<Completion> completions) {
        CompiledReference reference = checker.forReference(row.answer());
        return new JudgedProblem(
                row.id(),
                completions.stream()
                        .map(completion -> judge(reference, completion))
                        .toList());
    }

    private JudgedSample judge(CompiledReference reference, Completion completion) {
        String text = model.tokenizer().decodeText(completion.tokens());
        boolean finished = completion.finishReason() == FinishReason.STOP;
        Verdict verdict = reference.check(text, finished ? Ending.FINISHED : Ending.TRUNCATED);
        return new JudgedSample(
                text,
                verdict.kind(),
                verdict.code(),
                verdict.answer().map(ExtractedAnswer::text).orElse(""),
                completion.tokens().size(),
                finished);
    }

    /** What is done of a set, and its mean so far. */
    private static final class Tally {
        private final ProblemSet set;
        private final Map<String, JudgedProblem> judged;
        private final Progress progress;
        private double correct;

        Tally(ProblemSet set, Map<String, JudgedProblem> judged, Progress progress) {
            this.set = set;
            this.judged = judged;
            this.progress = progress;
            this.correct = judged.values().stream()
                    .mapToDouble(JudgedProblem::accuracy)
                    .sum();
        }

        void add(JudgedProblem problem) {
            judged.put(problem.problem(), problem);
            correct += problem.accuracy();
            progress.done(set, judged.size(), correct / judged.size());
        }
    }
}

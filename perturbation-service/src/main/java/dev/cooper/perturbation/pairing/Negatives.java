package dev.cooper.perturbation.pairing;

import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.perturbation.assistant.RewriteRequest;
import dev.cooper.perturbation.checking.AnswerCheck;
import dev.cooper.perturbation.pairing.NegativeCheck.Judgement.Rejected;
import dev.cooper.perturbation.pairing.NegativeCheck.Judgement.Wrong;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.PairingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the wrong side of a pair, from the source that was drawn for the group and from no other. */
final class Negatives {

    private static final int WRITTEN = -1;

    private final Assistants assistants;
    private final NegativeCheck check;
    private final PairingObserver observer;

    /** The assistants that a run may choose from. */
    record Assistants(Assistant embedded, Assistant endpoint) {

        Assistant of(AssistantKind kind) {
            return switch (kind) {
                case EMBEDDED -> embedded;
                case ENDPOINT -> endpoint;
                case ASSISTANT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw CooperException.badInput(
                            "pairing.assistant", "pairing.assistant must be embedded or endpoint");
            };
        }
    }

    Negatives(Assistants assistants, AnswerCheck verifier, PairingObserver observer) {
        this.assistants = assistants;
        this.check = new NegativeCheck(verifier);
        this.observer = observer;
    }

    /** What came of looking for a negative. */
    sealed interface Result {

        record Found(Pair pair) implements Result {}

        record None(NoPair reason) implements Result {}

        /** Nobody waits for it any more. */
        record Unwanted() implements Result {}
    }

    /** Writes a text that may be a negative; nothing when there is nothing to write. */
    private interface Drafts {
        Optional<Rewrite> draft(int attempt) throws InterruptedException;
    }

    /**
     * A pair of the positive and a negative.
     *
     * @throws CooperException if the assistant or the verifier cannot be had, or refuses
     */
    Result of(Positive positive) throws InterruptedException {
        NegativeSource source = positive.draws().source(positive.plan().shares());
        return switch (source) {
            case ASSISTANT -> tried(positive, source, attempt -> Optional.of(rewritten(positive, attempt)));
            case EDIT -> tried(positive, source, attempt -> edited(positive, attempt));
            case SELF -> own(positive);
            case NEGATIVE_SOURCE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalStateException("the plan has no such source: " + source);
        };
    }

    private static Result own(Positive positive) {
        List<PairSide> wrong = positive.own();
        if (wrong.isEmpty()) {
            return none(NoPairReason.NOTHING_INCORRECT, "no completion is wrong with an answer that was compared");
        }
        List<PairSide> like =
                wrong.stream().filter(side -> unlike(positive, side).isEmpty()).toList();
        if (like.isEmpty()) {
            Rejected first = unlike(positive, wrong.getFirst()).orElseThrow();
            return none(
                    first.reason(),
                    "none of " + wrong.size() + " wrong completions will do; the first: " + first.detail());
        }
        PairSide drawn = positive.draws().own(like);
        Likeness likeness = Likeness.of(positive.text(), drawn.getText());
        return new Result.Found(
                pair(positive, NegativeSource.SELF, likeness).setNegative(drawn).build());
    }

    private static Optional<Rejected> unlike(Positive positive, PairSide own) {
        return NegativeCheck.unlike(positive.plan(), Likeness.of(positive.text(), own.getText()));
    }

    private Result tried(Positive positive, NegativeSource source, Drafts drafts) throws InterruptedException {
        int most = positive.plan().settings().getAttempts();
        List<Rejected> rejected = new ArrayList<>();
        for (int attempt = 0; attempt < most; attempt++) {
            if (!positive.wanted().getAsBoolean()) {
                return new Result.Unwanted();
            }
            Optional<Rewrite> draft = drafts.draft(attempt);
            if (draft.isEmpty()) {
                return none(NoPairReason.NOTHING_TO_EDIT, "the positive's answer has no number and no sign");
            }
            observer.tried(source);
            switch (check.judge(positive, draft.get())) {
                case Wrong wrong -> {
                    return new Result.Found(written(positive, source, draft.get(), wrong)
                            .setAttempts(attempt + 1)
                            .addAllRejected(reasons(rejected))
                            .build());
                }
                case Rejected no -> {
                    observer.rejected(source, no.reason());
                    rejected.add(no);
                }
            }
        }
        return new Result.None(NoPair.newBuilder()
                .setReason(rejected.getLast().reason())
                .setDetail(rejected.getLast().detail())
                .setAttempts(most)
                .addAllRejected(reasons(rejected))
                .build());
    }

    private static Pair.Builder written(Positive positive, NegativeSource source, Rewrite draft, Wrong wrong) {
        Pair.Builder pair = pair(positive, source, wrong.likeness())
                .setNegative(PairSide.newBuilder()
                        .setText(draft.text())
                        .setVerdict(wrong.verdict())
                        .setSample(WRITTEN))
                .setAssistant(draft.writer());
        if (source == NegativeSource.ASSISTANT) {
            pair.setStyle(positive.plan().settings().getStyle());
        }
        return pair;
    }

    private static Pair.Builder pair(Positive positive, NegativeSource source, Likeness likeness) {
        return Pair.newBuilder()
                .setPositive(positive.side())
                .setSource(source)
                .setLengthRatio(likeness.lengthRatio())
                .setDigitCopy(likeness.digitCopy());
    }

    private static List<NoPairReason> reasons(List<Rejected> rejected) {
        return rejected.stream().map(Rejected::reason).toList();
    }

    /** Why nothing was tried. */
    private static Result none(NoPairReason reason, String detail) {
        return new Result.None(
                NoPair.newBuilder().setReason(reason).setDetail(detail).build());
    }

    private Rewrite rewritten(Positive positive, int attempt) throws InterruptedException {
        PairingSettings settings = positive.plan().settings();
        Optional<ModelRef> model =
                settings.hasAssistantModel() ? Optional.of(settings.getAssistantModel()) : Optional.empty();
        return assistants
                .of(settings.getAssistant())
                .rewrite(new RewriteRequest(
                        positive.runId(),
                        model,
                        RewritePrompt.of(
                                settings, positive.problem().getQuestion(), positive.text(), positive.answer()),
                        settings.getTemperature(),
                        Math.max(1, positive.words() + settings.getExtraTokens()),
                        positive.draws().rewrite(attempt),
                        positive.wanted()));
    }

    private static Optional<Rewrite> edited(Positive positive, int attempt) {
        return NumberEdit.of(
                        positive.text(), positive.answer(), positive.draws().edit(attempt), !positive.mayBeCopied())
                .map(text -> new Rewrite(text, false, ""));
    }
}

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
        if (positive.own().isEmpty()) {
            return none(NoPairReason.NOTHING_INCORRECT, "no completion is wrong with an answer that was compared", 0);
        }
        return new Result.Found(Pair.newBuilder()
                .setPositive(positive.side())
                .setNegative(positive.draws().own(positive.own()))
                .setSource(NegativeSource.SELF)
                .build());
    }

    private Result tried(Positive positive, NegativeSource source, Drafts drafts) throws InterruptedException {
        int most = positive.plan().settings().getAttempts();
        Rejected last = new Rejected(NoPairReason.NO_PAIR_REASON_UNSPECIFIED, "");
        for (int attempt = 0; attempt < most; attempt++) {
            if (!positive.wanted().getAsBoolean()) {
                return new Result.Unwanted();
            }
            Optional<Rewrite> draft = drafts.draft(attempt);
            if (draft.isEmpty()) {
                return none(NoPairReason.NOTHING_TO_EDIT, "the positive's answer has no number and no sign", attempt);
            }
            observer.tried(source);
            switch (check.judge(positive.problem().getReferenceAnswer(), positive.text(), draft.get())) {
                case Wrong(var verdict) -> {
                    return new Result.Found(pair(positive, source, attempt + 1)
                            .setNegative(PairSide.newBuilder()
                                    .setText(draft.get().text())
                                    .setVerdict(verdict)
                                    .setSample(WRITTEN))
                            .setAssistant(draft.get().writer())
                            .build());
                }
                case Rejected rejected -> last = rejected;
            }
        }
        return none(last.reason(), last.detail(), most);
    }

    private static Pair.Builder pair(Positive positive, NegativeSource source, int attempts) {
        Pair.Builder pair =
                Pair.newBuilder().setPositive(positive.side()).setSource(source).setAttempts(attempts);
        if (source == NegativeSource.ASSISTANT) {
            pair.setStyle(positive.plan().settings().getStyle());
        }
        return pair;
    }

    private static Result none(NoPairReason reason, String detail, int attempts) {
        return new Result.None(NoPair.newBuilder()
                .setReason(reason)
                .setDetail(detail)
                .setAttempts(attempts)
                .build());
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
                        positive.text(), positive.answer(), positive.draws().edit(attempt))
                .map(text -> new Rewrite(text, false, ""));
    }
}

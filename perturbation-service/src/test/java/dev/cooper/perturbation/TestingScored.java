package dev.cooper.perturbation;

import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.SourceShare;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;

/** Scored groups of the question "What is 6 times 7?", with the verdicts that the verifier gives. */
public final class TestingScored {

    public static final String QUESTION = "What is 6 times 7?";
    public static final String REFERENCE = "42";
    public static final String RIGHT = "6 * 7 = 42. The answer is 42.";
    public static final String WRONG = "6 * 7 = 41. The answer is 41.";

    private TestingScored() {}

    /** Negatives of this source only. */
    public static PairingSettings.Builder pairing(NegativeSource source) {
        return PairingSettings.newBuilder()
                .addSources(SourceShare.newBuilder().setSource(source).setShare(1))
                .setStyle(RewriteStyle.MINIMAL)
                .setAttempts(3)
                .setTemperature(0.7)
                .setExtraTokens(20)
                .setAssistant(AssistantKind.ENDPOINT);
    }

    public static ScoredGroup group(GroupId group, PairingSettings pairing, String... completions) {
        RolloutGroup.Builder rollouts = TestingGroups.rollouts(group, completions).toBuilder();
        rollouts.getRequestBuilder().setMode(Mode.COOPER).setSeed(5).setPairing(pairing);
        rollouts.getRequestBuilder()
                .getProblemBuilder()
                .setId("p-" + group.getSlot())
                .setQuestion(QUESTION)
                .setReferenceAnswer(REFERENCE);
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        Scores.Builder scores =
                Scores.newBuilder().setReward(ModelRef.newBuilder().setNumber(3));
        for (String text : completions) {
            verdicts.addVerdicts(TestingVerifier.verdict(REFERENCE, text));
            scores.addScores(Score.newBuilder().setLogit(0).setScore(0.5));
        }
        return ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder().setRollouts(rollouts).setVerdicts(verdicts))
                .setScores(scores)
                .build();
    }
}

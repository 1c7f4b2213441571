package dev.cooper.simulation;

import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.VerifiedGroup;

/**
 * Scores with a toy: a score is a function of the completion and of the weights in the store. A slot's first attempt
 * fails now and then. In mode rule there are no scores.
 */
record ToyScorer(WeightStore weights, Chance chance) implements GroupWork<VerifiedGroup, ScoredGroup> {

    @Override
    public boolean wants(GroupHeaders headers) {
        return headers.purpose() == Purpose.TRAINING;
    }

    @Override
    public ScoredGroup process(VerifiedGroup group) {
        SampleRequest request = group.getRollouts().getRequest();
        ScoredGroup.Builder scored = ScoredGroup.newBuilder().setVerified(group);
        return scored.setScores(request.hasReward() ? scores(group, request) : Scores.getDefaultInstance())
                .build();
    }

    private Scores scores(VerifiedGroup group, SampleRequest request) {
        if (request.getGroup().getAttempt() == 1 && chance.oneIn(15)) {
            throw new CooperException(FailureReason.MODEL_FAULT, "the toy would not score");
        }
        String model =
                ToyModel.read(weights.open(request.getGroup().getRunId(), ModelKind.REWARD, request.getReward()));
        Scores.Builder scores = Scores.newBuilder().setReward(request.getReward());
        for (Completion completion : group.getRollouts().getRollouts().getCompletionsList()) {
            double logit = Sha256.hex(model + completion.getText()).charAt(0) / 50.0 - 1;
            scores.addScores(Score.newBuilder().setLogit(logit).setScore(1 / (1 + Math.exp(-logit))));
        }
        return scores.build();
    }

    @Override
    public ScoredGroup failed(VerifiedGroup group, Failure failure) {
        return ScoredGroup.newBuilder().setVerified(group).setFailure(failure).build();
    }
}

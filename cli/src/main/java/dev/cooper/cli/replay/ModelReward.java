package dev.cooper.cli.replay;

import dev.cooper.languagemodel.reward.Logistic;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of a reward model. The completions of a step are scored together, those of similar lengths at once; equal ones
 * once, so that they are equal to the last bit.
 */
final class ModelReward implements OtherReward {
    private static final double NANOS = 1e9;

    private final Path folder;
    private final RewardModel model;
    private final RewardInput input;
    private final int tokenBudget;
    private final String checksum;

    private long completions;
    private long texts;
    private long tokens;
    private long nanos;

    private ModelReward(Path folder, RewardModel model, RewardInput input, int tokenBudget) {
        this.folder = folder;
        this.model = model;
        this.input = input;
        this.tokenBudget = tokenBudget;
        this.checksum = model.checksum();
    }

    /**
     * Loads the model.
     *
     * @param input what it reads
     * @param tokenBudget most tokens that are computed at once
     * @throws dev.cooper.languagemodel.InvalidModelException naming the file and what is wrong with it
     */
    static ModelReward load(Path folder, RewardInput input, int tokenBudget) throws IOException {
        return new ModelReward(folder, RewardModel.load(folder), input, tokenBudget);
    }

    @Override
    public List<ScoredGroup> rewarded(long step, List<ScoredGroup> groups) {
        long started = System.nanoTime();
        Map<TokenIds, Integer> places = new LinkedHashMap<>();
        List<List<Integer>> read = new ArrayList<>();
        for (ScoredGroup group : groups) {
            read.add(group.hasScores() ? places(step, group, places) : List.of());
        }
        List<TokenIds> distinct = List.copyOf(places.keySet());
        float[] logits = model.logits(distinct, tokenBudget);
        texts += distinct.size();
        tokens += distinct.stream().mapToLong(TokenIds::size).sum();
        List<ScoredGroup> rewarded = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            ScoredGroup group = groups.get(i);
            rewarded.add(group.hasScores() ? scored(step, group, read.get(i), logits) : group);
            completions += read.get(i).size();
        }
        nanos += System.nanoTime() - started;
        return rewarded;
    }

    /** Where the logit of each completion will stand. */
    private List<Integer> places(long step, ScoredGroup group, Map<TokenIds, Integer> places) {
        RolloutGroup rollouts = group.getVerified().getRollouts();
        Problem problem = rollouts.getRequest().getProblem();
        List<Integer> own = new ArrayList<>();
        for (Completion completion : rollouts.getRollouts().getCompletionsList()) {
            String text = input.render(problem.getQuestion(), problem.getReferenceAnswer(), completion.getText());
            try {
                TokenIds read = model.tokens(text);
                Integer place = places.putIfAbsent(read, places.size());
                own.add(place == null ? places.size() - 1 : place);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(at(step, group, own.size()) + ": " + e.getMessage(), e);
            }
        }
        return own;
    }

    private ScoredGroup scored(long step, ScoredGroup group, List<Integer> places, float[] logits) {
        Scores.Builder scores = Scores.newBuilder();
        for (int sample = 0; sample < places.size(); sample++) {
            double logit = logits[places.get(sample)];
            if (!Double.isFinite(logit)) {
                throw new IllegalArgumentException(
                        "--reward-model gives %s the score %s; its training diverged: use an earlier checkpoint"
                                .formatted(at(step, group, sample), logit));
            }
            scores.addScores(Score.newBuilder().setLogit(logit).setScore(Logistic.sigmoid(logit)));
        }
        ScoredGroup.Builder other = group.toBuilder().setScores(scores);
        other.getVerifiedBuilder()
                .getRolloutsBuilder()
                .getRequestBuilder()
                .setMode(Mode.STATIC)
                .clearReward();
        return other.build();
    }

    private static String at(long step, ScoredGroup group, int sample) {
        int slot = group.getVerified().getRollouts().getRequest().getGroup().getSlot();
        return "completion %d of slot %d in step %d".formatted(sample, slot, step);
    }

    @Override
    public CounterfactualResult.Instead name() {
        return new CounterfactualResult.Instead(
                "reward_model", Optional.of(folder), Optional.of(checksum), Optional.of(input.template()));
    }

    @Override
    public Optional<CounterfactualResult.Scoring> scoring() {
        double seconds = nanos / NANOS;
        return Optional.of(new CounterfactualResult.Scoring(
                completions, texts, tokens, seconds, seconds > 0 ? completions / seconds : 0));
    }

    @Override
    public void close() {
        model.close();
    }
}

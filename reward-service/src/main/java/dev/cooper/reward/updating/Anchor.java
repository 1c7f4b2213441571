package dev.cooper.reward.updating;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.reward.AnchorTerm;
import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.labelled.LabelledFile;
import dev.cooper.proto.v1.AnchorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The labelled examples of {@code reward.training.anchor}, of which each update learns some. */
final class Anchor {

    private static final String FIELD = "reward.training.anchor";

    private final AnchorSettings settings;
    private final List<LabelledExample> examples;

    private Anchor(AnchorSettings settings, List<LabelledExample> examples) {
        this.settings = settings;
        this.examples = examples;
    }

    /** @throws dev.cooper.platform.failure.CooperException BAD_INPUT for another or an unreadable file */
    static Anchor read(AnchorSettings settings) {
        LabelledFile file = LabelledFile.read(FIELD, Path.of(settings.getPath()), 0, settings.getSha256());
        return new Anchor(settings, file.examples());
    }

    /**
     * What a step's update learns besides its pairs.
     *
     * @param tooLong examples that were drawn and passed over, since the model reads no text of their length
     */
    record Drawn(AnchorTerm term, int tooLong) {
        static final Drawn NOTHING = new Drawn(AnchorTerm.NONE, 0);
    }

    /** Without replacement, a function of the run's seed, the step and the file only. */
    Drawn draw(long step, RewardModel model, RewardInput input) {
        long key = CounterRandom.key(CounterRandom.key(settings.getSeed(), "anchor"), step);
        int[] order = IntStream.range(0, examples.size()).toArray();
        List<LabelledTokens> drawn = new ArrayList<>();
        int tooLong = 0;
        for (int i = 0; i < order.length && drawn.size() < settings.getExamples(); i++) {
            int other = i + CounterRandom.integer(key, i, order.length - i);
            int chosen = order[other];
            order[other] = order[i];
            LabelledExample example = examples.get(chosen);
            try {
                String text = input.render(example.question(), example.reference(), example.completion());
                drawn.add(new LabelledTokens(model.tokens(text), example.correct() ? 1 : 0));
            } catch (IllegalArgumentException e) {
                tooLong++;
            }
        }
        return drawn.isEmpty()
                ? new Drawn(AnchorTerm.NONE, tooLong)
                : new Drawn(new AnchorTerm(drawn, settings.getWeight()), tooLong);
    }
}

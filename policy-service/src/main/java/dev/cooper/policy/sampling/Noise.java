package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.SampleRequest;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Seeds of a group's completions: a function of (seed, step, slot, sample), and of the purpose, so that an evaluation
 * never repeats the noise of training. The attempt is not in it: a group that is dispatched again draws the same.
 */
final class Noise {

    private Noise() {}

    static List<Long> seeds(SampleRequest request) {
        GroupId group = request.getGroup();
        long seed = switch (group.getPurpose()) {
            case EVALUATION -> CounterRandom.key(request.getSeed(), "evaluation");
            case TRAINING, PURPOSE_UNSPECIFIED, UNRECOGNIZED -> request.getSeed();
        };
        return LongStream.range(0, request.getSampling().getGroupSize())
                .mapToObj(sample -> CounterRandom.key(seed, group.getStep(), group.getSlot(), sample))
                .toList();
    }
}

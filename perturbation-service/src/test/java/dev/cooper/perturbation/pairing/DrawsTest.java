package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SourceShare;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final List<SourceShare> MIXTURE =
            List.of(share(NegativeSource.ASSISTANT, 2), share(NegativeSource.SELF, 1), share(NegativeSource.EDIT, 1));

    @Test
    void aDrawIsAFunctionOfSeedStepSlotAndTryAlone() {
        Set<Long> keys = new HashSet<>();
        keys.add(new Draws(5, 3, 2).rewrite(0));
        keys.add(new Draws(6, 3, 2).rewrite(0));
        keys.add(new Draws(5, 4, 2).rewrite(0));
        keys.add(new Draws(5, 3, 1).rewrite(0));
        keys.add(new Draws(5, 3, 2).rewrite(1));
        keys.add(new Draws(5, 3, 2).edit(0));
        assertThat(new Draws(5, 3, 2).mayBeCopied(0.5)).isEqualTo(new Draws(5, 3, 2).mayBeCopied(0.5));
        assertThat(keys).hasSize(6);

        GroupId group = GroupId.newBuilder()
                .setStep(3)
                .setSlot(2)
                .setAttempt(1)
                .setFence(1)
                .build();
        SampleRequest first =
                SampleRequest.newBuilder().setSeed(5).setGroup(group).build();
        SampleRequest again = first.toBuilder()
                .setGroup(group.toBuilder().setAttempt(2).setFence(9))
                .setDispatchedAtMs(77)
                .build();
        assertThat(Draws.of(again)).isEqualTo(Draws.of(first)).isEqualTo(new Draws(5, 3, 2));
    }

    @Test
    void everyCandidateIsDrawnAboutAsOften() {
        List<String> candidates = List.of("a", "b", "c", "d");
        List<String> drawn = IntStream.range(0, 4000)
                .mapToObj(slot -> new Draws(5, 3, slot).positive(candidates))
                .toList();

        assertThat(candidates)
                .allSatisfy(candidate ->
                        assertThat(drawn.stream().filter(candidate::equals)).hasSizeBetween(900, 1100));
    }

    @Test
    void aShareOfTheGroupsMayBeCopied() {
        assertThat(IntStream.range(0, 4000).filter(slot -> new Draws(5, 3, slot).mayBeCopied(0.25)))
                .hasSizeBetween(880, 1120);
        assertThat(IntStream.range(0, 4000).filter(slot -> new Draws(5, 3, slot).mayBeCopied(0)))
                .isEmpty();
        assertThat(IntStream.range(0, 4000).filter(slot -> new Draws(5, 3, slot).mayBeCopied(1)))
                .hasSize(4000);
    }

    @Test
    void sourcesAreDrawnByTheirShares() {
        List<NegativeSource> drawn = IntStream.range(0, 4000)
                .mapToObj(slot -> new Draws(5, 3, slot).source(MIXTURE))
                .toList();

        assertThat(drawn.stream().filter(NegativeSource.ASSISTANT::equals)).hasSizeBetween(1850, 2150);
        assertThat(drawn.stream().filter(NegativeSource.SELF::equals)).hasSizeBetween(880, 1120);
        assertThat(drawn.stream().filter(NegativeSource.EDIT::equals)).hasSizeBetween(880, 1120);
    }

    private static SourceShare share(NegativeSource source, double share) {
        return SourceShare.newBuilder().setSource(source).setShare(share).build();
    }
}

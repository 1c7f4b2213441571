package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdvantagesTest {
    private static final double[] REWARDS = {1, 0, 0.5, 1};

    @Test
    void standardAdvantagesEqualVerl() {
        assertThat(Advantages.groupRelative(REWARDS, Advantages.Options.STANDARD))
                .containsExactly(new double[] {0.7833478154, -1.3055796924, -0.2611159385, 0.7833478154}, within(1e-9));
    }

    @Test
    void aLargerEpsilonEqualsTrl() {
        assertThat(Advantages.groupRelative(REWARDS, new Advantages.Options(true, 1e-4, false)))
                .containsExactly(new double[] {0.7831858496, -1.3053097494, -0.2610619499, 0.7831858496}, within(1e-9));
    }

    @Test
    void withoutDivisionTheyAreDifferencesFromTheMean() {
        assertThat(Advantages.groupRelative(REWARDS, new Advantages.Options(false, 1e-6, false)))
                .containsExactly(new double[] {0.375, -0.625, -0.125, 0.375}, within(1e-12));
    }

    @Test
    void leaveOneOutComparesWithTheOthersOnly() {
        assertThat(Advantages.groupRelative(REWARDS, new Advantages.Options(false, 1e-6, true)))
                .containsExactly(new double[] {0.5, -2.5 / 3, -0.5 / 3, 0.5}, within(1e-12));
    }

    @Test
    void equalRewardsAndGroupsOfOneTeachNothing() {
        assertThat(Advantages.groupRelative(new double[] {0.1, 0.1, 0.1}, Advantages.Options.STANDARD))
                .containsOnly(0);
        assertThat(Advantages.groupRelative(new double[] {5}, Advantages.Options.STANDARD))
                .containsExactly(0);
        assertThat(Advantages.groupRelative(new double[0], Advantages.Options.STANDARD))
                .isEmpty();
    }

    @Test
    void aRewardThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> Advantages.groupRelative(new double[] {1, Double.NaN}, Advantages.Options.STANDARD))
                .hasMessageContaining("Reward 1");
    }
}

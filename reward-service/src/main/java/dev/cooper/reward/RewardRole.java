package dev.cooper.reward;

import dev.cooper.modelruntime.service.ServiceRole;
import java.util.Set;

/** What an instance of the reward service does. */
abstract class RewardRole extends ServiceRole {

    private static final Set<String> KNOWN = Set.of("scorer", "trainer", "jobs");

    private RewardRole(String role) {
        super("reward service", KNOWN, role);
    }

    static final class Scorer extends RewardRole {
        Scorer() {
            super("scorer");
        }
    }

    static final class Trainer extends RewardRole {
        Trainer() {
            super("trainer");
        }
    }

    static final class Jobs extends RewardRole {
        Jobs() {
            super("jobs");
        }
    }
}

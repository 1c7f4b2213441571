package dev.cooper.policy;

import dev.cooper.modelruntime.service.ServiceRole;
import java.util.Set;

/** What an instance of the policy service does. */
abstract class PolicyRole extends ServiceRole {

    private static final Set<String> KNOWN = Set.of("sampler", "trainer");

    private PolicyRole(String role) {
        super("policy service", KNOWN, role);
    }

    static final class Sampler extends PolicyRole {
        Sampler() {
            super("sampler");
        }
    }

    static final class Trainer extends PolicyRole {
        Trainer() {
            super("trainer");
        }
    }
}

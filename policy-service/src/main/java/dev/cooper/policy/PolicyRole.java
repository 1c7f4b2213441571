package dev.cooper.policy;

import dev.cooper.platform.failure.CooperException;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What an instance does: {@code cooper.roles} names it, or names none. */
abstract class PolicyRole implements Condition {

    private static final Set<String> KNOWN = Set.of("sampler", "trainer");

    private final String role;

    private PolicyRole(String role) {
        this.role = role;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Set<String> roles = Binder.get(context.getEnvironment())
                .bind("cooper.roles", Bindable.setOf(String.class))
                .orElse(Set.of());
        if (!KNOWN.containsAll(roles)) {
            throw CooperException.badInput(
                    "cooper.roles", "cooper.roles of the policy service must be of sampler and trainer, is " + roles);
        }
        return roles.isEmpty() || roles.contains(role);
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

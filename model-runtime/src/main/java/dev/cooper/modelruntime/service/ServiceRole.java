package dev.cooper.modelruntime.service;

import dev.cooper.platform.failure.CooperException;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether an instance does a part of what its service can do: {@code cooper.roles} names it, or names none. */
public abstract class ServiceRole implements Condition {

    private final String service;
    private final Set<String> known;
    private final String role;

    /**
     * A condition.
     *
     * @param service as errors name it, such as "policy service"
     * @param known all roles of the service
     * @param role the one that this condition is about
     */
    protected ServiceRole(String service, Set<String> known, String role) {
        this.service = service;
        this.known = Set.copyOf(known);
        this.role = role;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Set<String> roles = Binder.get(context.getEnvironment())
                .bind("cooper.roles", Bindable.setOf(String.class))
                .orElse(Set.of());
        if (!known.containsAll(roles)) {
            throw CooperException.badInput(
                    "cooper.roles",
                    "cooper.roles of the " + service + " must be of "
                            + String.join(" and ", known.stream().sorted().toList()) + ", is " + roles);
        }
        return roles.isEmpty() || roles.contains(role);
    }
}

package dev.cooper.platform.service;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.TopicNames;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings that all services have.
 *
 * @param topicPrefix name of the installation: all of its topics begin with it
 * @param storageRoot folder with weights, checkpoints and archive, shared by all services
 * @param instance name of this instance, unique among those of its service and the same after a restart
 * @param roles what this instance does, of what its service can do; empty for all of it
 */
@ConfigurationProperties("cooper")
public record CooperSettings(
        @DefaultValue("cooper") String topicPrefix,
        @DefaultValue("storage") Path storageRoot,
        @DefaultValue("local") String instance,
        @DefaultValue Set<String> roles) {

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public CooperSettings {
        if (!INSTANCE.matcher(instance).matches()) {
            throw CooperException.badInput(
                    "cooper.instance",
                    "cooper.instance must be 1 to 100 letters, digits, dots, dashes and underscores, is '" + instance
                            + "'");
        }
        roles = Set.copyOf(roles);
    }

    /** Names of the installation's topics. */
    public TopicNames topicNames() {
        return new TopicNames(topicPrefix);
    }

    /** Whether this instance has the role: it is named, or none is. */
    public boolean hasRole(String role) {
        return roles.isEmpty() || roles.contains(role);
    }
}

package dev.cooper.platform.service;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings under {@code cooper} that nobody reads, so that a misspelt one is not silently ignored. Settings
 * below a prefix that has a record of its own are that record's to refuse; environment variables and system properties
 * are not looked at, for other programs have theirs there.
 */
final class UnknownSettings {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("cooper");

    private UnknownSettings() {}

    /**
     * Looks through all property sources.
     *
     * @param known names and prefixes that are read
     * @throws BadInputException naming every unknown setting
     */
    static void refuse(ConfigurableEnvironment environment, Set<ConfigurationPropertyName> known) {
        Set<String> unknown = new TreeSet<>();
        environment.getPropertySources().stream()
                .filter(source -> !source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
                .filter(source -> !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME))
                .flatMap(source -> {
                    List<ConfigurationPropertyName> names = new ArrayList<>();
                    for (var adapted : ConfigurationPropertySources.from(source)) {
                        if (adapted instanceof IterableConfigurationPropertySource iterable) {
                            iterable.forEach(names::add);
                        }
                    }
                    return names.stream();
                })
                .filter(ROOT::isAncestorOf)
                .filter(name -> known.stream().noneMatch(prefix -> prefix.equals(name) || prefix.isAncestorOf(name)))
                .forEach(name -> unknown.add(name.toString()));
        if (!unknown.isEmpty()) {
            throw new BadInputException(unknown.stream()
                    .map(name -> new FieldProblem(name, "no such setting; there are " + new TreeSet<>(known)))
                    .toList());
        }
    }
}

package dev.cooper.platform.service;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.ConfigurableEnvironment;

/** Knows which settings under {@code cooper} the service reads, and has the others refused before any bean is made. */
final class SettingsGuard implements BeanFactoryPostProcessor {

    private final ConfigurableEnvironment environment;

    SettingsGuard(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        Set<ConfigurationPropertyName> known = new HashSet<>();
        for (String bean : beanFactory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = beanFactory.getType(bean, false);
            // A bean may have the annotation on its factory method, as data sources do: none of those is ours.
            if (type != null && MergedAnnotations.from(type).isPresent(ConfigurationProperties.class)) {
                known.addAll(namesReadBy(type));
            }
        }
        UnknownSettings.refuse(environment, known);
    }

    /** The root record reads its own components only; every other record answers for all that is below its prefix. */
    private static List<ConfigurationPropertyName> namesReadBy(Class<?> type) {
        // The annotation may stand on the method that makes the bean; such beans are not ours.
        String prefix = MergedAnnotations.from(type)
                .get(ConfigurationProperties.class)
                .getValue("prefix", String.class)
                .orElse("");
        if (!prefix.equals("cooper")) {
            return prefix.startsWith("cooper.") ? List.of(ConfigurationPropertyName.of(prefix)) : List.of();
        }
        return Arrays.stream(type.getRecordComponents())
                .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
                .map(name -> ConfigurationPropertyName.of(prefix + "." + name))
                .toList();
    }
}

package dev.cooper.platform.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * The one application class of a service. Instead of every auto-configuration on the classpath, which several services
 * share when they run in one JVM, it has those that all services need, and those that it names.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootConfiguration(proxyBeanMethods = false)
@AutoConfigurationPackage
@ComponentScan(excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@Import(ServiceAutoConfigurations.class)
public @interface CooperService {

    /** Packages of auto-configurations, with those below them, that this service needs beside the common ones. */
    String[] autoConfigurations() default {};

    /** Auto-configurations, by class, to leave out. */
    Class<?>[] exclude() default {};

    /** Auto-configurations, by class name, to leave out. */
    String[] excludeName() default {};
}

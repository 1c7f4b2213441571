package dev.cooper.platform.security;

import dev.cooper.platform.line.RecordSeal;
import dev.cooper.platform.line.RecordSink;
import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** Sets up who may do what, as {@link SecuritySettings} say. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(SecuritySettings.class)
public class SecurityConfiguration {

    /** Before every filter that does something. */
    private static final int FIRST = -100;

    @Bean
    ExposureGuard exposureGuard(SecuritySettings settings, Environment environment) {
        return new ExposureGuard(settings, environment);
    }

    @Bean
    RecordSeal recordSeal(SecuritySettings settings) {
        return Optional.ofNullable(settings.recordKeyFile())
                .map(file -> SecretFile.read(SecuritySettings.RECORD_KEY_FILE, file))
                .map(key -> RecordSeal.of(key.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(RecordSeal::none);
    }

    @Bean
    @GlobalServerInterceptor
    ServiceToken serviceToken(SecuritySettings settings) {
        return new ServiceToken(Optional.ofNullable(settings.serviceTokenFile())
                .map(file -> SecretFile.read(SecuritySettings.SERVICE_TOKEN_FILE, file)));
    }

    @Bean
    Audit audit(
            ObjectProvider<RecordSink> sink,
            Clock clock,
            @Value("${spring.application.name}") String service,
            @Value("${cooper.instance}") String instance) {
        return new Audit(service + "/" + instance, sink::getObject, clock);
    }

    /** A span and two series for each filter of each request would tell nobody anything. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain restSecurity(
            HttpSecurity http,
            SecuritySettings settings,
            ObjectProvider<AdminOnly> adminOnly,
            Audit audit,
            Clock clock) {
        http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        boolean open = settings.isRestOpen();
        if (open) {
            http.addFilterBefore(new LocalOnly(), AnonymousAuthenticationFilter.class)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        } else {
            Refusals refusals = new Refusals(audit);
            BearerTokenAuthenticationFilter tokens = new BearerTokenAuthenticationFilter(bearerTokens(settings));
            tokens.setAuthenticationFailureHandler(refusals::commence);
            http.addFilterBefore(tokens, AnonymousAuthenticationFilter.class)
                    .exceptionHandling(
                            faults -> faults.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                    .authorizeHttpRequests(requests -> authorize(requests, adminOnly.stream()));
        }
        int perMinute = open ? Integer.MAX_VALUE : settings.limits().requestsPerMinute();
        long bodyBytes = settings.limits().bodySize().toBytes();
        return http.addFilterAfter(new RequestLimits(bodyBytes, perMinute, clock), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new AuditFilter(audit), AuthorizationFilter.class)
                .build();
    }

    private static BearerTokens bearerTokens(SecuritySettings settings) {
        return new BearerTokens(
                Optional.ofNullable(settings.tokensFile()).map(TokenFile::new),
                settings.jwt().isOn() ? Optional.of(IssuedTokens.of(settings.jwt())) : Optional.empty());
    }

    private static void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            Stream<AdminOnly> adminOnly) {
        String[] forAdmins = adminOnly.map(AdminOnly::path).toArray(String[]::new);
        requests.requestMatchers(HttpMethod.GET, "/actuator/health/liveness", "/actuator/health/readiness")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                .hasAuthority(Role.VIEWER.name())
                .requestMatchers("/actuator/**")
                .hasAuthority(Role.ADMIN.name());
        if (forAdmins.length > 0) {
            requests.requestMatchers(forAdmins).hasAuthority(Role.ADMIN.name());
        }
        requests.requestMatchers(HttpMethod.GET)
                .hasAuthority(Role.VIEWER.name())
                .requestMatchers(HttpMethod.HEAD)
                .hasAuthority(Role.VIEWER.name())
                .requestMatchers(HttpMethod.POST)
                .hasAuthority(Role.OPERATOR.name())
                .anyRequest()
                .hasAuthority(Role.ADMIN.name());
    }

    /** Once a request: what is dispatched again, as an error or for the next part of a stream, has been let in. */
    @Bean
    DelegatingFilterProxyRegistrationBean restSecurityRegistration() {
        DelegatingFilterProxyRegistrationBean registration =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.setOrder(FIRST);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }
}

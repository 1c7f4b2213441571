package dev.cooper.platform.security;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.web.client.RestTemplate;

/** Tokens that an OAuth2 server issued: signed by it, of its time, for this audience, with roles in a claim. */
final class IssuedTokens {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private IssuedTokens() {}

    static AuthenticationProvider of(SecuritySettings.Jwt settings) {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(jwt -> authorities(jwt.getClaims(), settings.rolesClaim()));
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder(settings));
        provider.setJwtAuthenticationConverter(converter);
        return provider;
    }

    /** Made when the first token comes: the server may start later than this service. */
    private static JwtDecoder decoder(SecuritySettings.Jwt settings) {
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder keys =
                    settings.jwkSetUri().isBlank()
                            ? NimbusJwtDecoder.withIssuerLocation(settings.issuer())
                            : NimbusJwtDecoder.withJwkSetUri(settings.jwkSetUri());
            NimbusJwtDecoder decoder = keys.restOperations(http()).build();
            decoder.setJwtValidator(validator(settings));
            return decoder;
        });
    }

    private static RestTemplate http() {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        return new RestTemplate(requests);
    }

    private static OAuth2TokenValidator<Jwt> validator(SecuritySettings.Jwt settings) {
        OAuth2TokenValidator<Jwt> usual = settings.issuer().isBlank()
                ? JwtValidators.createDefault()
                : JwtValidators.createDefaultWithIssuer(settings.issuer());
        return new DelegatingOAuth2TokenValidator<>(List.of(usual, new JwtAudienceValidator(settings.audience())));
    }

    /** Words in the claim that are no roles of ours are passed over: they are of other programs. */
    static Collection<GrantedAuthority> authorities(Map<String, Object> claims, String claim) {
        Object found = find(claims, claim);
        List<String> words = switch (found) {
            case String text -> Arrays.asList(text.split("\\s+"));
            case Collection<?> list -> list.stream().map(Objects::toString).toList();
            case null, default -> List.of();
        };
        return words.stream()
                .map(Role::of)
                .flatMap(Optional::stream)
                .flatMap(role -> role.authorities().stream())
                .distinct()
                .toList();
    }

    /** A claim of that name or, where there is none, the one that the part after a dot names in the one before it. */
    private static @Nullable Object find(Map<?, ?> claims, String name) {
        Object whole = claims.get(name);
        int dot = name.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }
}

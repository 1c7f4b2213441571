package dev.cooper.platform.security;

import dev.cooper.platform.security.TokenFile.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Knows callers by their static tokens and, where an OAuth2 server is trusted, by those that it issued. */
final class BearerTokens implements AuthenticationManager {

    private final Optional<TokenFile> tokens;
    private final Optional<AuthenticationProvider> issued;

    BearerTokens(Optional<TokenFile> tokens, Optional<AuthenticationProvider> issued) {
        this.tokens = tokens;
        this.issued = issued;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        if (given instanceof BearerTokenAuthenticationToken bearer) {
            Optional<Caller> caller = tokens.flatMap(file -> file.find(bearer.getToken()));
            if (caller.isPresent()) {
                return UsernamePasswordAuthenticationToken.authenticated(
                        caller.get().name(), null, caller.get().role().authorities());
            }
            Authentication known = issued(bearer);
            if (known != null) {
                return known;
            }
        }
        throw new InvalidBearerTokenException("it is none that this service knows");
    }

    private @Nullable Authentication issued(BearerTokenAuthenticationToken bearer) {
        return issued.isPresent() ? issued.get().authenticate(bearer) : null;
    }
}

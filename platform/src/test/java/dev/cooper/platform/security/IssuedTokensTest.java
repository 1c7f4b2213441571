package dev.cooper.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;

class IssuedTokensTest {

    private static List<String> roles(Map<String, Object> claims, String claim) {
        return IssuedTokens.authorities(claims, claim).stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
    }

    @Test
    void rolesAreReadFromAListATextOrAClaimWithin() {
        assertThat(roles(Map.of("roles", List.of("operator", "of-others")), "roles"))
                .containsExactly("VIEWER", "OPERATOR");
        assertThat(roles(Map.of("scope", "openid viewer"), "scope")).containsExactly("VIEWER");
        assertThat(roles(Map.of("realm_access", Map.of("roles", List.of("admin"))), "realm_access.roles"))
                .containsExactly("VIEWER", "OPERATOR", "ADMIN");
        assertThat(roles(Map.of("https://lab.org/roles", List.of("viewer")), "https://lab.org/roles"))
                .containsExactly("VIEWER");
    }

    @Test
    void noClaimIsNoRole() {
        assertThat(roles(Map.of("sub", "anna"), "roles")).isEmpty();
        assertThat(roles(Map.of("roles", 7), "roles")).isEmpty();
        assertThat(roles(Map.of("roles", "ADMIN"), "roles")).isEmpty();
    }
}

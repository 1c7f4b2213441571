package dev.cooper.platform.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do; each role may do what those before it may. */
enum Role {
    /** Reads. */
    VIEWER,
    /** Starts and steers runs and jobs. */
    OPERATOR,
    /** Deletes, pins, writes files, and sees all of a service. */
    ADMIN;

    /** As files and tokens write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** This role and those before it, as Spring Security has them. */
    List<GrantedAuthority> authorities() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.name()))
                .toList();
    }
}

package dev.cooper.platform.security;

import dev.cooper.platform.failure.CooperException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Refuses to start a service that others than this machine could reach and that asks nobody who he is. */
final class ExposureGuard {

    /** @throws CooperException BAD_INPUT, naming the setting to set */
    ExposureGuard(SecuritySettings settings, Environment environment) {
        String rest = environment.getProperty("server.address");
        if (settings.isRestOpen() && !isLoopback(rest)) {
            throw CooperException.badInput(
                    SecuritySettings.TOKENS_FILE,
                    "REST would be open to everybody at server.address=" + said(rest) + ": set "
                            + SecuritySettings.TOKENS_FILE
                            + " or cooper.security.jwt.issuer, or server.address=127.0.0.1");
        }
        String grpc = environment.getProperty("spring.grpc.server.address");
        boolean served = environment.getProperty("spring.grpc.server.enabled", Boolean.class, true);
        if (served && settings.isGrpcOpen() && !isLoopback(grpc)) {
            throw CooperException.badInput(
                    SecuritySettings.SERVICE_TOKEN_FILE,
                    "gRPC would be open to everybody at spring.grpc.server.address=" + said(grpc) + ": set "
                            + SecuritySettings.SERVICE_TOKEN_FILE + " or " + SecuritySettings.TLS_BUNDLE
                            + ", or spring.grpc.server.address=127.0.0.1");
        }
        if (environment.getProperty("management.server.port") != null) {
            throw CooperException.badInput(
                    "management.server.port",
                    "management.server.port must not be set: health and metrics are served, and guarded, with REST");
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null
                    && !address.isBlank()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // The server will say so.
            return false;
        }
    }

    private static String said(@Nullable String address) {
        return address == null || address.isBlank() ? "(all)" : address;
    }
}

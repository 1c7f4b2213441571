package dev.cooper.containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;

/** A container as docker-compose.yml describes it: variables, user, mounts, health check and all that confines it. */
final class ComposedContainer extends GenericContainer<ComposedContainer> {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final JsonNode service;
    private final String prefix;

    /**
     * The container of one service.
     *
     * @param prefix of the named volumes, so that two tests share none
     */
    ComposedContainer(ComposeFile file, String name, Network network, String prefix) {
        super(DockerImageName.parse(file.image(name)));
        this.service = file.service(name);
        this.prefix = prefix;
        withNetwork(network);
        withNetworkAliases(name);
        service.path("environment")
                .properties()
                .forEach(variable ->
                        withEnv(variable.getKey(), variable.getValue().asString()));
        service.path("ports").forEach(port -> {
            String text = port.asString();
            addExposedPort(Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)));
        });
        if (service.path("command").isArray()) {
            withCommand(texts(service.path("command")).toArray(String[]::new));
        }
        withCreateContainerCmdModifier(this::confine);
        if (service.has("healthcheck")) {
            waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
        } else {
            withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE));
        }
    }

    private void confine(CreateContainerCmd create) {
        HostConfig host = Objects.requireNonNull(create.getHostConfig());
        host.withReadonlyRootfs(service.path("read_only").asBoolean(false));
        host.withCapDrop(capabilities("cap_drop"));
        host.withCapAdd(capabilities("cap_add"));
        host.withSecurityOpts(texts(service.path("security_opt")));
        Map<String, String> memory = new HashMap<>();
        for (String folder : texts(service.path("tmpfs"))) {
            String[] parts = folder.split(":", 2);
            memory.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        host.withTmpFs(memory);
        host.withMounts(texts(service.path("volumes")).stream().map(this::mount).toList());
        if (service.has("user")) {
            create.withUser(service.path("user").asString());
        }
        if (service.path("entrypoint").isArray()) {
            create.withEntrypoint(texts(service.path("entrypoint")));
        }
        JsonNode health = service.path("healthcheck");
        if (health.isObject()) {
            create.withHealthcheck(new HealthCheck()
                    .withTest(texts(health.path("test")))
                    .withInterval(nanoseconds(health, "interval"))
                    .withTimeout(nanoseconds(health, "timeout"))
                    .withStartPeriod(health.has("start_period") ? nanoseconds(health, "start_period") : 0L)
                    .withRetries(health.path("retries").asInt()));
        }
    }

    private Capability[] capabilities(String field) {
        return texts(service.path(field)).stream().map(Capability::valueOf).toArray(Capability[]::new);
    }

    private Mount mount(String volume) {
        String[] parts = volume.split(":", -1);
        boolean folder = parts[0].startsWith("/") || parts[0].startsWith(".");
        return new Mount()
                .withType(folder ? MountType.BIND : MountType.VOLUME)
                .withSource(
                        folder
                                ? ComposeFile.PROJECT
                                        .resolve(parts[0])
                                        .normalize()
                                        .toString()
                                : prefix + parts[0])
                .withTarget(parts[1])
                .withReadOnly(parts.length > 2 && parts[2].equals("ro"));
    }

    private static long nanoseconds(JsonNode health, String field) {
        String text = health.path(field).asString();
        return TimeUnit.SECONDS.toNanos(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }
}

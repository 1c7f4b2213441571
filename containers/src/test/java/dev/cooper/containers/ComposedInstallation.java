package dev.cooper.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;

/** The compose file's broker, database and five services, started on the Docker engine with secrets of their own. */
final class ComposedInstallation implements AutoCloseable {
    static final List<String> SERVICES = List.of("policy", "verifier", "reward", "perturbation", "orchestrator");

    private static final Path EXAMPLES = ComposeFile.PROJECT.resolve("examples");

    private final Path secrets;
    private final String prefix = "cooper-" + UUID.randomUUID() + "-";
    private final Network network = Network.newNetwork();
    private final Map<String, ComposedContainer> containers = new LinkedHashMap<>();

    private ComposedInstallation(Path secrets) {
        this.secrets = secrets;
    }

    /** What is missing for an installation, in words with the way to have it; empty when nothing is. */
    static Optional<String> missing() throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker engine answers; DOCKER_HOST says where to look");
        }
        ComposeFile file = ComposeFile.read(Map.of(), text -> text);
        List<String> names = new ArrayList<>(SERVICES);
        names.addAll(List.of("kafka", "postgres"));
        for (String name : names) {
            String image = file.image(name);
            try {
                client().inspectImageCmd(image).exec();
            } catch (NotFoundException _) {
                return Optional.of("the Docker engine has no image " + image
                        + (SERVICES.contains(name)
                                ? "; make it: ./cooper images"
                                : "; fetch it: docker pull " + image));
            }
        }
        return Optional.empty();
    }

    /** @param secrets an empty folder */
    static ComposedInstallation start(Path secrets) throws IOException, InterruptedException {
        ComposedInstallation installation = new ComposedInstallation(secrets);
        try {
            installation.startAll();
            return installation;
        } catch (RuntimeException | IOException | InterruptedException e) {
            installation.close();
            throw e;
        }
    }

    private void startAll() throws IOException, InterruptedException {
        Process make = new ProcessBuilder("compose/make-secrets.sh", secrets.toString())
                .directory(ComposeFile.PROJECT.toFile())
                .inheritIO()
                .start();
        if (make.waitFor() != 0) {
            throw new IllegalStateException("compose/make-secrets.sh ended with status " + make.exitValue());
        }
        // The examples under their own name, so that a replay outside finds the models where the run had them.
        ComposeFile file = ComposeFile.read(
                Map.of("COOPER_INPUTS", EXAMPLES.toString()),
                text -> text.replace("/inputs", EXAMPLES.toString()).replace("./compose/secrets", secrets.toString()));
        for (String name : List.of("kafka", "postgres", "storage")) {
            containers.put(name, new ComposedContainer(file, name, network, prefix));
        }
        Startables.deepStart(containers.values()).join();
        for (String name : SERVICES) {
            containers.put(name, new ComposedContainer(file, name, network, prefix));
        }
        Startables.deepStart(containers.values()).join();
    }

    ComposedContainer container(String name) {
        ComposedContainer container = containers.get(name);
        if (container == null) {
            throw new IllegalArgumentException("no container " + name);
        }
        return container;
    }

    /** Where the orchestrator answers, outside of the containers. */
    URI rest() {
        ComposedContainer orchestrator = container("orchestrator");
        return URI.create("http://" + orchestrator.getHost() + ":" + orchestrator.getMappedPort(8080));
    }

    /** Copies a folder out of the orchestrator's container, with its name, into this folder. */
    void copyOut(String folder, Path target) throws IOException {
        try (InputStream archive = client().copyArchiveFromContainerCmd(
                                container("orchestrator").getContainerId(), folder)
                        .exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("not below the folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.copy(tar, path);
                }
            }
        }
    }

    @Override
    public void close() {
        containers.values().forEach(ComposedContainer::stop);
        network.close();
        // Not each of them has been made when a start fails.
        client().listVolumesCmd().exec().getVolumes().stream()
                .map(InspectVolumeResponse::getName)
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> client().removeVolumeCmd(name).exec());
    }

    static DockerClient client() {
        return DockerClientFactory.lazyClient();
    }
}

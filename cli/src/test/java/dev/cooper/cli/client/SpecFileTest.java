package dev.cooper.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecFileTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void pathsAreMeantFromTheSpecsFolderFirst() throws IOException {
        Path specs = Files.createDirectories(temp.resolve("specs"));
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Files.writeString(specs.resolve("both.jsonl"), "");
        Files.writeString(elsewhere.resolve("both.jsonl"), "");
        Files.writeString(elsewhere.resolve("held.jsonl"), "");
        Path spec = Files.writeString(specs.resolve("run.yaml"), """
                data:
                  train: {path: both.jsonl, limit: 5}
                  heldout: {path: held.jsonl}
                policy: {model: ../missing}
                """);

        SpecFile read = SpecFile.read(spec, elsewhere);

        JsonNode sent = JsonMapper.shared().readTree(read.text());
        assertThat(read.mediaType()).isEqualTo("application/json");
        assertThat(sent.at("/data/train/path").stringValue())
                .isEqualTo(specs.resolve("both.jsonl").toString());
        assertThat(sent.at("/data/train/limit").intValue()).isEqualTo(5);
        assertThat(sent.at("/data/heldout/path").stringValue())
                .as("not beside the spec, but where the user stands")
                .isEqualTo(elsewhere.resolve("held.jsonl").toString());
        assertThat(sent.at("/policy/model").stringValue())
                .as("nowhere: named from the spec's folder")
                .isEqualTo(temp.resolve("missing").toString());
    }

    @Test
    void pathsOfEverySetAndOfLabelledCompletionsAreMadeAbsoluteToo() throws IOException {
        Path spec = Files.writeString(temp.resolve("run.yaml"), """
                data:
                  train: {path: train.jsonl}
                  heldout: [{name: gsm8k, path: gsm8k.jsonl}, {path: sets/math500.jsonl}]
                reward: {probe: {path: probe.jsonl}, training: {anchor: {path: anchor.jsonl}}}
                """);

        JsonNode sent = tree(SpecFile.read(spec, temp));

        assertThat(sent.at("/data/heldout/0"))
                .isEqualTo(tree("{\"name\": \"gsm8k\", \"path\": \"" + temp.resolve("gsm8k.jsonl") + "\"}"));
        assertThat(sent.at("/reward/probe/path").stringValue())
                .isEqualTo(temp.resolve("probe.jsonl").toString());
        assertThat(sent.at("/reward/training/anchor/path").stringValue())
                .isEqualTo(temp.resolve("anchor.jsonl").toString());
        assertThat(sent.at("/data/heldout/1/path").stringValue())
                .isEqualTo(temp.resolve("sets/math500.jsonl").toString());
    }

    @Test
    void whatCannotBeParsedIsLeftToTheServer() throws IOException {
        Path broken = Files.writeString(temp.resolve("broken.yaml"), "data: [unclosed");
        Path twice = Files.writeString(temp.resolve("twice.yaml"), "steps: 1\nsteps: 2\n");
        Path text = Files.writeString(temp.resolve("text.json"), "{\"steps\": ");

        assertThat(SpecFile.read(broken, temp)).isEqualTo(new SpecFile("data: [unclosed", "application/yaml"));
        assertThat(SpecFile.read(twice, temp)).isEqualTo(new SpecFile("steps: 1\nsteps: 2\n", "application/yaml"));
        assertThat(SpecFile.read(text, temp).mediaType()).isEqualTo("application/json");
    }

    @Test
    void numbersOfTheCommandLineReplaceThoseOfTheFile() throws IOException {
        Path spec = Files.writeString(temp.resolve("run.yaml"), "name: demo\nsteps: 100\n");

        SpecFile changed = SpecFile.read(spec, temp).with("steps", 3).with("seed", null);

        assertThat(JsonMapper.shared().readTree(changed.text()))
                .isEqualTo(JsonMapper.shared().readTree("{\"name\": \"demo\", \"steps\": 3}"));
    }

    @Test
    void anotherModeDropsTheSectionsThatItWouldRefuse() throws IOException {
        Path file = Files.writeString(temp.resolve("run.yaml"), """
                mode: cooper
                reward: {model: rm, every: 2, probe: {path: p, every: 3, max_drop: 0.1}, training: {learning_rate: 0.1}}
                pairing: {attempts: 3}
                hacking: {policy: rollback, window: 3}
                """);
        SpecFile spec = SpecFile.read(file, temp);

        assertThat(tree(spec.in(Mode.RULE))).isEqualTo(tree("{\"mode\": \"rule\"}"));
        assertThat(tree(spec.in(Mode.STATIC))).isEqualTo(tree("""
                        {"mode": "static", "reward": {"model": "%s", "probe": {"path": "%s"}}, "hacking": {"window": 3}}
                        """.formatted(temp.resolve("rm"), temp.resolve("p"))));
        assertThat(tree(spec.in(Mode.COOPER))).isEqualTo(tree(spec));
    }

    private static JsonNode tree(SpecFile spec) {
        return tree(spec.text());
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}

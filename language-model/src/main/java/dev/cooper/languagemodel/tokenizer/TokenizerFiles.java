package dev.cooper.languagemodel.tokenizer;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.safetensors.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a model folder that belong to its tokenizer and prompts, held in memory so that the folder may go. */
public final class TokenizerFiles {
    static final String TOKENIZER = "tokenizer.json";
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    static final String GENERATION_CONFIG = "generation_config.json";
    static final String MODEL_CONFIG = "config.json";

    private static final List<String> COPIED = List.of(
            TOKENIZER,
            TOKENIZER_CONFIG,
            GENERATION_CONFIG,
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "chat_template.jinja");

    private final Path folder;
    private final Map<String, byte[]> contents;

    private TokenizerFiles(Path folder, Map<String, byte[]> contents) {
        this.folder = folder;
        this.contents = contents;
    }

    static TokenizerFiles read(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(TOKENIZER))) {
            throw new InvalidModelException(
                    folder.resolve(TOKENIZER), "file is missing; save the model with a fast tokenizer to have it");
        }
        Map<String, byte[]> contents = new TreeMap<>();
        for (String name : COPIED) {
            if (Files.isRegularFile(folder.resolve(name))) {
                contents.put(name, Files.readAllBytes(folder.resolve(name)));
            }
        }
        if (Files.isRegularFile(folder.resolve(MODEL_CONFIG))) {
            contents.put(MODEL_CONFIG, Files.readAllBytes(folder.resolve(MODEL_CONFIG)));
        }
        return new TokenizerFiles(folder, contents);
    }

    /** The folder they were read from. */
    public Path folder() {
        return folder;
    }

    /** Whether the folder had a file of this name. */
    public boolean has(String name) {
        return contents.containsKey(name);
    }

    /** A file's content. */
    public byte[] content(String name) {
        byte[] content = contents.get(name);
        if (content == null) {
            throw new InvalidModelException(folder.resolve(name), "file is missing");
        }
        return Arrays.copyOf(content, content.length);
    }

    /** Writes all but config.json, which is the model's own. */
    public void copyTo(Path target) throws IOException {
        for (String name : COPIED) {
            if (has(name)) {
                DurableFile.write(target.resolve(name), content(name));
            }
        }
    }
}

package dev.cooper.languagemodel.config;

import tools.jackson.databind.node.ObjectNode;

/** generation_config.json: the special tokens, for the libraries that look for them there. */
public final class GenerationJson {
    private GenerationJson() {}

    /** The text of a generation_config.json. */
    public static String write(SpecialTokens special) {
        ObjectNode json = JsonFile.MAPPER.createObjectNode();
        json.put("_from_model_config", true);
        json.set("eos_token_id", ConfigJson.endOfText(special));
        json.put("pad_token_id", special.padding());
        return JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }
}

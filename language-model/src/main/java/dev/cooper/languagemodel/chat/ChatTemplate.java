package dev.cooper.languagemodel.chat;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokenizer.TokenizerFiles;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The template that makes a model's prompt of a conversation, rendered as Transformers' {@code apply_chat_template}
 * renders it. What messages say is never interpreted. Threads may share it.
 */
public final class ChatTemplate {
    private final Path file;
    private final Node root;
    private final Map<String, String> specialTokens;
    private final Clock clock;

    private ChatTemplate(Path file, Node root, Map<String, String> specialTokens, Clock clock) {
        this.file = file;
        this.root = root;
        this.specialTokens = Map.copyOf(specialTokens);
        this.clock = clock;
    }

    /**
     * The template of a model's folder: chat_template.jinja, else what tokenizer_config.json has.
     *
     * @param clock tells the date to templates that ask for it
     * @throws InvalidModelException if there is none, or one that cannot be understood, with its line
     */
    public static ChatTemplate of(TokenizerFiles files, Clock clock) {
        ChatTemplateFiles.Source source = ChatTemplateFiles.find(files)
                .orElseThrow(
                        () -> new InvalidModelException(
                                files.folder(),
                                "has no chat template: give chat_template in tokenizer_config.json or the file chat_template.jinja, or prompt with plain text"));
        return parse(source.file(), source.template(), ChatTemplateFiles.specialTokens(files), clock);
    }

    /**
     * A template's text.
     *
     * @param file named by errors
     * @param specialTokens variables such as {@code bos_token}
     * @throws InvalidModelException with the line that cannot be understood
     */
    public static ChatTemplate parse(Path file, String template, Map<String, String> specialTokens, Clock clock) {
        try {
            return new ChatTemplate(file, TemplateParser.parse(template), specialTokens, clock);
        } catch (TemplateFault e) {
            throw invalid(file, e);
        }
    }

    /**
     * The text of a conversation.
     *
     * @param addGenerationPrompt whether it ends with the beginning of the assistant's turn
     * @throws IllegalArgumentException for a conversation that the template refuses, with its reason
     */
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        return render(messages, addGenerationPrompt, Map.of());
    }

    /**
     * The text of a conversation.
     *
     * @param settings further variables that the template knows, such as {@code enable_thinking}: texts, numbers and
     *     booleans
     */
    public String render(List<ChatMessage> messages, boolean addGenerationPrompt, Map<String, Object> settings) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A conversation needs at least one message");
        }
        Map<String, Value> variables = new HashMap<>(TemplateFunctions.all(clock));
        variables.put(
                "messages",
                new Value.Items(messages.stream().map(ChatTemplate::dict).toList()));
        variables.put("tools", Value.Nothing.NONE);
        variables.put("documents", Value.Nothing.NONE);
        variables.put("add_generation_prompt", Value.of(addGenerationPrompt));
        specialTokens.forEach((name, token) -> variables.put(name, Value.of(token)));
        settings.forEach((name, value) -> variables.put(name, setting(name, value)));
        StringBuilder out = new StringBuilder();
        try {
            root.render(Scope.of(variables), out);
        } catch (TemplateFunctions.Refusal e) {
            throw new IllegalArgumentException(
                    "The chat template (%s) refuses the conversation: %s".formatted(file, e.getMessage()), e);
        } catch (TemplateFault e) {
            throw invalid(file, e);
        }
        return out.toString();
    }

    /** The tokens of a conversation: the template writes every special token out, so that none is added. */
    public TokenIds encode(Tokenizer tokenizer, List<ChatMessage> messages, boolean addGenerationPrompt) {
        return tokenizer.encode(render(messages, addGenerationPrompt));
    }

    private static Value dict(ChatMessage message) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("role", Value.of(message.role()));
        entries.put("content", Value.of(message.content()));
        return new Value.Dict(entries);
    }

    private static Value setting(String name, Object value) {
        return switch (value) {
            case String text -> Value.of(text);
            case Boolean flag -> Value.of(flag.booleanValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number.longValue());
            case Double number -> new Value.Real(number);
            default ->
                throw new IllegalArgumentException(
                        "The setting %s of a chat template must be a text, a number or a boolean".formatted(name));
        };
    }

    private static InvalidModelException invalid(Path file, TemplateFault fault) {
        return new InvalidModelException(file, "has a chat template that fails: " + fault.describe(), fault);
    }
}

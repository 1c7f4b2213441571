package dev.cooper.languagemodel.chat;

/**
 * One turn of a conversation.
 *
 * @param role who speaks, as the template knows it: system, user or assistant
 * @param content what is said, taken as it is
 */
public record ChatMessage(String role, String content) {
    public ChatMessage {
        if (role.isBlank()) {
            throw new IllegalArgumentException("A message needs a role, such as system, user or assistant");
        }
    }

    /** What the model is told before the conversation. */
    public static ChatMessage system(String content) {
        return new ChatMessage("system", content);
    }

    /** What a user says. */
    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    /** What the model said. */
    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }
}

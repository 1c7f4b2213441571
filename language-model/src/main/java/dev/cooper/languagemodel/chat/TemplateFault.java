package dev.cooper.languagemodel.chat;

/** A template that cannot be understood, or that fails on the values it is given. */
final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    TemplateFault(String message) {
        this(0, message);
    }

    TemplateFault(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The same at a line, if it has none yet. */
    TemplateFault at(int place) {
        return line > 0 ? this : new TemplateFault(place, String.valueOf(getMessage()));
    }

    String describe() {
        return line > 0 ? "line %d: %s".formatted(line, getMessage()) : String.valueOf(getMessage());
    }
}

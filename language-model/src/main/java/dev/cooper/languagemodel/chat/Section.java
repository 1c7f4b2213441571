package dev.cooper.languagemodel.chat;

import java.util.List;

/** What a template is made of. */
sealed interface Section {
    /** Text that is printed as it is. */
    record Plain(String text) implements Section {}

    /** An expression whose value is printed. */
    record Output(int line, List<Token> tokens) implements Section {}

    /** A statement, such as {@code if} or {@code endif}. */
    record Statement(int line, List<Token> tokens) implements Section {}
}

package dev.cooper.languagemodel.chat;

import java.util.List;

/** A part of a template that prints. */
@FunctionalInterface
interface Node {
    /** What is done behind a part. */
    enum Flow {
        NEXT,
        CONTINUE,
        BREAK
    }

    Flow render(Scope scope, StringBuilder out);

    static Node text(String text) {
        return (scope, out) -> {
            out.append(text);
            return Flow.NEXT;
        };
    }

    static Node all(List<Node> nodes) {
        return (scope, out) -> {
            for (Node node : nodes) {
                Flow flow = node.render(scope, out);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        };
    }

    /** The node with its line in whatever goes wrong there. */
    default Node at(int line) {
        return (scope, out) -> {
            try {
                return render(scope, out);
            } catch (TemplateFault e) {
                throw e.at(line);
            } catch (ArithmeticException e) {
                throw new TemplateFault(line, String.valueOf(e.getMessage()));
            }
        };
    }
}

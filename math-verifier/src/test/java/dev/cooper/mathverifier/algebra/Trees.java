package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Trees from plain infix text, so that tests of the algebra do not depend on the parser of answers. */
final class Trees {
    private static final Map<String, Node> NAMES = Map.of(
            "pi", new Node.Constant(Node.Constant.Name.PI),
            "e", new Node.Constant(Node.Constant.Name.E),
            "i", new Node.Constant(Node.Constant.Name.I),
            "inf", new Node.Constant(Node.Constant.Name.INFINITY),
            "undefined", new Node.Constant(Node.Constant.Name.UNDEFINED));

    private final String text;
    private int at;

    private Trees(String text) {
        this.text = text.replace(" ", "");
    }

    static Node of(String text) {
        Trees reader = new Trees(text);
        Node node = reader.sum();
        if (reader.at != reader.text.length()) {
            throw new IllegalArgumentException(text + ": not read from " + reader.at);
        }
        return node;
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private Node sum() {
        List<Node> terms = new ArrayList<>();
        terms.add(take('-') ? new Node.Negation(product()) : product());
        while (true) {
            if (take('+')) {
                terms.add(product());
            } else if (take('-')) {
                terms.add(new Node.Negation(product()));
            } else {
                return terms.size() == 1 ? terms.getFirst() : new Node.Sum(terms);
            }
        }
    }

    private Node product() {
        Node left = power();
        while (true) {
            if (take('*')) {
                left = new Node.Product(List.of(left, power()));
            } else if (take('/')) {
                left = new Node.Quotient(left, power());
            } else {
                return left;
            }
        }
    }

    private Node power() {
        Node base = atom();
        while (take('!')) {
            boolean twice = take('!');
            base = new Node.Factorial(base, twice);
        }
        if (take('^')) {
            Node exponent = take('-') ? new Node.Negation(power()) : power();
            return new Node.Power(base, exponent);
        }
        return base;
    }

    private Node atom() {
        if (take('(')) {
            Node inner = sum();
            if (!take(')')) {
                throw new IllegalArgumentException(text + ": no closing bracket at " + at);
            }
            return inner;
        }
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at > start) {
            return numeral(text.substring(start, at));
        }
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw new IllegalArgumentException(text + ": nothing to read at " + at);
        }
        return take('(') ? applied(name, arguments()) : NAMES.getOrDefault(name, new Node.Symbol(name));
    }

    private static Node numeral(String digits) {
        int point = digits.indexOf('.');
        if (point < 0) {
            return new Node.Numeral(Rational.of(new BigInteger(digits)), Optional.empty());
        }
        int places = digits.length() - point - 1;
        Rational value = Rational.decimal(new BigInteger(digits.replace(".", "")), -places);
        return new Node.Numeral(value, Optional.of(new Node.StatedDigits(digits.length() - 1, -places)));
    }

    private List<Node> arguments() {
        List<Node> arguments = new ArrayList<>();
        do {
            arguments.add(sum());
        } while (take(','));
        if (!take(')')) {
            throw new IllegalArgumentException(text + ": no closing bracket at " + at);
        }
        return arguments;
    }

    private static Node applied(String name, List<Node> arguments) {
        Node first = arguments.getFirst();
        return switch (name) {
            case "sqrt" -> new Node.Root(first, Node.Numeral.of(2));
            case "root" -> new Node.Root(first, arguments.get(1));
            case "percent" -> new Node.Percent(first);
            case "degrees" -> new Node.Degrees(first, Node.Numeral.of(0), Node.Numeral.of(0));
            case "sum" -> operator(Node.BigOperator.Kind.SUM, arguments);
            case "prod" -> operator(Node.BigOperator.Kind.PRODUCT, arguments);
            case "int" -> operator(Node.BigOperator.Kind.INTEGRAL, arguments);
            case "lim" -> new Node.Limit(((Node.Symbol) first).name(), arguments.get(1), arguments.get(2));
            case "idx" -> new Node.Indexed(((Node.Symbol) first).name(), arguments.subList(1, arguments.size()));
            default -> function(name, arguments);
        };
    }

    private static Node operator(Node.BigOperator.Kind kind, List<Node> arguments) {
        String variable = arguments.getFirst() instanceof Node.Symbol symbol ? symbol.name() : "i";
        return new Node.BigOperator(
                kind, variable, Optional.of(arguments.get(1)), Optional.of(arguments.get(2)), arguments.get(3));
    }

    private static Node function(String name, List<Node> arguments) {
        for (Function function : Function.values()) {
            if (function.name().toLowerCase(Locale.ROOT).equals(name)) {
                return new Node.Application(function, arguments);
            }
        }
        return new Node.Call(name, arguments);
    }
}

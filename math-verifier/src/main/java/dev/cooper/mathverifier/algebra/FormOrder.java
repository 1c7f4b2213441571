package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Bounded;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.algebra.Form.Unknown;
import dev.cooper.mathverifier.algebra.Form.Variable;

/** A total order of forms, by hash first: it means nothing, but is the same on every machine. */
final class FormOrder {
    private FormOrder() {}

    static boolean same(Form a, Form b) {
        return compare(a, b) == 0;
    }

    static int compare(Form a, Form b) {
        if (a == b) {
            return 0;
        }
        if (a.hash != b.hash) {
            return Integer.compare(a.hash, b.hash);
        }
        int kinds = Integer.compare(rank(a), rank(b));
        return kinds != 0 ? kinds : compareAlike(a, b);
    }

    static int compare(Form[] a, Form[] b) {
        int result = Integer.compare(a.length, b.length);
        for (int i = 0; i < a.length && result == 0; i++) {
            result = compare(a[i], b[i]);
        }
        return result;
    }

    private static int compareAlike(Form a, Form b) {
        return switch (a) {
            case Exact x -> x.value.compareTo(((Exact) b).value);
            case Named x -> x.name.compareTo(((Named) b).name);
            case Infinite x -> Integer.compare(x.sign, ((Infinite) b).sign);
            case Variable x -> x.name.compareTo(((Variable) b).name);
            case Total x -> compareTotals(x, (Total) b);
            case Product x -> compare(x.factors, ((Product) b).factors);
            case Power x -> {
                int bases = compare(x.base, ((Power) b).base);
                yield bases != 0 ? bases : compare(x.exponent, ((Power) b).exponent);
            }
            case Applied x -> {
                int operations = x.operation.compareTo(((Applied) b).operation);
                yield operations != 0 ? operations : compare(x.arguments, ((Applied) b).arguments);
            }
            case Unknown x -> {
                int names = x.name.compareTo(((Unknown) b).name);
                yield names != 0 ? names : compare(x.arguments, ((Unknown) b).arguments);
            }
            case Bounded x -> compareBounded(x, (Bounded) b);
        };
    }

    private static int compareTotals(Total a, Total b) {
        int result = compare(a.terms, b.terms);
        if (result == 0) {
            result = a.constant.compareTo(b.constant);
        }
        for (int i = 0; i < a.terms.length && result == 0; i++) {
            result = a.coefficients[i].compareTo(b.coefficients[i]);
        }
        return result;
    }

    private static int compareBounded(Bounded a, Bounded b) {
        int result = a.kind.compareTo(b.kind);
        if (result == 0) {
            result = compare(a.bounds.toArray(new Form[0]), b.bounds.toArray(new Form[0]));
        }
        return result != 0 ? result : compare(a.body, b.body);
    }

    private static int rank(Form form) {
        return switch (form) {
            case Exact _ -> 1;
            case Named _ -> 2;
            case Infinite _ -> 3;
            case Variable _ -> 4;
            case Total _ -> 5;
            case Product _ -> 6;
            case Power _ -> 7;
            case Applied _ -> 8;
            case Unknown _ -> 9;
            case Bounded _ -> 10;
        };
    }
}

package dev.cooper.mathverifier.syntax;

import java.util.HashSet;
import java.util.Set;

/** The parts of the grammar, which call each other, over the tokens of one answer. */
final class Grammar {
    final TokenStream in;
    final Statements statements;
    final Relations relations;
    final Expressions expressions;
    final Operands operands;
    final LooseOperators looseOperators;
    final Atoms atoms;
    final Numbers numbers;
    final Names names;
    final SpecialNames specialNames;
    final Functions functions;
    final Fences fences;
    final Environments environments;
    final BigOperators bigOperators;
    final Measures measures;
    final Prose prose;
    final Domains domains;
    /** Letters that a sum or a product binds: an i among them is no imaginary unit. */
    final Set<String> bound = new HashSet<>(2);

    Grammar(TokenStream in) {
        this.in = in;
        statements = new Statements(this);
        relations = new Relations(this);
        expressions = new Expressions(this);
        operands = new Operands(this);
        looseOperators = new LooseOperators(this);
        atoms = new Atoms(this);
        numbers = new Numbers(this);
        names = new Names(this);
        specialNames = new SpecialNames(this);
        functions = new Functions(this);
        fences = new Fences(this);
        environments = new Environments(this);
        bigOperators = new BigOperators(this);
        measures = new Measures(this);
        prose = new Prose(this);
        domains = new Domains(this);
    }
}

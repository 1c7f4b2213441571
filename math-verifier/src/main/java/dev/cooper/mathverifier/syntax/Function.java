package dev.cooper.mathverifier.syntax;

/** The functions that are known, with their arguments. */
public enum Function {
    SIN,
    COS,
    TAN,
    COT,
    SEC,
    CSC,
    ARCSIN,
    ARCCOS,
    ARCTAN,
    ARCCOT,
    ARCSEC,
    ARCCSC,
    SINH,
    COSH,
    TANH,
    COTH,
    ARCSINH,
    ARCCOSH,
    ARCTANH,
    EXP,
    /** The natural logarithm, written {@code \ln}. */
    LN,
    /** Argument and base, or the argument alone: {@code \log x} without base is 10 or e, as the other side has it. */
    LOG,
    ABS,
    FLOOR,
    CEILING,
    ROUND,
    SIGN,
    FRACTIONAL_PART,
    RE,
    IM,
    ARG,
    CONJUGATE,
    /** n and k. */
    BINOMIAL,
    /** n and k, {@code P(n, k)} written {@code {}_nP_k}. */
    PERMUTATIONS,
    /** Two arguments or more. */
    GCD,
    LCM,
    MIN,
    MAX,
    /** Value and modulus: {@code a \bmod m}. */
    MOD,
    DETERMINANT,
    /** {@code \|v\|}. */
    NORM,
    TRANSPOSE,
    GAMMA
}

package dev.cooper.mathverifier.metamorphic;

/** A complex number in double precision, for the independent evaluation of answers. */
record ComplexNumber(double re, double im) {
    static final ComplexNumber I = new ComplexNumber(0, 1);

    static ComplexNumber of(double value) {
        return new ComplexNumber(value, 0);
    }

    ComplexNumber plus(ComplexNumber o) {
        return new ComplexNumber(re + o.re, im + o.im);
    }

    ComplexNumber negated() {
        return new ComplexNumber(-re, -im);
    }

    ComplexNumber times(ComplexNumber o) {
        return new ComplexNumber(re * o.re - im * o.im, re * o.im + im * o.re);
    }

    ComplexNumber over(ComplexNumber o) {
        double norm = o.re * o.re + o.im * o.im;
        return new ComplexNumber((re * o.re + im * o.im) / norm, (im * o.re - re * o.im) / norm);
    }

    double magnitude() {
        return Math.hypot(re, im);
    }

    ComplexNumber log() {
        return new ComplexNumber(Math.log(magnitude()), Math.atan2(im, re));
    }

    ComplexNumber exp() {
        double scale = Math.exp(re);
        return im == 0 ? of(scale) : new ComplexNumber(scale * Math.cos(im), scale * Math.sin(im));
    }

    /** The principal power; exact signs for a real base with a whole exponent. */
    ComplexNumber power(ComplexNumber exponent) {
        if (im == 0 && exponent.im == 0 && (re >= 0 || exponent.re == Math.rint(exponent.re))) {
            return of(Math.pow(re, exponent.re));
        }
        return log().times(exponent).exp();
    }

    /** The real root of odd index of a negative number, else the principal root. */
    ComplexNumber root(ComplexNumber index) {
        if (im == 0 && re < 0 && index.im == 0 && Math.abs(index.re % 2) == 1) {
            return of(-Math.pow(-re, 1 / index.re));
        }
        return power(of(1).over(index));
    }

    boolean isFinite() {
        return Double.isFinite(re) && Double.isFinite(im);
    }

    boolean isCloseTo(ComplexNumber o) {
        double scale = Math.max(magnitude(), o.magnitude());
        return Math.hypot(re - o.re, im - o.im) <= 1e-11 * scale || scale == 0;
    }
}

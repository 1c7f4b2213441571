package dev.cooper.cli.experiment;

import java.util.List;

/**
 * Curves of several arms over the steps.
 *
 * @param id names its file
 */
record Figure(String id, String title, List<Curve> curves) {
    Figure {
        curves = curves.stream().filter(curve -> !curve.places().isEmpty()).toList();
    }

    boolean isEmpty() {
        return curves.isEmpty();
    }

    /**
     * One arm.
     *
     * @param colour index into {@link FigureDrawing#COLOURS}
     * @param marked draw each place, as for sparse measurements
     */
    record Curve(String name, int colour, boolean marked, List<Place> places) {
        Curve {
            places = places.stream()
                    .filter(place -> Double.isFinite(place.mean()))
                    .toList();
        }
    }

    /** The mean over the seeds at a step, between the lowest and the highest of them. */
    record Place(double step, double mean, double low, double high) {}
}

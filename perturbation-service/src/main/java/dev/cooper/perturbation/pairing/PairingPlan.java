package dev.cooper.perturbation.pairing;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.SourceShare;
import java.util.Comparator;
import java.util.List;

/**
 * How pairs are to be made, checked.
 *
 * @param settings as they came
 * @param shares in the order of the sources' numbers, so that a draw does not depend on how somebody wrote them down
 */
record PairingPlan(PairingSettings settings, List<SourceShare> shares) {

    PairingPlan {
        shares = List.copyOf(shares);
    }

    /** @throws CooperException BAD_INPUT naming the field of the specification that is wrong */
    static PairingPlan of(PairingSettings settings) {
        List<SourceShare> shares = settings.getSourcesList().stream()
                .sorted(Comparator.comparingInt(SourceShare::getSourceValue))
                .toList();
        require(!shares.isEmpty(), "pairing.sources", "must name at least one of assistant, self and edit");
        shares.forEach(PairingPlan::requireShare);
        require(settings.getAttempts() >= 1, "pairing.attempts", "must be at least 1, is " + settings.getAttempts());
        require(
                settings.getTemperature() >= 0 && Double.isFinite(settings.getTemperature()),
                "pairing.temperature",
                "must be at least 0, is " + settings.getTemperature());
        require(
                settings.getExtraTokens() >= 0,
                "pairing.extra_tokens",
                "must be at least 0, is " + settings.getExtraTokens());
        double least = settings.getLengthRatio().getLeast();
        double most = settings.getLengthRatio().getMost();
        require(
                least >= 0 && least <= most && Double.isFinite(most),
                "pairing.length_ratio",
                "must have a least of at least 0 and a most above it, has " + least + " and " + most);
        require(
                settings.getDigitCopies() >= 0 && settings.getDigitCopies() <= 1,
                "pairing.digit_copies",
                "must be from 0 to 1, is " + settings.getDigitCopies());
        return new PairingPlan(settings, shares);
    }

    /** Whether a negative may have so many of the positive's words. */
    boolean allowsLength(double ratio) {
        LengthRatio bounds = settings.getLengthRatio();
        return !settings.hasLengthRatio() || (ratio >= bounds.getLeast() && ratio <= bounds.getMost());
    }

    /** Share of the groups in which a negative may differ from the positive by one number only. */
    double digitCopies() {
        return settings.hasDigitCopies() ? settings.getDigitCopies() : 1;
    }

    private static void requireShare(SourceShare share) {
        boolean known = share.getSource() != NegativeSource.NEGATIVE_SOURCE_UNSPECIFIED
                && share.getSource() != NegativeSource.UNRECOGNIZED;
        require(known, "pairing.sources", "must be of assistant, self and edit, has " + share.getSource());
        require(
                share.getShare() > 0 && Double.isFinite(share.getShare()),
                "pairing.sources",
                "must have shares above 0, has " + share.getShare() + " for " + share.getSource());
    }

    private static void require(boolean holds, String field, String what) {
        if (!holds) {
            throw CooperException.badInput(field, field + " " + what);
        }
    }
}

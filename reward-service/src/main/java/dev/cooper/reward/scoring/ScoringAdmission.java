package dev.cooper.reward.scoring;

import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.AdmissionRule;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.proto.v1.Purpose;

/** Groups of training, as control admits them; evaluations end at their verdicts. */
public final class ScoringAdmission implements AdmissionRule {

    private final AdmissionRule control;

    public ScoringAdmission(AdmissionRule control) {
        this.control = control;
    }

    @Override
    public Admission admit(GroupHeaders group) {
        return control.admit(group);
    }

    @Override
    public boolean concerns(GroupHeaders group) {
        return group.purpose() == Purpose.TRAINING;
    }
}

package dev.cooper.platform.line;

/** Decides by what is known of the runs whether a group is to be worked on now. */
@FunctionalInterface
public interface AdmissionRule {

    Admission admit(GroupHeaders group);
}

package dev.cooper.platform.line;

/** Decides by what is known of the runs whether a group is to be worked on now. */
@FunctionalInterface
public interface AdmissionRule {

    Admission admit(GroupHeaders group);

    /**
     * Whether the group concerns the stage at all; those that do not are passed over whatever is known of their run.
     */
    default boolean concerns(GroupHeaders group) {
        return true;
    }
}

package org.catseye.power;

/** Whether a computer is on. */
public enum PowerCondition {
    /** The computer is running or asleep: its power LED is lit or blinks, or its outlet supplies current. */
    ON,
    /** The computer is off. */
    OFF,
    /** Nothing reports it, or what reports it does not answer. */
    UNKNOWN
}

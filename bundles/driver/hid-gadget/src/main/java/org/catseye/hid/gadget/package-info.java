/**
 * Makes the board a USB keyboard, pointer and mouse of the target, by Linux's configfs gadget.
 *
 * <p>Two halves that know nothing of each other: the gadget as data ({@code Profile}, {@code Gadget}, {@code Planner},
 * {@code ConfigFs}), kept as declared by {@code Keeper}; and the reports ({@code Reports}, {@code Channel}, {@code Node}).
 * {@code Watcher} is the one thread; {@code HidGadget} is the service.
 */
package org.catseye.hid.gadget;

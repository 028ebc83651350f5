package org.catseye.targets;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.catseye.access.Permission;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The self-check of a device: it examines the device and describes each finding and its remedy. The results appear on a page for
 * troubleshooting. Register it as a service with the properties {@link Target#ID} and {@link Target#LABEL}. If a bundle registers
 * several checks for one target, each needs a {@code service.pid}. The id of a check in URLs is its {@code service.pid}, or the
 * bundle name if there is none.
 *
 * <p>Thread-safe. Only {@link #performAction} affects a running device. If a call takes longer than its limit, the caller stops
 * waiting and the page reports a timeout.
 */
@ConsumerType
public interface SelfCheck {

    /** The heading for the results. */
    String title();

    /**
     * Runs the check. May block, for example to read files, for up to 1 s. A fault of the device is reported as an item, never as
     * an exception.
     *
     * @return the results, ordered from the most basic requirement upwards, so that the first failed item is the one to fix first
     */
    List<Item> checkItems();

    /** The actions that a user can try; empty if there are none, which is the default. */
    default List<Action> availableActions() {
        return List.of();
    }

    /**
     * Performs an action. May block for up to 5 s. By default, there is none.
     *
     * @param id the id of one of {@link #availableActions()}
     * @throws IllegalArgumentException if there is no such action
     * @throws IOException if the action failed; the message describes the cause
     */
    default void performAction(String id) throws IOException {
        throw new IllegalArgumentException("there is no action " + id);
    }

    /**
     * The result for one item.
     *
     * @param name a short name that never changes
     * @param ok whether the item passed
     * @param description one sentence that describes the finding
     * @param remedy how to fix the problem; empty if the item passed
     */
    record Item(String name, boolean ok, String description, String remedy) {

        public Item {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(remedy, "remedy");
        }

        /** An item that passed. */
        public static Item passed(String name, String description) {
            return new Item(name, true, description, "");
        }

        /** An item that failed. */
        public static Item failed(String name, String description, String remedy) {
            return new Item(name, false, description, remedy);
        }
    }

    /**
     * An action that a user can try.
     *
     * @param id the id for {@link #performAction}: lower-case letters, digits and dashes
     * @param label the text of the button
     * @param description one sentence that describes what the action does and its side effects
     * @param permission the permission that the user needs on this target
     */
    record Action(String id, String label, String description, Permission permission) {

        public Action {
            if (!id.matches("[a-z0-9-]{1,64}")) {
                throw new IllegalArgumentException("the id of an action has lower-case letters, digits and dashes, unlike \"" + id + "\"");
            }
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(permission, "permission");
        }

        /** An action that requires {@link Permission#CONTROL}. */
        public Action(String id, String label, String description) {
            this(id, label, description, Permission.CONTROL);
        }
    }
}

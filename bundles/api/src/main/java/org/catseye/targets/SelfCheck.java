package org.catseye.targets;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.catseye.access.Permission;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that can look at itself and say, in words, what it finds and what would mend it; for a page that a person opens when
 * something does not work. A service with the properties {@link Target#ID} and {@link Target#LABEL}. Who registers several for a
 * target gives each a {@code service.pid}: that, or else the bundle's name, is the check's id in addresses. Thread-safe. No method
 * touches what is running but {@link #performAction}. Whoever takes longer than is said here is given up: his page says so.
 */
@ConsumerType
public interface SelfCheck {

    /** What is checked, as a heading. */
    String title();

    /**
     * Looks now. Reads files, and takes 1 s at most; never throws because something is broken: that is an item.
     *
     * @return what was looked at, from the ground up: the first item that is not ok is the one to mend first
     */
    List<Item> checkItems();

    /** What a person may try; empty if there is nothing. */
    List<Action> availableActions();

    /**
     * Does an action; takes 5 s at most.
     *
     * @param id of one of {@link #availableActions()}
     * @throws IllegalArgumentException if there is no such action
     * @throws IOException if it did not work: why, in words
     */
    void performAction(String id) throws IOException;

    /**
     * One thing that was looked at.
     *
     * @param name short, the same each time
     * @param ok whether it is as it must be
     * @param description what was found, one sentence
     * @param remedy what to do about it; empty when ok
     */
    record Item(String name, boolean ok, String description, String remedy) {

        public Item {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(remedy, "remedy");
        }

        /** As it must be. */
        public static Item passed(String name, String description) {
            return new Item(name, true, description, "");
        }

        /** Not as it must be. */
        public static Item failed(String name, String description, String remedy) {
            return new Item(name, false, description, remedy);
        }
    }

    /**
     * Something a person may try.
     *
     * @param id for {@link #performAction}: lower-case letters, digits and dashes
     * @param label for a button
     * @param description what it does and what it costs, one sentence
     * @param permission what a person needs on this target to do it
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

        /** One that whoever may type may do. */
        public Action(String id, String label, String description) {
            this(id, label, description, Permission.CONTROL);
        }
    }
}

package org.catseye.target;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.catseye.access.Permission;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that can look at itself and say, in words, what it finds and what would mend it; for a page that a person opens when
 * something does not work. A service with the properties {@link Target#ID} and {@link Target#LABEL}. Who registers several for a
 * target gives each a {@code service.pid}: that, or else the bundle's name, is the check's id in addresses. Thread-safe. No method
 * touches what is running but {@link #act}. Whoever takes longer than is said here is given up: his page says so.
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
    List<Item> items();

    /** What a person may try; empty if there is nothing. */
    List<Action> actions();

    /**
     * Does an action; takes 5 s at most.
     *
     * @param id of one of {@link #actions()}
     * @throws IllegalArgumentException if there is no such action
     * @throws IOException if it did not work: why, in words
     */
    void act(String id) throws IOException;

    /**
     * One thing that was looked at.
     *
     * @param name short, the same each time
     * @param ok whether it is as it must be
     * @param words what was found, one sentence
     * @param mend what to do about it; empty when ok
     */
    record Item(String name, boolean ok, String words, String mend) {

        public Item {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(mend, "mend");
        }

        /** As it must be. */
        public static Item fine(String name, String words) {
            return new Item(name, true, words, "");
        }

        /** Not as it must be. */
        public static Item broken(String name, String words, String mend) {
            return new Item(name, false, words, mend);
        }
    }

    /**
     * Something a person may try.
     *
     * @param id for {@link #act}: lower-case letters, digits and dashes
     * @param label for a button
     * @param words what it does and what it costs, one sentence
     * @param permission what a person needs on this target to do it
     */
    record Action(String id, String label, String words, Permission permission) {

        public Action {
            if (!id.matches("[a-z0-9-]{1,64}")) {
                throw new IllegalArgumentException("the id of an action has lower-case letters, digits and dashes, unlike \"" + id + "\"");
            }
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(permission, "permission");
        }

        /** One that whoever may type may do. */
        public Action(String id, String label, String words) {
            this(id, label, words, Permission.CONTROL);
        }
    }
}

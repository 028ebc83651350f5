package org.catseye.plugins;

import java.util.List;
import java.util.Optional;

/**
 * A feature of the product: bundles that are switched on and off together.
 *
 * @param id as for {@code --feature}
 * @param description what it is for, as a sentence; empty if its file has none
 * @param on whether its bundles are installed and started
 * @param origin why it is on; empty if it is off
 * @param obstacle why it cannot be switched while Catseye runs; empty if it can
 * @param bundles in the order of its file, also those that it shares with others
 */
public record Feature(String id, String name, String description, boolean on, Optional<Origin> origin, Optional<Obstacle> obstacle, List<ProductBundle> bundles) {

    public Feature {
        bundles = List.copyOf(bundles);
    }

    /** Why a feature is on. */
    public enum Origin {
        /** It is the base of the product. */
        BASE,
        /** {@code --feature} or {@code CATSEYE_FEATURES} names it, for this start. */
        COMMAND_LINE,
        /** Nobody has named or switched on anything. */
        DEFAULT,
        /** An administrator has switched it on. */
        CHOSEN
    }

    /** Why a feature cannot be switched. */
    public enum Obstacle {
        /** Nothing works without it. */
        BASE,
        /** The command line has the last word. */
        COMMAND_LINE,
        /** It sets properties that are only read when Catseye starts. */
        START,
        /** In the safe mode, no choice is kept. */
        SAFE_MODE
    }
}

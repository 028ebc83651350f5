package org.catseye.capture.lkv373a.diagnosis;

import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.spi.Signal;

/**
 * The reason why there is no live picture, for users. Equal reports have the same cause.
 *
 * @param description what was found: one sentence
 * @param remedy what to do, one sentence or more; empty if the user can only wait
 */
public record SignalReport(Signal signal, String description, String remedy) {

    private static final String DEFAULT_REMEDY = "First fix the items above. Otherwise wait a moment.";

    public SignalReport(Signal signal, String description) {
        this(signal, description, "");
    }

    /** Description and remedy as one text. */
    public String message() {
        return remedy.isEmpty() ? description : description + " " + remedy;
    }

    /** The report as a failed item of a check. */
    public Item toCheckItem(String name) {
        return Item.failed(name, description, remedy.isEmpty() ? DEFAULT_REMEDY : remedy);
    }
}

package org.catseye.qemu.qmp;

import java.io.IOException;
import org.catseye.options.ForeignText;

/** QEMU refuses a command. */
public final class QmpError extends IOException {

    private static final long serialVersionUID = 1;
    private static final int MAX_CHARS = 300;

    private final String description;

    QmpError(String command, String description) {
        super("QEMU refuses the command " + command + ": " + ForeignText.shorten(description, MAX_CHARS));
        this.description = ForeignText.shorten(description, MAX_CHARS);
    }

    /** What QEMU says, in one line. */
    public String description() {
        return description;
    }
}

package org.catseye.power.atx;

import java.io.IOException;

/** The lines to a computer's front panel. Thread-safe. */
interface FrontPanel extends AutoCloseable {

    /** The buttons that can be pressed. */
    enum Button { POWER, RESET }

    /** The lights that can be seen. */
    enum Led { POWER, DISK }

    /** Opens the lines of a configuration. */
    interface Opener {
        /** @throws IOException one sentence for the user */
        FrontPanel open(AtxSettings settings) throws IOException;
    }

    /** @param pressed false releases it */
    void setPressed(Button button, boolean pressed) throws IOException;

    boolean isLit(Led led) throws IOException;

    /** Releases all buttons and the lines. */
    @Override
    void close();
}

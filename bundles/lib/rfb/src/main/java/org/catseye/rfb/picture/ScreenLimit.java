package org.catseye.rfb.picture;

import java.io.IOException;

/** Decides whether there is memory for a screen. */
@FunctionalInterface
public interface ScreenLimit {

    /** Called before memory is allocated for a screen of this size. @throws IOException if it is too large; for the user */
    void requireSize(int width, int height) throws IOException;
}

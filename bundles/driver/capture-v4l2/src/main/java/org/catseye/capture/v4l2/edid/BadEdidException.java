package org.catseye.capture.v4l2.edid;

/** Bytes are no valid EDID. The message has the byte, what it is and what would be right; it begins in lower case and has no full stop. */
public final class BadEdidException extends Exception {

    private static final long serialVersionUID = 1;

    BadEdidException(String message) {
        super(message);
    }

    /** @param position of the wrong byte, from 0 */
    BadEdidException(int position, int value, String right) {
        super(String.format("byte %d is 0x%02x; it has to be %s", position, value & 0xff, right));
    }
}

package org.catseye.hid;

/**
 * A usage as defined in the HID Usage Tables.
 *
 * @param page the usage page, for example {@link #KEYBOARD_PAGE}, 0 to 0xFFFF
 * @param id the usage within the page, 0 to 0xFFFF
 */
public record Usage(int page, int id) {

    /** Generic Desktop page; includes the system control usages (power 0x81, sleep 0x82, wake 0x83). */
    public static final int DESKTOP_PAGE = 0x01;
    /** Keyboard/Keypad page (HID Usage Tables, chapter 10). */
    public static final int KEYBOARD_PAGE = 0x07;
    /** Consumer page (media keys). */
    public static final int CONSUMER_PAGE = 0x0C;

    /** @throws IllegalArgumentException if the page or the id does not fit into 16 bits */
    public Usage {
        if (page < 0 || page > 0xffff || id < 0 || id > 0xffff) {
            throw new IllegalArgumentException("usage " + page + ":" + id + " is outside 16 bits");
        }
    }

    /** Creates a usage of the Keyboard/Keypad page. */
    public static Usage keyboardUsage(int id) {
        return new Usage(KEYBOARD_PAGE, id);
    }

    /** Whether this is one of the eight modifier keys, 0xE0 (left control) to 0xE7 (right GUI). */
    public boolean isModifier() {
        return page == KEYBOARD_PAGE && id >= 0xe0 && id <= 0xe7;
    }
}

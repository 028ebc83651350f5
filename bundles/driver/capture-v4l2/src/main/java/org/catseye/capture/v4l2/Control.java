package org.catseye.capture.v4l2;

/** The picture controls of a stick that a configuration can set; the numbers are V4L2_CID_BRIGHTNESS and following. */
enum Control {
    BRIGHTNESS("brightness", 0x980900),
    CONTRAST("contrast", 0x980901),
    SATURATION("saturation", 0x980902),
    HUE("hue", 0x980903);

    private final String key;
    private final int id;

    Control(String key, int id) {
        this.key = key;
        this.id = id;
    }

    /** Its name in a configuration. */
    String key() {
        return key;
    }

    int id() {
        return id;
    }
}

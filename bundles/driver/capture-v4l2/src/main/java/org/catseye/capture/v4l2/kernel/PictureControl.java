package org.catseye.capture.v4l2.kernel;

/** The picture controls that a configuration can set. The numbers are V4L2_CID_BRIGHTNESS and the following. */
public enum PictureControl {
    BRIGHTNESS("brightness", 0x980900),
    CONTRAST("contrast", 0x980901),
    SATURATION("saturation", 0x980902),
    HUE("hue", 0x980903);

    private final String optionKey;
    private final int controlId;

    PictureControl(String optionKey, int controlId) {
        this.optionKey = optionKey;
        this.controlId = controlId;
    }

    /** The control's key in a configuration. */
    public String optionKey() {
        return optionKey;
    }

    public int controlId() {
        return controlId;
    }
}

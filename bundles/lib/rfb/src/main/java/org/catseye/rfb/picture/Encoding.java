package org.catseye.rfb.picture;

/** The numbers of encodings and pseudo-encodings, from RFC 6143 and the community's description of the protocol. */
public final class Encoding {

    public static final int RAW = 0;
    public static final int COPY_RECT = 1;
    public static final int HEXTILE = 5;
    public static final int TIGHT = 7;
    public static final int ZRLE = 16;

    /** The quality of JPEG in Tight: the lowest of ten numbers. */
    public static final int JPEG_QUALITY_0 = -32;
    public static final int MAX_JPEG_QUALITY = 9;
    public static final int DESKTOP_SIZE = -223;
    public static final int LAST_RECT = -224;
    public static final int POINTER_POSITION = -232;
    public static final int CURSOR = -239;
    public static final int QEMU_POINTER_MOTION = -257;
    public static final int QEMU_EXTENDED_KEYS = -258;
    public static final int QEMU_LED_STATE = -261;
    public static final int DESKTOP_NAME = -307;
    public static final int EXTENDED_DESKTOP_SIZE = -308;
    public static final int VMWARE_POINTER_POSITION = 0x574d5666;
    public static final int VMWARE_LED_STATE = 0x574d5668;

    private Encoding() {
    }
}

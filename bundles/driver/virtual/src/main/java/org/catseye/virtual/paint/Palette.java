package org.catseye.virtual.paint;

/** The virtual computer's colours, {@code 0xRRGGBB}. */
public final class Palette {

    public static final int BLACK = 0x0b0e14;
    public static final int TEXT = 0xc8ced6;
    public static final int WHITE = 0xf4f6f8;
    public static final int DIM = 0x76808e;
    public static final int GREEN = 0x7fd88f;
    public static final int AMBER = 0xf2b84b;
    public static final int RED = 0xf0716a;
    public static final int BLUE = 0x6cb2f7;
    /** The setup utility's ground, frames and selection. */
    public static final int SETUP = 0x16324f;
    public static final int SETUP_BAR = 0x0f7c8a;
    public static final int SETUP_PICK = 0xf2f2e6;
    /** The desktop. */
    public static final int SKY = 0x1f3a5f;
    public static final int GROUND = 0x0d1a2d;
    public static final int WINDOW = 0xf3f4f6;
    public static final int TITLE = 0xdde1e7;
    public static final int TITLE_ACTIVE = 0x2f6fb7;
    public static final int INK = 0x1d232b;
    public static final int INK_DIM = 0x6b7480;
    public static final int EDGE = 0xb6bdc8;

    private Palette() {
    }
}

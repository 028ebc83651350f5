package org.catseye.rfb.picture;

import java.io.IOException;
import java.util.BitSet;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;

/** Reads the FramebufferUpdate messages of a connection into its picture. For one thread; {@link #close} comes after its last call. */
public final class UpdateReader implements AutoCloseable {

    private static final int MAX_NAME_BYTES = 64 * 1024;
    private static final int VMWARE_SCROLL = 1;
    private static final int VMWARE_NUM = 2;
    private static final int VMWARE_CAPS = 4;

    private final WireInput in;
    private final Framebuffer picture;
    private final ScreenLimit limit;
    private final UpdateListener listener;
    private final HextileDecoder hextile = new HextileDecoder();
    private final ZrleDecoder zrle = new ZrleDecoder();
    private final TightDecoder tight = new TightDecoder();

    public UpdateReader(WireInput in, Framebuffer picture, ScreenLimit limit, UpdateListener listener) {
        this.in = in;
        this.picture = picture;
        this.limit = limit;
        this.listener = listener;
    }

    /** Gives the picture its first or another size. */
    public void resizePicture(int width, int height) throws IOException {
        if (width < 1 || height < 1 || width > Framebuffer.MAX_SIZE || height > Framebuffer.MAX_SIZE) {
            throw new RfbException("The server's screen has " + width + "x" + height + " pixels; up to " + Framebuffer.MAX_SIZE + " in each direction are supported.");
        }
        limit.requireSize(width, height);
        picture.resizeTo(width, height);
    }

    /** Reads a message after its type. */
    public void readUpdate() throws IOException {
        in.skipBytes(1);
        int count = in.readU16();
        for (int i = 0; i < count; i++) {
            Rectangle area = new Rectangle(in.readU16(), in.readU16(), in.readU16(), in.readU16());
            int encoding = in.readS32();
            if (encoding == Encoding.LAST_RECT) {
                return;
            }
            readRectangle(area, encoding);
        }
    }

    private void readRectangle(Rectangle area, int encoding) throws IOException {
        switch (encoding) {
            case Encoding.RAW -> decode(this::decodeRaw, area);
            case Encoding.COPY_RECT -> readCopy(area);
            case Encoding.HEXTILE -> decode(hextile, area);
            case Encoding.ZRLE -> decode(zrle, area);
            case Encoding.TIGHT -> decode(tight, area);
            default -> readPseudoRectangle(area, encoding);
        }
    }

    private void readPseudoRectangle(Rectangle area, int encoding) throws IOException {
        switch (encoding) {
            case Encoding.DESKTOP_SIZE -> resizePicture(area.width(), area.height());
            case Encoding.EXTENDED_DESKTOP_SIZE -> readExtendedSize(area);
            case Encoding.CURSOR -> readPointerShape(area);
            case Encoding.POINTER_POSITION, Encoding.VMWARE_POINTER_POSITION -> listener.handlePointerPosition(area.x(), area.y());
            case Encoding.DESKTOP_NAME -> listener.handleDesktopName(in.readText(MAX_NAME_BYTES, "a name"));
            case Encoding.QEMU_EXTENDED_KEYS -> listener.handleExtendedKeys();
            case Encoding.QEMU_POINTER_MOTION -> listener.handlePointerMode(area.x() == 0);
            case Encoding.QEMU_LED_STATE -> listener.handleLeds(in.readU8() & 7);
            case Encoding.VMWARE_LED_STATE -> listener.handleLeds(convertVmwareLeds(in.readS32()));
            default -> throw new RfbException("The server sent a rectangle in the encoding " + encoding + ", which it was not asked for.");
        }
    }

    private static int convertVmwareLeds(int leds) {
        return ((leds & VMWARE_SCROLL) != 0 ? 1 : 0) | ((leds & VMWARE_NUM) != 0 ? 2 : 0) | ((leds & VMWARE_CAPS) != 0 ? 4 : 0);
    }

    private void decode(RectangleDecoder decoder, Rectangle area) throws IOException {
        picture.beginRectangle(area);
        decoder.decodeRectangle(in, area, picture);
    }

    private void decodeRaw(WireInput from, Rectangle area, Framebuffer to) throws IOException {
        for (int row = 0; row < area.height(); row++) {
            from.readPixels(to.pixels(), to.indexOf(area.x(), area.y() + row), area.width());
        }
    }

    private void readCopy(Rectangle area) throws IOException {
        int x = in.readU16();
        int y = in.readU16();
        if (!new Rectangle(x, y, area.width(), area.height()).isInside(picture.width(), picture.height())) {
            throw new RfbException("The server copies a part of the picture from outside of its screen.");
        }
        picture.decodeWholeJpeg();
        picture.beginCopy(x, y, area);
        picture.copyRectangle(x, y, area);
    }

    /** The reason is in x and the status in y; a status other than 0 answers a client that asked for a size. */
    private void readExtendedSize(Rectangle area) throws IOException {
        int screens = in.readU8();
        in.skipBytes(3 + 16L * screens);
        boolean current = area.width() == picture.width() && area.height() == picture.height();
        if (area.y() == 0 && !current) {
            resizePicture(area.width(), area.height());
        }
    }

    private void readPointerShape(Rectangle area) throws IOException {
        if (area.width() > PointerShape.MAX_SIZE || area.height() > PointerShape.MAX_SIZE) {
            throw new RfbException("The server sent a pointer of " + area.width() + "x" + area.height() + " pixels.");
        }
        int[] pixels = new int[area.pixelCount()];
        in.readPixels(pixels, 0, pixels.length);
        BitSet visible = new BitSet();
        int rowBytes = (area.width() + 7) / 8;
        byte[] mask = in.readBytes(rowBytes * area.height());
        for (int i = 0; i < pixels.length; i++) {
            int x = i % area.width();
            visible.set(i, (mask[i / area.width() * rowBytes + x / 8] >> 7 - x % 8 & 1) != 0);
        }
        listener.handlePointerShape(new PointerShape(area.width(), area.height(), area.x(), area.y(), pixels, visible));
    }

    @Override
    public void close() {
        zrle.close();
        tight.close();
    }
}

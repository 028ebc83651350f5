package org.catseye.rfb.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.catseye.rfb.wire.RfbException;
import org.catseye.rfb.wire.WireInput;

/** Reads prepared updates into a picture, and notes what else they report. */
final class Connection implements UpdateListener, AutoCloseable {

    static final int MAX_PIXELS = 1_000_000;

    final MemoryStream stream;
    final Framebuffer picture = new Framebuffer();
    final List<String> events = new ArrayList<>();
    final UpdateReader reader;
    private PointerShape shape = PointerShape.NONE;

    Connection(int width, int height, byte[] input) throws IOException {
        stream = new MemoryStream(input);
        reader = new UpdateReader(new WireInput(stream), picture, Connection::requireSize, this);
        reader.resizePicture(width, height);
        picture.clearChanges();
    }

    private static void requireSize(int width, int height) throws RfbException {
        if ((long) width * height > MAX_PIXELS) {
            throw new RfbException("too large: " + width + "x" + height);
        }
    }

    PointerShape shape() {
        return shape;
    }

    @Override
    public void handlePointerShape(PointerShape now) {
        shape = now;
    }

    @Override
    public void handlePointerPosition(int x, int y) {
        events.add("pointer " + x + "," + y);
    }

    @Override
    public void handleDesktopName(String name) {
        events.add("name " + name);
    }

    @Override
    public void handleExtendedKeys() {
        events.add("extended keys");
    }

    @Override
    public void handleLeds(int leds) {
        events.add("leds " + leds);
    }

    @Override
    public void handlePointerMode(boolean relative) {
        events.add(relative ? "relative" : "absolute");
    }

    @Override
    public void close() {
        reader.close();
    }
}

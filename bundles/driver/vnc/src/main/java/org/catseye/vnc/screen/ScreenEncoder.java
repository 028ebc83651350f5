package org.catseye.vnc.screen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.rfb.client.RfbClient;
import org.catseye.rfb.picture.Framebuffer;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.vnc.link.VncLink.PointerPlace;

/**
 * The picture of one connection as JPEG, or its changes as a drawing. Encodes the strips that have changed; a JPEG of the whole screen
 * passes as the server sent it. Only the capture thread uses it.
 */
final class ScreenEncoder {

    private final RfbClient client;
    private final int quality;
    /** The strips whose encoded bytes are not those of the picture. */
    private final BitSet outdated = new BitSet();
    private final PointerPainter pointer = new PointerPainter();
    private final DrawingEncoder drawing = new DrawingEncoder();
    private JpegEncoder encoder;
    private VideoFormat format = new VideoFormat(Codec.JPEG, 1, 1);
    private byte[] whole = {};
    /** What came before the picture got its size; if nothing has come since, there is nothing to show. */
    private long pixelsAtStart;

    ScreenEncoder(RfbClient client, int quality) {
        this.client = client;
        this.quality = quality;
    }

    /** What became of the picture. */
    enum Result {
        UNCHANGED,
        /** There is another picture. */
        PICTURE,
        /** There is a drawing of what has changed since the picture or drawing before. */
        DRAWING,
        /** The picture has another size, and no content yet. */
        RESIZED
    }

    /** Whether it has no picture and no size yet. */
    boolean isEmpty() {
        return encoder == null;
    }

    VideoFormat format() {
        return format;
    }

    VideoFormat drawingFormat() {
        return new VideoFormat(Codec.DRAWING, format.width(), format.height());
    }

    int drawingBytes() {
        return drawing.sizeBytes();
    }

    void writeDrawing(ByteBuffer to) {
        drawing.writeDrawing(to);
    }

    int sizeBytes() {
        return whole.length > 0 ? whole.length : encoder.sizeBytes();
    }

    void writePicture(ByteBuffer to) {
        if (whole.length > 0) {
            to.put(whole);
        } else {
            encoder.writePicture(to);
        }
    }

    /**
     * Encodes what has changed. After a change of size, the picture has no content yet and is not encoded.
     *
     * @param mayDraw whether a drawing is possible; else the picture is encoded, also if nothing has changed since the last drawing
     * @throws IOException if the server's JPEG cannot be decoded
     */
    Result encodeChanges(PointerPlace place, boolean mayDraw) throws IOException, InterruptedException {
        client.pictureLock().lockInterruptibly();
        try {
            Framebuffer picture = client.picture();
            boolean changed = !picture.changedStrips().isEmpty();
            outdated.or(picture.changedStrips());
            picture.clearChanges();
            if (encoder == null || picture.width() != format.width() || picture.height() != format.height()) {
                startSize(picture);
                return Result.RESIZED;
            }
            if (picture.receivedPixels() == pixelsAtStart) {
                return Result.UNCHANGED;
            }
            return encodePicture(picture, place, changed, mayDraw);
        } finally {
            client.pictureLock().unlock();
        }
    }

    private void startSize(Framebuffer picture) {
        encoder = new JpegEncoder(picture.width(), picture.height(), quality);
        format = new VideoFormat(Codec.JPEG, picture.width(), picture.height());
        pixelsAtStart = picture.receivedPixels();
        outdated.set(0, encoder.stripCount());
        whole = new byte[0];
    }

    private Result encodePicture(Framebuffer picture, PointerPlace place, boolean changed, boolean mayDraw) throws IOException {
        Optional<byte[]> jpeg = picture.wholeJpeg();
        if (jpeg.isPresent()) {
            boolean same = whole == jpeg.get();
            whole = jpeg.get();
            picture.changes().clearChanges(Optional.empty());
            return same ? Result.UNCHANGED : Result.PICTURE;
        }
        // The pointer is not in a picture that passed as it came.
        boolean drawable = mayDraw && whole.length == 0;
        whole = new byte[0];
        boolean moved = pointer.isOutdated(client.state().pointer(), place);
        if (moved) {
            pointer.movePointer(client.state().pointer(), place, outdated, picture);
        }
        if (!changed && !moved && (mayDraw || outdated.isEmpty())) {
            return Result.UNCHANGED;
        }
        pointer.paintPointer(picture);
        boolean drawn = drawable && drawing.encodeChanges(picture.changes(), picture.pixels(), picture.width());
        if (!drawn) {
            encoder.encodeStrips(picture.pixels(), outdated);
            outdated.clear();
        }
        pointer.removePointer(picture);
        picture.changes().clearChanges(pointer.findArea(picture));
        return drawn ? Result.DRAWING : Result.PICTURE;
    }
}

package org.catseye.web.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Session;
import org.catseye.video.Frame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A viewer of multipart/x-mixed-replace. The response's head and the first boundary were sent before it takes over. */
final class MjpegConnection extends FrameConnection {

    private static final long FINAL_AFTER_MILLIS = 100;
    /** What follows a frame when the next part's head is sent in advance: its length is not known yet. */
    private static final byte[] ADVANCE = ("\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer SHARED_BOUNDARY = direct(FrameHeads.BOUNDARY);
    private static final ByteBuffer SHARED_ADVANCE = direct(ADVANCE);

    private final MjpegOptions options;
    private final Scheduler scheduler;
    private final ByteBuffer boundary = SHARED_BOUNDARY.duplicate();
    private final ByteBuffer drain = ByteBuffer.allocate(1024);
    private final long began = System.nanoTime();
    private long frames;
    /** With dual_final_frames: the frame sent last, until it was sent twice or another came. Touched in turns only. */
    private Frame last;
    private FrameHeads lastHeads;
    private volatile boolean lastDue;
    private Scheduler.Task task;

    MjpegConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, MjpegOptions options) {
        super(endPoint, executor, feed, session);
        this.options = options;
        this.scheduler = scheduler;
    }

    @Override
    boolean windowOpen() {
        return true;
    }

    @Override
    void send(Frame frame, FrameHeads heads) {
        frames++;
        if (options.dualFinalFrames()) {
            keepForSecondTime(frame.retain(), heads);
        }
        writePart(frame, heads);
    }

    @Override
    boolean sendOther() {
        if (!lastDue || last == null) {
            return false;
        }
        lastDue = false;
        writePart(last, lastHeads);
        dropLast();
        return true;
    }

    /** An MJPEG client says nothing; all there is to read is the end. */
    @Override
    public void onFillable() {
        try {
            int read;
            do {
                read = getEndPoint().fill(drain.clear().limit(0));
            } while (read > 0);
            if (read < 0) {
                getEndPoint().close();
            } else {
                awaitInput();
            }
        } catch (IOException e) {
            getEndPoint().close(e);
        }
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        if (task != null) {
            task.cancel();
        }
        Frame frame = last;
        last = null;
        if (frame != null) {
            frame.close();
        }
    }

    @Override
    void goAway() {
        getEndPoint().close();
    }

    private void writePart(Frame frame, FrameHeads heads) {
        ByteBuffer data = duplicate(frame.data());
        if (options.plain()) {
            write(duplicate(heads.of(frame).part()), data, boundary.clear());
            return;
        }
        ByteBuffer end = options.advanceHeaders() ? SHARED_ADVANCE.duplicate() : boundary.clear();
        ByteBuffer head = ByteBuffer.wrap(head(frame, heads).getBytes(StandardCharsets.US_ASCII));
        if (options.zeroData()) {
            write(head, end);
        } else {
            write(head, data, end);
        }
    }

    private String head(Frame frame, FrameHeads heads) {
        if (options.advanceHeaders()) {
            // Sent after the frame before; the very first part's went out with the first boundary.
            return "";
        }
        StringBuilder head = new StringBuilder(256);
        head.append("Content-Type: image/jpeg\r\nContent-Length: ").append(options.zeroData() ? 0 : frame.data().limit());
        head.append("\r\nX-Timestamp: ").append(FrameHeads.seconds(heads.epochMicros(frame)));
        if (options.extraHeaders()) {
            long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            head.append("\r\nX-UStreamer-Online: true\r\nX-UStreamer-Width: ").append(frame.format().width());
            head.append("\r\nX-UStreamer-Height: ").append(frame.format().height());
            head.append("\r\nX-UStreamer-Client-FPS: ").append(frames / seconds);
            head.append("\r\nX-UStreamer-Grab-Time: ").append(FrameHeads.seconds(heads.epochMicros(frame)));
            head.append("\r\nX-UStreamer-Latency: ").append(FrameHeads.seconds((System.nanoTime() - frame.capturedNanos()) / 1_000));
        }
        return head.append("\r\n\r\n").toString();
    }

    private void keepForSecondTime(Frame frame, FrameHeads heads) {
        dropLast();
        last = frame;
        lastHeads = heads;
        lastDue = false;
        if (task != null) {
            task.cancel();
        }
        task = scheduler.schedule(() -> {
            lastDue = true;
            signal();
        }, FINAL_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void dropLast() {
        if (last != null) {
            last.close();
            last = null;
        }
    }

    /** What goes before the first part: the boundary, and with advance_headers the first part's head. */
    static String opening(MjpegOptions options) {
        return options.advanceHeaders() ? "--frame\r\nContent-Type: image/jpeg\r\n\r\n" : "--frame\r\n";
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}

package org.catseye.web.socket;

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
    /** A still picture is sent again after one to two times this: proxies end a connection on which they read nothing for a minute. */
    static final long STILL_CHECK_MILLIS = 10_000;
    /** What follows a frame when the next part's head is sent in advance: its length is not known yet. */
    private static final byte[] ADVANCE = ("\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer SHARED_BOUNDARY = direct(FrameHeads.BOUNDARY);
    private static final ByteBuffer SHARED_ADVANCE = direct(ADVANCE);

    private final MjpegOptions options;
    private final Scheduler scheduler;
    private final ByteBuffer boundary = SHARED_BOUNDARY.duplicate();
    private final Rate rate = new Rate();
    private long fps;
    private long lastSequence;
    private long skipped;
    /** The frame sent last, to be sent again. Touched in turns only, as is what follows. */
    private Frame last;
    private FrameHeads lastHeads;
    private volatile boolean lastDue;
    /** With dual_final_frames: sends the last frame a second time. */
    private Scheduler.Task finalTask;
    private Scheduler.Task stillTask;
    /** Whether a frame was sent since the still picture was checked. */
    private volatile boolean sentSinceCheck;
    private volatile boolean stillCheckOver;

    MjpegConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, ClientReader.Throttle throttle, MjpegOptions options) {
        super(endPoint, executor, feed, session, throttle);
        this.options = options;
        this.scheduler = scheduler;
    }

    @Override
    boolean windowOpen() {
        return true;
    }

    @Override
    void send(Frame frame, FrameHeads heads) {
        fps = rate.sent(System.nanoTime());
        // Another hub counts from 1 again.
        skipped = lastSequence == 0 ? 0 : Math.max(0, frame.sequence() - lastSequence - 1);
        lastSequence = frame.sequence();
        keepForRepetition(frame.retain(), heads);
        writePart(frame, heads);
    }

    @Override
    boolean sendOther() {
        if (stillCheckOver) {
            stillCheckOver = false;
            scheduleStillCheck();
        }
        if (!lastDue || last == null) {
            return false;
        }
        lastDue = false;
        lend(last.retain());
        writePart(last, lastHeads);
        return true;
    }

    /** An MJPEG client has nothing to say; all there is to read is the end. */
    @Override
    int received(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        return 1;
    }

    @Override
    void ended() {
        cancel(finalTask);
        cancel(stillTask);
        dropLast();
    }

    @Override
    void sourceChanged() {
        dropLast();
    }

    @Override
    void goAway() {
        getEndPoint().close();
    }

    private void writePart(Frame frame, FrameHeads heads) {
        ByteBuffer data = duplicate(frame.encodedBytes());
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
        head.append("Content-Type: image/jpeg\r\nContent-Length: ").append(options.zeroData() ? 0 : frame.encodedBytes().limit());
        head.append("\r\nX-Timestamp: ").append(FrameHeads.seconds(heads.epochMicros(frame)));
        if (options.extraHeaders()) {
            extra(head, frame);
        }
        return head.append("\r\n\r\n").toString();
    }

    /** Times are monotonic, as uStreamer's; those of stages that do not exist here are left out. */
    private void extra(StringBuilder head, Frame frame) {
        long now = System.nanoTime();
        head.append("\r\nX-UStreamer-Online: true\r\nX-UStreamer-Dropped: ").append(skipped);
        head.append("\r\nX-UStreamer-Width: ").append(frame.format().width());
        head.append("\r\nX-UStreamer-Height: ").append(frame.format().height());
        head.append("\r\nX-UStreamer-Client-FPS: ").append(fps);
        head.append("\r\nX-UStreamer-Grab-Time: ").append(FrameHeads.seconds(frame.capturedNanos() / 1_000));
        head.append("\r\nX-UStreamer-Send-Time: ").append(FrameHeads.seconds(now / 1_000));
        head.append("\r\nX-UStreamer-Latency: ").append(FrameHeads.seconds(Math.max(0, now - frame.capturedNanos()) / 1_000));
    }

    private void keepForRepetition(Frame frame, FrameHeads heads) {
        dropLast();
        last = frame;
        lastHeads = heads;
        lastDue = false;
        sentSinceCheck = true;
        if (options.dualFinalFrames()) {
            cancel(finalTask);
            finalTask = scheduler.schedule(this::repeatLast, FINAL_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (stillTask == null) {
            scheduleStillCheck();
        }
    }

    private void scheduleStillCheck() {
        stillTask = scheduler.schedule(this::checkStill, STILL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void repeatLast() {
        lastDue = true;
        signal();
    }

    /** On the scheduler's thread; the next check is scheduled in a turn, so that none follows the end. */
    private void checkStill() {
        lastDue |= !sentSinceCheck;
        sentSinceCheck = false;
        stillCheckOver = true;
        signal();
    }

    private static void cancel(Scheduler.Task task) {
        if (task != null) {
            task.cancel();
        }
    }

    private void dropLast() {
        if (last != null) {
            last.close();
            last = null;
        }
    }

    /** What goes before the first part: the boundary, and with advance_headers the first part's head. */
    static String firstBoundary(MjpegOptions options) {
        return options.advanceHeaders() ? "--frame\r\nContent-Type: image/jpeg\r\n\r\n" : "--frame\r\n";
    }

    /** Frames sent in the last whole second of the clock. */
    static final class Rate {
        private long second;
        private long count;
        private long last;

        long sent(long nanos) {
            long now = TimeUnit.NANOSECONDS.toSeconds(nanos);
            if (now != second) {
                last = now == second + 1 ? count : 0;
                count = 0;
                second = now;
            }
            count++;
            return last;
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}

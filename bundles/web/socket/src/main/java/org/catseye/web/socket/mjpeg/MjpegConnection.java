package org.catseye.web.socket.mjpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Session;
import org.catseye.video.Frame;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FrameHeads;
import org.catseye.web.socket.viewer.OneWayConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A viewer of multipart/x-mixed-replace. The response's head and the first boundary were sent before it takes over. */
public final class MjpegConnection extends OneWayConnection {

    private static final long FINAL_AFTER_MILLIS = 100;
    /** A still picture is sent again after one to two times this: proxies close a connection that delivers nothing for a minute. */
    static final long STILL_CHECK_MILLIS = 10_000;
    /** Follows a frame when the head of the next part is sent in advance: its length is not known yet. */
    private static final byte[] ADVANCE = ("\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer SHARED_BOUNDARY = toDirectBuffer(FrameHeads.BOUNDARY);
    private static final ByteBuffer SHARED_ADVANCE = toDirectBuffer(ADVANCE);

    private final MjpegOptions options;
    private final Scheduler scheduler;
    private final ByteBuffer boundary = SHARED_BOUNDARY.duplicate();
    private final Rate rate = new Rate();
    private long fps;
    private long lastSequence;
    private long skipped;
    /** The frame sent last, to be sent again. Touched in turns only, as are the next fields. */
    private Frame last;
    private FrameHeads lastHeads;
    private volatile boolean lastDue;
    /** With dual_final_frames: sends the last frame a second time. */
    private Scheduler.Task finalTask;
    private Scheduler.Task stillTask;
    /** Whether a frame was sent since the still picture was checked. */
    private volatile boolean sentSinceCheck;
    private volatile boolean stillCheckOver;

    public MjpegConnection(EndPoint endPoint, Executor executor, Scheduler scheduler, Feed feed, Session session, ClientReader.Throttle throttle, MjpegOptions options) {
        super(endPoint, executor, feed, session, throttle);
        this.options = options;
        this.scheduler = scheduler;
    }

    @Override
    protected void sendFrame(Frame frame, FrameHeads heads) {
        fps = rate.countFrame(System.nanoTime());
        // Another hub starts at 1 again.
        skipped = lastSequence == 0 ? 0 : Math.max(0, frame.sequence() - lastSequence - 1);
        lastSequence = frame.sequence();
        keepForRepetition(frame.retain(), heads);
        writePart(frame, heads);
    }

    @Override
    protected boolean sendPending() {
        if (stillCheckOver) {
            stillCheckOver = false;
            scheduleStillCheck();
        }
        if (!lastDue || last == null) {
            return false;
        }
        lastDue = false;
        lendFrame(last.retain());
        writePart(last, lastHeads);
        return true;
    }

    @Override
    protected void releaseHeldFrames() {
        cancelTask(finalTask);
        cancelTask(stillTask);
        dropLast();
    }

    @Override
    protected void handleSourceChange() {
        dropLast();
    }

    private void writePart(Frame frame, FrameHeads heads) {
        ByteBuffer data = duplicateBuffer(frame.encodedBytes());
        if (options.usesSharedHead()) {
            writeBuffers(duplicateBuffer(heads.headsOf(frame).partHead()), data, boundary.clear());
            return;
        }
        ByteBuffer end = options.advanceHeaders() ? SHARED_ADVANCE.duplicate() : boundary.clear();
        ByteBuffer head = ByteBuffer.wrap(formatHead(frame, heads).getBytes(StandardCharsets.US_ASCII));
        if (options.zeroData()) {
            writeBuffers(head, end);
        } else {
            writeBuffers(head, data, end);
        }
    }

    private String formatHead(Frame frame, FrameHeads heads) {
        if (options.advanceHeaders()) {
            // Sent after the previous frame; the head of the first part was sent with the first boundary.
            return "";
        }
        StringBuilder head = new StringBuilder(256);
        head.append("Content-Type: image/jpeg\r\nContent-Length: ").append(options.zeroData() ? 0 : frame.encodedBytes().limit());
        head.append("\r\nX-Timestamp: ").append(FrameHeads.formatSeconds(heads.epochMicros(frame)));
        if (options.extraHeaders()) {
            appendExtraHeaders(head, frame);
        }
        return head.append("\r\n\r\n").toString();
    }

    /** Times are monotonic, as uStreamer's; those of stages that do not exist here are left out. */
    private void appendExtraHeaders(StringBuilder head, Frame frame) {
        long now = System.nanoTime();
        head.append("\r\nX-UStreamer-Online: true\r\nX-UStreamer-Dropped: ").append(skipped);
        head.append("\r\nX-UStreamer-Width: ").append(frame.format().width());
        head.append("\r\nX-UStreamer-Height: ").append(frame.format().height());
        head.append("\r\nX-UStreamer-Client-FPS: ").append(fps);
        head.append("\r\nX-UStreamer-Grab-Time: ").append(FrameHeads.formatSeconds(frame.capturedNanos() / 1_000));
        head.append("\r\nX-UStreamer-Send-Time: ").append(FrameHeads.formatSeconds(now / 1_000));
        head.append("\r\nX-UStreamer-Latency: ").append(FrameHeads.formatSeconds(Math.max(0, now - frame.capturedNanos()) / 1_000));
    }

    private void keepForRepetition(Frame frame, FrameHeads heads) {
        dropLast();
        last = frame;
        lastHeads = heads;
        lastDue = false;
        sentSinceCheck = true;
        if (options.dualFinalFrames()) {
            cancelTask(finalTask);
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
        signalWork();
    }

    /** On the scheduler's thread. The next check is scheduled in a turn, so that none follows the end. */
    private void checkStill() {
        lastDue |= !sentSinceCheck;
        sentSinceCheck = false;
        stillCheckOver = true;
        signalWork();
    }

    private static void cancelTask(Scheduler.Task task) {
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

    /** The bytes before the first part: the boundary, and with advance_headers the head of the first part. */
    static String firstBoundary(MjpegOptions options) {
        return options.advanceHeaders() ? "--frame\r\nContent-Type: image/jpeg\r\n\r\n" : "--frame\r\n";
    }

    /** Frames sent in the last whole second of the clock. */
    static final class Rate {
        private long second;
        private long count;
        private long last;

        long countFrame(long nanos) {
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

    private static ByteBuffer toDirectBuffer(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}

package org.catseye.ffmpeg.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.concurrent.NamedThreads;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;

/**
 * One ffmpeg process between its input and its output: one thread writes, one reads, and the caller's thread watches. Both pipes may block,
 * so neither of them could notice that ffmpeg hangs. Used once.
 */
public final class PipeRun {

    private static final long CHECK_MILLIS = 100;
    private static final long JOIN_MILLIS = 2000;
    /** A busy board may take seconds to start a program. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FfmpegProcess ffmpeg;
    private final CaptureContext context;
    private final long staleNanos;
    private final long killNanos;
    private final boolean everyPicture;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Semaphore woken = new Semaphore(0);
    /** When the oldest picture without a result was written, System.nanoTime; 0 if there is none. */
    private volatile long waitingSince;
    private volatile boolean started;
    private volatile long lastInput;
    private volatile boolean writing;
    private volatile boolean ended;

    /** Writes pictures to ffmpeg. */
    @FunctionalInterface
    public interface Writer {
        /** Returns when ffmpeg is to be ended. May be interrupted. */
        void writeInput(OutputStream out) throws IOException, InterruptedException;
    }

    /** Reads results of ffmpeg. */
    @FunctionalInterface
    public interface Reader {
        /** Returns at the end of the output. */
        void readOutput(InputStream in) throws IOException;
    }

    /**
     * @param staleMillis a picture without a result for that long is reported as {@link Signal#STALE}
     * @param killMillis after that long ffmpeg is killed
     * @param everyPicture whether each picture has a result; otherwise a picture counts only while others follow
     */
    public PipeRun(FfmpegProcess ffmpeg, CaptureContext context, long staleMillis, long killMillis, boolean everyPicture) {
        this.everyPicture = everyPicture;
        this.ffmpeg = ffmpeg;
        this.context = context;
        staleNanos = TimeUnit.MILLISECONDS.toNanos(staleMillis);
        killNanos = TimeUnit.MILLISECONDS.toNanos(killMillis);
    }

    /** To be called before a picture is written. */
    public synchronized void recordInput() {
        lastInput = System.nanoTime();
        writing = true;
        if (waitingSince == 0) {
            waitingSince = lastInput;
        }
    }

    /** To be called after a picture was written. */
    public void recordWritten() {
        writing = false;
    }

    /** To be called for each result. @param outstanding whether pictures without a result are left */
    public synchronized void recordOutput(boolean outstanding) {
        started = true;
        waitingSince = outstanding ? System.nanoTime() : 0;
    }

    /**
     * Runs until ffmpeg, the input or the context ends. Then ffmpeg and both threads have ended.
     *
     * @param name of the threads, such as {@code ffmpeg-h264}
     * @throws IOException if ffmpeg ended by itself or was killed because it hangs; the message is for users
     */
    public void run(String name, Writer writer, Reader reader) throws IOException, InterruptedException {
        Thread writing = NamedThreads.newDaemonThread(() -> runGuarded(() -> writer.writeInput(ffmpeg.standardInput())), name + "-write");
        Thread reading = NamedThreads.newDaemonThread(() -> runGuarded(() -> reader.readOutput(ffmpeg.standardOutput())), name + "-read");
        context.setWakeAction(woken::release);
        boolean hung;
        try {
            writing.start();
            reading.start();
            hung = watch();
        } finally {
            ffmpeg.killProcess();
            writing.interrupt();
            joinThread(writing);
            joinThread(reading);
        }
        if (hung) {
            throw new IOException("ffmpeg accepts pictures but returns none. It is being restarted.");
        }
        if (failure.get() instanceof RuntimeException defect) {
            throw defect;
        }
    }

    /** Whether the input or the output failed, and the context did not end; to be asked after {@link #run}. */
    public boolean hasFailed() {
        return failure.get() != null && !context.isStopped();
    }

    /** @return whether ffmpeg hangs */
    private boolean watch() throws InterruptedException {
        long processor = 0;
        while (!ended && !context.isStopped()) {
            woken.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS);
            woken.drainPermits();
            long taken = ffmpeg.processorNanos();
            context.reportProcessorTime(Math.max(0, taken - processor));
            processor = Math.max(processor, taken);
            long waited = waitedNanos(System.nanoTime());
            if (waited > (started ? killNanos : Math.max(killNanos, START_NANOS))) {
                return true;
            }
            if (started && waited > staleNanos) {
                context.reportSignal(Signal.STALE, "ffmpeg cannot keep up with the picture.");
            }
        }
        return false;
    }

    private long waitedNanos(long now) {
        long since = waitingSince;
        boolean counts = since != 0 && (everyPicture || writing || now - lastInput < killNanos);
        return counts ? now - since : 0;
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void runGuarded(Task task) {
        try {
            task.run();
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            woken.release();
        }
    }

    /** The hub stops the caller by interrupting it; both threads must have ended all the same. */
    private static void joinThread(Thread thread) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

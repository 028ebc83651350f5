package org.catseye.hid.gadget;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/**
 * All ways to the target together. Reports come from the hub, one at a time; the watcher opens and closes. A target that does not
 * fetch the keyboard's reports does not listen; one that does not look at a pointer is well all the same.
 */
final class Wire {

    static final String SILENT = "the target is not listening: off, asleep or unplugged";
    static final String NOT_FETCHING = "the target does not fetch the keyboard's reports: it is asleep or just starting";

    private static final long FIRST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MOST_DOUBLINGS = 5;

    private final int lastKey;
    private final Map<Role, Channel> channels = new EnumMap<>(Role.class);
    private final Voice voice;
    private final Runnable wakeWatcher;
    private volatile boolean failed;
    private volatile long failedNanos;
    private volatile int failures;
    private volatile long sentNanos;
    private volatile long reports;
    private volatile String lastError = "";

    /** @param wakeWatcher called when something changed that the watcher should look at; returns at once */
    Wire(Profile profile, Voice voice, Runnable wakeWatcher) {
        this.lastKey = profile.lastKey();
        this.voice = voice;
        this.wakeWatcher = wakeWatcher;
        profile.functions().forEach(function ->
                channels.put(function.role(), new Channel(function.role(), function.reportLength())));
    }

    Map<Role, Channel> channels() {
        return channels;
    }

    void keyboard(KeyboardReport report) throws IOException {
        Channel channel = channel(Role.KEYBOARD);
        synchronized (channel) {
            Reports.keyboard(channel.report(), report, lastKey);
            send(Role.KEYBOARD, channel);
        }
    }

    void pointer(PointerReport report) throws IOException {
        Channel channel = channel(Role.POINTER);
        synchronized (channel) {
            Reports.pointer(channel.report(), report);
            send(Role.POINTER, channel);
        }
    }

    void motion(MotionReport report) throws IOException {
        Channel channel = channel(Role.MOUSE);
        synchronized (channel) {
            Reports.mouse(channel.report(), report);
            send(Role.MOUSE, channel);
        }
    }

    void consumer(int usage) throws IOException {
        Channel channel = channel(Role.CONSUMER);
        synchronized (channel) {
            Reports.consumer(channel.report(), usage);
            send(Role.CONSUMER, channel);
        }
    }

    /** Sends the newest state of a pointer that the host has begun to look at. */
    void repeat(Role role) {
        try {
            channels.get(role).repeat();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Puts "all keys up" before the host, to see whether it is fetched. @throws IOException in words, if it was refused */
    void probe() throws IOException {
        Channel channel = channel(Role.KEYBOARD);
        synchronized (channel) {
            Reports.keyboard(channel.report(), KeyboardReport.UP, lastKey);
            try {
                // One that waits there already serves as well.
                channel.send();
            } catch (IOException e) {
                throw fail(e);
            }
        }
    }

    void lights() {
        int report = channels.get(Role.KEYBOARD).lights();
        if (report >= 0) {
            voice.leds(Leds.fromReport(report));
        }
    }

    /** Whether a report was refused since {@link #healed()}. */
    boolean failed() {
        return failed;
    }

    /** Whether the last refusal is so long ago that it may be tried again: longer, the more there were. */
    boolean rested() {
        long wait = FIRST_REST_NANOS << Math.min(failures - 1, MOST_DOUBLINGS);
        return System.nanoTime() - failedNanos >= wait;
    }

    /** There is reason to believe that reports are taken again. */
    void healed() {
        failed = false;
        failures = 0;
    }

    /** Reports that were taken. */
    long reports() {
        return reports;
    }

    /** Seconds since the last report that was taken. */
    long idleSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sentNanos);
    }

    /** In words; empty if there was none. */
    String lastError() {
        return lastError;
    }

    private Channel channel(Role role) throws IOException {
        Channel channel = channels.get(role);
        if (channel == null) {
            throw new IOException("the profile has no " + role.word());
        }
        return channel;
    }

    private void send(Role role, Channel channel) throws IOException {
        boolean waited = channel.waiting();
        boolean taken;
        try {
            taken = channel.send();
        } catch (IOException e) {
            throw fail(e);
        }
        if (taken) {
            // Not atomic, and need not be: the hub reports one at a time.
            reports = reports + 1;
            failures = 0;
            sentNanos = System.nanoTime();
        } else if (role == Role.KEYBOARD) {
            throw fail(new IOException(NOT_FETCHING));
        } else if (!waited) {
            wakeWatcher.run();
        }
    }

    private IOException fail(IOException cause) {
        String words = cause instanceof ErrnoException errno ? words(errno) : cause.getMessage();
        lastError = words;
        failedNanos = System.nanoTime();
        failures = failures + 1;
        failed = true;
        if (voice.isReady()) {
            voice.offline(words);
        }
        // Else the watcher has said why, and knows better.
        wakeWatcher.run();
        return new IOException(words, cause);
    }

    private static String words(ErrnoException e) {
        return e.is(Errno.ESHUTDOWN) ? SILENT : "the USB keyboard is gone for the moment (" + e.getMessage() + ")";
    }
}

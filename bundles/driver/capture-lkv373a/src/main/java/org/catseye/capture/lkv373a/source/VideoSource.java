package org.catseye.capture.lkv373a.source;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.capture.lkv373a.diagnosis.SignalReport;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.targets.SelfCheck.Item;

/**
 * Receives from one kind of box: opens its ports, publishes its frames, and finds the reason if there are none. All times are
 * {@link System#nanoTime()}. For one thread.
 */
public interface VideoSource extends AutoCloseable {

    /** @throws IOException with a message for the user, if a required port cannot be opened */
    void openPorts(UdpPorts ports) throws IOException;

    /** Does what is due. Called several times a second, even if nothing arrives. */
    void runPeriodicTasks(long nanos) throws IOException;

    /** When the last datagram of such a box arrived; empty if none did. */
    OptionalLong lastArrival();

    /** Frames published so far. */
    long publishedFrames();

    /** Why there is no picture; empty if the picture is live. */
    Optional<SignalReport> diagnoseSignal(long nanos);

    /** The check's items, in the order in which a user would fix them. */
    List<Item> inspectReception(long nanos);

    /** The box if it is known and has a web page with settings. */
    Optional<Inet4Address> findBox(long nanos);

    @Override
    void close();
}

package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.catseye.targets.SelfCheck.Item;

/** One kind of box, listened to: opens its ports, makes frames of what comes, and knows in words why there are none. One thread. */
interface Source extends AutoCloseable {

    /** @throws IOException in words, if a port that is needed cannot be opened */
    void open(Net net) throws IOException;

    /** Called several times a second, whether something comes or not. */
    void tick(long nanos) throws IOException;

    /** When something of such a box came last, {@link System#nanoTime()}; empty if nothing did. */
    Optional<Long> lastSeen();

    /** Frames published so far. */
    long published();

    /** What is to be told just now; empty if the picture is live, or somebody else knows better. */
    Optional<Say> say(long nanos);

    /** What is found when somebody looks, in the order in which one would mend it. */
    List<Item> items(long nanos);

    /** The box that is meant, if it has a web page and is known. */
    Optional<Inet4Address> box(long nanos);

    @Override
    void close();
}

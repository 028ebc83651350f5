package org.catseye.capture.lkv373a.box;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.catseye.capture.lkv373a.net.HttpRequest;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.capture.lkv373a.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a box send to this machine, through the settings of its web page (source: aheadley/python-LKV373A_v3). It does so only if the
 * configuration asks for it and no stream arrives, and retries after a pause. For one thread.
 */
public final class StreamRedirector implements AutoCloseable {

    private static final long RETRY_INTERVAL_NANOS = 30_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(StreamRedirector.class);

    private final Settings settings;
    private final int httpPort;
    private HttpRequest request;
    private Long lastRequestNanos;
    private Optional<String> outcome = Optional.empty();

    /** @param httpPort {@link BoxPage#HTTP_PORT}, except in tests */
    public StreamRedirector(Settings settings, int httpPort) {
        this.settings = settings;
        this.httpPort = httpPort;
    }

    /** Sends the request if it is due. Called while no stream arrives. @param box the box to redirect; empty if it is unknown */
    public void redirectIfDue(UdpPorts ports, Optional<Inet4Address> box, long nanos) throws IOException {
        if (request != null && request.isFinished(nanos)) {
            request = null;
        }
        boolean pausing = lastRequestNanos != null && nanos - lastRequestNanos < RETRY_INTERVAL_NANOS;
        if (settings.sendTo() == Settings.SendTo.AS_SET || box.isEmpty() || request != null || pausing) {
            return;
        }
        lastRequestNanos = nanos;
        String name = box.get().getHostAddress();
        LOG.info("Setting the box {} to send its pictures to this machine ({})", name, settings.sendTo());
        request = new HttpRequest(ports.selector(), new InetSocketAddress(box.get(), httpPort), requestPath(box.get()), nanos,
            failure -> recordOutcome(name, failure));
    }

    private void recordOutcome(String box, Optional<String> failure) {
        String sentence = failure
            .map(reason -> "Catseye could not set the box " + box + " to send its pictures here: its web page " + reason + ".")
            .orElse("Catseye set the box " + box + " to send its pictures here.");
        outcome = Optional.of(sentence);
        LOG.info("{}", sentence);
    }

    /** The outcome of the last request as a sentence for users; empty if there was none. */
    public Optional<String> outcome() {
        return outcome;
    }

    @Override
    public void close() {
        if (request != null) {
            request.close();
        }
    }

    private String requestPath(Inet4Address box) throws IOException {
        Inet4Address to = settings.sendTo() == Settings.SendTo.UNICAST ? BoxPage.findOwnAddress(box) : settings.group().orElseThrow();
        return BoxPage.destinationPath(to, settings.port(), settings.rtp());
    }
}

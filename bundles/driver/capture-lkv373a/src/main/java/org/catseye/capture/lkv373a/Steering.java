package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a box send here, through the settings of its own web page (aheadley/python-LKV373A_v3): only if the configuration wants that,
 * while nothing comes from it, and not again for a while. One thread.
 */
final class Steering {

    private static final long AGAIN_NANOS = 30_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

    private final Settings settings;
    private final int webPort;
    private HttpGet request;
    private Long last;
    private String outcome = "";

    /** @param webPort of the box's page: 80, but for tests */
    Steering(Settings settings, int webPort) {
        this.settings = settings;
        this.webPort = webPort;
    }

    /** Called while nothing comes. @param box the one that is meant, if that is known */
    void tick(Net net, Optional<Inet4Address> box, long nanos) throws IOException {
        if (request != null && request.over(nanos)) {
            request = null;
        }
        if (settings.sendTo() == Settings.SendTo.AS_SET || box.isEmpty() || request != null || last != null && nanos - last < AGAIN_NANOS) {
            return;
        }
        last = nanos;
        String to = box.get().getHostAddress();
        LOG.info("telling the box {} to send its pictures here ({})", to, settings.sendTo());
        request = new HttpGet(net.selector(), new InetSocketAddress(box.get(), webPort), path(box.get()), nanos, failure -> {
            outcome = failure.isEmpty() ? "The box " + to + " was told to send its pictures here." : "The box " + to
                + " was to be told to send its pictures here, but its web page " + failure + ".";
            LOG.info("{}", outcome);
        });
    }

    /** What came of it, for words; empty if nothing was tried. */
    String outcome() {
        return outcome;
    }

    void close() {
        if (request != null) {
            request.close();
        }
    }

    private String path(Inet4Address box) throws IOException {
        Inet4Address to = settings.sendTo() == Settings.SendTo.UNICAST ? BoxPage.ownAddress(box) : settings.group().orElseThrow();
        return BoxPage.streamInfo(to, settings.port(), settings.rtp());
    }
}

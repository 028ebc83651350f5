package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.capture.lkv373a.source.Lkv373Source;
import org.catseye.capture.lkv373a.source.Lkv373aSource;
import org.catseye.capture.lkv373a.source.VideoSource;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives from the boxes that the settings select, on the hub's thread, and reports why there is no picture. {@link #inspect} and
 * {@link #lastFailure()} may be called from any thread.
 */
final class Receiver implements CaptureDevice {

    private static final long TICK_MILLIS = 100;
    private static final long INTERFACE_CHECK_NANOS = 5_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final SettingsSource settings;
    private final QuestionQueue questions = new QuestionQueue();
    private volatile String lastFailure;
    /** The open sources; used only on the receiver's thread. */
    private List<VideoSource> openSources = List.of();

    /** The state of the reception. @param box empty if it is unknown, or there are several */
    record Findings(List<Item> items, Optional<Inet4Address> box) {
    }

    /** Supplies the settings. */
    interface SettingsSource {
        /** @throws IOException with a message for the user */
        Settings readSettings() throws IOException;
    }

    Receiver(SettingsSource settings) {
        this.settings = settings;
    }

    /** The current state, from any thread; empty if the receiver does not run or does not answer in time. Blocks. */
    Optional<Findings> inspect(long timeoutMillis) {
        return questions.askAndWait(this::collectFindings, timeoutMillis);
    }

    /** Why the receiver last failed; empty if it did not, or runs again. */
    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        try {
            Settings current = settings.readSettings();
            while (!context.isStopped()) {
                receiveUntilChange(context, current);
            }
        } catch (ClosedByInterruptException e) {
            if (!context.isStopped()) {
                throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
            }
        } catch (IOException e) {
            lastFailure = e.getMessage();
            throw e;
        }
    }

    /** Receives until the hub stops or the network interfaces change. */
    private void receiveUntilChange(CaptureContext context, Settings current) throws IOException {
        List<VideoSource> sources = createSources(context, current);
        try (UdpPorts ports = new UdpPorts(current.networkInterface())) {
            context.setWakeAction(ports::wakeUp);
            for (VideoSource source : sources) {
                source.openPorts(ports);
            }
            openSources = sources;
            questions.startAnswering(ports::wakeUp);
            lastFailure = null;
            runLoop(context, ports, sources);
        } finally {
            context.setWakeAction(() -> { });
            questions.stopAnswering();
            openSources = List.of();
            sources.forEach(VideoSource::close);
        }
    }

    private void runLoop(CaptureContext context, UdpPorts ports, List<VideoSource> sources) throws IOException {
        SignalReporter reporter = new SignalReporter(context, sources);
        long nextTick = System.nanoTime();
        long interfacesChecked = System.nanoTime();
        while (!context.isStopped()) {
            ports.awaitDatagrams(TICK_MILLIS);
            questions.answerPending();
            long nanos = System.nanoTime();
            if (nanos - nextTick < 0) {
                continue;
            }
            nextTick = nanos + TICK_MILLIS * 1_000_000;
            for (VideoSource source : sources) {
                source.runPeriodicTasks(nanos);
            }
            reporter.reportChanges(nanos);
            if (nanos - interfacesChecked > INTERFACE_CHECK_NANOS) {
                interfacesChecked = nanos;
                if (reporter.isSilentFor(INTERFACE_CHECK_NANOS, nanos) && ports.interfaces().haveChanged()) {
                    LOG.info("The network interfaces changed: reopening the ports");
                    return;
                }
            }
        }
    }

    private Findings collectFindings() {
        long nanos = System.nanoTime();
        VideoSource active = SignalReporter.findLastActive(openSources);
        return new Findings(active.inspectReception(nanos), active.findBox(nanos));
    }

    private static List<VideoSource> createSources(CaptureContext context, Settings settings) {
        List<VideoSource> sources = new ArrayList<>();
        if (settings.includesLkv373a()) {
            sources.add(new Lkv373aSource(settings, context, System::nanoTime));
        }
        if (settings.includesLkv373()) {
            sources.add(new Lkv373Source(settings, context, System.nanoTime()));
        }
        return sources;
    }
}

package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for the boxes that its settings name, on the hub's thread, and tells in words what it misses. */
final class Receiver implements CaptureDevice {

    private static final long TICK_MILLIS = 100;
    private static final long LOOK_NANOS = 5_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final SettingsSource settings;
    private final Errands errands = new Errands();
    private volatile String failure;
    /** While it listens; on its own thread. */
    private List<Source> running = List.of();

    /** What somebody who looked found. @param box the one that is meant, if that is known */
    record Findings(List<Item> items, Optional<Inet4Address> box) {
    }

    /** Where settings come from. */
    interface SettingsSource {
        /** @throws IOException what is to be shown to people */
        Settings get() throws IOException;
    }

    Receiver(SettingsSource settings) {
        this.settings = settings;
    }

    /** What is found just now, from any thread; empty if nobody listens. Blocks. */
    Optional<Findings> look(long millis) {
        return errands.ask(this::findings, millis);
    }

    /** Why it ended last; empty if it did not, or listens again. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        try {
            Settings now = settings.get();
            while (!context.isStopped()) {
                listen(context, now);
            }
        } catch (ClosedByInterruptException e) {
            if (!context.isStopped()) {
                throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
            }
        } catch (IOException e) {
            failure = e.getMessage();
            throw e;
        }
    }

    /** Until stopped, or until the interfaces are others. */
    private void listen(CaptureContext context, Settings settings) throws IOException {
        List<Source> sources = sources(context, settings);
        try (Net net = new Net(settings.networkInterface())) {
            context.setWakeAction(net::wake);
            for (Source source : sources) {
                source.open(net);
            }
            running = sources;
            errands.open(net::wake);
            failure = null;
            Teller teller = new Teller(context, sources);
            long next = 0;
            long looked = System.nanoTime();
            while (!context.isStopped()) {
                net.await(TICK_MILLIS);
                errands.run();
                long nanos = System.nanoTime();
                if (nanos - next < 0) {
                    continue;
                }
                next = nanos + TICK_MILLIS * 1_000_000;
                for (Source source : sources) {
                    source.tick(nanos);
                }
                teller.tell(nanos);
                if (nanos - looked > LOOK_NANOS) {
                    looked = nanos;
                    if (teller.silent(nanos, LOOK_NANOS) && net.changed()) {
                        LOG.info("the network interfaces changed: listening anew");
                        return;
                    }
                }
            }
        } finally {
            context.setWakeAction(() -> { });
            errands.close();
            running = List.of();
            sources.forEach(Source::close);
        }
    }

    private Findings findings() {
        long nanos = System.nanoTime();
        Source first = heardLast(running);
        return new Findings(first.items(nanos), first.box(nanos));
    }

    /** The source that heard something last; the first one if none did. */
    private static Source heardLast(List<Source> sources) {
        return sources.stream().max(Comparator.comparing((Source source) -> source.lastSeen().orElse(Long.MIN_VALUE))
            .thenComparing(source -> -sources.indexOf(source))).orElseThrow();
    }

    private static List<Source> sources(CaptureContext context, Settings settings) {
        List<Source> sources = new ArrayList<>();
        if (settings.lkv373a()) {
            sources.add(new Lkv373aSource(settings, context, System::nanoTime));
        }
        if (settings.lkv373()) {
            sources.add(new Lkv373Source(settings, context, System.nanoTime()));
        }
        return sources;
    }

    /** Tells what the source says that heard something last; the first one if none did. */
    private static final class Teller {
        private final CaptureContext context;
        private final List<Source> sources;
        private Say said;
        private long published;

        Teller(CaptureContext context, List<Source> sources) {
            this.context = context;
            this.sources = sources;
        }

        void tell(long nanos) {
            long now = sources.stream().mapToLong(Source::published).sum();
            if (now != published) {
                // The hub is live again by itself.
                published = now;
                said = null;
            }
            Optional<Say> say = heardLast(sources).say(nanos);
            if (say.isPresent() && !say.get().equals(said)) {
                said = say.get();
                context.reportSignal(said.signal(), said.words());
            }
        }

        boolean silent(long nanos, long since) {
            return heardLast(sources).lastSeen().map(last -> nanos - last > since).orElse(true);
        }
    }
}

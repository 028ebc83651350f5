package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.catseye.capture.lkv373a.Sniffer.Kind;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.IncomingSignal;
import org.catseye.video.SoundCodec;
import org.catseye.video.spi.CaptureContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An LKV373A: H.264 in MPEG-TS, in RTP or bare. */
final class Lkv373aSource implements Source {

    /** Where an LKV373A V4 sends, so that it can be told from one that is switched off. */
    static final int V4_PORT = 7777;
    private static final long SILENT_NANOS = 2_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Lkv373aSource.class);
    private static final long LOG_NANOS = 1_000_000_000L;

    private final Settings settings;
    private final Sender sender;
    private final SlotWriter writer;
    private final TransportStream stream;
    private final RtpOrder order;
    private final Twice twice = new Twice();
    private final Health health;
    private final Boxes boxes;
    private final Steering steering;
    private final LockQuery lock = new LockQuery(LockQuery.PORT);
    private final CaptureContext context;
    private Optional<SoundCodec> sound = Optional.empty();
    private Net net;
    private InetSocketAddress known;
    private long gaps;
    private long gapsLogged;
    private long loggedNanos;

    /** @param clock as {@link System#nanoTime()} */
    Lkv373aSource(Settings settings, CaptureContext context, LongSupplier clock) {
        this(settings, context, clock, BoxPage.PORT);
    }

    /** @param webPort of the box's own page */
    Lkv373aSource(Settings settings, CaptureContext context, LongSupplier clock, int webPort) {
        this.boxes = new Boxes(settings.sender(), clock.getAsLong());
        this.steering = new Steering(settings, webPort);
        this.settings = settings;
        this.context = context;
        this.sender = new Sender(settings.sender());
        this.writer = new SlotWriter(context, clock);
        this.stream = new TransportStream(writer);
        this.order = new RtpOrder(new RtpOrder.Output() {
            @Override
            public void datagram(ByteBuffer datagram, long at) {
                stream.packets(datagram, at);
            }

            @Override
            public void lost(int datagrams) {
                gaps += Math.max(1, datagrams);
                stream.lost();
            }
        });
        this.health = new Health(settings, sender, stream, writer, boxes, steering, lock, clock.getAsLong());
    }

    @Override
    public void open(Net opened) throws IOException {
        net = opened;
        net.listen(settings.port(), settings.group(), this::take);
        if (settings.group().isPresent() && settings.port() != V4_PORT) {
            try {
                net.listen(V4_PORT, settings.group(), this::takeFromV4);
            } catch (IOException e) {
                LOG.debug("a V4 box will not be recognised: {}", e.getMessage());
            }
        }
        boxes.open(net);
        health.where(net.interfaceNames(), net.addresses());
    }

    /** One datagram of the port. */
    void take(int port, InetSocketAddress from, ByteBuffer datagram, long nanos) {
        if (!sender.takes(port, from, nanos)) {
            return;
        }
        if (!from.equals(known)) {
            LOG.info("pictures come from {}", from.getAddress().getHostAddress());
            known = from;
            stream.reset();
            order.reset();
            twice.reset();
        }
        Kind kind = Sniffer.classify(datagram);
        health.seen(kind, nanos);
        if (kind == Kind.RTP) {
            order.datagram(Sniffer.sequence(datagram), Sniffer.stream(datagram), datagram, nanos);
        } else if (kind == Kind.TS && !twice.same(datagram)) {
            stream.packets(datagram, nanos);
        }
    }

    private void takeFromV4(int port, InetSocketAddress from, ByteBuffer datagram, long nanos) {
        if (settings.sender().map(only -> only.equals(from.getAddress())).orElse(true) && Sniffer.classify(datagram) == Kind.V4) {
            health.seenV4(from.getAddress().getHostAddress(), nanos);
        }
    }

    @Override
    public void tick(long nanos) throws IOException {
        order.expire(nanos);
        if (!stream.sound().equals(sound)) {
            sound = stream.sound();
            context.reportIncomingSignal(IncomingSignal.ofSound(sound));
        }
        if (net != null && health.silentFor(SILENT_NANOS, nanos)) {
            boxes.ask(nanos);
            steering.tick(net, settings.sender().or(() -> boxes.single(nanos)), nanos);
        } else if (net != null && known != null && health.withoutPicture(nanos)) {
            lock.ask(net.selector(), (Inet4Address) known.getAddress(), nanos);
        }
        if (gaps != gapsLogged && nanos - loggedNanos > LOG_NANOS) {
            LOG.debug("{} datagrams of {} were lost in the network", gaps - gapsLogged, sender.words());
            gapsLogged = gaps;
            loggedNanos = nanos;
        }
    }

    @Override
    public Optional<Long> lastSeen() {
        return health.lastSeen();
    }

    @Override
    public long published() {
        return writer.published();
    }

    @Override
    public Optional<Say> say(long nanos) {
        return health.say(nanos);
    }

    @Override
    public List<Item> items(long nanos) {
        return inspection().items(gaps, nanos);
    }

    @Override
    public Optional<Inet4Address> box(long nanos) {
        return inspection().box(nanos);
    }

    private Inspection inspection() {
        return new Inspection(settings, net, sender, stream, boxes, health, lock);
    }

    @Override
    public void close() {
        steering.close();
        lock.close();
        writer.close();
    }
}

package org.catseye.capture.lkv373a.source;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.catseye.capture.lkv373a.box.BoxDirectory;
import org.catseye.capture.lkv373a.box.BoxPage;
import org.catseye.capture.lkv373a.box.SignalQuery;
import org.catseye.capture.lkv373a.box.StreamRedirector;
import org.catseye.capture.lkv373a.datagram.DatagramClassifier;
import org.catseye.capture.lkv373a.datagram.DatagramKind;
import org.catseye.capture.lkv373a.datagram.DuplicateFilter;
import org.catseye.capture.lkv373a.datagram.RtpReorderer;
import org.catseye.capture.lkv373a.datagram.SenderFilter;
import org.catseye.capture.lkv373a.diagnosis.ArrivalLog;
import org.catseye.capture.lkv373a.diagnosis.ReceiverInspection;
import org.catseye.capture.lkv373a.diagnosis.SignalReport;
import org.catseye.capture.lkv373a.diagnosis.StreamDiagnosis;
import org.catseye.capture.lkv373a.diagnosis.StreamSnapshot;
import org.catseye.capture.lkv373a.h264.AccessUnitWriter;
import org.catseye.capture.lkv373a.mpegts.TransportStream;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.IncomingSignal;
import org.catseye.video.SoundCodec;
import org.catseye.video.spi.CaptureContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives from an LKV373A: H.264 in MPEG-TS, in RTP or in bare UDP. */
public final class Lkv373aSource implements VideoSource {

    /** An LKV373A V4 sends to this port. Listening on it distinguishes a V4 from a box that is switched off. */
    private static final int V4_PORT = 7777;
    private static final long SILENCE_TIMEOUT_NANOS = 2_000_000_000L;
    private static final long PICTURE_TIMEOUT_NANOS = 2_000_000_000L;
    private static final long LOG_INTERVAL_NANOS = 1_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Lkv373aSource.class);

    private final Settings settings;
    private final CaptureContext context;
    private final SenderFilter senderFilter;
    private final AccessUnitWriter writer;
    private final TransportStream stream;
    private final RtpReorderer reorderer;
    private final DuplicateFilter duplicates = new DuplicateFilter();
    private final ArrivalLog arrivals = new ArrivalLog();
    private final BoxDirectory boxes;
    private final StreamRedirector redirector;
    private final SignalQuery signalQuery = new SignalQuery(SignalQuery.QUERY_PORT);
    private final long openedNanos;
    private Optional<UdpPorts> ports = Optional.empty();
    private Optional<SoundCodec> sound = Optional.empty();
    private InetSocketAddress sender;
    private String v4Sender = "";
    private long lostDatagrams;
    private long loggedLosses;
    private long loggedNanos;

    /** @param clock as {@link System#nanoTime()} */
    public Lkv373aSource(Settings settings, CaptureContext context, LongSupplier clock) {
        this.settings = settings;
        this.context = context;
        this.openedNanos = clock.getAsLong();
        this.boxes = new BoxDirectory(settings.sender(), openedNanos);
        this.redirector = new StreamRedirector(settings, BoxPage.HTTP_PORT);
        this.senderFilter = new SenderFilter(settings.sender());
        this.writer = new AccessUnitWriter(context, clock);
        this.stream = new TransportStream(writer);
        this.reorderer = new RtpReorderer(new RtpReorderer.OrderedOutput() {
            @Override
            public void deliverDatagram(ByteBuffer datagram, long nanos) {
                stream.acceptPackets(datagram, nanos);
            }

            @Override
            public void reportLoss(int datagrams) {
                lostDatagrams += Math.max(1, datagrams);
                stream.handleLoss();
            }
        });
    }

    @Override
    public void openPorts(UdpPorts opened) throws IOException {
        ports = Optional.of(opened);
        opened.listenOn(settings.port(), settings.group(), this::acceptDatagram);
        if (settings.group().isPresent() && settings.port() != V4_PORT) {
            try {
                opened.listenOn(V4_PORT, settings.group(), this::acceptV4Datagram);
            } catch (IOException e) {
                LOG.debug("Cannot detect V4 boxes: {}", e.getMessage());
            }
        }
        boxes.openPorts(opened);
    }

    /** Takes one datagram of the configured port. */
    void acceptDatagram(int channel, InetSocketAddress from, ByteBuffer datagram, long nanos) {
        if (!senderFilter.acceptsDatagram(channel, from, nanos)) {
            return;
        }
        if (!from.equals(sender)) {
            LOG.info("Receiving pictures from {}", from.getAddress().getHostAddress());
            sender = from;
            stream.resetStream();
            reorderer.resetOrder();
            duplicates.forgetPrevious();
        }
        DatagramKind kind = DatagramClassifier.classifyDatagram(datagram);
        arrivals.recordDatagram(kind, nanos);
        if (kind == DatagramKind.RTP) {
            reorderer.acceptDatagram(DatagramClassifier.rtpSequence(datagram), DatagramClassifier.rtpStream(datagram), datagram, nanos);
        } else if (kind == DatagramKind.TRANSPORT_STREAM && !duplicates.isDuplicate(datagram)) {
            stream.acceptPackets(datagram, nanos);
        } else if (kind == DatagramKind.V4) {
            v4Sender = from.getAddress().getHostAddress();
        }
    }

    private void acceptV4Datagram(int channel, InetSocketAddress from, ByteBuffer datagram, long nanos) {
        boolean wanted = settings.sender().map(only -> only.equals(from.getAddress())).orElse(true);
        if (wanted && DatagramClassifier.classifyDatagram(datagram) == DatagramKind.V4) {
            arrivals.recordV4Port(nanos);
            v4Sender = from.getAddress().getHostAddress();
        }
    }

    @Override
    public void runPeriodicTasks(long nanos) throws IOException {
        reorderer.expireGap(nanos);
        if (!stream.soundCodec().equals(sound)) {
            sound = stream.soundCodec();
            context.reportIncomingSignal(IncomingSignal.ofSound(sound));
        }
        if (ports.isPresent() && nanos - arrivals.lastArrival().orElse(openedNanos) > SILENCE_TIMEOUT_NANOS) {
            boxes.discoverIfDue(nanos);
            redirector.redirectIfDue(ports.get(), settings.sender().or(() -> boxes.findSingleBox(nanos)), nanos);
        } else if (ports.isPresent() && sender != null && isWithoutPicture(nanos)) {
            signalQuery.queryIfDue(ports.get().selector(), (Inet4Address) sender.getAddress(), nanos);
        }
        if (lostDatagrams != loggedLosses && nanos - loggedNanos > LOG_INTERVAL_NANOS) {
            LOG.debug("{} datagrams from {} were lost in the network", lostDatagrams - loggedLosses, senderFilter.senderName());
            loggedLosses = lostDatagrams;
            loggedNanos = nanos;
        }
    }

    /** Whether a stream arrives without pictures in it. */
    private boolean isWithoutPicture(long nanos) {
        boolean receiving = arrivals.isRecent(DatagramKind.TRANSPORT_STREAM, nanos) || arrivals.isRecent(DatagramKind.RTP, nanos)
            || arrivals.isRecent(DatagramKind.EMPTY, nanos);
        return receiving && nanos - writer.lastPublishedNanos().orElse(openedNanos) > PICTURE_TIMEOUT_NANOS;
    }

    @Override
    public OptionalLong lastArrival() {
        return arrivals.lastArrival();
    }

    @Override
    public long publishedFrames() {
        return writer.publishedFrames();
    }

    @Override
    public Optional<SignalReport> diagnoseSignal(long nanos) {
        return StreamDiagnosis.diagnose(takeSnapshot(nanos));
    }

    @Override
    public List<Item> inspectReception(long nanos) {
        return ReceiverInspection.inspect(takeSnapshot(nanos));
    }

    private StreamSnapshot takeSnapshot(long nanos) {
        Optional<DatagramKind> kind = arrivals.currentKind(nanos);
        boolean isV4 = kind.isPresent() && kind.get() == DatagramKind.V4;
        String senderName = isV4 || senderFilter.senderAddress().isEmpty() && !v4Sender.isEmpty() ? v4Sender : senderFilter.senderName();
        return new StreamSnapshot(
            new StreamSnapshot.Reception(settings, ports.map(open -> open.interfaces().describeNames()).orElse(""),
                ports.map(open -> open.interfaces().describeAddresses()).orElse(""), ports.map(UdpPorts::receiveBufferBytes).orElse(0),
                nanos - openedNanos),
            new StreamSnapshot.Arrivals(kind, age(arrivals.firstArrival(), nanos), age(arrivals.lastArrival(), nanos), senderName,
                senderFilter.rivalName(nanos), lostDatagrams),
            new StreamSnapshot.Video(age(writer.lastPublishedNanos(), nanos), age(writer.awaitingKeyFrameSince(), nanos),
                writer.hasBegunUnits(), stream.unsupportedVideo(), stream.isScrambled(), stream.description()),
            new StreamSnapshot.Box(signalQuery.recentAnswer(nanos), stream.recentStatus(nanos), boxes.describeBoxes(nanos),
                redirector.outcome()));
    }

    private static OptionalLong age(OptionalLong since, long nanos) {
        return since.isPresent() ? OptionalLong.of(nanos - since.getAsLong()) : since;
    }

    @Override
    public Optional<Inet4Address> findBox(long nanos) {
        return settings.sender().or(() -> arrivals.currentKind(nanos).isPresent() ? senderFilter.senderAddress() : boxes.findSingleBox(nanos));
    }

    @Override
    public void close() {
        redirector.close();
        signalQuery.close();
        writer.close();
    }
}

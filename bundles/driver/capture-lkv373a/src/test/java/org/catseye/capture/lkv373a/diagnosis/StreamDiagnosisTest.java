package org.catseye.capture.lkv373a.diagnosis;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.capture.lkv373a.datagram.DatagramKind;
import org.catseye.capture.lkv373a.mpegts.BoxStatus;
import org.catseye.capture.lkv373a.mpegts.UnsupportedVideo;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.spi.Signal;
import org.junit.Test;

/** The diagnosis is a pure function: each test is one snapshot, without a clock or a stream. */
public class StreamDiagnosisTest {

    private static final long SECOND = 1_000_000_000L;

    private Optional<DatagramKind> kind = Optional.of(DatagramKind.RTP);
    private OptionalLong sinceLastFrame = OptionalLong.of(SECOND / 30);
    private OptionalLong awaitingKeyFrameFor = OptionalLong.empty();
    private Optional<String> rival = Optional.empty();
    private Optional<Boolean> signalAnswer = Optional.empty();
    private Optional<BoxStatus> status = Optional.empty();
    private Optional<String> redirection = Optional.empty();
    private UnsupportedVideo unsupported = UnsupportedVideo.NONE;
    private boolean scrambled;

    @Test
    public void livePictureNeedsNoReport() throws Exception {
        assertEquals(Optional.empty(), StreamDiagnosis.diagnose(snapshot()));
        awaitingKeyFrameFor = OptionalLong.of(SECOND / 4);
        assertEquals("a short standstill", Optional.empty(), StreamDiagnosis.diagnose(snapshot()));
    }

    @Test
    public void standstillIsReportedUntilItLastsTooLong() throws Exception {
        awaitingKeyFrameFor = OptionalLong.of(SECOND / 2);
        assertReport(Signal.STALE, "Datagrams were lost in the network: the picture stands still until the next complete one, at most four seconds.", "");
        awaitingKeyFrameFor = OptionalLong.of(11 * SECOND);
        assertReport(Signal.CONNECTING, "Pictures come from 10.0.0.5, but none was complete for ten seconds.",
            "The network loses too many datagrams: use a cable instead of Wi-Fi, or a lower bit rate.");
        rival = Optional.of("10.0.0.6");
        status = Optional.of(new BoxStatus(true, true, false, 1920, 1080, 60_000, 48_000));
        assertReport(Signal.CONNECTING, "Pictures come from 10.0.0.5, but none was complete for ten seconds.",
            "10.0.0.6 sends to the same address: set each box to its own address, or select one of them as the sender."
                + " The computer protects its picture against copying (HDCP).");
    }

    @Test
    public void answerOfTheBoxOverridesTheStatusInItsStream() throws Exception {
        sinceLastFrame = OptionalLong.of(5 * SECOND);
        status = Optional.of(new BoxStatus(false, true, false, 1920, 1080, 60_000, 48_000));
        signalAnswer = Optional.of(false);
        assertReport(Signal.NO_SIGNAL, "10.0.0.5 gets no picture.", "Check the HDMI cable and whether the computer is on.");
    }

    @Test
    public void unsupportedVideoIsNamedWithItsRemedy() throws Exception {
        sinceLastFrame = OptionalLong.empty();
        unsupported = UnsupportedVideo.OTHER;
        assertReport(Signal.NO_SIGNAL, "10.0.0.5 sends video other than H.264, which is not supported.", "Set it to H.264.");
        unsupported = UnsupportedVideo.NONE;
        scrambled = true;
        assertReport(Signal.NO_SIGNAL, "The stream from 10.0.0.5 is encrypted and cannot be shown.", "Use a box that does not encrypt its stream.");
    }

    @Test
    public void outcomeOfTheRedirectionReplacesTheGenericRemedy() throws Exception {
        kind = Optional.empty();
        StreamSnapshot elsewhere = snapshot(OptionalLong.empty(), Optional.of("TX_1 at 10.0.0.5"));
        assertEquals("Set it to send there in its web page, or let Catseye do so (sendTo in the configuration).",
            StreamDiagnosis.diagnose(elsewhere).orElseThrow().remedy());
        redirection = Optional.of("Catseye set the box 10.0.0.5 to send its pictures here.");
        SignalReport report = StreamDiagnosis.diagnose(snapshot(OptionalLong.empty(), Optional.of("TX_1 at 10.0.0.5"))).orElseThrow();
        assertEquals("A box is on the network, TX_1 at 10.0.0.5, but none of its pictures arrive at 239.255.42.42:5004.", report.description());
        assertEquals(redirection.get(), report.remedy());
    }

    @Test
    public void checkItemsHaveDescriptionAndRemedyOfTheReport() throws Exception {
        kind = Optional.of(DatagramKind.EMPTY);
        Item picture = ReceiverInspection.inspect(snapshot()).stream().filter(item -> item.name().equals("Picture")).findFirst().orElseThrow();
        assertFalse(picture.ok());
        assertEquals("10.0.0.5 is there, but sends only empty datagrams: it gets no picture.", picture.description());
        assertEquals("Check the HDMI cable and whether the computer is on.", picture.remedy());
        assertEquals("a report without a remedy", "First fix the items above. Otherwise wait a moment.",
            new SignalReport(Signal.STALE, "The picture stands still.").toCheckItem("Picture").remedy());
    }

    private void assertReport(Signal signal, String description, String remedy) throws Exception {
        assertEquals(Optional.of(new SignalReport(signal, description, remedy)), StreamDiagnosis.diagnose(snapshot()));
    }

    private StreamSnapshot snapshot() throws Exception {
        return snapshot(OptionalLong.of(0), Optional.empty());
    }

    private StreamSnapshot snapshot(OptionalLong sinceLast, Optional<String> boxes) throws Exception {
        return new StreamSnapshot(
            new StreamSnapshot.Reception(Settings.parseSettings(Map.of()), "eth0", "10.0.0.2", 4 << 20, 60 * SECOND),
            new StreamSnapshot.Arrivals(kind, sinceLast, sinceLast, "10.0.0.5", rival, 0),
            new StreamSnapshot.Video(sinceLastFrame, awaitingKeyFrameFor, true, unsupported, scrambled, "H.264 on PID 2001, no sound."),
            new StreamSnapshot.Box(signalAnswer, status, boxes, redirection));
    }
}

package org.catseye.capture.lkv373a.diagnosis;

import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.capture.lkv373a.datagram.DatagramKind;
import org.catseye.capture.lkv373a.mpegts.BoxStatus;
import org.catseye.capture.lkv373a.mpegts.UnsupportedVideo;
import org.catseye.capture.lkv373a.settings.Settings;

/** Everything that is known about the reception from an LKV373A at one moment. All durations are nanoseconds. Immutable. */
public record StreamSnapshot(Reception reception, Arrivals arrivals, Video video, Box box) {

    /**
     * Where the stream is expected.
     *
     * @param interfaces names of the network interfaces, for messages; empty if there are none
     * @param addresses this machine's addresses, for messages
     * @param receiveBufferBytes the buffer that the kernel granted
     * @param openFor how long the ports have been open
     */
    public record Reception(Settings settings, String interfaces, String addresses, int receiveBufferBytes, long openFor) {
    }

    /**
     * The datagrams that arrived.
     *
     * @param currentKind the kind that arrives now; empty if nothing does
     * @param sinceFirst how long ago the first datagram of the sender arrived; empty if none did
     * @param sinceLast how long ago the last datagram arrived; empty if none did
     * @param sender the sender's address, for messages
     * @param rival the address of another sender to the same destination
     * @param lostDatagrams lost so far, as far as RTP shows
     */
    public record Arrivals(Optional<DatagramKind> currentKind, OptionalLong sinceFirst, OptionalLong sinceLast, String sender,
            Optional<String> rival, long lostDatagrams) {

        /** Whether a stream that Catseye can read arrives. */
        boolean hasStream() {
            return currentKind.isPresent() && (currentKind.get() == DatagramKind.RTP || currentKind.get() == DatagramKind.TRANSPORT_STREAM);
        }
    }

    /**
     * The video in the stream.
     *
     * @param sinceLastFrame how long ago a frame was published; empty if none was
     * @param awaitingKeyFrameFor how long a key frame has been awaited; empty if the picture is live
     * @param begun whether any picture began
     * @param unsupported the kind of video if it is not H.264
     * @param scrambled whether the video is encrypted
     * @param description of the video and sound, for users
     */
    public record Video(OptionalLong sinceLastFrame, OptionalLong awaitingKeyFrameFor, boolean begun, UnsupportedVideo unsupported,
            boolean scrambled, String description) {
    }

    /**
     * What the boxes report about themselves.
     *
     * @param signalAnswer the box's answer to the query whether its input has a signal; empty if it did not answer
     * @param status from the stream; empty if there is none
     * @param boxesOnNetwork names and addresses, for messages; empty if there are none
     * @param redirection the outcome of setting a box to send here; empty if that was not tried
     */
    public record Box(Optional<Boolean> signalAnswer, Optional<BoxStatus> status, Optional<String> boxesOnNetwork,
            Optional<String> redirection) {

        /** Whether the input has a signal, by the answer or else by the status; empty if the box reports neither. */
        Optional<Boolean> signalPresent() {
            return signalAnswer.or(() -> status.map(BoxStatus::signalPresent));
        }

        boolean isCopyProtected() {
            return status.map(BoxStatus::copyProtected).orElse(false);
        }
    }
}

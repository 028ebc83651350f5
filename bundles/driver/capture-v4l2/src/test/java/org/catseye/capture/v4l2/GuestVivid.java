package org.catseye.capture.v4l2;

import static org.catseye.capture.v4l2.GuestMain.check;
import static org.catseye.capture.v4l2.GuestMain.shell;

import java.nio.ByteBuffer;
import org.catseye.capture.v4l2.edid.Edid;
import org.catseye.capture.v4l2.frame.Pictures;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.linux.Struct;
import org.catseye.video.spi.Signal;

/** Tests with vivid, the kernel's test device, as an HDMI input: EDID, DV timings, source changes and uncompressed pictures. */
final class GuestVivid {

    private static final String NODE = "/dev/video10";

    static void runChecks() throws Exception {
        shell("modprobe", "vivid", "n_devs=1", "node_types=0x1", "num_inputs=1", "input_types=0x3", "vid_cap_nr=10", "no_error_inj=N");
        setControl("dv_timings_signal_mode=1");
        clearEdid();
        try (GuestMain.Capture capture = new GuestMain.Capture("device", NODE)) {
            check("no signal is reported", capture.awaitSignal(Signal.NO_SIGNAL, "no HDMI signal: check the cable"), capture);
            check("an EDID was set", countEdidBlocks() == 1, countEdidBlocks());
            setControl("dv_timings_signal_mode=0");
            check("encoded pictures with a signal", capture.awaitFrames(3), capture);
            var frame = capture.context.frames().get(0);
            check("in the size of the input", Pictures.decode(frame.data()).getWidth() == frame.format().width(), frame.format());
            GuestAdjusting.checkBridge(capture, NODE);
            check("the pictures return after another EDID", capture.awaitFrames(2), capture);
            int before = capture.context.signals().size();
            setControl("dv_timings_signal_mode=1");
            check("a lost signal is detected by its event", capture.context.await(60_000,
                c -> c.signals().stream().skip(before).anyMatch(s -> s.signal() == Signal.NO_SIGNAL)), capture);
            setControl("dv_timings_signal_mode=0");
            check("the pictures return", capture.awaitFrames(2), capture);
            setControl("dv_timings_signal_mode=2");
            check("an unstable signal is reported", capture.awaitSignal(Signal.NO_SIGNAL, "the HDMI signal is unstable"), capture);
            setControl("dv_timings_signal_mode=3");
            check("an unsupported resolution is reported", capture.awaitSignal(Signal.NO_SIGNAL, "a resolution that the input does not support"), capture);
            setControl("dv_timings_signal_mode=0");
            check("the pictures return", capture.awaitFrames(2), capture);
        }
    }

    private static void setControl(String assignment) throws Exception {
        shell("v4l2-ctl", "-d", NODE, "--set-ctrl=" + assignment);
    }

    private static void clearEdid() throws Exception {
        shell("v4l2-ctl", "-d", NODE, "--clear-edid=pad=0");
    }

    private static int countEdidBlocks() throws Exception {
        try (VideoNode node = VideoNode.openNode(NODE)) {
            ByteBuffer edid = Struct.allocate(node.layout().edidBytes());
            Struct.putPointer(edid, V4l2.EDID_POINTER, Struct.allocate(Edid.BLOCK_BYTES));
            node.descriptor().ioctl(V4l2.getEdidRequest(node.layout()), edid);
            return edid.getInt(V4l2.EDID_BLOCKS);
        }
    }

    private GuestVivid() {
    }
}

package org.catseye.capture.v4l2;

import static org.catseye.capture.v4l2.GuestMain.check;
import static org.catseye.capture.v4l2.GuestMain.shell;

import java.nio.ByteBuffer;
import org.catseye.linux.Struct;
import org.catseye.video.spi.Signal;

/** vivid, the kernel's test device, as an HDMI input: EDID, DV timings, source changes, uncompressed pictures. */
final class GuestVivid {

    private static final String NODE = "/dev/video10";

    static void run() throws Exception {
        shell("modprobe", "vivid", "n_devs=1", "node_types=0x1", "num_inputs=1", "input_types=0x3", "vid_cap_nr=10", "no_error_inj=N");
        control("dv_timings_signal_mode=1");
        withoutEdid();
        try (GuestMain.Capture capture = new GuestMain.Capture("device", NODE)) {
            check("no signal, in words", capture.signalled(Signal.NO_SIGNAL, "no HDMI signal: check the cable"), capture);
            check("it was given an EDID", edidBlocks() == 1, edidBlocks());
            control("dv_timings_signal_mode=0");
            check("encoded pictures when it comes", capture.frames(3), capture);
            var frame = capture.context.frames().get(0);
            check("of the size of the input", Pictures.decode(frame.data()).getWidth() == frame.format().width(), frame.format());
            int told = capture.context.signals().size();
            control("dv_timings_signal_mode=1");
            check("a lost signal is seen by its event", capture.context.await(60_000,
                c -> c.signals().stream().skip(told).anyMatch(s -> s.signal() == Signal.NO_SIGNAL)), capture);
            control("dv_timings_signal_mode=0");
            check("and pictures come again", capture.frames(2), capture);
            control("dv_timings_signal_mode=2");
            check("no lock, in words", capture.signalled(Signal.NO_SIGNAL, "the HDMI signal is unstable"), capture);
            control("dv_timings_signal_mode=3");
            check("out of range, in words", capture.signalled(Signal.NO_SIGNAL, "a resolution that the input does not understand"), capture);
            control("dv_timings_signal_mode=0");
            check("pictures come again", capture.frames(2), capture);
        }
    }

    private static void control(String assignment) throws Exception {
        shell("v4l2-ctl", "-d", NODE, "--set-ctrl=" + assignment);
    }

    private static void withoutEdid() throws Exception {
        shell("v4l2-ctl", "-d", NODE, "--clear-edid=pad=0");
    }

    private static int edidBlocks() throws Exception {
        try (VideoNode node = VideoNode.open(NODE)) {
            ByteBuffer edid = Struct.allocate(node.layout().edid());
            Struct.putPointer(edid, V4l2.EDID_POINTER, Struct.allocate(Edid.BLOCK));
            node.fd().ioctl(V4l2.getEdid(node.layout()), edid);
            return edid.getInt(V4l2.EDID_BLOCKS);
        }
    }

    private GuestVivid() {
    }
}

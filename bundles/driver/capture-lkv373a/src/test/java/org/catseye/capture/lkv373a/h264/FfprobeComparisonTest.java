package org.catseye.capture.lkv373a.h264;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.catseye.capture.lkv373a.mpegts.AccessUnitSink;
import org.catseye.capture.lkv373a.mpegts.TransportStream;
import org.catseye.testkit.lkv.VideoFile;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Compares the parsers with ffprobe, on streams that ffmpeg encoded. */
public class FfprobeComparisonTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void skipWithoutFfmpeg() {
        assumeTrue("no ffmpeg with libx264 on this machine", VideoFile.isSupported());
    }

    /** Records the output of the demultiplexer. */
    private static final class RecordingSink implements AccessUnitSink {
        private final List<Long> times = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();
        private ByteBuffer first;
        private ByteBuffer open;
        private int losses;

        @Override
        public void beginUnit(long pts, long nanos, int bytes) {
            times.add(pts);
            open = ByteBuffer.allocate(4 << 20);
        }

        @Override
        public void appendData(ByteBuffer bytes) {
            open.put(bytes);
        }

        @Override
        public void endUnit() {
            sizes.add(open.position());
            first = first == null ? open.flip() : first;
        }

        @Override
        public void handleLoss() {
            losses++;
        }
    }

    @Test
    public void ffprobeFindsTheSameUnitsTimestampsAndSize() throws Exception {
        for (String[] options : new String[][] {{}, {"-omit_video_pes_length", "0"}, {"-profile:v", "high", "-bf", "2", "-tune", "film", "-preset", "medium"}}) {
            Path file = VideoFile.encodeVideo(folder.getRoot().toPath().resolve("probe.ts"), 1366, 768, 30, 130, 40, options);
            RecordingSink recorded = new RecordingSink();
            TransportStream stream = new TransportStream(recorded);
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += 7 * 188) {
                stream.acceptPackets(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7 * 188))), at);
            }
            List<String> packets = VideoFile.runProgram(List.of("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of", "csv=p=0",
                file.toString())).lines().map(line -> line.replace(",", "")).filter(line -> !line.isBlank()).toList();
            assertEquals("access units", packets.size(), recorded.times.size());
            assertTrue("only the last unit may have no end yet", packets.size() - recorded.sizes.size() <= 1);
            assertEquals("timestamps", packets, recorded.times.stream().map(Object::toString).toList());
            assertEquals("only once, when the tables list the video", 1, recorded.losses);
            NalScanner units = new NalScanner();
            units.scanUnits(recorded.first, 0, recorded.first.limit());
            assertTrue(units.isKeyFrame());
            SequenceParameters sps = SequenceParameters.parseUnit(units.sequenceParameters(recorded.first)).orElseThrow();
            String probed = VideoFile.runProgram(List.of("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height,level", "-of",
                "csv=p=0", file.toString())).strip().lines().findFirst().orElseThrow();
            assertEquals(probed.replaceAll(",+$", ""), sps.width() + "," + sps.height() + "," + sps.level());
        }
    }

    @Test
    public void manySizesAreParsedLikeFfprobe() throws Exception {
        for (int[] size : new int[][] {{640, 480}, {1728, 1080}, {1920, 1080}, {1360, 768}, {722, 486}}) {
            Path file = VideoFile.encodeVideo(folder.getRoot().toPath().resolve("size.h264"), size[0], size[1], 30, 1, 1, "-profile:v", size[0] == 722 ? "high" : "main");
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            NalScanner units = new NalScanner();
            units.scanUnits(bytes, 0, bytes.limit());
            SequenceParameters sps = SequenceParameters.parseUnit(units.sequenceParameters(bytes)).orElseThrow();
            assertEquals(size[0] + "x" + size[1], sps.width() + "x" + sps.height());
        }
    }
}

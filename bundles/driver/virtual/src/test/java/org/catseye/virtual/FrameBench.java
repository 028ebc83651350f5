package org.catseye.virtual;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.virtual.machine.Bench;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.Nvram;

/** Measures what a frame costs. Run its main by hand; the figures are in docs/virtual-target.md. */
public final class FrameBench {

    private static final int ROUNDS = 300;

    private FrameBench() {
    }

    public static void main(String[] arguments) {
        for (int height : new int[] {720, 1080}) {
            int width = height * 16 / 9;
            Bench console = new Bench(width, height, Nvram.DEFAULTS).pass(5000).type("help\n");
            measure("console, typing", console, () -> console.type(console.nanos.get() % 2 == 0 ? "a" : "\b"), false);
            Bench desktop = new Bench(width, height, Nvram.DEFAULTS).pass(5000).type("desktop\n");
            int[] x = {0};
            measure("desktop, pointer moves", desktop, () -> desktop.point(x[0] = (x[0] + 3) % 1200, 100 + x[0] % 500, 0), false);
            measure("desktop, whole picture anew", desktop, () -> desktop.point(x[0] = (x[0] + 3) % 1200, 100, 0), true);
        }
    }

    private static void measure(String name, Bench bench, Runnable change, boolean anew) {
        Look look = new Look(bench.width, bench.height, FontSource::drawWithJava);
        Canvas canvas = new Canvas(bench.width, bench.height);
        JpegEncoder kept = new JpegEncoder(bench.width, bench.height, 85);
        ByteBuffer out = ByteBuffer.allocateDirect(4 << 20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int pass = 0; pass < 3; pass++) {
            long painting = 0;
            long encoding = 0;
            long allocated = 0;
            for (int i = 0; i < ROUNDS; i++) {
                change.run();
                if (anew) {
                    invert(canvas);
                    kept.encodePicture(canvas.pixels());
                }
                long bytes = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                bench.machine.paintScreen(canvas, look).orElseThrow().withSequence(i).paintTag(canvas);
                long painted = System.nanoTime();
                kept.encodePicture(canvas.pixels());
                kept.writePicture(out.clear());
                encoding += System.nanoTime() - painted;
                painting += painted - start;
                allocated += threads.getCurrentThreadAllocatedBytes() - bytes;
            }
            System.out.printf("%4d  %-28s paint %5.2f ms  encode %5.2f ms  %6d bytes JPEG  %7d bytes garbage%n", bench.height, name,
                painting / 1e6 / ROUNDS, encoding / 1e6 / ROUNDS, kept.sizeBytes(), allocated / ROUNDS);
        }
    }

    private static void invert(Canvas canvas) {
        for (int i = 0; i < canvas.pixels().length; i++) {
            canvas.pixels()[i] ^= 0xffffff;
        }
    }
}

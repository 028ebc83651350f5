package com.example.pattern;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.osgi.service.component.annotations.Component;

/** A capture driver without a device: colour bars and a moving line, ten times a second. Its rank puts it before the virtual target. */
@Component(service = CaptureDevice.class, property = {"kvm.target=default", "kvm.label=Test pattern", "service.ranking:Integer=10"})
public class TestPattern implements CaptureDevice {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final Color[] BARS = {Color.WHITE, Color.YELLOW, Color.CYAN, Color.GREEN, Color.MAGENTA, Color.RED, Color.BLUE, Color.BLACK};

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        for (int frame = 0; !context.isStopped(); frame++) {
            byte[] jpeg = jpeg(frame);
            context.acquireSlot(jpeg.length).ifPresent(slot -> {        // empty: every buffer is in use, drop the frame
                slot.buffer().put(jpeg);
                context.publishFrame(slot, new VideoFormat(Codec.JPEG, WIDTH, HEIGHT), true, System.nanoTime());
            });
            Thread.sleep(100);                                      // to wait longer than 200 ms, use context.setWakeAction
        }
    }

    private static byte[] jpeg(int frame) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < BARS.length; i++) {
            graphics.setColor(BARS[i]);
            graphics.fillRect(i * WIDTH / BARS.length, 0, WIDTH / BARS.length, HEIGHT);
        }
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, frame * 4 % HEIGHT, WIDTH, 4);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}

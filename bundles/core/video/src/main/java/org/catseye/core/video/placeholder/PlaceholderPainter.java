package org.catseye.core.video.placeholder;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;

/** Paints what viewers see instead of the remote screen: the condition in large letters, the reason below. */
public final class PlaceholderPainter {

    /** Format of every placeholder. */
    public static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, 1280, 720);

    private static final Color BACKGROUND = new Color(0x11151c);
    private static final Color TITLE = new Color(0xe6edf3);
    private static final Color TEXT = new Color(0x9aa7b4);
    private static final int MAX_LINE_PIXELS = 900;
    private static final int MAX_LINES = 8;

    PlaceholderPicture paintPicture(Condition condition, String reason) {
        BufferedImage image = new BufferedImage(FORMAT.width(), FORMAT.height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(BACKGROUND);
            g.fillRect(0, 0, FORMAT.width(), FORMAT.height());
            drawEye(g, FORMAT.width() / 2.0, 220, condition == Condition.NO_DEVICE ? TEXT : accentColor(condition));
            drawText(g, condition, reason);
        } finally {
            g.dispose();
        }
        return new PlaceholderPicture(FORMAT, encodeJpeg(image));
    }

    private static void drawText(Graphics2D g, Condition condition, String reason) {
        g.setColor(TITLE);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 44));
        drawCentred(g, titleOf(condition), 370);
        g.setColor(TEXT);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 24));
        int y = 430;
        for (String line : wrapLines(reason, g.getFontMetrics())) {
            drawCentred(g, line, y);
            y += 36;
        }
    }

    private static String titleOf(Condition condition) {
        return switch (condition) {
            case NO_DEVICE -> "No capture device";
            case CONNECTING -> "Connecting";
            case NO_SIGNAL -> "No signal";
            case MISCONFIGURED -> "Wrong setting";
            case LIVE -> "Live";
        };
    }

    private static Color accentColor(Condition condition) {
        return condition == Condition.NO_SIGNAL || condition == Condition.MISCONFIGURED ? new Color(0xe3b341) : new Color(0x58a6ff);
    }

    /** A cat's eye: an almond with an upright pupil. */
    private static void drawEye(Graphics2D g, double x, double y, Color color) {
        Path2D almond = new Path2D.Double();
        almond.moveTo(x - 90, y);
        almond.quadTo(x, y - 95, x + 90, y);
        almond.quadTo(x, y + 95, x - 90, y);
        almond.closePath();
        g.setColor(color);
        g.setStroke(new BasicStroke(7, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(almond);
        g.fill(new Ellipse2D.Double(x - 11, y - 40, 22, 80));
    }

    private static void drawCentred(Graphics2D g, String text, int y) {
        g.drawString(text, (FORMAT.width() - g.getFontMetrics().stringWidth(text)) / 2, y);
    }

    static List<String> wrapLines(String text, FontMetrics metrics) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && metrics.stringWidth(line + " " + word) > MAX_LINE_PIXELS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines.subList(0, Math.min(lines.size(), MAX_LINES));
    }

    private static byte[] encodeJpeg(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        try {
            // Without the memory cache ImageIO makes a temporary file for each picture.
            ImageIO.setUseCache(false);
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IllegalStateException("this Java has no JPEG encoder (module java.desktop)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package org.catseye.virtual.paint;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Where letters come from: Java's fonts, or a fake in tests. */
@FunctionalInterface
public interface FontSource {

    /** One letter, as 8-bit alpha in a cell of {@code advance} x the asked height. */
    record Letter(int advance, byte[] alpha) {
    }

    /**
     * Draws the printable ASCII letters, ' ' to '~'.
     *
     * @param family a logical font family of Java
     * @param height of the letters' cells in pixels
     * @throws RuntimeException or an Error of linking if this machine cannot draw letters
     */
    Letter[] drawLetters(String family, boolean bold, int height);

    /** Java's own fonts. */
    static Letter[] drawWithJava(String family, boolean bold, int height) {
        Font font = new Font(family, bold ? Font.BOLD : Font.PLAIN, Math.round(height * 0.84f));
        BufferedImage cell = new BufferedImage(2 * height, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = cell.createGraphics();
        g.setFont(font);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        FontMetrics metrics = g.getFontMetrics();
        int baseline = (height - metrics.getAscent() - metrics.getDescent()) / 2 + metrics.getAscent();
        Letter[] letters = new Letter['~' - ' ' + 1];
        for (int i = 0; i < letters.length; i++) {
            g.setColor(Color.BLACK);
            g.fillRect(0, 0, cell.getWidth(), height);
            g.setColor(Color.WHITE);
            g.drawString(String.valueOf((char) (' ' + i)), 0, baseline);
            letters[i] = cutLetter(cell, metrics.charWidth(' ' + i), height);
        }
        g.dispose();
        return letters;
    }

    private static Letter cutLetter(BufferedImage cell, int advance, int height) {
        byte[] from = ((DataBufferByte) cell.getRaster().getDataBuffer()).getData();
        byte[] alpha = new byte[advance * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(from, row * cell.getWidth(), alpha, row * advance, advance);
        }
        return new Letter(advance, alpha);
    }
}

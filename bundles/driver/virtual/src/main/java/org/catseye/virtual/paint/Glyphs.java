package org.catseye.virtual.paint;

import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.virtual.paint.FontSource.Letter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The letters of one size, drawn once and kept. On a machine whose Java cannot draw letters (no fonts installed, no font
 * library) dots take their place, and the log says so once.
 */
public final class Glyphs {

    private static final Logger LOG = LoggerFactory.getLogger(Glyphs.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final Letter[] letters;
    private final int height;

    private Glyphs(Letter[] letters, int height) {
        this.letters = letters;
        this.height = height;
    }

    /** Letters of about {@code cellWidth} pixels each for {@code Monospaced}, of their own widths for other families. */
    public static Glyphs loadGlyphs(FontSource source, String family, boolean bold, int cellWidth, int height) {
        try {
            return new Glyphs(source.drawLetters(family, bold, height), height);
        } catch (RuntimeException | LinkageError | InternalError e) {
            if (SAID.compareAndSet(false, true)) {
                LOG.warn("This Java cannot draw letters ({}); the virtual computer uses dot-matrix letters. To improve this, install fonts, "
                    + "on Debian fontconfig and fonts-dejavu-core", e.toString());
            }
            return new Glyphs(drawDotLetters(cellWidth, height), height);
        }
    }

    private static Letter[] drawDotLetters(int width, int height) {
        int scale = Math.max(1, Math.min(width / (DotMatrix.COLUMNS + 1), height / (DotMatrix.ROWS + 2)));
        Letter[] letters = new Letter['~' - ' ' + 1];
        for (int i = 0; i < letters.length; i++) {
            byte[] alpha = new byte[width * height];
            int x0 = (width - DotMatrix.COLUMNS * scale) / 2;
            int y0 = (height - DotMatrix.ROWS * scale) / 2;
            for (int y = 0; y < DotMatrix.ROWS * scale; y++) {
                for (int x = 0; x < DotMatrix.COLUMNS * scale; x++) {
                    boolean dot = DotMatrix.isDotSet((char) (' ' + i), x / scale, y / scale);
                    alpha[(y0 + y) * width + x0 + x] = (byte) (dot ? 255 : 0);
                }
            }
            letters[i] = new Letter(width, alpha);
        }
        return letters;
    }

    public int height() {
        return height;
    }

    /** How wide a text is, in pixels. */
    public int textWidth(String text) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += findLetter(text.charAt(i)).advance();
        }
        return sum;
    }

    /** Draws a text whose cells begin at (x, y). @return where the text ends */
    public int drawText(Canvas canvas, int x, int y, String text, int rgb) {
        int at = x;
        for (int i = 0; i < text.length(); i++) {
            at += drawLetter(canvas, at, y, text.charAt(i), rgb);
        }
        return at;
    }

    /** Draws one letter, '?' for what is not in ASCII. @return its width */
    public int drawLetter(Canvas canvas, int x, int y, char c, int rgb) {
        Letter letter = findLetter(c);
        canvas.drawMask(letter.alpha(), 0, letter.advance(), height, x, y, rgb);
        return letter.advance();
    }

    /** Draws a text with its middle at {@code cx}. */
    public void drawCentered(Canvas canvas, int cx, int y, String text, int rgb) {
        drawText(canvas, cx - textWidth(text) / 2, y, text, rgb);
    }

    private Letter findLetter(char c) {
        return letters[c >= ' ' && c <= '~' ? c - ' ' : '?' - ' '];
    }
}

package org.catseye.virtual.paint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/**
 * The machine-readable corner of each picture: what a test that has nothing but the picture can know for certain.
 *
 * <p>Two rows of 96 squares, each 8x8 pixels, in the top left corner (768x16 pixels at every picture size), black 0 and white 1.
 * They lie on the JPEG blocks, so that no quality blurs them. Read row by row they are 192 bits: the start {@code 1010}, 23 bytes,
 * most significant bit first, and the stop {@code 0101}. The bytes, big-endian:
 *
 * <pre>
 *  0  u32  sequence    counts the frames this device has painted
 *  4  u8   scene       {@code SceneCode}: 1 POST, 2 setup, 3 boot menu, 4 booting, 5 console, 6 desktop, 7 shutting down
 *  5  8 x  typed       the last eight characters of the line the user is at (console: the input line; desktop: the editor's
 *                      line; menus: the chosen item), ASCII, filled up with NUL at the end
 * 13  u16  x           the pointer, pixels from the left
 * 15  u16  y           pixels from the top
 * 17  u8   buttons     bits 0 left, 1 right, 2 middle, 3 back, 4 forward
 * 18  u8   leds        bits 0 Num, 1 Caps, 2 Scroll
 * 19  u8   wheel       sum of all wheel notches since the start, modulo 256
 * 20  u8   keys        how many keys are down, modifiers included
 * 21  u16  check       CRC-16/CCITT-FALSE of bytes 0 to 20
 * </pre>
 *
 * <p>To read it in a browser, from a canvas that shows the picture at its own size:
 *
 * <pre>{@code
 * function readTag(canvas) {
 *   const { data } = canvas.getContext('2d').getImageData(0, 0, 768, 16);
 *   const bit = (i) => {                       // one pixel near the middle of square i: red, green, blue
 *     const at = 4 * (768 * (8 * Math.floor(i / 96) + 4) + 8 * (i % 96) + 4);
 *     return data[at] + data[at + 1] + data[at + 2] > 384 ? 1 : 0;
 *   };
 *   const number = (from, bits) => { let n = 0; for (let i = 0; i < bits; i++) n = 2 * n + bit(from + i); return n; };
 *   if (number(0, 4) !== 0b1010 || number(188, 4) !== 0b0101) return null;
 *   const bytes = Array.from({ length: 23 }, (_, i) => number(4 + 8 * i, 8));
 *   let crc = 0xffff;
 *   for (const byte of bytes.slice(0, 21)) {
 *     crc ^= byte << 8;
 *     for (let i = 0; i < 8; i++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
 *   }
 *   if (crc !== number(4 + 8 * 21, 16)) return null;
 *   return { sequence: number(4, 32), scene: bytes[4],
 *     typed: String.fromCharCode(...bytes.slice(5, 13)).replace(/\0+$/, ''),
 *     x: number(108, 16), y: number(124, 16), buttons: bytes[17], leds: bytes[18], wheel: bytes[19], keys: bytes[20] };
 * }
 * }</pre>
 *
 * @param sequence 0 to 2^32-1
 * @param typed at most the last eight characters are kept; what is not printable ASCII becomes '?'
 */
public record FrameTag(long sequence, int scene, String typed, int x, int y, int buttons, int leds, int wheel, int keys) {

    public static final int CELL = 8;
    public static final int CELLS_PER_ROW = 96;
    public static final int TYPED = 8;
    private static final int BYTES = 23;
    private static final int BITS = 2 * CELLS_PER_ROW;
    private static final int START = 0b1010;
    private static final int STOP = 0b0101;

    public FrameTag {
        typed = typed.substring(Math.max(0, typed.length() - TYPED));
        for (int i = 0; i < typed.length(); i++) {
            if (typed.charAt(i) < ' ' || typed.charAt(i) > '~') {
                typed = typed.replace(typed.charAt(i), '?');
            }
        }
    }

    /** The same with another sequence number. */
    public FrameTag withSequence(long number) {
        return new FrameTag(number, scene, typed, x, y, buttons, leds, wheel, keys);
    }

    /** Paints the squares over the top left corner. */
    public void paintTag(Canvas canvas) {
        byte[] bytes = encodeBytes();
        for (int i = 0; i < BITS; i++) {
            boolean white = isWhiteSquare(bytes, i);
            canvas.fillRectangle(i % CELLS_PER_ROW * CELL, i / CELLS_PER_ROW * CELL, CELL, CELL, white ? 0xffffff : 0);
        }
    }

    private static boolean isWhiteSquare(byte[] bytes, int i) {
        if (i < 4) {
            return (START >> 3 - i & 1) != 0;
        }
        if (i >= BITS - 4) {
            return (STOP >> BITS - 1 - i & 1) != 0;
        }
        return (bytes[(i - 4) / 8] >> 7 - (i - 4) % 8 & 1) != 0;
    }

    private byte[] encodeBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putInt((int) sequence).put((byte) scene);
        bytes.put(typed.getBytes(StandardCharsets.US_ASCII)).position(5 + TYPED);
        bytes.putShort((short) x).putShort((short) y);
        bytes.put((byte) buttons).put((byte) leds).put((byte) wheel).put((byte) keys);
        return bytes.putShort((short) computeCrc(bytes.array(), BYTES - 2)).array();
    }

    /**
     * Reads the tag of a picture.
     *
     * @param picture gives the {@code 0xRRGGBB} of the pixel at x, y; for example {@code bufferedImage::getRGB}
     * @return empty if there is none or it is damaged
     */
    public static Optional<FrameTag> readTag(IntBinaryOperator picture) {
        boolean[] bits = new boolean[BITS];
        for (int i = 0; i < BITS; i++) {
            int rgb = picture.applyAsInt(i % CELLS_PER_ROW * CELL + CELL / 2, i / CELLS_PER_ROW * CELL + CELL / 2);
            bits[i] = (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff) > 384;
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 4; i < BITS - 4; i++) {
            bytes[(i - 4) / 8] |= (byte) (bits[i] ? 1 << 7 - (i - 4) % 8 : 0);
        }
        for (int i = 0; i < BITS; i++) {
            if (bits[i] != isWhiteSquare(bytes, i)) {
                return Optional.empty();
            }
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return computeCrc(bytes, BYTES - 2) == (in.getShort(BYTES - 2) & 0xffff) ? Optional.of(parseTag(in)) : Optional.empty();
    }

    private static FrameTag parseTag(ByteBuffer in) {
        long sequence = in.getInt() & 0xffffffffL;
        int scene = in.get();
        byte[] typed = new byte[TYPED];
        in.get(typed);
        String text = new String(typed, StandardCharsets.US_ASCII);
        int end = text.indexOf(0);
        return new FrameTag(sequence, scene, end < 0 ? text : text.substring(0, end), in.getShort() & 0xffff,
            in.getShort() & 0xffff, in.get() & 0xff, in.get() & 0xff, in.get() & 0xff, in.get() & 0xff);
    }

    /** CRC-16/CCITT-FALSE: polynomial 0x1021, begins with 0xFFFF. */
    static int computeCrc(byte[] bytes, int length) {
        int crc = 0xffff;
        for (int i = 0; i < length; i++) {
            crc ^= (bytes[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = ((crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1) & 0xffff;
            }
        }
        return crc;
    }
}

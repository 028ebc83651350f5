package org.catseye.hid.gadget.descriptor;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A file of configfs with its declared value.
 *
 * @param path relative to the gadget's folder
 * @param value a number as the kernel prints it, a text, or hexadecimal bytes separated by single spaces
 * @param optional whether some kernels lack this file, so that it is skipped there
 */
public record Attribute(String path, Kind kind, String value, boolean optional) {

    /** How the kernel interprets the file's content. */
    public enum Kind { NUMBER, TEXT, BYTES }

    static Attribute decimalNumber(String path, int value) {
        return new Attribute(path, Kind.NUMBER, Integer.toString(value), false);
    }

    /** A number that is usually shown in hexadecimal: 0x and at least {@code digits} digits. */
    static Attribute hexNumber(String path, int value, int digits) {
        return new Attribute(path, Kind.NUMBER, String.format("0x%0" + digits + "x", value), false);
    }

    static Attribute textValue(String path, String value) {
        return new Attribute(path, Kind.TEXT, value, false);
    }

    static Attribute binaryValue(String path, String hexadecimal) {
        return new Attribute(path, Kind.BYTES, hexadecimal, false);
    }

    Attribute asOptional() {
        return new Attribute(path, kind, value, true);
    }

    /** The folder that contains the file; "" for the gadget's own folder. */
    public String parentFolder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** The bytes to write. They must be written in one write(), because the kernel treats each write as a complete new value. */
    public byte[] encodeContent() {
        return kind == Kind.BYTES ? HexFormat.ofDelimiter(" ").parseHex(value) : (value + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the content of the file has the declared meaning; spelling may differ (0x10 and 16). */
    public boolean matchesContent(byte[] content) {
        if (kind == Kind.BYTES) {
            return HexFormat.ofDelimiter(" ").formatHex(content).equals(value);
        }
        String text = new String(content, StandardCharsets.UTF_8).strip();
        return kind == Kind.TEXT ? text.equals(value.strip()) : parseNumber(text) == parseNumber(value);
    }

    private static long parseNumber(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

package org.catseye.hid.gadget;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A file of configfs and what is to be in it.
 *
 * @param path below the gadget's folder
 * @param value a number as the kernel prints it, a text, or hexadecimal bytes with single spaces
 * @param optional whether kernels exist that do not have this file, and it may be left out there
 */
record Attribute(String path, Kind kind, String value, boolean optional) {

    enum Kind { NUMBER, TEXT, BYTES }

    static Attribute number(String path, int value) {
        return new Attribute(path, Kind.NUMBER, Integer.toString(value), false);
    }

    /** A number that people know in hexadecimal: 0x and four digits. */
    static Attribute word(String path, int value) {
        return new Attribute(path, Kind.NUMBER, String.format("0x%04x", value), false);
    }

    static Attribute text(String path, String value) {
        return new Attribute(path, Kind.TEXT, value, false);
    }

    static Attribute bytes(String path, String hexadecimal) {
        return new Attribute(path, Kind.BYTES, hexadecimal, false);
    }

    Attribute ifThere() {
        return new Attribute(path, kind, value, true);
    }

    /** The folder it lies in, "" for the gadget's own. */
    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** What is written, in one write(): the kernel takes each write for a whole new value. */
    byte[] content() {
        return kind == Kind.BYTES ? HexFormat.ofDelimiter(" ").parseHex(value) : (value + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the file's content means the same. */
    boolean sameAs(byte[] found) {
        if (kind == Kind.BYTES) {
            return HexFormat.ofDelimiter(" ").formatHex(found).equals(value);
        }
        String text = new String(found, StandardCharsets.UTF_8).strip();
        return kind == Kind.TEXT ? text.equals(value.strip()) : number(text) == number(value);
    }

    private static long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

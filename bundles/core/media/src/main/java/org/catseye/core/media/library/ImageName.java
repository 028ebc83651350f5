package org.catseye.core.media.library;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;

/** The rules for names of images: one visible file name that is the same on every disk and for every reader. */
final class ImageName {

    static final int MAX_BYTES = 200;
    /** Letters and symbols that look like nothing: Hangul fillers and the empty Braille pattern. */
    private static final String BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800";

    private ImageName() {
    }

    /**
     * The name in its normal form (NFC).
     *
     * @throws MediaException BAD_NAME
     */
    static String require(String name) throws MediaException {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
        Optional<String> fault = findFault(normal);
        if (fault.isPresent()) {
            throw new MediaException(Reason.BAD_NAME, fault.get());
        }
        return normal;
    }

    /** Whether a file of this name is an image. */
    static boolean isValid(String name) {
        return Normalizer.isNormalized(name, Normalizer.Form.NFC) && findFault(name).isEmpty();
    }

    /** Two names with the same key are the same on disks that do not distinguish upper and lower case. */
    static String toKey(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static Optional<String> findFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("The image needs a name.");
        }
        if (countBytes(name) > MAX_BYTES) {
            return Optional.of("The name is too long; it can have " + MAX_BYTES + " bytes.");
        }
        if (name.charAt(0) == '.') {
            return Optional.of("The name can't begin with a dot.");
        }
        if (name.charAt(0) == ' ' || name.endsWith(" ") || name.endsWith(".")) {
            return Optional.of("The name can't begin with a blank, or end with a blank or a dot.");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("The name can't contain / or \\.");
        }
        if (name.contains(ImageFiles.OFFSET_MARK)) {
            return Optional.of("The name can't contain @@.");
        }
        return name.codePoints().allMatch(ImageName::isVisible) ? Optional.empty() : Optional.of("The name can't contain invisible characters.");
    }

    /** A large number for text that is not well-formed. */
    private static int countBytes(String name) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
        } catch (CharacterCodingException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> BLANK_LETTERS.indexOf(c) < 0 && !isVariationSelector(c) && c != 0x34f;
        };
    }

    private static boolean isVariationSelector(int c) {
        return c >= 0xfe00 && c <= 0xfe0f || c >= 0xe0100 && c <= 0xe01ef;
    }
}

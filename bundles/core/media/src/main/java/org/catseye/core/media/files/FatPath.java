package org.catseye.core.media.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;

/**
 * The path of a file on a FAT disk. What FAT forbids is refused, and what mtools would take for a pattern or a drive.
 *
 * @param segments the names of the folders and of the file; at least one
 */
record FatPath(List<String> segments) {

    private static final int MAX_SEGMENTS = 16;
    private static final int MAX_NAME_BYTES = 200;
    /** Characters that are not allowed on FAT, brackets (which mtools takes for a pattern), and invisible ones. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\"*/:<>?\\\\|\\[\\]\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\p{Cs}]");

    /** @throws MediaException BAD_NAME */
    static FatPath parsePath(String path) throws MediaException {
        List<String> segments = Arrays.asList(path.split("/", -1));
        if (segments.size() > MAX_SEGMENTS) {
            throw new MediaException(Reason.BAD_NAME, "A path on a disk must not have more than " + MAX_SEGMENTS + " parts.");
        }
        for (String segment : segments) {
            requireName(segment);
        }
        return new FatPath(segments);
    }

    private static void requireName(String name) throws MediaException {
        boolean dots = name.startsWith(".") || name.endsWith(".");
        if (name.isEmpty() || dots || !name.equals(name.strip()) || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES
                || FORBIDDEN.matcher(name).find()) {
            throw new MediaException(Reason.BAD_NAME, "A name on a disk has 1 to " + MAX_NAME_BYTES
                    + " bytes, no dot or blank at its ends, and none of the characters \" * / : < > ? \\ | [ ].");
        }
    }

    /** As mtools writes it. */
    String toMtools() {
        return "::/" + String.join("/", segments);
    }

    /** The folders on the way, the outermost first. */
    List<FatPath> parents() {
        List<FatPath> parents = new ArrayList<>();
        for (int i = 1; i < segments.size(); i++) {
            parents.add(new FatPath(segments.subList(0, i)));
        }
        return parents;
    }
}

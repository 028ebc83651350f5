package org.catseye.web.socket;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;

/** What a viewer of the video socket can show: the query parameter {@code codecs}, a list of names with commas; all, if it is not there. */
final class Codecs {

    private Codecs() {
    }

    /** @param list null: all; the result is empty if a name is not known, or none is there */
    static Optional<Set<Codec>> parseList(String list) {
        if (list == null) {
            return Optional.of(EnumSet.allOf(Codec.class));
        }
        Set<Codec> found = EnumSet.noneOf(Codec.class);
        for (String name : list.split(",", -1)) {
            try {
                found.add(Codec.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }
}

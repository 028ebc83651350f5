package org.catseye.core.media.library;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.catseye.media.MediaException;
import org.junit.Test;

public class ImageNameTest {

    @Test
    public void ordinaryNamesAreAccepted() throws Exception {
        for (String name : List.of("a", "debian-12.iso", "Größe 2.img", "名前.iso", "a+b(1).iso", "x".repeat(ImageName.MAX_BYTES))) {
            assertEquals(name, ImageName.require(name));
        }
    }

    @Test
    public void namesThatLeadElsewhereOrLookLikeOthersAreRefused() {
        for (String name : List.of("", "a@@0", ".", "..", ".hidden", "a/b", "../a", "a\\b", "a\0", "a\n", "a\u200bb", "a\u202eb", "a\u00a0b", "\u3164", "a\u2800", " a", "a ", "a.",
                "\ud800", "a\ue000", "a\ufe0f", "ä".repeat(101))) {
            MediaException refused = assertThrows(name, MediaException.class, () -> ImageName.require(name));
            assertEquals(MediaException.Reason.BAD_NAME, refused.reason());
        }
    }

    @Test
    public void namesAreBroughtIntoTheirNormalForm() throws Exception {
        assertEquals("\u00e4.iso", ImageName.require("a\u0308.iso"));
        assertFalse(ImageName.isValid("a\u0308.iso"));
    }

    @Test
    public void upperAndLowerCaseAreTheSame() {
        assertEquals(ImageName.toKey("Straße.ISO"), ImageName.toKey("STRASSE.iso"));
    }

    /** Whatever passes is one segment of a path, in the folder itself, and one line of the index. */
    @Test
    public void randomNamesNeverLeaveTheFolder() {
        Random random = new Random(7);
        String alphabet = "a.A/\\ \0\n\r\t\u202e\u00e4\u0308\u3164\ud83d\ude00~-";
        Path folder = Path.of("/library");
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (ImageName.isValid(name.toString())) {
                accepted++;
                assertEquals(folder, folder.resolve(name.toString()).normalize().getParent());
                assertTrue(name.chars().noneMatch(c -> c == File.separatorChar || c < ' '));
                assertTrue(name.toString().getBytes(StandardCharsets.UTF_8).length <= ImageName.MAX_BYTES);
            }
        }
        assertTrue(accepted + " names", accepted > 1000);
    }
}

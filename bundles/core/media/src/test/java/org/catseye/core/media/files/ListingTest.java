package org.catseye.core.media.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.catseye.media.DiskFile;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.junit.Test;

public class ListingTest {

    /** As mdir of mtools 4.0.32 prints it. */
    private static final String PRINTED = """
         Volume in drive : is FILES     \s
         Volume Serial Number is 11B1-ED9C
        Directory for ::/

        big      bin   1234567 2026-11-29  16:21\s
        LÖNGER~1 TXT         3 2026-11-29  16:21  Lönger näme.txt
        SUB          <DIR>     2026-11-29  16:21  Sub
                4 files           1 234 570 bytes

        Directory for ::/Sub

        .            <DIR>     2026-11-29  16:21\s
        ..           <DIR>     2026-11-29  16:21\s
        XY~1     Z     1234567 2026-11-29   9:21  x.y.z
        NOEXT            12345 2026-11-29  16:21\s
                3 files           1 234 567 bytes

        Total files listed:
                9 files           2 469 137 bytes
                                 64 483 328 bytes free
        """;

    @Test
    public void filesAndFoldersAreListedWithTheirLongNames() {
        assertEquals(List.of(new DiskFile("big.bin", false, 1_234_567), new DiskFile("Lönger näme.txt", false, 3), new DiskFile("Sub", true, 0),
                new DiskFile("Sub/x.y.z", false, 1_234_567), new DiskFile("Sub/NOEXT", false, 12_345)), Listing.parseListing(PRINTED));
        assertEquals(List.of(), Listing.parseListing(""));
    }

    @Test
    public void namesThatFatOrMtoolsWouldMisreadAreRefused() throws Exception {
        assertEquals("::/logs/Lönger näme.txt", FatPath.parsePath("logs/Lönger näme.txt").toMtools());
        assertEquals(List.of(FatPath.parsePath("a"), FatPath.parsePath("a/b")), FatPath.parsePath("a/b/c").parents());
        for (String bad : List.of("", "/a", "a/", "a//b", "..", "a/../b", ".hidden", "a.", " a", "a ", "a*", "a?b", "[a]", "a:b", "a\\b", "a\nb", "a\u202eb", "a\u0000",
                "x".repeat(201), "a/".repeat(16) + "b")) {
            assertEquals(bad, Reason.BAD_NAME, assertThrows(bad, MediaException.class, () -> FatPath.parsePath(bad)).reason());
        }
    }
}

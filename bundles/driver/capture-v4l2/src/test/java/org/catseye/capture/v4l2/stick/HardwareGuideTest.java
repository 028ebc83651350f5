package org.catseye.capture.v4l2.stick;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** docs/hardware-guide.md lists the chips that the driver knows, with their USB ids and with how a missing signal is detected. */
public class HardwareGuideTest {

    /** A row of the table: chip, USB ids, and the last column. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (MS\\w+) \\| ([0-9a-f:, ]+) \\|.*\\| ?([^|]*) \\|$");
    private static final Pattern IDS = Pattern.compile("([0-9a-f]{4}):([0-9a-f]{4})");

    @Test
    public void tableListsEachChipWithItsIds() throws IOException {
        TreeSet<String> rowIds = new TreeSet<>();
        TreeSet<String> listed = new TreeSet<>();
        Matcher rows = ROW.matcher(readPage());
        while (rows.find()) {
            String label = rows.group(1);
            for (MatchResult ids : IDS.matcher(rows.group(2)).results().toList()) {
                Chip chip = Chip.findByIds(Integer.parseInt(ids.group(1), 16), Integer.parseInt(ids.group(2), 16));
                rowIds.add(ids.group());
                listed.add(chip.name());
                assertEquals(ids.group(), label, chip.label());
                assertEquals(label, chip.registerMap().isPresent(), rows.group(3).equals("Catseye asks the chip"));
            }
        }
        TreeSet<String> known = new TreeSet<>(Arrays.stream(Chip.values()).filter(chip -> chip != Chip.OTHER).map(Chip::name).toList());
        assertEquals(known, listed);
        assertEquals(rowIds.toString(), known.size(), rowIds.size());
    }

    private static String readPage() throws IOException {
        return Files.readString(Path.of("../../../docs/hardware-guide.md"));
    }
}

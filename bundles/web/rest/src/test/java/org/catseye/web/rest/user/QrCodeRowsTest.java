package org.catseye.web.rest.user;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** The shape of what goes out; that a scanner reads it is tried on the page. */
public class QrCodeRowsTest {

    private static List<String> rows(String text) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        QrCodeRows.addRows(text, rows);
        List<String> result = new ArrayList<>();
        for (JsonNode row : rows) {
            result.add(row.asText());
        }
        return result;
    }

    @Test
    public void itIsASquareWithAFinderPatternInThreeCorners() {
        List<String> rows = rows("otpauth://totp/Catseye:admin?secret=JBSWY3DPEHPK3PXP");
        assertTrue(rows.toString(), rows.stream().allMatch(row -> row.matches("[01]{" + rows.size() + "}")));
        assertEquals("a version of the standard", 1, rows.size() % 4);
        for (int i = 0; i < 7; i++) {
            String expected = List.of("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111").get(i);
            assertTrue(rows.get(i), rows.get(i).startsWith(expected) && rows.get(i).endsWith(expected));
            String below = rows.get(rows.size() - 7 + i);
            assertTrue(below, below.startsWith(expected));
        }
    }

    @Test
    public void theLongestNameOfAUserFits() {
        assertTrue(rows("otpauth://totp/Catseye:" + "%E2%9C%93".repeat(200)).size() > 21);
    }
}

package org.catseye.options;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class CheckedSettingsTest {

    private static int parse(Map<String, ?> properties) throws BadValueException {
        return new Options("pid", properties).readNumber("port", 9, 1, 10);
    }

    @Test
    public void goodSettingsAreThere() throws Exception {
        CheckedSettings<Integer> settings = CheckedSettings.parseProperties(Map.of("port", 7), CheckedSettingsTest::parse);
        assertEquals(Optional.of(7), settings.findValid());
        assertEquals((Integer) 7, settings.requireValid());
    }

    @Test
    public void aBadValueIsReportedWhenTheSettingsAreUsed() {
        CheckedSettings<Integer> settings = CheckedSettings.parseProperties(Map.of("port", "x"), CheckedSettingsTest::parse);
        assertEquals(Optional.empty(), settings.findValid());
        assertEquals("pid: port is 'x'; it has to be a whole number from 1 to 10",
            assertThrows(BadValueException.class, settings::requireValid).getMessage());
    }
}

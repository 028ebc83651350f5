package org.catseye.capture.v4l2.settings;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.capture.v4l2.edid.EdidPreset;
import org.catseye.capture.v4l2.kernel.PictureControl;
import org.catseye.capture.v4l2.stick.Chip;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void formAndParserHaveTheSameDefaults() throws Exception {
        Map<String, Object> form = new HashMap<>();
        for (Method method : V4l2Config.class.getDeclaredMethods()) {
            form.put(method.getName().replace('_', '.'), method.getDefaultValue());
        }
        assertEquals(Settings.parseSettings(form), Settings.parseSettings(Map.of()));
    }

    @Test
    public void acceptsNumbersAsText() throws IOException {
        Settings settings = Given.settings("width", "1280", "height", 720L, "brightness", "-11", "dropSameFrames", "TRUE");
        assertEquals(1280, settings.width());
        assertEquals(720, settings.height());
        assertEquals(Map.of(PictureControl.BRIGHTNESS, -11), settings.controls());
        assertTrue(settings.dropSameFrames());
    }

    @Test
    public void eachMistakeNamesConfigurationKeyValueAndAllowedValues() {
        assertMistake("width is '99999'; it has to be a whole number from 0 to 16384", "width", 99_999, "height", 720);
        assertMistake("width is 'abc'; it has to be a whole number from 0 to 16384", "width", "abc");
        assertMistake("width is '3'; it has to be 0 for the best size, or 16 to 16384 pixels", "width", 3, "height", 720);
        assertMistake("height is '0'; it has to be both 0, for the best size, or both a size", "width", 1280);
        assertMistake("framesPerSecond is '1000'; it has to be a whole number from 0 to 240", "framesPerSecond", 1000);
        assertMistake("contrast is 'bright'; it has to be a whole number, or empty", "contrast", "bright");
        assertMistake("stallMillis is '1'; it has to be a whole number from 200 to 60000", "stallMillis", 1);
        assertMistake("idleSeconds is '-2'; it has to be a whole number from -1 to 86400", "idleSeconds", -2);
        assertMistake("detectSignal is 'maybe'; it has to be true or false", "detectSignal", "maybe");
        assertMistake("kvm.target is 'my pc'; it has to be the id of a target: letters, digits, dot, dash and underscore, 64 at most", "kvm.target", "my pc");
    }

    @Test
    public void idleLimitDependsOnTheChipUnlessConfigured() throws IOException {
        assertEquals(OptionalInt.empty(), Given.settings().idleLimitSeconds(Chip.MS2109));
        assertEquals(OptionalInt.of(10), Given.settings().idleLimitSeconds(Chip.OTHER));
        assertEquals(OptionalInt.of(60), Given.settings("idleSeconds", 60).idleLimitSeconds(Chip.MS2109));
    }

    @Test
    public void onlyChangesOfTheModeNeedANewStream() throws IOException {
        Settings before = Given.settings("width", 1280, "height", 720);
        assertFalse(before.needsRestart(Given.settings("width", 1280, "height", 720, "hue", 3, "stallMillis", 500)));
        assertTrue(before.needsRestart(Given.settings("width", 640, "height", 480)));
        assertTrue(before.needsRestart(Given.settings("width", 1280, "height", 720, "framesPerSecond", 10)));
        assertTrue(before.needsRestart(Given.settings("width", 1280, "height", 720, "device", "1-2")));
    }

    @Test
    public void edidIsAPresetOrDigits() throws IOException {
        String digits = EdidPreset.XGA_60.edid().hex();
        assertEquals(Optional.empty(), Given.settings().edid());
        assertEquals(Optional.of(EdidPreset.XGA_60.edid()), Given.settings("edid", " 1024X768p60 ").edid());
        assertEquals(Optional.of(EdidPreset.XGA_60.edid()), Given.settings("edid", digits).edid());
        assertTrue("the computer has to see the new monitor", Given.settings().needsRestart(Given.settings("edid", digits)));
        String presets = "it has to be empty, a preset (1280x720p60, 1280x720p50, 1920x1080p30, 1920x1080p50, 1920x1080p60, 1024x768p60,"
            + " 1280x1024p60, 1600x1200p60, 1920x1200p60), or the hexadecimal digits of an EDID";
        assertMistake("edid is '8K'; " + presets + ". In this EDID, the character at position 2 is no hexadecimal digit", "edid", "8K");
        assertMistake("edid is '" + "0".repeat(80) + "...'; " + presets + " of at most 512 bytes", "edid", "0".repeat(4097));
    }

    @Test
    public void onlyChangedControlsAreSetAgain() throws IOException {
        Settings before = Given.settings("brightness", 1, "contrast", 2);
        assertEquals(Map.of(PictureControl.CONTRAST, 3, PictureControl.HUE, 4),
            Given.settings("brightness", 1, "contrast", 3, "hue", 4).changedControls(before));
        assertEquals("an empty setting leaves the device as it is", Map.of(), Given.settings().changedControls(before));
    }

    private static void assertMistake(String message, Object... properties) {
        IOException e = assertThrows(IOException.class, () -> Given.settings(properties));
        assertEquals("org.catseye.capture.v4l2~bay1: " + message, e.getMessage());
    }
}

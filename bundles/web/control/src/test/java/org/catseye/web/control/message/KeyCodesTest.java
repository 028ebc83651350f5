package org.catseye.web.control.message;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Usage;
import org.junit.Test;

/** Every entry of the table, stated a second time in another form. */
public class KeyCodesTest {

    /** Page, then "first code of a run: usage of the first, names of the run". */
    private static final String[][] RUNS = {
        {"07", "04", "KeyA KeyB KeyC KeyD KeyE KeyF KeyG KeyH KeyI KeyJ KeyK KeyL KeyM KeyN KeyO KeyP KeyQ KeyR KeyS KeyT KeyU KeyV KeyW KeyX KeyY KeyZ"},
        {"07", "1e", "Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Enter Escape Backspace Tab Space Minus Equal"},
        {"07", "2f", "BracketLeft BracketRight Backslash IntlHash Semicolon Quote Backquote Comma Period Slash CapsLock"},
        {"07", "3a", "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 PrintScreen ScrollLock Pause Insert Home PageUp Delete End PageDown"},
        {"07", "4f", "ArrowRight ArrowLeft ArrowDown ArrowUp NumLock NumpadDivide NumpadMultiply NumpadSubtract NumpadAdd NumpadEnter"},
        {"07", "59", "Numpad1 Numpad2 Numpad3 Numpad4 Numpad5 Numpad6 Numpad7 Numpad8 Numpad9 Numpad0 NumpadDecimal IntlBackslash ContextMenu Power"},
        {"07", "67", "NumpadEqual F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24 Open Help"},
        {"07", "77", "Select"}, {"07", "79", "Again Undo Cut Copy Paste Find"}, {"07", "85", "NumpadComma"},
        {"07", "87", "IntlRo KanaMode IntlYen Convert NonConvert"}, {"07", "90", "Lang1 Lang2 Lang3 Lang4 Lang5"},
        {"07", "e0", "ControlLeft ShiftLeft AltLeft MetaLeft ControlRight ShiftRight AltRight MetaRight"},
        {"0c", "6f", "BrightnessUp BrightnessDown"}, {"0c", "b5", "MediaTrackNext MediaTrackPrevious MediaStop Eject"}, {"0c", "cd", "MediaPlayPause"},
        {"0c", "e2", "AudioVolumeMute"}, {"0c", "e9", "AudioVolumeUp AudioVolumeDown"}, {"0c", "183", "MediaSelect"}, {"0c", "18a", "LaunchMail"},
        {"0c", "192", "LaunchApp2"}, {"0c", "194", "LaunchApp1"}, {"0c", "221", "BrowserSearch"},
        {"0c", "223", "BrowserHome BrowserBack BrowserForward BrowserStop BrowserRefresh"}, {"0c", "22a", "BrowserFavorites"},
        {"01", "82", "Sleep WakeUp"},
        {"07", "e3", "OSLeft"}, {"07", "e7", "OSRight"}, {"0c", "e2", "VolumeMute"}, {"0c", "e9", "VolumeUp VolumeDown"},
    };

    @Test
    public void everyCodeHasItsUsage() {
        Map<String, Usage> expected = new HashMap<>();
        for (String[] run : RUNS) {
            int id = Integer.parseInt(run[1], 16);
            for (String code : run[2].split(" ")) {
                expected.put(code, new Usage(Integer.parseInt(run[0], 16), id++));
            }
        }
        assertEquals(expected.keySet(), KeyCodes.listCodes());
        Set<Feature> all = EnumSet.allOf(Feature.class);
        expected.forEach((code, usage) -> assertEquals(code, usage, KeyCodes.findKey(code).orElseThrow().selectUsage(all)));
    }

    @Test
    public void volumeFallsBackToTheKeyboardPageWhereThereIsNoConsumerControl() {
        Set<Feature> plain = Set.of(Feature.KEYBOARD);
        assertEquals(Usage.keyboardUsage(0x7f), KeyCodes.findKey("AudioVolumeMute").orElseThrow().selectUsage(plain));
        assertEquals(Usage.keyboardUsage(0x80), KeyCodes.findKey("AudioVolumeUp").orElseThrow().selectUsage(plain));
        assertEquals(Usage.keyboardUsage(0x81), KeyCodes.findKey("AudioVolumeDown").orElseThrow().selectUsage(plain));
        assertEquals("the old name", Usage.keyboardUsage(0x81), KeyCodes.findKey("VolumeDown").orElseThrow().selectUsage(plain));
        assertEquals("no key of the keyboard page does this", new Usage(0x0c, 0xcd), KeyCodes.findKey("MediaPlayPause").orElseThrow().selectUsage(plain));
        assertEquals(List.of(Usage.keyboardUsage(4)), KeyCodes.findKey("KeyA").orElseThrow().usages());
    }

    @Test
    public void otherTextIsNoCode() {
        for (String code : List.of("", "keya", "KeyA ", "KeyÄ", "Unidentified", "#")) {
            assertFalse(code, KeyCodes.findKey(code).isPresent());
        }
    }
}

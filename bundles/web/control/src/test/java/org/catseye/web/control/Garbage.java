package org.catseye.web.control;

import java.util.Random;

/** Messages as nobody should send them: sound ones with wounds, and noise. */
final class Garbage {

    private static final String[] SOUND = {
        "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}", "{\"type\":\"key\",\"code\":\"ShiftLeft\",\"down\":false}",
        "{\"type\":\"key\",\"code\":\"AudioVolumeUp\",\"down\":true}", "{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":1}",
        "{\"type\":\"move\",\"dx\":3,\"dy\":-2,\"buttons\":2}", "{\"type\":\"wheel\",\"dx\":0,\"dy\":-1}",
        "{\"type\":\"releaseAll\"}", "{\"type\":\"ping\",\"id\":7}",
    };
    private static final String[] SPLINTERS = {
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "NaN", "-", "1e999", "99999999999999999999", "\\u0000", "\\", "\u0000", "\ud83d", "é",
        "\"type\":", "\"down\":false", " ", "\n", "/*", "0x1F", "\"code\":\"\"",
    };

    private Garbage() {
    }

    static String message(Random random) {
        if (random.nextInt(10) == 0) {
            return random.ints(random.nextInt(200), 0, 0xffff).collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append).toString();
        }
        StringBuilder text = new StringBuilder(SOUND[random.nextInt(SOUND.length)]);
        for (int wounds = random.nextInt(4); wounds > 0; wounds--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, SPLINTERS[random.nextInt(SPLINTERS.length)]);
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(8)));
                case 2 -> text.insert(at, SOUND[random.nextInt(SOUND.length)]);
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}

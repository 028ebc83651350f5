package org.catseye.web.control.message;

import java.util.Random;

/** Bad messages: valid ones with damage, and noise. */
public final class DamagedMessages {

    private static final String[] VALID = {
        "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}", "{\"type\":\"key\",\"code\":\"ShiftLeft\",\"down\":false}",
        "{\"type\":\"key\",\"code\":\"AudioVolumeUp\",\"down\":true}", "{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":1}",
        "{\"type\":\"move\",\"dx\":3,\"dy\":-2,\"buttons\":2}", "{\"type\":\"wheel\",\"dx\":0,\"dy\":-1}",
        "{\"type\":\"releaseAll\"}", "{\"type\":\"ping\",\"id\":7}",
    };
    private static final String[] FRAGMENTS = {
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "NaN", "-", "1e999", "99999999999999999999", "\\u0000", "\\", "\u0000", "\ud83d", "é",
        "\"type\":", "\"down\":false", " ", "\n", "/*", "0x1F", "\"code\":\"\"",
    };

    private DamagedMessages() {
    }

    public static String createMessage(Random random) {
        if (random.nextInt(10) == 0) {
            return random.ints(random.nextInt(200), 0, 0xffff).collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append).toString();
        }
        StringBuilder text = new StringBuilder(VALID[random.nextInt(VALID.length)]);
        for (int damages = random.nextInt(4); damages > 0; damages--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(8)));
                case 2 -> text.insert(at, VALID[random.nextInt(VALID.length)]);
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}

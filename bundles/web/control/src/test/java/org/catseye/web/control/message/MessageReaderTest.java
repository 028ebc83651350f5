package org.catseye.web.control.message;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.Test;

public class MessageReaderTest {

    private static final long SEED = Long.getLong("catseye.test.seed", System.nanoTime());

    private final MessageReader reader = new MessageReader();

    @Test
    public void everyMessageOfTheProtocolIsParsed() throws BadMessageException {
        assertEquals(new ClientMessage.KeyPress(KeyCodes.findKey("KeyA").orElseThrow(), true), reader.parseMessage("{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}"));
        assertEquals(new ClientMessage.PointerPosition(0.5, 0.25, 1), reader.parseMessage("{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":1}"));
        assertEquals(new ClientMessage.PointerMotion(3, -2, 0), reader.parseMessage("{\"type\":\"move\",\"dx\":3,\"dy\":-2,\"buttons\":0}"));
        assertEquals(new ClientMessage.WheelTurn(0, -1), reader.parseMessage("{\"type\":\"wheel\",\"dx\":0,\"dy\":-1}"));
        assertEquals(new ClientMessage.ReleaseAll(), reader.parseMessage("{\"type\":\"releaseAll\"}"));
        for (ClientMessage.ControlRequest.Kind kind : ClientMessage.ControlRequest.Kind.values()) {
            assertEquals(new ClientMessage.ControlRequest(kind), reader.parseMessage("{\"type\":\"" + kind.name().toLowerCase(Locale.ROOT) + "\"}"));
        }
        assertEquals(new ClientMessage.Ping(7), reader.parseMessage("{\"type\":\"ping\",\"id\":7}"));
    }

    @Test
    public void fieldsComeInAnyOrderWithSpaceAndEscapes() throws BadMessageException {
        assertEquals(new ClientMessage.PointerPosition(1, 0, 31), reader.parseMessage(" { \"buttons\" : 31 ,\n\"y\":0, \"x\":1.0, \"type\":\"p\\u006finter\" } "));
        assertEquals(new ClientMessage.PointerPosition(1e-5, 1, 0), reader.parseMessage("{\"type\":\"pointer\",\"x\":1e-5,\"y\":1,\"buttons\":0}"));
    }

    @Test
    public void theMessageNamesTheMistakeAndTheRemedy() {
        bad("", "not a JSON object");
        bad("[]", "not a JSON object");
        bad("7", "not a JSON object");
        bad("null", "not a JSON object");
        bad("{", "not JSON near character");
        bad("{\"type\":\"ping\",\"id\":1}{}", "something follows the JSON object");
        bad("{\"type\":\"ping\",\"id\":1} x", "not JSON");
        bad("{}", "message lacks the field \"type\"");
        bad("{\"type\":\"pong\"}", "type \"pong\" is not known; types are key, pointer");
        bad("{\"type\":7}", "\"type\" must be a text");
        bad("{\"type\":\"ping\"}", "\"ping\" lacks the field \"id\": a whole number");
        bad("{\"type\":\"ping\",\"id\":1,\"id\":1}", "\"id\" is given twice");
        bad("{\"type\":\"ping\",\"id\":1,\"down\":true}", "\"ping\" has no field \"down\"; its fields are type, id");
        bad("{\"type\":\"ping\",\"id\":1,\"eval(\\\"x\\\")\":true}", "field \"eval(?x?)\" is not known; fields are type, code");
        bad("{\"type\":\"key\",\"code\":\"KeyA\",\"down\":1}", "\"down\" must be true or false");
        bad("{\"type\":\"key\",\"code\":null,\"down\":true}", "\"code\" must be a text");
        bad("{\"type\":\"key\",\"code\":[\"KeyA\"],\"down\":true}", "\"code\" must be a text");
    }

    @Test
    public void numbersOutsideTheirRangeAreRefused() {
        for (String x : new String[] {"-0.01", "1.01", "1e999", "-1e999", "\"0.5\"", "null", "{}", "NaN", "Infinity", "1" + "0".repeat(50)}) {
            bad("{\"type\":\"pointer\",\"y\":0.5,\"buttons\":0,\"x\":" + x + "}", "");
        }
        bad("{\"type\":\"pointer\",\"x\":0,\"y\":0,\"buttons\":32}", "\"buttons\" of \"pointer\" is 32; it must be from 0 to 31");
        bad("{\"type\":\"move\",\"dx\":0.5,\"dy\":0,\"buttons\":0}", "\"dx\" must be a whole number");
        bad("{\"type\":\"move\",\"dx\":4097,\"dy\":0,\"buttons\":0}", "from -4096 to 4096");
        bad("{\"type\":\"move\",\"dx\":4294967296,\"dy\":0,\"buttons\":0}", "from -4096 to 4096");
        bad("{\"type\":\"wheel\",\"dx\":0,\"dy\":-128}", "from -127 to 127");
        bad("{\"type\":\"ping\",\"id\":9223372036854775808}", "\"id\" must be a whole number");
        bad("{\"type\":\"ping\",\"id\":1" + "0".repeat(10_000) + "}", "not JSON");
    }

    @Test
    public void hostileShapesAreRefusedWithAShortMessage() {
        bad("[".repeat(8_000), "not a JSON object");
        bad("{\"x\":".repeat(3_000), "\"x\" must be");
        bad("{\"type\":" + "[".repeat(8_000), "");
        bad("{\"" + "a".repeat(16_000) + "\":1}", "");
        bad("{\"type\":\"" + "a".repeat(16_000) + "\"}", "");
        bad("{\"type\":\"key\",\"down\":true,\"code\":\"\u0000\ud800\u202e<script>\"}", "");
    }

    @Test
    public void anUnknownCodeIsNamedSafely() {
        BadMessageException e = assertThrows(BadMessageException.class,
            () -> reader.parseMessage("{\"type\":\"key\",\"down\":true,\"code\":\"<b>\\u0007Ünknown" + "x".repeat(80) + "\"}"));
        assertEquals("unknown_code", e.errorCode());
        assertTrue(e.getMessage(), e.getMessage().startsWith("code \"<b>??nknownxxxxx"));
        assertTrue(e.getMessage(), e.getMessage().length() < 200);
    }

    @Test
    public void badMessagesAreEitherParsedOrRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = DamagedMessages.createMessage(random);
            try {
                reader.parseMessage(text);
            } catch (BadMessageException e) {
                assertTrue("seed " + SEED + ": " + e.getMessage(), e.getMessage().length() < 400 && !e.getMessage().isBlank());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", message " + text, e);
            }
        }
    }

    private void bad(String text, String expected) {
        BadMessageException e = assertThrows(text, BadMessageException.class, () -> reader.parseMessage(text));
        assertTrue(e.getMessage(), e.getMessage().contains(expected));
        assertTrue(e.getMessage(), e.getMessage().length() < 400);
        assertTrue(e.errorCode(), e.errorCode().equals("bad_message") || e.errorCode().equals("unknown_code"));
    }
}

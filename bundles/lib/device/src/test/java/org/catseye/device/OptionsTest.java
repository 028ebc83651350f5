package org.catseye.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.Test;

public class OptionsTest {

    @Test
    public void valuesOfAnyTypeAreRead() throws Exception {
        Options options = new Options("pid", Map.of("number", 7L, "text", " a ", "flag", "TRUE", "address", "10.0.0.7", "empty", ""));
        assertEquals(7, options.number("number", 1, 0, 9));
        assertEquals("a", options.text("text", "b"));
        assertEquals(true, options.flag("flag", false));
        assertEquals("10.0.0.7", options.address("address", "", "an address").orElseThrow().getHostAddress());
        assertEquals(Optional.empty(), options.address("empty", "1.2.3.4", "an address"));
        assertEquals(OptionalInt.empty(), options.optionalNumber("empty"));
        assertEquals("as it was left", 5, options.number("missing", 5, 0, 9));
    }

    @Test
    public void aMistakeNamesConfigurationKeyValueAndWhatIsRight() {
        Options options = new Options("pid", Map.of("service.pid", "pid~bay1", "number", 12, "address", "10.0.0.256", "flag", "yes"));
        assertEquals("pid~bay1: number is '12'; it has to be a whole number from 0 to 9",
            assertThrows(IOException.class, () -> options.number("number", 1, 0, 9)).getMessage());
        assertEquals("pid~bay1: address is '10.0.0.256'; it has to be an address",
            assertThrows(IOException.class, () -> options.address("address", "", "an address")).getMessage());
        assertEquals("pid~bay1: flag is 'yes'; it has to be true or false",
            assertThrows(IOException.class, () -> options.flag("flag", true)).getMessage());
    }

    @Test
    public void theTargetIsTakenExactlyAsItStands() throws Exception {
        assertEquals("default", new Options("pid", Map.of()).target());
        assertEquals("bay1", new Options("pid", Map.of("kvm.target", "bay1")).target());
        for (Object wrong : new Object[] {" bay1", "bay1 ", "b a y", "", "../x", new String[] {"bay1"}, new String[0]}) {
            String words = assertThrows(IOException.class, () -> new Options("pid", Map.of("kvm.target", wrong)).target()).getMessage();
            assertEquals(words, true, words.startsWith("pid: kvm.target is '"));
        }
    }
}

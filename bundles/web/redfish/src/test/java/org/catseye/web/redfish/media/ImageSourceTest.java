package org.catseye.web.redfish.media;

import static org.junit.Assert.assertEquals;

import java.net.URI;
import java.util.Optional;
import org.junit.Test;

public class ImageSourceTest {

    private static String parse(String text) {
        return ImageSource.parse(text, "kvm.example:8080", "/kvm").map(source -> source.image() + " " + source.toPublicText()).orElse("none");
    }

    @Test
    public void addressesOfThisDeviceAreImagesOfTheLibrary() {
        assertEquals("ab12 /api/v1/media/ab12/content", parse("/api/v1/media/ab12/content"));
        assertEquals("ab12 /kvm/api/v1/media/ab12/content", parse("/kvm/api/v1/media/ab12/content"));
        assertEquals("ab12 https://KVM.example:8080/api/v1/media/ab12/content", parse("https://KVM.example:8080/api/v1/media/ab12/content"));
        assertEquals("my disk+1.iso catseye:my%20disk+1.iso", parse("catseye:my%20disk+1.iso"));
    }

    @Test
    public void otherAddressesAreFetched() {
        assertEquals(" http://kvm.example/api/v1/media/ab12/content", parse("http://kvm.example/api/v1/media/ab12/content"));
        assertEquals(" https://files.example:444/a%20b.iso", parse("https://ann:tulips@files.example:444/a%20b.iso?key=1#x"));
    }

    @Test
    public void anythingElseIsNone() {
        for (String text : new String[] {"", "boot.iso", "/etc/passwd", "file:///etc/passwd", "ftp://files.example/x", "http:///x", "http:x", "catseye:", "catseye:%zz", "//files.example/x", "http://a b",
                "/api/v1/media/../content", "http://files.example/" + "x".repeat(2000)}) {
            assertEquals(text, "none", parse(text));
        }
    }

    @Test
    public void aNumberComesBeforeTheEndOfTheName() {
        assertEquals("boot-2.iso", ImageDownload.addNumber(URI.create("http://files.example/a.b/boot.iso"), 2));
        assertEquals("boot-3", ImageDownload.addNumber(URI.create("http://files.example/boot"), 3));
        assertEquals(Optional.empty(), ImageSource.parse("http://[", "", ""));
    }
}

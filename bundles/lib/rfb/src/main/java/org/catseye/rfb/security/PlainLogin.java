package org.catseye.rfb.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.catseye.rfb.wire.WireOutput;

/** The method Plain of VeNCrypt: user and password as they are, inside of TLS. */
final class PlainLogin {

    private final Credentials credentials;

    PlainLogin(Credentials credentials) {
        this.credentials = credentials;
    }

    void send(WireOutput out) throws IOException {
        byte[] user = credentials.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = credentials.password().reveal().getBytes(StandardCharsets.UTF_8);
        out.sendMessage(ByteBuffer.allocate(8 + user.length + password.length).putInt(user.length).putInt(password.length).put(user).put(password));
    }
}

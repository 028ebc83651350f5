package org.catseye.web.console.guard.policy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The body of a response. An HTML page is buffered until {@link #finish} and then sent with the hashes of the known scripts that
 * it contains. Everything else is sent immediately, with a policy that allows no inline scripts.
 */
final class GuardedOutput extends ServletOutputStream {

    /**
     * About ten times the size of the largest page of the console. A larger page is not shown, because it is most likely endless.
     */
    static final int MAX_PAGE_BYTES = 8 << 20;

    /** Unchecked, because a writer would continue after an {@link IOException}. */
    static final class PageTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PageTooLongException() {
            super("a page above " + MAX_PAGE_BYTES + " bytes");
        }
    }

    private final HttpServletResponse response;
    private final String basePath;
    private final Function<String, List<String>> scripts;
    private final LongSupplier length;
    /** Null until the first byte or the end, because until then the servlet can still set the content type. */
    private Boolean page;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();

    /**
     * Creates the output for a response.
     *
     * @param response the response
     * @param basePath see {@link org.catseye.web.WebContext#BASE_PATH}
     * @param scripts returns the hashes of the known scripts in an HTML page
     * @param length returns the length that the servlet declared; negative if it declared none
     */
    GuardedOutput(HttpServletResponse response, String basePath, Function<String, List<String>> scripts, LongSupplier length) {
        this.response = response;
        this.basePath = basePath;
        this.scripts = scripts;
        this.length = length;
    }

    private boolean isPage() {
        if (page == null) {
            String type = Optional.ofNullable(response.getContentType()).orElse("").strip().toLowerCase(Locale.ROOT);
            page = type.startsWith("text/html") || type.startsWith("application/xhtml");
        }
        return page;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (held != null && isPage()) {
            hold(bytes, offset, count);
            return;
        }
        release();
        response.getOutputStream().write(bytes, offset, count);
    }

    private void hold(byte[] bytes, int offset, int count) {
        if (held.size() + count > MAX_PAGE_BYTES) {
            held = new ByteArrayOutputStream();
            throw new PageTooLongException();
        }
        held.write(bytes, offset, count);
    }

    /** Does not send a page that is still buffered. */
    @Override
    public void flush() throws IOException {
        if (!isPage()) {
            release();
        }
        if (held == null) {
            response.flushBuffer();
        }
    }

    /** Switches to sending the response immediately. */
    private void release() throws IOException {
        if (held == null) {
            return;
        }
        if (response.getContentType() == null) {
            // Otherwise a browser would guess the type, and might treat it as a page.
            response.setContentType("text/plain");
        }
        response.setHeader(ConsolePolicy.CACHING, ConsolePolicy.caching(response.getContentType()));
        if (length.getAsLong() >= 0) {
            response.setContentLengthLong(length.getAsLong());
        }
        byte[] first = held.toByteArray();
        held = null;
        response.getOutputStream().write(first);
    }

    void finish() throws IOException {
        if (held == null) {
            return;
        }
        if (!isPage()) {
            release();
            return;
        }
        Charset charset = Charset.forName(response.getCharacterEncoding());
        String html = OwnScripts.addQuestions(OwnScripts.withoutHandlers(held.toString(charset)), basePath);
        held = null;
        byte[] whole = html.getBytes(charset);
        response.setHeader(ConsolePolicy.POLICY, ConsolePolicy.policy(scripts.apply(html)));
        response.setContentLength(whole.length);
        response.getOutputStream().write(whole);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("the console does not answer asynchronously");
    }
}

package org.catseye.web.console.guard.policy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/**
 * A response of the console. Its servlets cannot change the headers of {@link ConsolePolicy}. An HTML page is buffered until it
 * is complete, because its scripts must be known before the headers are sent. Used by one thread.
 */
final class GuardedResponse extends HttpServletResponseWrapper {

    private final String basePath;
    private final Function<String, List<String>> scripts;
    private GuardedOutput output;
    private PrintWriter writer;
    private boolean ended;
    private long length = -1;

    /**
     * @param basePath see {@link org.catseye.web.WebContext#BASE_PATH}
     * @param scripts returns the hashes of the known scripts in an HTML page
     */
    GuardedResponse(HttpServletResponse response, String basePath, Function<String, List<String>> scripts) {
        super(response);
        this.basePath = basePath;
        this.scripts = scripts;
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase("Content-Length")) {
            setContentLengthLong(Long.parseLong(value.strip()));
        } else if (!ConsolePolicy.fixes(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase("Content-Length")) {
            setHeader(name, value);
        } else if (!ConsolePolicy.fixes(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!ConsolePolicy.fixes(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!ConsolePolicy.fixes(name)) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    /** The length of a page is set when the page is complete. */
    @Override
    public void setContentLengthLong(long bytes) {
        length = bytes;
    }

    @Override
    public void setContentLength(int bytes) {
        length = bytes;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new GuardedOutput((HttpServletResponse) getResponse(), basePath, scripts, () -> length);
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            // The web server's responses are UTF-8 by default; the header must state it.
            if (super.getContentType() == null || !super.getContentType().contains("charset=")) {
                setCharacterEncoding(super.getContentType() == null ? "UTF-8" : getCharacterEncoding());
            }
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (output == null) {
            super.flushBuffer();
        } else {
            output.flush();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        drop();
    }

    @Override
    public void reset() {
        super.reset();
        ConsolePolicy.set((HttpServletResponse) getResponse());
        drop();
    }

    /** Discards everything that was written but not sent. */
    private void drop() {
        output = null;
        writer = null;
        length = -1;
    }

    @Override
    public void sendError(int status) throws IOException {
        end();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        end();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        end();
        super.sendRedirect(location);
    }

    private void end() {
        drop();
        ended = true;
    }

    /** Sends the buffered content. */
    void finish() throws IOException {
        if (ended) {
            return;
        }
        if (writer != null) {
            writer.flush();
        }
        if (output != null) {
            output.finish();
        }
    }
}

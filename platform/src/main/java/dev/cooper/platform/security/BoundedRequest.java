package dev.cooper.platform.security;

import dev.cooper.platform.failure.TooLargeException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body may not tell its length, and is read to a limit at most. */
final class BoundedRequest extends HttpServletRequestWrapper {

    private final long bodyBytes;

    BoundedRequest(HttpServletRequest request, long bodyBytes) {
        super(request);
        this.bodyBytes = bodyBytes;
    }

    static String tooLarge(long bodyBytes) {
        return "the body is larger than " + bodyBytes + " bytes; send less, or raise cooper.security.limits.body-size";
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Bounded(super.getInputStream());
    }

    private final class Bounded extends ServletInputStream {

        private final ServletInputStream body;
        private long left = bodyBytes;

        Bounded(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            if (next >= 0) {
                take(1);
            }
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = body.read(into, offset, length);
            if (got > 0) {
                take(got);
            }
            return got;
        }

        private void take(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new TooLargeException(tooLarge(bodyBytes));
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}

package org.catseye.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.Buffer;

/**
 * The functions of libc, mapped directly (without a proxy and without boxing arguments). size_t, off_t and unsigned long are
 * {@link NativeLong}, so that one declaration works on 64 and 32 bits. open and ioctl are variadic in C; for integers and
 * pointers, this makes no difference in the calling conventions of x86-64, arm, aarch64 and riscv64. Each function returns -1 and
 * sets errno on failure.
 */
final class LibC {

    /** The errno of the last failed call, which JNA stores per thread. */
    static int errno() {
        return Native.getLastError();
    }

    static void register() {
        Native.register(LibC.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
    }

    static void unregister() {
        Native.unregister(LibC.class);
    }

    static native int open(String path, int flags, int mode);

    static native int close(int fd);

    static native NativeLong read(int fd, Buffer to, NativeLong bytes);

    static native NativeLong write(int fd, Buffer from, NativeLong bytes);

    static native NativeLong lseek(int fd, NativeLong offset, int whence);

    static native int ioctl(int fd, NativeLong request, Buffer argument);

    static native Pointer mmap(Pointer address, NativeLong length, int protection, int flags, int fd, NativeLong offset);

    static native int munmap(Pointer address, NativeLong length);

    static native int poll(Buffer fds, NativeLong count, int timeoutMillis);

    static native int eventfd(int value, int flags);

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, Buffer address, int length);

    static native int setsockopt(int fd, int level, int option, Buffer value, int length);

    private LibC() {
    }
}

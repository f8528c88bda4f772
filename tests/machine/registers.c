/*
 * ptrace for User-Mode Linux on processors whose extended registers are larger than it knows (AMX): up to Linux 6.12 it sets the
 * first part of them, and the kernel below wants all or nothing. So the rest is set to what it is. Loaded before the C library's.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <linux/ptrace.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long call(int request, pid_t pid, void *address, void *data) { return syscall(SYS_ptrace, request, pid, address, data); }

static long set_registers(pid_t pid, void *set, struct iovec *given)
{
    static _Thread_local char whole[64 * 1024];
    struct iovec all = { whole, sizeof whole };

    if (call(PTRACE_GETREGSET, pid, set, &all) < 0)
        return -1;
    if (given->iov_len >= all.iov_len)
        return call(PTRACE_SETREGSET, pid, set, given);
    memcpy(whole, given->iov_base, given->iov_len);
    return call(PTRACE_SETREGSET, pid, set, &all);
}

long ptrace(int request, ...)
{
    va_list rest;
    va_start(rest, request);
    pid_t pid = va_arg(rest, pid_t);
    void *address = va_arg(rest, void *), *data = va_arg(rest, void *);
    va_end(rest);

    if (request == PTRACE_SETREGSET && (long)address == NT_X86_XSTATE)
        return set_registers(pid, address, data);
    if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSR) {
        /* The system call writes the word where the C library's function returns it. */
        long word, status = call(request, pid, address, &word);
        if (status < 0)
            return -1;
        errno = 0;
        return word;
    }
    return call(request, pid, address, data);
}

#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the filter knows no system calls of this processor"
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ARGUMENT(number) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[number]))
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
/// Never.
#define NEVER(call) SKIP_UNLESS(__NR_##call, 1), KILL
/// Not where this argument has one of the bits.
#define NOT_WITH(call, number, bits) \
    SKIP_UNLESS(__NR_##call, 4), ARGUMENT(number), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1), KILL, ALLOW
/// Only to standard output and standard error, or 8 bytes.
#define ONLY_WORDS(call) \
    SKIP_UNLESS(__NR_##call, 7), ARGUMENT(0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 3, 0), \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 2, 0), ARGUMENT(2), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 8, 0, 1), ALLOW, KILL

/// The bits of `open` that want more than to read; O_TMPFILE has one that directories have too, and is none without O_WRONLY or O_RDWR.
#define CHANGING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

static struct sock_filter filter[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    KILL,
    LOAD(nr),
#ifdef __x86_64__
    // Those of x32, under other numbers.
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    KILL,
    NOT_WITH(open, 1, CHANGING),
    NEVER(creat),
    NEVER(mkdir),
    NEVER(mknod),
    NEVER(rmdir),
    NEVER(unlink),
    NEVER(rename),
    NEVER(link),
    NEVER(symlink),
    NEVER(chmod),
    NEVER(chown),
    NEVER(lchown),
    NEVER(utime),
    NEVER(utimes),
    NEVER(futimesat),
    NEVER(pipe),
    NEVER(fork),
    NEVER(vfork),
#endif
    NOT_WITH(openat, 2, CHANGING),
    NEVER(openat2),
    NEVER(mkdirat),
    NEVER(mknodat),
    NEVER(unlinkat),
#ifdef __NR_renameat
    NEVER(renameat),
#endif
    NEVER(renameat2),
    NEVER(linkat),
    NEVER(symlinkat),
    NEVER(fchmod),
    NEVER(fchmodat),
    NEVER(fchown),
    NEVER(fchownat),
    NEVER(utimensat),
    NEVER(truncate),
    NEVER(ftruncate),
    NEVER(fallocate),
    NEVER(setxattr),
    NEVER(lsetxattr),
    NEVER(fsetxattr),
    NEVER(removexattr),
    NEVER(memfd_create),
    NEVER(mount),
    NEVER(pipe2),
    NEVER(sendfile),
    NEVER(splice),
    NEVER(tee),
    NEVER(vmsplice),
    NEVER(copy_file_range),
    NEVER(io_uring_setup),
    NEVER(io_setup),
    NEVER(shmget),
    NEVER(msgget),
    NEVER(mq_open),
    NEVER(socket),
    NEVER(socketpair),
    NEVER(connect),
    NEVER(bind),
    NEVER(sendto),
    NEVER(sendmsg),
    NEVER(sendmmsg),
    NEVER(execve),
    NEVER(execveat),
    NEVER(ptrace),
    NEVER(process_vm_writev),
    NEVER(bpf),
    NEVER(keyctl),
    NEVER(add_key),
    // A position is for files, and none is open that can be written to.
    NEVER(pwrite64),
    NEVER(pwritev),
    NEVER(pwritev2),
    ONLY_WORDS(write),
    // Its length is in memory, which no filter sees.
    SKIP_UNLESS(__NR_writev, 5),
    ARGUMENT(0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 1, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 1),
    ALLOW,
    KILL,
    // A thread is no process. Of `clone3` the flags are in memory: without it, C's library asks `clone`.
    SKIP_UNLESS(__NR_clone, 4),
    ARGUMENT(0),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
    KILL,
    ALLOW,
    SKIP_UNLESS(__NR_clone3, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    ALLOW,
};

int confine(void) {
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return -1;
    }
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

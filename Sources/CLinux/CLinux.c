#define _GNU_SOURCE
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <linux/serial.h>
#include <link.h>
#include <linux/hidraw.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// Declared again here, because CLinux.h brings <termios.h>, which does not go together with <asm/termbits.h>.
struct clinux_termios2 {
    uint32_t c_iflag;
    uint32_t c_oflag;
    uint32_t c_cflag;
    uint32_t c_lflag;
    uint8_t c_line;
    uint8_t c_cc[19];
    uint32_t c_ispeed;
    uint32_t c_ospeed;
};

_Static_assert(sizeof(struct clinux_termios2) == sizeof(struct termios2), "termios2 has another size here");
_Static_assert(offsetof(struct clinux_termios2, c_cc) == offsetof(struct termios2, c_cc), "c_cc is elsewhere");
_Static_assert(
    offsetof(struct clinux_termios2, c_ospeed) == offsetof(struct termios2, c_ospeed), "c_ospeed is elsewhere");
_Static_assert(BOTHER == 0010000 && CBAUD == 0010017, "the baud field is elsewhere");

int clinux_tcgets2(int fd, struct clinux_termios2 *settings) { return ioctl(fd, TCGETS2, settings); }

int clinux_tcsets2(int fd, const struct clinux_termios2 *settings) { return ioctl(fd, TCSETS2, settings); }

int clinux_set_exclusive(int fd, int on) { return ioctl(fd, on ? TIOCEXCL : TIOCNXCL); }

int clinux_is_exclusive(int fd) {
    int on = 0;
    return ioctl(fd, TIOCGEXCL, &on) == 0 && on;
}

int clinux_get_icount(int fd, struct serial_icounter_struct *counters) {
    return ioctl(fd, TIOCGICOUNT, counters);
}

int clinux_hidraw_descriptor(int fd, uint8_t *bytes, uint32_t size) {
    struct hidraw_report_descriptor descriptor = {0};
    int length = 0;
    if (ioctl(fd, HIDIOCGRDESCSIZE, &length) < 0) return -1;
    if (length < 0 || length > (int)sizeof descriptor.value) length = sizeof descriptor.value;
    descriptor.size = (uint32_t)length;
    if (ioctl(fd, HIDIOCGRDESC, &descriptor) < 0) return -1;
    if (descriptor.size > size) descriptor.size = size;
    memcpy(bytes, descriptor.value, descriptor.size);
    return (int)descriptor.size;
}

int clinux_hidraw_get_feature(int fd, uint8_t *bytes, uint32_t size) {
    return ioctl(fd, HIDIOCGFEATURE(size), bytes);
}

int clinux_hidraw_set_feature(int fd, const uint8_t *bytes, uint32_t size) {
    return ioctl(fd, HIDIOCSFEATURE(size), bytes);
}

unsigned clinux_major(uint64_t device) { return major(device); }

unsigned clinux_minor(uint64_t device) { return minor(device); }

void clinux_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// For the program and each of its libraries. Only what is never written is let go, code and constants: those pages are
// as they are in the file.
static int release_code(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size;
    (void)unused;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_W)) continue;
        uintptr_t start = (info->dlpi_addr + part->p_vaddr + page - 1) / page * page;
        uintptr_t end = (info->dlpi_addr + part->p_vaddr + part->p_memsz) / page * page;
        if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void clinux_release_code(void) { dl_iterate_phdr(release_code, NULL); }

int clinux_peer(int fd, uint32_t *user, uint32_t *group, int32_t *process) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -1;
    *user = peer.uid;
    *group = peer.gid;
    *process = peer.pid;
    return 0;
}

int clinux_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }

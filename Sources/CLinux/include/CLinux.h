// The Linux calls that Swift's Glibc overlay leaves out: epoll, eventfd, timerfd, signalfd, termios2.
#pragma once
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/serial.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// The kernel's `struct termios2`, which cannot be had together with glibc's <termios.h>. CLinux.c proves the layout.
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

// c_cflag: the baud field, and its value for "as c_ospeed says".
static const uint32_t clinux_CBAUD = 0010017;
static const uint32_t clinux_BOTHER = 0010000;

// TCGETS2 and TCSETS2.
int clinux_tcgets2(int fd, struct clinux_termios2 *settings);
int clinux_tcsets2(int fd, const struct clinux_termios2 *settings);

// The ioctls on a serial line that Swift cannot name: the requests are macros with casts.
int clinux_set_exclusive(int fd, int on);
int clinux_is_exclusive(int fd);
int clinux_get_icount(int fd, struct serial_icounter_struct *counters);

// The report descriptor of a HID device: its bytes, of which there are at most `size`, and how many; negative on error.
int clinux_hidraw_descriptor(int fd, uint8_t *bytes, uint32_t size);

// Feature reports. The first byte is the number of the report, or 0; both return how many bytes went over.
int clinux_hidraw_get_feature(int fd, uint8_t *bytes, uint32_t size);
int clinux_hidraw_set_feature(int fd, const uint8_t *bytes, uint32_t size);

// The parts of a device number; glibc has them as macros.
unsigned clinux_major(uint64_t device);
unsigned clinux_minor(uint64_t device);

// Names the calling thread; 15 bytes at most. prctl is variadic, which Swift cannot call.
void clinux_name_thread(const char *name);

// Lets go of this process's machine code in memory; what is needed again is mapped again from the page cache.
void clinux_release_code(void);

// Who is at the other end of a local socket, as the kernel knows it: 0, or -1 with errno. Needs GNU extensions.
int clinux_peer(int fd, uint32_t *user, uint32_t *group, int32_t *process);

// The next connection that waits, not blocking and closed on exec; accept4 is a GNU extension.
int clinux_accept(int fd);

/// What `lumbard --help` and `lumbard --version` print.
enum Help {
    static let text = """
        lumbard: watches how you sit, bend and lift, by a sensor at your lower back.

        Usage: lumbard [options]

        It runs until it is told to stop, reads every sensor it finds, and says what it sees in the journal
        (journalctl -t lumbard), or here when it is started on a terminal. Without options it does what the
        service does: read the configuration, find sensors through udev, and keep the history.

          -d, --device PATH[,KEY=VALUE...]
                  Also read the serial line at PATH: a port, a Bluetooth line (/dev/rfcomm0), a
                  pseudo-terminal. Keys: protocol, baud, mount (such as mount=up=-y,forward=+z), wearer,
                  role (lumbar, thorax, thigh). What is left out is found by listening. May be given several times.
              --no-udev
                  Read only what --device and the configuration name.
              --no-journal
                  Say everything here, on the standard error, and nothing in the journal.
          -c, --config FILE
                  Read this configuration and FILE.d/*.conf, not /etc/lumbard/lumbard.conf.
              --check-config
                  Say what is wrong with the configuration, and exit: 0 when nothing is.
              --state-directory DIRECTORY
                  Keep the history here, not in $STATE_DIRECTORY or /var/lib/lumbard.
              --socket PATH|none
                  Answer lumbarctl status, watch and devices at this socket, or at none. Without it, at the
                  one systemd hands over, or at /run/lumbard/lumbard.sock when that directory is there.
              --record FILE
                  Keep every byte the sensors send in a new file, for lumbarctl replay.
              --transcript FILE
                  Write what is concluded to a new file, as lumbarctl replay would write it.
          -V, --version
                  Print the version, and exit.
          -h, --help
                  Print this, and exit.

        It never writes to a device. SIGHUP reads the configuration again; SIGTERM ends it in good order.

        Exit status, as in sysexits.h: 64 wrong options, 69 something needed is missing, 73 a file cannot be
        made, 74 it cannot be read or written, 77 not allowed, 78 wrong configuration.

        See also: lumbarctl devices (what is plugged in, and what is used of it), lumbarctl config sample.
        """
}

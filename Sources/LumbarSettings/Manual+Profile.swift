extension Manual {
    /// The manual page lumbard.profile(5), dated `date`, for a manual of a profile's sections.
    public func profilePage(date: String) -> String {
        """
        .\\" Generated from the settings in the sources; do not edit.
        .Dd \(Mdoc.text(date))
        .Dt LUMBARD.PROFILE 5
        .Os lumbard
        .Sh NAME
        .Nm lumbard.profile
        .Nd lines of text that a sensor prints, described for lumbard
        .Sh SYNOPSIS
        .Pa /usr/share/lumbard/profiles/*.profile
        .Pp
        .Pa /etc/lumbard/profiles/*.profile
        .Sh DESCRIPTION
        A profile makes a protocol of the lines that a sketch prints: what a line begins with, which place of it holds which
        quantity in which unit, and what cannot be true.
        A unit is never guessed.
        The file has the form of
        .Xr lumbard.conf 5 :
        lines
        .Ql key=value
        under
        .Ql [section]
        headers; a line that begins with
        .Ql #
        or
        .Ql \\&;
        is a comment.
        .Pp
        A profile in
        .Pa /etc/lumbard/profiles
        takes the place of one of the same name that came with the program.
        .Xr lumbard 8
        does not start with an error in a profile and exits with status 78.
        .Ic lumbarctl profile test
        says what a profile makes of what a sensor printed.
        .Sh EXAMPLES
        Lines such as
        .Ql IMU 12.5 -3.1 998.2 ,
        with acceleration in thousandths of g:
        .Bd -literal -offset indent
        [profile]
        name=my-sketch
        prefix=IMU
        delimiter=blanks
        sniff=yes
        [columns]
        ax=1 mg
        ay=2 mg
        az=3 mg
        .Ed
        .Pp
        JSON lines such as
        .Ql {\\(dqacc\\(dq:[0.01,0.02,0.99],\\(dqt\\(dq:120} ,
        to be declared with
        .Ql protocol=my-json :
        .Bd -literal -offset indent
        [profile]
        name=my-json
        [columns]
        ax=/acc/0 g
        ay=/acc/1 g
        az=/acc/2 g
        time=/t ms
        .Ed

        """ + sectionPages() + """
            .Sh FILES
            .Bl -tag -width Ds
            .It Pa /usr/share/lumbard/profiles
            Those that came with packages.
            .It Pa /etc/lumbard/profiles
            Those of this machine.
            .El
            .Sh SEE ALSO
            .Xr lumbarctl 1 ,
            .Xr lumbard.conf 5 ,
            .Xr lumbard 8

            """
    }
}

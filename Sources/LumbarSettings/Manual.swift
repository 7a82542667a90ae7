/// Renders what is declared with `@Setting` for people: the commented sample file and lumbard.conf(5).
///
/// Both are generated files of the repository; continuous integration renders them again and fails on a difference.
public struct Manual {
    private let sections: [any SettingsSection]

    /// A manual of `sections`, in this order.
    public init(sections: [any SettingsSection]) {
        self.sections = sections
    }

    /// The sample file: every setting with its built-in value, commented out as systemd does.
    ///
    /// Prose lines begin with `# `, settings with `#key=`: removing the `#` of the latter gives a valid file.
    public func sample() -> String {
        var out = """
            # lumbard.conf - settings of lumbard(8); see lumbard.conf(5)
            #
            # Every setting stands here with its built-in value, commented out. To change one, remove the #
            # before it; or better, write it under its [section] into a file of your own,
            # /etc/lumbard/lumbard.conf.d/NAME.conf, which overrides this one and survives updates. Then:
            # lumbarctl config check && systemctl reload lumbard
            #
            # Units may be written out: 90 s, 25min, 1h30min. An empty value means the built-in one again.

            """
        for section in sections {
            // One with an argument is an example: there is none unless somebody writes one.
            let header = bracketed(section)
            let mark = section is any SectionTemplate ? "#" : ""
            out += "\n" + comment(type(of: section).summary) + mark + header + "\n"
            for (key, setting) in section.settings {
                out += "\n" + comment(setting.help) + comment("Allowed: " + setting.limitsText + ".")
                out += "#\(key)=\(setting.defaultText)\n"
            }
        }
        return out
    }

    /// The manual page in mdoc, dated `date` (as mdoc writes it: `November 21, 2026`).
    public func page(date: String) -> String {
        var out = """
            .\\" Generated from the settings in the sources; do not edit.
            .Dd \(Mdoc.text(date))
            .Dt LUMBARD.CONF 5
            .Os lumbard
            .Sh NAME
            .Nm lumbard.conf
            .Nd settings of the lumbar posture daemon
            .Sh SYNOPSIS
            .Pa /etc/lumbard/lumbard.conf
            .Pp
            .Pa /etc/lumbard/lumbard.conf.d/*.conf
            .Sh DESCRIPTION
            The file and the drop-ins after it, in order of their names, hold lines of the form
            .Ql key=value
            under
            .Ql [section]
            headers.
            A line that begins with
            .Ql #
            or
            .Ql \\&;
            is a comment.
            A later value overrides an earlier one; an empty value means the built-in one again.
            Quantities may carry their unit, and times may be written as
            .Ql 90s ,
            .Ql 25min
            or
            .Ql 1h30min .
            Lists are separated by commas.
            .Pp
            .Xr lumbard 8
            does not start with an error in its settings and exits with status 78; on reload it keeps the settings it
            has.
            .Ic lumbarctl config check
            names every error with its file and line,
            .Ic lumbarctl config show
            prints every setting with where it was set.

            """
        out += sectionPages()
        return out + """
            .Sh FILES
            .Bl -tag -width Ds
            .It Pa /etc/lumbard/lumbard.conf
            The main file.
            .It Pa /etc/lumbard/lumbard.conf.d/*.conf
            Drop-ins, applied after it in order of their names.
            .El
            .Sh SEE ALSO
            .Xr lumbarctl 1 ,
            .Xr lumbard 8

            """
    }

    /// What each section and setting is about.
    func sectionPages() -> String {
        var out = ""
        for section in sections {
            out += ".Sh \(Mdoc.text(bracketed(section)).uppercased()) SECTION\n"
            out += Mdoc.prose(type(of: section).summary) + ".Bl -tag -width Ds\n"
            for (key, setting) in section.settings {
                let value = setting.defaultText.isEmpty ? "" : " Ns Ar " + Mdoc.argument(setting.defaultText)
                out += ".It Cm \(Mdoc.argument(key + "="))\(value)\n"
                out += Mdoc.prose(setting.help) + Mdoc.prose("Allowed: " + setting.limitsText + ".")
            }
            out += ".El\n"
        }
        return out
    }

    /// The section's header, with what its argument is called where it has one.
    private func bracketed(_ section: any SettingsSection) -> String {
        guard let list = section as? any SectionTemplate else { return "[\(type(of: section).name)]" }
        return "[\(type(of: list).name) \(type(of: list).argumentName)]"
    }

    /// `text` as comment lines of at most 100 columns.
    private func comment(_ text: String) -> String {
        var out = ""
        var line = "#"
        for word in text.split(separator: " ") {
            if line.count + 1 + word.count > 100, line != "#" {
                out += line + "\n"
                line = "#"
            }
            line += " " + word
        }
        return out + line + "\n"
    }
}

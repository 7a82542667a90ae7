import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct TextProfileTests {
    private func errors(_ text: String) -> [String] {
        do throws(TextProfileError) {
            _ = try TextProfile(file: "my.profile", bytes: Array(text.utf8))
            return []
        } catch { return error.errors.map(\.description) }
    }

    private static let good = "[profile]\nname=mine\nprefix=A:\n[columns]\nax=1 g\nay=2 g\naz=3 g\n"

    @Test func everyShippedProfileCanBeReadAndIsNamedAfterItsFile() throws {
        for (file, text) in ShippedProfiles.files {
            let profile = try TextProfile(file: file, bytes: Array(text.utf8))
            #expect(profile.name + ".profile" == file)
            #expect(!profile.description.isEmpty)
        }
        #expect(DecoderCatalog.builtIn.profiles.count == ShippedProfiles.files.count)
    }

    @Test func readsBackFromWhatARecordingCarries() throws {
        for profile in DecoderCatalog.builtIn.profiles {
            let again = try TextProfile(file: profile.name, bytes: Array(profile.source.text.utf8))
            #expect(again.source == profile.source)
            #expect(again.places == profile.places)
            #expect(again.scales == profile.scales)
            #expect(again.up == profile.up)
            #expect(again.gates == profile.gates)
            #expect(!profile.source.text.contains("#" + " "))
        }
    }

    @Test func aGoodOneSaysWhatItReads() throws {
        let profile = try TextProfile(file: "my.profile", bytes: Array(Self.good.utf8))
        #expect(profile.name == "mine")
        #expect(profile.hasAcceleration)
        #expect(!profile.hasAngularRate)
        #expect(!profile.isSniffed)
        #expect(
            profile.columns == ["ax from column 1 in g", "ay from column 2 in g", "az from column 3 in g"])
    }

    @Test(arguments: [
        (
            "name=mine", "",
            "my.profile: profile.name: it is missing: write name = what the protocol is called"
        ),
        (
            "name=mine", "name=My Sketch",
            "my.profile:2: profile.name: a name is up to 32 lower case letters, digits and -"
        ),
        (
            "ax=1 g", "ax=1",
            "my.profile:5: columns.ax: it has no unit: write the place and then the unit, as in 2 mg"
        ),
        (
            "ax=1 g", "ax=1 G",
            "my.profile:5: columns.ax: G is no unit of it: write g, mg, mps2 or raw/COUNTS_PER_G"
        ),
        (
            "ax=1 g", "ax=1 raw/0",
            "my.profile:5: columns.ax: raw/0 is no unit of it: write g, mg, mps2 or raw/COUNTS_PER_G"
        ),
        ("ax=1 g", "ay=1 g", "my.profile:6: columns.ax: it is missing: an acceleration has three"),
        ("ax=1 g", "ax=2 g", "my.profile:6: columns.ay: 2 is where ax stands already"),
        (
            "ax=1 g", "ax=/a/x g",
            "my.profile:5: columns: JSON pointers and columns do not mix: a line is one or the other"
        ),
        (
            "ax=1 g", "ax=accx g",
            "my.profile:2: profile.header: columns are given by name: write header=yes, or give their numbers"
        ),
        (
            "ax=1 g", "ax=99 g",
            "my.profile:5: columns.ax: 99 is neither a column number from 1 to 64, nor a name in the header, nor a JSON pointer such as /accel/x"
        ),
        (
            "prefix=A:", "prefx=A:",
            "my.profile:3: profile: there is no setting \"prefx\"; did you mean prefix?"
        ),
        (
            "prefix=A:", "sniff=yes",
            "my.profile:3: profile.sniff: nothing to recognise it by: give a prefix of two bytes or more"
        ),
        (
            "prefix=A:", "delimiter=coma",
            "my.profile:3: profile.delimiter: \"coma\" is none of comma, semicolon, tab, blanks; did you mean comma?"
        ),
        (
            "prefix=A:", "checksum=xor",
            "my.profile:3: profile.checksum: xor needs a prefix that begins with $"
        ),
        ("[columns]", "[colums]", "my.profile:4: there is no section [colums]; did you mean [columns]?"),
    ])
    func whatIsWrongIsNamedWithItsLineAndWhatToDo(what: String, instead: String, message: String) {
        let text = Self.good.split(separator: "\n").map { $0 == what ? instead : String($0) }
        #expect(errors(text.joined(separator: "\n") + "\n").first == message)
    }

    @Test func everyErrorIsTold() {
        let found = errors("[profile]\nname=mine\nfoo=1\n[columns]\nax=1 km\nay=2\n")
        #expect(found.count == 2)
        #expect(errors("[profile]\nname=mine\n[columns]\nax=1 km\ngx=2 km\n").count == 2)
    }

    @Test func somethingMustSayWhichWayIsUp() {
        #expect(errors("[profile]\nname=a\n[columns]\ngx=1 dps\ngy=2 dps\ngz=3 dps\n").count == 1)
        #expect(
            errors("[profile]\nname=a\n[columns]\npitch=1 deg\n") == [
                "my.profile:4: columns.roll: it is missing: up takes both pitch and roll"
            ])
    }

    @Test func anyBytesGiveErrorsAndNoTrap() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<200 {
            var bytes = Array(Self.good.utf8)
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            _ = try? TextProfile(file: "x", bytes: bytes)
        }
    }

    @Test func aCatalogTakesProfilesAndKeepsTheNamesOfItsOwn() throws {
        var catalog = DecoderCatalog()
        let mine = try TextProfile(file: "my.profile", bytes: Array(Self.good.utf8))
        var isAdded = catalog.add(mine)
        #expect(isAdded)
        #expect(catalog.make("mine")?.protocolName == "mine")
        #expect(catalog.sources(declared: "mine") == [mine.source])
        #expect(catalog.sources(declared: nil).isEmpty)
        let count = catalog.profiles.count
        let other = Self.good.replacing("ax=1 g", with: "ax=1 mg")
        isAdded = catalog.add(try TextProfile(file: "my.profile", bytes: Array(other.utf8)))
        #expect(isAdded)
        #expect(catalog.profiles.count == count)
        let taken = Self.good.replacing("name=mine", with: "name=text")
        isAdded = catalog.add(try TextProfile(file: "t", bytes: Array(taken.utf8)))
        #expect(!isAdded)
        let wrong = catalog.add([ProfileSource(name: "bad", text: "[profile]\nname=bad\n")])
        #expect(wrong != nil)
    }
}

extension String {
    /// The text with every `old` replaced.
    func replacing(_ old: String, with new: String) -> String {
        var out = ""
        var rest = Substring(self)
        while let place = rest.firstRange(of: old) {
            out += rest[..<place.lowerBound] + new
            rest = rest[place.upperBound...]
        }
        return out + rest
    }
}

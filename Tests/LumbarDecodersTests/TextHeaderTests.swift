import LumbarDecoders
import Testing

@Suite struct TextHeaderTests {
    private static let acceleration = ["g", "mg", "mps2"]

    private func error(_ line: String) -> TextHeaderError? {
        do throws(TextHeaderError) {
            _ = try TextHeader(line)
            return nil
        } catch { return error }
    }

    @Test func readsThePlainForms() throws {
        #expect(try TextHeader("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps").hasAngularRate)
        #expect(try !TextHeader("t_ms,ax_mps2,ay_mps2,az_mps2").hasAngularRate)
        #expect(try TextHeader(" \"T_us\" ,\tAX_mg, ay_MG,az_mg\r\n").ignoredColumns == [])
        #expect(try TextHeader("\u{FEFF}t_s,ax_g,ay_g,az_g,").ignoredColumns == [])
    }

    @Test func namesIgnoredColumnsAsTheyStood() throws {
        let header = try TextHeader("id,t_s,az_g,Temp_C,ay_g,ax_g,,label")
        #expect(header.ignoredColumns == ["id", "Temp_C", "label"])
    }

    @Test func namesWhatIsMissing() {
        #expect(error("") == .missingColumn("t", units: ["s", "ms", "us", "ns"]))
        #expect(error("ax_g,ay_g,az_g") == .missingColumn("t", units: ["s", "ms", "us", "ns"]))
        #expect(error("t_s,ax_g,az_g") == .missingColumn("ay", units: Self.acceleration))
        #expect(error("t_s,ax_g,ay_g,az_g,gx_dps,gz_dps") == .missingColumn("gy", units: ["dps", "radps"]))
    }

    @Test func namesWhatIsWrong() {
        #expect(error("t,ax_g,ay_g,az_g") == .missingUnit("t", units: ["s", "ms", "us", "ns"]))
        #expect(error("t_s,ax,ay,az") == .missingUnit("ax", units: Self.acceleration))
        #expect(error("t_s,ax_,ay_g,az_g") == .missingUnit("ax_", units: Self.acceleration))
        #expect(error("t_s,ax_ms2,ay_g,az_g") == .unknownUnit("ax_ms2", units: Self.acceleration))
        #expect(error("t_s,ax_dps,ay_g,az_g") == .unknownUnit("ax_dps", units: Self.acceleration))
        #expect(error("t_s,ax_g,ay_g,az_g,gx_g,gy_g,gz_g") == .unknownUnit("gx_g", units: ["dps", "radps"]))
        #expect(error("t_s,ax_g,ay_g,az_g,ax_mps2") == .repeatedColumn("ax_mps2"))
    }

    @Test func saysWhatToWriteInstead() {
        #expect(error("t,ax_g")?.description == "column t has no unit: write t_s, t_ms, t_us or t_ns")
        #expect(
            error("t_s,ax_ms2")?.description
                == "column ax_ms2 has an unknown unit: write ax_g, ax_mg or ax_mps2")
        #expect(error("t_s,ax_g,ay_g")?.description == "column az is missing: add az_g, az_mg or az_mps2")
        #expect(error("t_s,gx_g")?.description == "column gx_g has an unknown unit: write gx_dps or gx_radps")
        #expect(error("t_s,t_s")?.description == "column t_s repeats one before it: keep one of them")
    }

    @Test(arguments: ["0,0.01,0.02,0.99", "time,acc_x,acc_y,acc_z", "<html>"])
    func aLineWithoutAnyOfTheNamesIsNoHeader(line: String) {
        #expect(error(line) == .noKnownColumn)
        #expect(
            error(line)?.description
                == "no header line names the columns: begin with one like t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"
        )
    }

    @Test func hostileNamesAreSafeToPrint() {
        let text = error("t_s,ax_\u{1B}[31m\u{202E}")?.description ?? ""
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
        #expect(text.contains("\\u{1b}"))
    }
}

import ArgumentParser

/// The formats that a history is exported in.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    case ndjson
    case csv
    case ieee1752
    case fhir
    case prometheus
}

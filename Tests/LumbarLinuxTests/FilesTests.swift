import CLinux
import Glibc
import Testing

@testable import LumbarLinux

@Suite struct FilesTests {
    @Test func aPrivateFileIsPrivateAndNew() throws {
        try withFolder { folder in
            let path = folder + "/recording"
            let file = try PrivateFile.create(path)
            try file.write("hello ")
            try file.write("world")
            #expect(try readSmallFile(path) == Array("hello world".utf8))
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let error = systemError { () throws(SystemError) in _ = try PrivateFile.create(path).path }
            #expect(error?.number == EEXIST)
            // A link is never followed, wherever it leads.
            symlink("/nonexistent/file", folder + "/link")
            #expect(
                systemError { () throws(SystemError) in _ = try PrivateFile.create(folder + "/link").path }
                    != nil)
        }
    }

    @Test func replacingLeavesTheNewFileAndNothingElse() throws {
        try withFolder { folder in
            let path = folder + "/state"
            try replaceFile(path, with: Array("one".utf8))
            try replaceFile(path, with: Array("two".utf8))
            #expect(try readSmallFile(path) == Array("two".utf8))
            #expect(directoryEntries(folder) == ["state"])
            #expect(
                systemError { () throws(SystemError) in try replaceFile(folder + "/none/state", with: []) }
                    != nil)
        }
    }

    @Test func aLockHasOneHolder() throws {
        try withFolder { folder in
            let path = folder + "/lock"
            do {
                let lock = try FileLock.acquire(path)
                let error = systemError { () throws(SystemError) in try take(path) }
                #expect(error?.number == EWOULDBLOCK)
                #expect(error?.advice == "lumbard with process id \(getpid()) uses it")
                release(lock)
            }
            try take(path)
        }
    }

    @Test func aDirectoryIsMadeOnce() throws {
        try withFolder { folder in
            try makePrivateDirectory(folder + "/store")
            try makePrivateDirectory(folder + "/store")
            var status = stat()
            #expect(stat(folder + "/store", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            #expect(
                systemError { () throws(SystemError) in try makePrivateDirectory(folder + "/a/b") } != nil)
        }
    }

    private func take(_ path: String) throws(SystemError) { release(try FileLock.acquire(path)) }

    private func release(_ lock: consuming FileLock) {}
}

/// Runs `body` with a fresh directory, and removes it and the files in it afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/lumbard-test-XXXXXX".utf8CString)
    let made = mkdtemp(&template)
    #expect(made != nil)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { removeTree(folder) }
    try body(folder)
}

private func removeTree(_ folder: String) {
    for name in directoryEntries(folder) where unlink(folder + "/" + name) != 0 {
        removeTree(folder + "/" + name)
    }
    rmdir(folder)
}

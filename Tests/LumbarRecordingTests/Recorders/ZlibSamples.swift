/// Streams that zlib 1.2.13 made at level 9, with tables of their own.
enum ZlibSamples {
    /// 2,600 letters, the alphabet over and over with an x at every seventh.
    static let letters = bytes(
        """
        ed8e4912833010c4deca1a6316632044c9eba9e979436e7356754bb45d3f8c2fa63c2febc65e8ff37af3e1fb6b5a8ca4 \
        092365c7c8eda4eb3192678cd40327347a23e98da2377c833c09790af2dcf81bf264e4a9b8077906e45990e7c40b88ea \
        a88eeaa88eeaa88eeaa88eea3f573f
        """)

    /// Twice 200 bytes of noise and 30,000 zeros: the second noise is a copy from 30,200 bytes back.
    static let far = bytes(
        """
        eddd3b4b140000006051c3484144d4427b109a9e143dc447d049d71a3588432228428a8698432de2a484918286d84b6b \
        88484f8a34d1143acd680b1be486445004938a500731102167f7c6effb235f4c7c4a4ea8b6e7cbbf50d752c9b3b8bbeb \
        4d7f3b8ecfd4a5cf75969dd88e4e0d0e3c791e8e2cece655f67d3f79e7dbd9a787dae23a33c7ca76c2d5c756dfdfafbd \
        5a723a70e6e2b5faae0fbfb2eb46622b23a71e2577670c962edd2bf83dd474296523fa697c747c36ba991a6c1efe53d4 \
        b1726538b337b53fff734dc24463fe66a4b7b93c5478bef072f9ed871fd7f36e8d1da89ace7d9cdc9dfe3ab8d8766eed \
        554371d2cfb9a9b7e137935f7f1cbc70f3c572a065bea03fb13df6c19177d7b75ede485b1c6aad08068e1ece8a010000 \
        0000000000000000000000000000000000000000000000000000f85fbcaf000000000000000000000000000000000000 \
        0000000000000000000000fbec01
        """)

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap { $0.hexDigitValue }.map { UInt8($0) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

// Trail: what was said, by whom, and that it has not changed since.
//
// Purpose. Eight ideas, each a file or two, lowest first:
//
//   Digest, DigestStream, FileDigests   SHA-256 of bytes, of streams, of files in constant memory
//   MerkleTree, HashStore, Frontier     the RFC 6962 log: append, root, inclusion, consistency
//   CanonicalJSON                       one value, one spelling; a leaf of the log is such a line
//   SaltedValue, SaltSource             a value of which a leaf has only the digest, and its salt
//   SignedNote, Checkpoint, LogProof    a log's head and proofs, as text that others can check
//   Statement                           who says what about which files, itself a checksum list
//   SSHSignature, AllowedSigners        the same signatures `ssh-keygen -Y` makes and checks
//   TrailFile                           a log as a text file, re-hashed in constant memory
//
// Formats
// - Tree: RFC 6962 section 2.1, RFC 9162 section 2.1 (leaf 00, node 01, SHA-256).
// - Notes: C2SP signed-note, tlog-checkpoint, tlog-cosignature (type 04), tlog-proof.
// - Signatures: OpenSSH PROTOCOL.sshsig, PROTOCOL.certkeys, PROTOCOL.u2f, and
//   ssh-keygen(1) ALLOWED SIGNERS.
//
// Invariants
// 1. What is hashed or signed is bytes as they stand. Nothing is rebuilt from fields before a
//    check, and every reader works on bytes, never on Characters.
// 2. One value has one spelling: hex is lower case, base64 is padded with zero trailing bits,
//    numbers have no leading zero, JSON is canonical. Another spelling is refused, not mended.
// 3. A subset: nothing is accepted that the stock tool of the format (ssh-keygen, sha256sum)
//    refuses. What is not implemented is refused as unsupported, never passed.
// 4. A checked thing has another type than an unchecked one (VerifiedNote, VerifiedSignature), and
//    only the check makes it.
// 5. A signature's own bytes are never an identity: one signature can have several spellings.
// 6. Arithmetic here touches no clock, no chance and no database; only the file readers open files.
//
// Knows no word of auditing: roles, decisions and scopes pass through as tokens.
// Imports nothing of ours.

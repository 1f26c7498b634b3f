using System.Text.Json.Serialization;

namespace Callback.Database.Recovery;

/// <summary>What a backup says about itself.</summary>
/// <param name="Form">1: the form of the folder.</param>
/// <param name="Program">The version of the program that made it.</param>
/// <param name="Postgres">The major version that can run it.</param>
/// <param name="Schema">The newest migration in it.</param>
/// <param name="SystemIdentifier">The server it was taken from.</param>
/// <param name="Timeline">That server's timeline.</param>
/// <param name="StartLsn">Where its log begins.</param>
/// <param name="EndLsn">The place in the log it comes back to.</param>
/// <param name="At">What was committed before this moment is in it, by the product's clock.</param>
/// <param name="DoneAt">What was committed after this moment is not.</param>
/// <param name="KeyringMark">Tells which keyring belongs to it, and nothing about the keys.</param>
/// <param name="KeyIds">The keys its numbers need.</param>
/// <param name="Files">How many files PostgreSQL's own list names.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="ListSha256">Of PostgreSQL's own list, which holds the SHA-256 of every file.</param>
public sealed record BackupManifest(
    int Form,
    string Program,
    int Postgres,
    string Schema,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] long SystemIdentifier,
    int Timeline,
    string StartLsn,
    string EndLsn,
    DateTimeOffset At,
    DateTimeOffset DoneAt,
    string KeyringMark,
    IReadOnlyList<string> KeyIds,
    int Files,
    long Bytes,
    string ListSha256);

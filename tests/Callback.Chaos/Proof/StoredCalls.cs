namespace Callback.Chaos.Proof;

/// <summary>An attempt as its row stands.</summary>
internal sealed record StoredAttempt(Guid Id, string State, string? Call, DateTimeOffset GatedAt);

/// <summary>A right that an attempt has spent; <paramref name="Kind"/> is the grant's, null for everybody's first.</summary>
internal sealed record StoredRight(Guid Attempt, string Order, int GrantNo, string? Kind, Guid? Parent);

/// <summary>The rows that the witness looks at by itself.</summary>
/// <param name="Submissions">The attempt of each submission.</param>
internal sealed record StoredCalls(
    IReadOnlyDictionary<Guid, StoredAttempt> Attempts, IReadOnlyList<StoredRight> Rights, IReadOnlyDictionary<Guid, Guid> Submissions, long EventsTwice, long ExitsWithoutReason);

using Callback.Database;

namespace Callback.Calls.Recordings;

public enum RecordingState
{
    /// <summary>Being made, or not handed over by the provider yet.</summary>
    Running,
    Available,

    /// <summary>Nothing was recorded: the call was too short, or nobody answered.</summary>
    Absent,
    Deleted,
}

/// <summary>A recording of a call. The sound is the provider's; here stands that it exists, how long it is and when it goes.</summary>
/// <param name="DeletedWhy">Retention, or who asked for it.</param>
public sealed record Recording(
    ShopId ShopId, string RecordingId, Guid AttemptId, string Line, RecordingState State, int? Seconds, short? Channels, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? DeletedAt, string? DeletedWhy)
{
    internal const string Columns = "shop_id, recording_id, attempt_id, line, state, seconds, channels, started_at, expires_at, deleted_at, deleted_why";

    public bool CanBePlayed => State == RecordingState.Available;
}

/// <summary>The recordings of one call, for its page in the log: everybody who sees the call sees that it was recorded, managers may hear it.</summary>
public sealed class ListRecordings(Db db)
{
    /// <returns>Oldest first; empty where nothing was recorded or the call is another agent's.</returns>
    public async Task<IReadOnlyList<Recording>> RunAsync(Actor actor, ShopId shop, Guid attemptId, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOwnLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return await session.QueryAsync<Recording>(
            $"""
            select {Recording.Columns}
            from recordings
            where shop_id = @shop and attempt_id = @attemptId
                and (@self::uuid is null or exists (select from attempts a where a.shop_id = @shop and a.attempt_id = @attemptId and a.agent_id = @self))
            order by started_at, recording_id
            """,
            new { shop, attemptId, self = actor.May(Permission.ViewLog, shop) ? null : actor.UserId },
            ct);
    }
}

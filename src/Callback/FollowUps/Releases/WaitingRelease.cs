using Callback.Database;

namespace Callback.FollowUps.Releases;

/// <summary>A release that was asked for and that nobody approved or declined yet: one grant for each of the call's orders.</summary>
internal static class WaitingRelease
{
    private const string Waits = "shop_id = @shop and parent_attempt_id = @attemptId and kind = 'Released' and approved_by is null and closed_at is null";

    /// <summary>Locks it until the end of the transaction.</summary>
    /// <returns>For each order, who asked and how many empty lists were read since.</returns>
    /// <exception cref="InvalidInputException"><c>no-release-waiting</c>.</exception>
    public static async Task<IReadOnlyList<(Guid By, int Lists)>> LockAsync(Session session, ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct)
    {
        var asked = await session.QueryAsync<(Guid, int)>(
            $"""
            select created_by, jsonb_array_length(coalesce(evidence -> 'lists', '[]'))
            from call_grants
            where {Waits} and expires_at > @now
            for update
            """,
            new { shop, attemptId, now },
            ct);
        return asked.Count > 0 ? asked : throw new InvalidInputException(Problem.Of("no-release-waiting", "attemptId"));
    }

    /// <summary>From now on it may be used, for a while.</summary>
    public static Task ApproveAsync(Session session, ShopId shop, Guid attemptId, Guid person, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        $"update call_grants set approved_by = @person, approved_at = @now, not_before = @now, expires_at = @until where {Waits}",
        new { shop, attemptId, person, now, until = now + ReleasePolicy.Life },
        ct);

    public static Task DeclineAsync(Session session, ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        $"update call_grants set closed_at = @now, close_reason = 'Declined' where {Waits}",
        new { shop, attemptId, now },
        ct);
}

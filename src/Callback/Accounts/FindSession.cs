using Callback.Database;
using Dapper;

namespace Callback.Accounts;

/// <summary>Who a cookie belongs to: asked on every request, so that a session that was ended serves no request more.</summary>
public sealed class FindSession(Db db, TimeProvider time)
{
    // One round trip without a transaction block: these tables stand outside the shops' wall. A minute's precision is enough for idleness.
    private const string Sql =
        $"""
        with found as (
            select session_id, user_id, second_factor_at, seen_at
            from user_sessions
            where token_hash = @tokenHash and ended_at is null and seen_at > @now - @idle and created_at > @now - @life
        ), seen as (
            update user_sessions s
            set seen_at = @now
            from found f
            where s.session_id = f.session_id and f.seen_at < @now - interval '1 minute'
        )
        select f.session_id, f.second_factor_at, {UserRow.Columns}
        from found f
        join users u using (user_id)
        where u.disabled_at is null
        """;

    /// <param name="token">The cookie's value.</param>
    /// <param name="demo">In a demo nothing more is asked for.</param>
    /// <returns>Null when there is no such session or it is over.</returns>
    public async Task<SignedIn?> RunAsync(string token, bool demo, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var args = new { tokenHash = OneTimeSecret.Hash(token), now, idle = SessionPolicy.IdleFor, life = SessionPolicy.LivesFor };
        await using var connection = await db.Source.OpenConnectionAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Sql, args, cancellationToken: ct));
        if (row is null)
            return null;
        var user = row.ToUser();
        var stage = SessionPolicy.Stage(user, row.SecondFactorAt, demo);
        var actor = stage == SignInStage.Complete ? ActorOf.User(user) : ActorOf.Pending(user.User);
        return new(actor, user.User, stage, row.SessionId, demo ? now : row.SecondFactorAt, KeyId: null);
    }

    private sealed class Row : UserRow
    {
        public Guid SessionId { get; init; }

        public DateTimeOffset? SecondFactorAt { get; init; }
    }
}

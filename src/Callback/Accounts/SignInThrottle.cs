using Callback.Database;

namespace Callback.Accounts;

/// <summary>May this try be made? A try counts as a failure from the start, so that ten thousand at once are not verified either.</summary>
public abstract record TryDecision
{
    /// <param name="NetworkCounted">The try stands against the network too, to be taken back when it was right.</param>
    public sealed record Allowed(bool NetworkCounted) : TryDecision;

    /// <param name="Until">When to try again; null when an administrator has to reset the account.</param>
    public sealed record TooMany(DateTimeOffset? Until) : TryDecision;
}

/// <summary>Counts failed sign-ins per account (also one that does not exist) and per network.</summary>
public sealed class SignInThrottle(Db db)
{
    private const string PlantSql =
        """
        insert into sign_in_failures (subject, failures, last_at)
        select subject, 0, @now
        from unnest(@subjects) as s (subject)
        order by subject
        on conflict (subject) do nothing
        """;

    private const string LockSql =
        """
        select subject, failures, last_at
        from sign_in_failures
        where subject = any(@subjects)
        order by subject
        for update
        """;

    private const string SpendSql =
        """
        update sign_in_failures f
        set failures = s.failures, last_at = @now
        from unnest(@subjects, @failures) as s (subject, failures)
        where f.subject = s.subject
        """;

    private const string TakeBackSql =
        """
        update sign_in_failures
        set failures = failures - 1
        where subject = 'network:' || @network and failures > 0
        """;

    private const string KnownSql =
        """
        select exists (
            select
            from user_sessions s
            join users u using (user_id)
            where u.name = @name and s.network = @network and (s.second_factor_at is not null or u.totp_enabled_at is null))
        """;

    /// <param name="name">The account, as typed and folded.</param>
    /// <param name="network">The address, or its /64 for IPv6.</param>
    public async Task<TryDecision> SpendAsync(string name, string network, DateTimeOffset now, CancellationToken ct)
    {
        var account = Account(name);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        // Who signed in from here before is held to the account's limit only: one fumbling colleague must not stop a whole shop.
        var known = await session.QuerySingleAsync<bool>(KnownSql, new { name, network }, ct);
        string[] subjects = known ? [account] : [account, "network:" + network];
        await session.ExecuteAsync(PlantSql, new { subjects, now }, ct);
        var rows = (await session.QueryAsync<Row>(LockSql, new { subjects }, ct)).Select(row => row.Forget(now)).ToList();
        foreach (var row in rows)
        {
            var next = GuessingPolicy.NextTryAt(row.Failures, row.LastAt, row.IsAccount);
            if (next is null || next > now)
                return new TryDecision.TooMany(next);
        }
        subjects = [.. rows.Select(row => row.Subject)];
        await session.ExecuteAsync(SpendSql, new { subjects, failures = rows.Select(row => row.Failures + 1).ToArray(), now }, ct);
        await session.CommitAsync();
        return new TryDecision.Allowed(NetworkCounted: !known);
    }

    /// <summary>The try was right: it no longer stands against the network.</summary>
    public static async Task TakeBackAsync(Session session, TryDecision.Allowed tried, string network, CancellationToken ct)
    {
        if (tried.NetworkCounted)
            await session.ExecuteAsync(TakeBackSql, new { network }, ct);
    }

    /// <summary>After a complete sign-in, or by an administrator.</summary>
    public static Task ForgiveAsync(Session session, string name, CancellationToken ct) =>
        session.ExecuteAsync("delete from sign_in_failures where subject = @subject", new { subject = Account(name) }, ct);

    private static string Account(string name) => "account:" + (name.Length <= 64 ? name : Convert.ToHexString(OneTimeSecret.Hash(name)));

    private sealed record Row(string Subject, int Failures, DateTimeOffset LastAt)
    {
        public bool IsAccount => Subject.StartsWith("account:", StringComparison.Ordinal);

        public Row Forget(DateTimeOffset now) => !IsAccount && now - LastAt >= GuessingPolicy.NetworkForgets ? this with { Failures = 0, LastAt = now } : this;
    }
}

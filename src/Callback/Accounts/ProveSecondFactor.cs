using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Accounts;

/// <summary>What came of a code.</summary>
public abstract record ProofResult
{
    /// <param name="Token">The session's new token: the one from before the proof no longer serves.</param>
    public sealed record Proven(string Token) : ProofResult;

    public sealed record Wrong : ProofResult;

    public sealed record TooMany(DateTimeOffset? Until) : ProofResult;
}

/// <summary>Checks the second factor's code, at sign-in and again before a reveal or an export. No code works twice.</summary>
public sealed class ProveSecondFactor(Db db, TimeProvider time, PersonalDataVault vault, SignInThrottle throttle)
{
    private const string UseStepSql =
        """
        update users
        set totp_last_step = @step
        where user_id = @userId and totp_enabled_at is not null and (totp_last_step is null or totp_last_step < @step)
        """;

    private const string UseRecoveryCodeSql =
        """
        update recovery_codes
        set used_at = @now
        where user_id = @userId and code_hash = @hash and used_at is null
        """;

    private const string RenewTokenSql =
        """
        update user_sessions
        set token_hash = @hash
        where session_id = @sessionId and ended_at is null
        """;

    /// <param name="code">Six digits from the app, or one of the recovery codes.</param>
    public async Task<ProofResult> RunAsync(SignedIn signedIn, Place place, string code, CancellationToken ct)
    {
        var user = signedIn.User ?? throw new InvalidOperationException("A key has no second factor.");
        var now = time.GetUtcNow();
        var decision = await throttle.SpendAsync(user.Name, place.Network, now, ct);
        if (decision is not TryDecision.Allowed tried)
            return new ProofResult.TooMany(((TryDecision.TooMany)decision).Until);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        if (!await UseAsync(session, user.UserId, code.Trim(), now, ct))
            return new ProofResult.Wrong();
        await SecondFactorSecret.MarkProvenAsync(session, signedIn, now, ct);
        var token = OneTimeSecret.Token();
        await session.ExecuteAsync(RenewTokenSql, new { sessionId = signedIn.SessionId, hash = OneTimeSecret.Hash(token) }, ct);
        await SignInThrottle.TakeBackAsync(session, tried, place.Network, ct);
        await SignInThrottle.ForgiveAsync(session, user.Name, ct);
        if (code.Contains('-', StringComparison.Ordinal))
            await AuditTrail.AppendAsync(session, null, signedIn.Actor, now, "recovery-code.used", $"user:{user.Name}", new { }, ct);
        await session.CommitAsync();
        return new ProofResult.Proven(token);
    }

    private async Task<bool> UseAsync(Session session, Guid userId, string code, DateTimeOffset now, CancellationToken ct)
    {
        if (code.Contains('-', StringComparison.Ordinal))
            return await session.ExecuteAsync(UseRecoveryCodeSql, new { userId, hash = OneTimeSecret.Hash(code.ToLowerInvariant()), now }, ct) == 1;
        var secret = await SecondFactorSecret.ReadAsync(session, vault, userId, ct);
        return secret is not null
            && Totp.MatchingStep(secret, code, now) is { } step
            && await session.ExecuteAsync(UseStepSql, new { userId, step }, ct) == 1;
    }
}

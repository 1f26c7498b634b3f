using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Accounts;

/// <param name="Secret">For typing into the app.</param>
/// <param name="Link">The same as an otpauth link.</param>
public sealed record SecondFactorOffer(string Secret, string Link);

/// <summary>Gives a user an authenticator app as second factor: first a secret is offered, then the first code from the app puts it into force.</summary>
public sealed class SetUpSecondFactor(Db db, TimeProvider time, PersonalDataVault vault)
{
    private const int RecoveryCodes = 10;

    private const string OfferSql =
        """
        update users
        set totp_cipher = @cipher
        where user_id = @userId and totp_enabled_at is null
        """;

    private const string EnableSql =
        """
        update users
        set totp_enabled_at = @now, totp_last_step = @step
        where user_id = @userId and totp_enabled_at is null
        """;

    private const string CodesSql =
        """
        insert into recovery_codes (user_id, code_hash)
        select @userId, hash
        from unnest(@hashes) as c (hash)
        """;

    /// <summary>The secret in waiting: the one offered before, so that a reload does not make the app's entry wrong.</summary>
    public async Task<SecondFactorOffer> OfferAsync(User user, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await UserQueries.LockAsync(session, user.UserId, ct);
        var secret = await SecondFactorSecret.ReadAsync(session, vault, user.UserId, ct);
        if (secret is null)
        {
            secret = Totp.NewSecret();
            var cipher = vault.Encrypt(SecondFactorSecret.Place(user.UserId), secret);
            await session.ExecuteAsync(OfferSql, new { user.UserId, cipher }, ct);
            await session.CommitAsync();
        }
        return new(secret, Totp.Link("Callback", user.Name, secret));
    }

    /// <returns>The recovery codes, shown this once.</returns>
    /// <exception cref="InvalidInputException">The code is not the app's.</exception>
    public async Task<IReadOnlyList<string>> ConfirmAsync(SignedIn signedIn, string code, CancellationToken ct)
    {
        var user = signedIn.User ?? throw new InvalidOperationException("A key has no second factor.");
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await UserQueries.LockAsync(session, user.UserId, ct);
        var secret = await SecondFactorSecret.ReadAsync(session, vault, user.UserId, ct);
        var step = secret is null ? null : Totp.MatchingStep(secret, code.Trim(), now);
        if (step is null || await session.ExecuteAsync(EnableSql, new { user.UserId, now, step }, ct) == 0)
            throw new InvalidInputException(Problem.Of("second-factor-wrong", "code"));
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => OneTimeSecret.Readable(5)).ToList();
        await session.ExecuteAsync(CodesSql, new { user.UserId, hashes = codes.Select(OneTimeSecret.Hash).ToArray() }, ct);
        await SecondFactorSecret.MarkProvenAsync(session, signedIn, now, ct);
        await AuditTrail.AppendAsync(session, null, signedIn.Actor, now, "second-factor.enabled", $"user:{user.Name}", new { }, ct);
        await session.CommitAsync();
        return codes;
    }
}

/// <summary>The secret's cipher and the session's mark, for the use cases of the second factor.</summary>
internal static class SecondFactorSecret
{
    public static DataPlace Place(Guid userId) => new(AuditTrail.Installation, "users", "totp_cipher", userId.ToString());

    public static async Task<string?> ReadAsync(Session session, PersonalDataVault vault, Guid userId, CancellationToken ct)
    {
        var cipher = await session.QuerySingleOrDefaultAsync<byte[]?>("select totp_cipher from users where user_id = @userId", new { userId }, ct);
        return cipher is null ? null : vault.Decrypt(Place(userId), cipher);
    }

    public static Task MarkProvenAsync(Session session, SignedIn signedIn, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            "update user_sessions set second_factor_at = @now where session_id = @SessionId and ended_at is null", new { signedIn.SessionId, now }, ct);
}

using Callback.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Callback.Web.SignIn;

/// <summary>What came of a name and a password.</summary>
internal abstract record SignInResult
{
    /// <param name="Token">For the cookie.</param>
    public sealed record Started(string Token) : SignInResult;

    /// <summary>Wrong name, wrong password or disabled user: one answer for all three.</summary>
    public sealed record Wrong : SignInResult;

    /// <param name="Until">Null: an administrator must reset the account.</param>
    public sealed record TooMany(DateTimeOffset? Until) : SignInResult;

    /// <summary>Too many sign-ins are being checked just now.</summary>
    public sealed record Busy : SignInResult;
}

/// <summary>Checks a name and a password and opens a session. Takes as long for a name nobody has as for one somebody has.</summary>
internal sealed partial class PasswordSignIn(
    UserManager<User> manager, SignInThrottle throttle, StartSession start, HashingQueue queue, TimeProvider time, ILogger<PasswordSignIn> logger)
{
    // Of a password nobody has, with the same count of iterations.
    private static readonly Lazy<string> NobodysHash = new(() => IdentityPasswordHashes.Hasher.HashPassword(new User(), OneTimeSecret.Token()));

    public async Task<SignInResult> RunAsync(string name, string password, Place place, CancellationToken ct)
    {
        name = name.Trim().ToLowerInvariant();
        var decision = await throttle.SpendAsync(name, place.Network, time.GetUtcNow(), ct);
        if (decision is not TryDecision.Allowed tried)
        {
            LogRefused(logger, place.Network, "too many tries");
            return new SignInResult.TooMany(((TryDecision.TooMany)decision).Until);
        }
        var user = await manager.FindByNameAsync(name) ?? new User { Name = name, PasswordHash = NobodysHash.Value };
        var right = false;
        var checkedNow = password.Length <= 4 * PasswordPolicy.Longest
            && await queue.RunAsync(async () => right = await CheckAsync(user, password), ct);
        if (!checkedNow)
            return new SignInResult.Busy();
        if (!right || user.UserId == Guid.Empty || user.DisabledAt is not null)
        {
            LogRefused(logger, place.Network, "wrong name or password, or disabled");
            return new SignInResult.Wrong();
        }
        LogRight(logger, user.UserId, place.Network);
        return new SignInResult.Started(await start.RunAsync(user.UserId, place, tried, ct));
    }

    /// <summary>Of a real user, the hash is renewed when it was made with fewer iterations.</summary>
    private async Task<bool> CheckAsync(User user, string password) => user.UserId == Guid.Empty
        ? manager.PasswordHasher.VerifyHashedPassword(user, user.PasswordHash!, password) != PasswordVerificationResult.Failed
        : await manager.CheckPasswordAsync(user, password);

    [LoggerMessage(Level = LogLevel.Information, Message = "The password of user {UserId} was right, from {Network}")]
    private static partial void LogRight(ILogger logger, Guid userId, string network);

    // Without the name that was typed: people type their password there, too.
    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in from {Network} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string network, string reason);
}

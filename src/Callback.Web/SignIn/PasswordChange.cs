using Callback.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Callback.Web.SignIn;

/// <summary>A user's own new password, with the old one as proof; and the check and hash of a first one.</summary>
internal sealed class PasswordChange(
    UserManager<User> manager, SignInThrottle throttle, HashingQueue queue, ShopWords shopWords, SetPassword set, UserQueries users, TimeProvider time)
{
    /// <exception cref="InvalidInputException">The old one is wrong, or the new one is not good enough.</exception>
    public async Task RunAsync(SignedIn signedIn, Place place, string current, string next, CancellationToken ct)
    {
        var account = await users.FindAsync(signedIn.User!.UserId, ct) ?? throw new InvalidOperationException("The session's user is gone.");
        if (await throttle.SpendAsync(account.User.Name, place.Network, time.GetUtcNow(), ct) is TryDecision.TooMany)
            throw new InvalidInputException(Problem.Of("too-many-tries", "current"));
        var right = false;
        if (!await queue.RunAsync(async () => right = await manager.CheckPasswordAsync(account.User, current), ct))
            throw new InvalidInputException(Problem.Of("sign-in-busy", "current"));
        if (!right)
            throw new InvalidInputException(Problem.Of("password-now-wrong", "current"));
        if (current == next)
            throw new InvalidInputException(Problem.Of("password-same", "password"));
        var hash = await HashAsync(account.User.Name, next, account.NeedsSecondFactor || account.User.TotpEnabledAt is not null, ct);
        await set.RunAsync(signedIn, hash, ct);
    }

    /// <returns>The stored form of a password that is good enough.</returns>
    /// <exception cref="InvalidInputException">It is not.</exception>
    public async Task<string> HashAsync(string name, string password, bool hasSecondFactor, CancellationToken ct)
    {
        if (PasswordPolicy.ProblemOf(password, new(name, await shopWords.ReadAsync(ct), hasSecondFactor)) is { } problem)
            throw new InvalidInputException(problem);
        string? hash = null;
        var done = await queue.RunAsync(
            () =>
            {
                hash = manager.PasswordHasher.HashPassword(new User { Name = name }, password);
                return Task.CompletedTask;
            },
            ct);
        return done ? hash! : throw new InvalidInputException(Problem.Of("sign-in-busy", "password"));
    }
}

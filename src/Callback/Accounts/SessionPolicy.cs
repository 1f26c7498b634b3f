namespace Callback.Accounts;

/// <summary>How long a sign-in serves, and what it still lacks.</summary>
public static class SessionPolicy
{
    /// <summary>Without a request for this long, a session is over.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(30);

    /// <summary>A shift; nobody stays signed in for longer.</summary>
    public static readonly TimeSpan LivesFor = TimeSpan.FromHours(10);

    /// <summary>A third sign-in ends the oldest.</summary>
    public const int MostPerUser = 2;

    public static bool IsOver(DateTimeOffset createdAt, DateTimeOffset seenAt, DateTimeOffset now) =>
        now - seenAt >= IdleFor || now - createdAt >= LivesFor;

    /// <summary>The first thing that is missing. In a demo nothing is.</summary>
    public static SignInStage Stage(UserWithRoles user, DateTimeOffset? secondFactorAt, bool demo)
    {
        if (demo)
            return SignInStage.Complete;
        if (user.User.TotpEnabledAt is not null && secondFactorAt is null)
            return SignInStage.SecondFactor;
        if (user.User.MustChangePassword)
            return SignInStage.ChangePassword;
        if (user.NeedsSecondFactor && user.User.TotpEnabledAt is null)
            return SignInStage.SetUpSecondFactor;
        return SignInStage.Complete;
    }
}

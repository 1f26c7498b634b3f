namespace Callback.Accounts;

/// <summary>What still stands between a session and its rights.</summary>
public enum SignInStage
{
    /// <summary>Nothing: the session has its user's rights.</summary>
    Complete,

    /// <summary>The one-time password must be replaced first.</summary>
    ChangePassword,

    /// <summary>A role needs a second factor and none is set up yet.</summary>
    SetUpSecondFactor,

    /// <summary>The second factor's code is awaited.</summary>
    SecondFactor,
}

/// <summary>Who made a request, and through what.</summary>
/// <param name="Actor">Their rights; none before the stage is Complete.</param>
/// <param name="User">The user, or null for a key without an agent.</param>
/// <param name="Stage">Always Complete for a key.</param>
/// <param name="SessionId">The session, or null for a key.</param>
/// <param name="SecondFactorAt">When this session last proved the second factor.</param>
/// <param name="KeyId">The key, or null for a session.</param>
public sealed record SignedIn(Actor Actor, User? User, SignInStage Stage, Guid? SessionId, DateTimeOffset? SecondFactorAt, Guid? KeyId)
{
    /// <summary>How long a proof of the second factor serves for reveals and exports.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    public bool IsSecondFactorFresh(DateTimeOffset now) => SecondFactorAt is { } at && now - at <= FreshFor;
}

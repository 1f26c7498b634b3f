namespace Callback.Accounts;

/// <summary>
/// Slows guessing down without ever locking an honest person out for long: five tries are free, then the wait doubles with each failure up to a quarter of an hour.
/// An account that failed a hundred times in a row waits for an administrator.
/// </summary>
public static class GuessingPolicy
{
    public const int FreeTries = 5;

    public const int MostFailures = 100;

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);


    /// <summary>A network that was quiet for this long starts anew; an account only after a sign-in.</summary>
    public static readonly TimeSpan NetworkForgets = TimeSpan.FromHours(1);

    /// <returns>When the next try is allowed: now or earlier for at once, null for not before a reset.</returns>
    public static DateTimeOffset? NextTryAt(int failures, DateTimeOffset lastAt, bool isAccount)
    {
        if (failures < FreeTries)
            return lastAt;
        if (isAccount && failures >= MostFailures)
            return null;
        var seconds = Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures - FreeTries + 1, 20)));
        return lastAt + TimeSpan.FromSeconds(seconds);
    }
}

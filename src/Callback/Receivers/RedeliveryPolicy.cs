namespace Callback.Receivers;

/// <summary>How often and when an event is sent again: ten times within some three days, as the Standard Webhooks suggest.</summary>
public static class RedeliveryPolicy
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public static int MostTries => Waits.Length + 1;

    /// <param name="tries">How often it was sent, 1 and more.</param>
    /// <param name="triedAt">When it was sent last.</param>
    /// <returns>When it is sent again; null: it is given up.</returns>
    public static DateTimeOffset? Next(int tries, DateTimeOffset triedAt) => tries <= Waits.Length ? triedAt + Waits[tries - 1] : null;
}

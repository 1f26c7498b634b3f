using System.Diagnostics;

namespace Callback.Chaos.Ha;

/// <summary>Looks again until something is so, and never without a limit.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It was not so in time.</exception>
    public static async Task<TimeSpan> UntilAsync(TimeSpan limit, string what, Func<Task<bool>> isSo, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (clock.Elapsed > limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.");
            await Task.Delay(Between, TimeProvider.System, ct);
        }
        return clock.Elapsed;
    }
}

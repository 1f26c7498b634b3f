using System.Diagnostics;

namespace Callback.Chaos.Ground;

/// <summary>Waiting, always with a limit: a harness that hangs proves nothing.</summary>
internal static class Wait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Asks again and again until it is so.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <exception cref="TimeoutException">It did not become so in time.</exception>
    public static Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> so, CancellationToken ct = default) => UntilAsync(what, limit, so, Step, ct);

    /// <param name="step">Between two questions.</param>
    /// <inheritdoc cref="UntilAsync(string, TimeSpan, Func{Task{bool}}, CancellationToken)"/>
    public static async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> so, TimeSpan step, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (!await so())
        {
            if (clock.Elapsed > limit)
                throw new TimeoutException($"{what} did not happen within {limit.TotalSeconds:0} s.");
            await ForAsync(step, ct);
        }
    }

    public static Task ForAsync(TimeSpan span, CancellationToken ct = default) => Task.Delay(span, TimeProvider.System, ct);

    /// <summary>Waits, and comes back early without complaint when it is over.</summary>
    public static async Task QuietlyAsync(TimeSpan span, CancellationToken ct) =>
        await Task.Delay(span > TimeSpan.Zero ? span : TimeSpan.Zero, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <exception cref="TimeoutException">The process still runs after the limit.</exception>
    public static Task ExitAsync(Process process, TimeSpan limit) => process.WaitForExitAsync().WaitAsync(limit, TimeProvider.System);
}

using System.Diagnostics;

namespace Callback.Benchmarks;

/// <summary>A closed loop of so many workers for so many seconds.</summary>
internal static class Load
{
    /// <param name="work">One piece of work of a worker; its number counts from 0.</param>
    /// <returns>Pieces a second, and the 99th percentile of their times in milliseconds.</returns>
    public static async Task<(double Rate, double P99)> RunAsync(int workers, int seconds, Func<int, Task> work)
    {
        var times = new List<double>[workers];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var mine = times[worker] = [];
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var from = clock.Elapsed;
                await work(worker);
                mine.Add((clock.Elapsed - from).TotalMilliseconds);
            }
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        var all = times.SelectMany(mine => mine).Order().ToArray();
        return (all.Length / elapsed, all.Length == 0 ? 0 : all[(int)(all.Length * 0.99)]);
    }
}

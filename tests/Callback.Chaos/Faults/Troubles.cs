using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Chaos.Storms;

namespace Callback.Chaos.Faults;

/// <summary>Everything that is done to the installation, each kind on its own beat, until it is enough or over.</summary>
internal sealed class Troubles(Arena arena, NodeKeeper keeper, Ledger ledger, StormPlan plan, Dice dice)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly List<DateTimeOffset> moments = [];
    private int crashes;

    public int Crashes => crashes;

    /// <summary>Kills and crashes that were asked for are done.</summary>
    public bool Enough => keeper.Kills >= plan.Kills && crashes >= plan.Crashes;

    /// <summary>When something was done after which work had to begin again.</summary>
    public IReadOnlyList<DateTimeOffset> Moments
    {
        get
        {
            lock (moments)
                return [.. moments];
        }
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        ReviveAsync(stop),
        BeatAsync("kills", plan.Kills > 0 ? plan.KillEvery : default, () => keeper.Kills < plan.Kills, KillAsync, stop),
        BeatAsync("crashes", plan.Crashes > 0 ? plan.CrashEvery : default, () => crashes < plan.Crashes, CrashAsync, stop),
        BeatAsync("pauses", plan.PauseEvery, () => true, PauseAsync, stop),
        BeatAsync("network", plan.NetworkEvery, () => true, new NetworkTrouble(arena, ledger).StrikeAsync, stop));

    private async Task BeatAsync(string name, TimeSpan every, Func<bool> more, Func<Dice, CancellationToken, Task> strike, CancellationToken stop)
    {
        var own = dice.For(name);
        while (every > TimeSpan.Zero && more() && !stop.IsCancellationRequested)
        {
            await Wait.QuietlyAsync(own.Between(every * 0.5, every * 1.5), stop);
            if (!stop.IsCancellationRequested)
                await strike(own, stop);
        }
    }

    private async Task ReviveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await keeper.ReviveAsync();
            await Wait.QuietlyAsync(Look, stop);
        }
    }

    private async Task KillAsync(Dice own, CancellationToken ct)
    {
        await keeper.KillOneAsync(own, ct);
        Mark();
    }

    private Task PauseAsync(Dice own, CancellationToken ct)
    {
        // Mostly longer than the deadline: who wakes up behind it must send nothing.
        var span = own.Chance(0.7) ? own.Between(TimeSpan.FromSeconds(3), plan.LongestPause) : own.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        return keeper.PauseOneAsync(own, span, ct);
    }

    private async Task CrashAsync(Dice own, CancellationToken ct)
    {
        await keeper.AtWorkAsync(ct);
        var immediate = own.Chance(0.5);
        ledger.Did("crash", immediate ? "stop -m immediate" : "SIGKILL");
        Mark();
        await (immediate ? arena.Cluster.StopImmediatelyAsync() : arena.Cluster.KillAsync());
        await Wait.QuietlyAsync(own.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)), CancellationToken.None);
        var recovered = await arena.Cluster.StartAsync();
        ledger.Did("database is back", recovered.TotalSeconds);
        Interlocked.Increment(ref crashes);
    }

    private void Mark()
    {
        lock (moments)
            moments.Add(Wait.Now);
    }
}

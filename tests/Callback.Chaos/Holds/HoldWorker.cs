using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Callback.Calls;
using Callback.Chaos.Ground;
using Callback.Database.PersonalData;

namespace Callback.Chaos.Holds;

/// <summary>
/// A process of its own with agents that take cards and give them back, by the program's own use cases and at a steady pace. What an agent was told goes into the process's book, line by
/// line, at the moment it was told: <c>T,hold,until,microseconds</c> taken, <c>W,hold,until</c> taken while the process was still warming up, <c>R,hold,now</c> about to be given back,
/// <c>N</c> nothing was waiting.
/// </summary>
internal sealed class HoldWorker(Stage stage, StreamWriter book, string stopFile, TimeSpan between)
{
    public const string Verb = "hold-worker";

    /// <summary>A node that has just started compiles its code; what it takes meanwhile is checked, but not timed.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private readonly HoldNextCall take = stage.Get<HoldNextCall>();
    private readonly ReleaseHold release = stage.Get<ReleaseHold>();
    private readonly Lock gate = new();
    private readonly Stopwatch age = Stopwatch.StartNew();

    /// <param name="words">Connection string, book, stop file, agents, milliseconds between two cards of one agent.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        await using var stage = Stage.Join(words[0], Keyring.Create());
        await using var book = new StreamWriter(words[1], append: true) { AutoFlush = true };
        var agents = int.Parse(words[3], CultureInfo.InvariantCulture);
        var worker = new HoldWorker(stage, book, words[2], TimeSpan.FromMilliseconds(int.Parse(words[4], CultureInfo.InvariantCulture)));
        var harness = Environment.ProcessId;
        await Task.WhenAll(Enumerable.Range(0, agents).Select(number => Task.Run(() => worker.WorkAsync(number + harness, number * worker.PaceOf(agents)))));
        return 0;
    }

    private TimeSpan PaceOf(int agents) => between / agents;

    private async Task WorkAsync(int number, TimeSpan offset)
    {
        var shop = HoldGround.ShopOf(number);
        var agent = new Actor(
            Ids.New(TimeProvider.System), "chaos", new Dictionary<ShopId, FrozenSet<Permission>> { [shop] = Permissions.Of(Role.Agent) }.ToFrozenDictionary(), []);
        await Wait.ForAsync(offset);
        var clock = Stopwatch.StartNew();
        for (var turn = 1; !File.Exists(stopFile); turn++)
        {
            await TurnAsync(agent);
            // Late is late: what could not be taken in time is not made up for in a rush.
            var due = between * turn - clock.Elapsed;
            if (due < -between)
                (clock, turn) = (Stopwatch.StartNew(), 0);
            await Wait.ForAsync(due > TimeSpan.Zero ? due : TimeSpan.Zero);
        }
    }

    private async Task TurnAsync(Actor agent)
    {
        var asked = Stopwatch.GetTimestamp();
        if (await take.RunAsync(agent, new(), default) is not HoldResult.Held held)
        {
            Write("N");
            return;
        }
        var until = held.Until!.Value.UtcTicks;
        Write(age.Elapsed < WarmUp
            ? string.Create(CultureInfo.InvariantCulture, $"W,{held.HoldId},{until}")
            : string.Create(CultureInfo.InvariantCulture, $"T,{held.HoldId},{until},{Stopwatch.GetElapsedTime(asked).TotalMicroseconds:0}"));
        // A look at the card.
        await Wait.ForAsync(between / 4);
        Write(string.Create(CultureInfo.InvariantCulture, $"R,{held.HoldId},{Wait.Now.UtcTicks}"));
        await release.RunAsync(agent, held.HoldId, default);
    }

    private void Write(string line)
    {
        lock (gate)
            book.WriteLine(line);
    }
}

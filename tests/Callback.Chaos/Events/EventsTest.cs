using System.Diagnostics;
using System.Globalization;

namespace Callback.Chaos.Events;

/// <summary>T7: events in every order, repeated, late and forged.</summary>
internal static class EventsTest
{
    /// <summary>One worker takes in an inbox, so databases beside each other use the machine.</summary>
    private const int Databases = 4;

    private static readonly ShopId Shop = ShopId.Parse("events");

    public static ChaosTest Test { get; } = new("T7", "events in all orders, repeated, after the close, forged: the same state, nothing changed", RunAsync);

    private static async Task<ChaosRow> RunAsync(ChaosOptions options, CancellationToken ct)
    {
        var each = (options.Long ? 10_000 : ToldCall.Kinds * ToldCall.Orders.Count) / (options.Long ? Databases : 1);
        var then = EventStorm.Then(TimeProvider.System);
        var clock = Stopwatch.StartNew();
        var ends = await Task.WhenAll(Enumerable.Range(0, options.Long ? Databases : 1).Select(number => TellAsync(each, then, number == 0 ? options : null, ct)));
        var hashes = ends.SelectMany(end => end.Hashes).ToDictionary();
        List<ToldCall> calls = [.. ends.SelectMany(end => end.Calls)];
        var forged = ends[0].Forged;
        return new(
            "T7",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{calls.Count:#,##0} calls, 4 events in {ToldCall.Orders.Count} orders: {hashes.Values.Distinct().Count()} end states of {ToldCall.Kinds} kinds; {forged.Sent:#,##0} forged or replayed requests, {forged.Faults.Count} took effect; {clock.Elapsed.TotalSeconds:0} s"),
            [.. EventStorm.Differing(calls, hashes), .. ends.SelectMany(end => end.Left), .. forged.Faults]);
    }

    /// <param name="forge">Null: no forged requests.</param>
    private static async Task<Ended> TellAsync(int count, DateTimeOffset then, ChaosOptions? forge, CancellationToken ct)
    {
        await using var stage = await Stage.OpenAsync(settings: Forgeries.Account, ct: ct);
        var storm = new EventStorm(stage.Services, Shop, then);
        var calls = await storm.RunAsync(count, ct);
        var hashes = await storm.HashesAsync(calls, ct);
        var left = await storm.LeftAsync(ct);
        return new(calls, hashes, left, forge is null ? (0, []) : await Forgeries.RunAsync(stage, storm, calls, forge.Long ? 500 : 50, forge.Seed, ct));
    }

    private sealed record Ended(
        IReadOnlyList<ToldCall> Calls, IReadOnlyDictionary<Guid, string> Hashes, IReadOnlyList<string> Left, (int Sent, IReadOnlyList<string> Faults) Forged);
}

using Callback.Chaos.Ground;

namespace Callback.Chaos.Storms;

/// <summary>What a storm is made of.</summary>
internal sealed record StormPlan
{
    public required string Name { get; init; }

    public required int Seed { get; init; }

    /// <summary>Rings after which it is over, once kills and crashes are done, too.</summary>
    public int Rings { get; init; }

    /// <summary>The same of calls that the provider was asked for.</summary>
    public int Calls { get; init; }

    /// <summary>Customers with open orders: more than will ring, because many pay, opt out or cannot be reached.</summary>
    public required int Customers { get; init; }

    public int Agents { get; init; } = 24;

    public int Nodes { get; init; } = 3;

    /// <summary>Nodes to be killed (SIGKILL).</summary>
    public int Kills { get; init; }

    /// <summary>Times that PostgreSQL is stopped at once or killed.</summary>
    public int Crashes { get; init; }

    /// <summary>One kill about so often.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(6);

    public TimeSpan CrashEvery { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>One node is paused about so often; zero: never.</summary>
    public TimeSpan PauseEvery { get; init; }

    /// <summary>How long a pause may last.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Trouble with the network to database and provider, about so often; zero: never.</summary>
    public TimeSpan NetworkEvery { get; init; }

    /// <summary>Windows open and close while it lasts.</summary>
    public bool Edges { get; init; } = true;

    /// <summary>Brings the database up; null: one server of our own.</summary>
    public Func<RunFolder, Task<IDatabaseServer>>? Database { get; init; }

    /// <summary>The provider's trouble, as FakeTwilio's Weather; null: fair.</summary>
    public object? Weather { get; init; }

    /// <summary>A payment or opt-out about so often.</summary>
    public TimeSpan PayEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>However far it got, it is over then.</summary>
    public required TimeSpan Limit { get; init; }

    public ArenaPlan Arena { get; init; } = new(Clock: Actors.ShopPlan.Clock);

    /// <summary>Everything the provider can do to a caller, and to webhooks: 20 % lost, 30 % twice, the rest shuffled now and then.</summary>
    public static object Rough(int seed, ArenaPlan arena) => new
    {
        seed,
        creating = 0.2,
        other = 0.05,
        slow = arena.RequestLife * 0.9,
        tooLate = arena.RequestLife * 2,
        lost = 0.2,
        twice = 0.3,
        shuffled = 0.2,
        late = "00:00:01.500",
    };
}

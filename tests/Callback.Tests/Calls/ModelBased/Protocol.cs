using System.Collections.Immutable;
using Callback.Calls;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>Figures of the protocol; a test changes one to see that the comparison notices.</summary>
internal sealed record Rules
{
    public int EmptyListsToSpent { get; init; } = 3;

    public int TechnicalGrants { get; init; } = 1;

    public int CallsADay { get; init; } = 1;

    public bool LateProofTakesReleaseBack { get; init; } = true;
}

internal sealed record Attempted(int No, string Agent, string Customer, ImmutableArray<string> Orders, TimeSpan At)
{
    public AttemptState State { get; init; } = AttemptState.Dialing;

    public WrapUpState WrapUp { get; init; }

    /// <summary>The truth of the line, which the protocol learns only by being told.</summary>
    public bool Rang { get; init; }

    public bool Over { get; init; }

    public int EmptyLists { get; init; }

    public TimeSpan? LookedAt { get; init; }

    public bool WasRinging { get; init; }

    public bool WasLost { get; init; }

    public bool WasSpent { get; init; }

    public bool Undecided => State is AttemptState.Dialing or AttemptState.Unknown;

    public bool Live => Undecided || State == AttemptState.Placed;
}

internal sealed record Granted(string Order, int No, string Kind, int Parent, TimeSpan Until)
{
    public bool Approved { get; init; } = true;

    /// <summary>Fresh empty lists since the release was asked for.</summary>
    public int Lists { get; init; }

    public bool Expired { get; init; }

    public bool Closed { get; init; }
}

/// <summary>
/// The protocol of one shop, as protocol pages tell it: immutable, without a clock or a database. It knows two agents, three customers (the last has two orders) and
/// what may happen to their calls.
/// </summary>
internal sealed record Protocol(Rules Rules)
{
    public static readonly TimeSpan Minutes = TimeSpan.FromMinutes(8);

    public static readonly TimeSpan Day = TimeSpan.FromHours(25);

    public static readonly ImmutableDictionary<string, string> CustomerOf = new Dictionary<string, string>
    {
        ["T00001"] = "Wang",
        ["T00002"] = "Li",
        ["T00003"] = "Chen",
        ["T00004"] = "Chen",
    }.ToImmutableDictionary();

    public static readonly ImmutableArray<string> Orders = [.. CustomerOf.Keys.Order()];

    public TimeSpan Clock { get; init; }

    /// <summary>The line's list does not show the newest calls.</summary>
    public bool ListLags { get; init; }

    public ImmutableHashSet<string> Paid { get; init; } = [];

    public ImmutableHashSet<string> WantNoCalls { get; init; } = [];

    public ImmutableList<Attempted> Attempts { get; init; } = [];

    public ImmutableList<(string Order, int No, int Attempt)> Rights { get; init; } = [];

    public ImmutableList<Granted> Grants { get; init; } = [];

    /// <summary>Orders in the queue, by who holds their card; "" is nobody.</summary>
    public ImmutableSortedDictionary<string, string> Queue { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public Attempted? Find(int no) => Attempts.Count == 0 ? null : Attempts[(no - 1) % Attempts.Count];

    /// <summary>The right that a call about the order would spend now; null: there is none.</summary>
    public int? RightOf(string order)
    {
        if (Rights.All(right => right.Order != order))
            return 0;
        return Grants.Where(grant => grant.Order == order && !grant.Closed && grant.Approved && Clock < grant.Until).OrderByDescending(grant => grant.No).FirstOrDefault()?.No;
    }

    public bool Callable(string order)
    {
        var customer = CustomerOf[order];
        var calls = Attempts.Where(attempt => attempt.Customer == customer && attempt.State != AttemptState.NotPlaced).ToList();
        return !Paid.Contains(order)
            && !WantNoCalls.Contains(customer)
            && RightOf(order) is not null
            && !calls.Any(attempt => attempt.Live)
            && calls.Count(attempt => attempt.At > Clock - TimeSpan.FromHours(24)) < Rules.CallsADay
            && calls.Count(attempt => attempt.At > Clock - TimeSpan.FromDays(7)) < 2;
    }

    public ImmutableArray<string> CardOf(string agent) => [.. Queue.Where(row => row.Value == agent).Select(row => row.Key)];

    /// <summary>A call that is on, or a result still to be written on the desk.</summary>
    public bool Busy(string agent) => Attempts.Any(attempt =>
        attempt.Agent == agent && (attempt.WrapUp == WrapUpState.Open || attempt.State is AttemptState.Dialing or AttemptState.Placed && attempt.WrapUp == WrapUpState.None));

    public Protocol With(Attempted attempt) => this with { Attempts = Attempts.SetItem(attempt.No - 1, attempt) };

    /// <summary>Spends the rights: all that can be, and the card is gone.</summary>
    public Protocol Gate(string agent)
    {
        ImmutableArray<string> going = [.. CardOf(agent).Where(Callable)];
        var attempt = new Attempted(Attempts.Count + 1, agent, CustomerOf[going[0]], going, Clock);
        var rights = going.Select(order => (Order: order, No: RightOf(order)!.Value, Attempt: attempt.No)).ToList();
        return this with
        {
            Attempts = Attempts.Add(attempt),
            Rights = Rights.AddRange(rights),
            Grants = [.. Grants.Select(grant => rights.Any(right => right.Order == grant.Order && right.No == grant.No) ? grant with { Closed = true } : grant)],
            Queue = Queue.RemoveRange(CardOf(agent)),
        };
    }

    /// <summary>For certain it did not ring: every order gets one technical grant, once.</summary>
    public Protocol NotPlaced(Attempted attempt)
    {
        var next = With(attempt with { State = AttemptState.NotPlaced });
        var owed = attempt.Orders.Where(order => Grants.Count(grant => grant.Order == order && grant.Kind == "Technical") < Rules.TechnicalGrants);
        return next with { Grants = next.Grants.AddRange(owed.Select(order => NewGrant(order, "Technical", attempt.No, TimeSpan.FromHours(24)))) };
    }

    public Granted NewGrant(string order, string kind, int parent, TimeSpan life) =>
        new(order, 1 + Grants.Where(grant => grant.Order == order).Select(grant => grant.No).DefaultIfEmpty(0).Max(), kind, parent, Clock + life);

    /// <summary>The line has it, by its list.</summary>
    public Protocol Found(Attempted attempt) => Proven(attempt).With(attempt with { State = AttemptState.Placed });

    /// <summary>The line tells of a call: states only rise.</summary>
    public Protocol Heard(Attempted attempt, bool over)
    {
        if (attempt.State is AttemptState.NotPlaced or AttemptState.Ended || !over && attempt.WasRinging)
            return this;
        if (!over && attempt.State == AttemptState.Spent && Attempts.Any(other => other.Customer == attempt.Customer && other.Live))
            return Proven(attempt).With(attempt with { WasRinging = true });
        if (!over)
            return Proven(attempt).With(attempt with { WasRinging = true, State = AttemptState.Placed });
        return Proven(attempt).With(attempt with
        {
            State = AttemptState.Ended,
            WrapUp = Aside(attempt) ? WrapUpState.Later : WrapUpState.Open,
        });
    }

    /// <summary>Once spent, or lost and found while the agent has another card: it is not the present call any more, and its result is asked for aside.</summary>
    private bool Aside(Attempted attempt) =>
        attempt.WasSpent || attempt.WasLost && (CardOf(attempt.Agent).Length > 0 || With(attempt with { Agent = "" }).Busy(attempt.Agent));

    private Protocol Proven(Attempted attempt) => attempt.State != AttemptState.Spent || !Rules.LateProofTakesReleaseBack
        ? this
        : this with { Grants = [.. Grants.Select(grant => grant.Parent == attempt.No && !grant.Closed ? grant with { Closed = true } : grant)] };

    /// <summary>Lost calls are looked for: found, or after enough empty lists spent.</summary>
    public Protocol Reconcile()
    {
        var next = this;
        foreach (var attempt in Attempts.Where(attempt => attempt.Undecided && attempt.At < Clock && (attempt.LookedAt is null || attempt.LookedAt < Clock)))
            next = attempt.Rang && !ListLags ? next.Found(attempt with { WasLost = true }) : next.With(NotListed(attempt));
        return next;
    }

    private Attempted NotListed(Attempted attempt) => attempt with
    {
        EmptyLists = attempt.EmptyLists + 1,
        LookedAt = Clock,
        WasLost = true,
        WasSpent = attempt.EmptyLists + 1 >= Rules.EmptyListsToSpent,
        State = attempt.EmptyLists + 1 >= Rules.EmptyListsToSpent ? AttemptState.Spent : AttemptState.Unknown,
    };

    public Protocol Pass(TimeSpan by)
    {
        var clock = Clock + by;
        return this with
        {
            Clock = clock,
            Queue = Queue.ToImmutableSortedDictionary(row => row.Key, _ => ""),
            Grants = [.. Grants.Select(grant => !grant.Closed && grant.Until <= clock ? grant with { Closed = true, Expired = true } : grant)],
        };
    }

    public Picture Draw() => new(
        [.. Attempts.Select(attempt => new SeenAttempt(attempt.No, attempt.Agent, string.Join('+', attempt.Orders), attempt.State, attempt.WrapUp))],
        [.. Rights.Select(right => $"{right.Order}/{right.No} by {right.Attempt}").Order(StringComparer.Ordinal)],
        [.. Grants.Where(grant => !grant.Closed).Select(grant => $"{grant.Order}/{grant.No} {grant.Kind}").Order(StringComparer.Ordinal)],
        [.. Attempts.Where(attempt => attempt.Rang).Select(attempt => $"{attempt.No}")],
        [.. Queue.Where(row => row.Value.Length > 0).Select(row => $"{row.Value}: {row.Key}").Order(StringComparer.Ordinal)]);
}

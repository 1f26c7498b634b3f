using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>What may happen in a story, in words.</summary>
internal enum Deed
{
    Plan,
    Hold,
    GiveBack,
    Dial,
    DialRefused,
    DialLostRang,
    DialLostUnrung,
    DiesAfterGate,
    Rings,
    Ends,
    EndsUntold,
    Poll,
    Reconcile,
    ReconcileLagging,
    RecordNoAnswer,
    RecordDoNotCall,
    Later,
    Pay,
    AskRelease,
    ReadLists,
    ApproveRelease,
    ApproveOwnRelease,
    MinutesPass,
    DayPasses,
    OtherNode,
}

/// <summary>One deed, by whom and about which attempt or order; a number beyond the last means the first ones again.</summary>
internal sealed record Step(Deed Deed, int Agent, int About)
{
    private static readonly string[] Agents = ["Anna", "Bo"];

    public string AgentName => Agents[Agent % Agents.Length];

    public override string ToString() => Deed switch
    {
        Deed.Plan => "the planner passes",
        Deed.Hold => $"{AgentName} asks for the next card",
        Deed.GiveBack => $"{AgentName} gives the card back",
        Deed.Dial => $"{AgentName} dials; the line accepts the call, and it rings",
        Deed.DialRefused => $"{AgentName} dials; the line refuses",
        Deed.DialLostRang => $"{AgentName} dials; it rings, and the line's answer is lost",
        Deed.DialLostUnrung => $"{AgentName} dials; the request is lost on its way",
        Deed.DiesAfterGate => $"{AgentName} dials; the node dies between the gate's commit and the line",
        Deed.Rings => $"the line tells twice that call {About} rings",
        Deed.Ends => $"the line tells twice that call {About} is over",
        Deed.EndsUntold => $"call {About} ends, and nothing tells",
        Deed.Poll => "the poller asks about open calls",
        Deed.Reconcile => "eight minutes later lost calls are looked for; the line's list is up to date",
        Deed.ReconcileLagging => "eight minutes later lost calls are looked for, and the line's list lags",
        Deed.RecordNoAnswer => $"{AgentName} saves twice that nobody answered call {About}",
        Deed.RecordDoNotCall => $"{AgentName} saves that the customer of call {About} wants no calls",
        Deed.Later => $"{AgentName} puts the result of call {About} off",
        Deed.Pay => $"order {About} is paid",
        Deed.AskRelease => $"a manager asks to release call {About}",
        Deed.ReadLists => "the line's list is read twice more for every release that was asked for",
        Deed.ApproveRelease => $"another manager approves the release of call {About}",
        Deed.ApproveOwnRelease => $"the manager who asked approves the release of call {About}",
        Deed.MinutesPass => "eight minutes pass",
        Deed.DayPasses => "a day passes",
        Deed.OtherNode => "the node restarts",
        _ => throw new InvalidOperationException($"No words for {Deed}."),
    };
}

/// <summary>A sequence of steps; printed as the story it is.</summary>
internal sealed record Story(IReadOnlyList<Step> Steps)
{
    public const int Longest = 25;

    private static readonly Gen<Deed> Deeds = Gen.Frequency(
        (5, Gen.Constant(Deed.Plan)),
        (6, Gen.Constant(Deed.Hold)),
        (3, Gen.Constant(Deed.Dial)),
        (2, Gen.Constant(Deed.DialLostRang)),
        (2, Gen.Constant(Deed.DialLostUnrung)),
        (3, Gen.Constant(Deed.Reconcile)),
        (3, Gen.Constant(Deed.Ends)),
        (2, Gen.Constant(Deed.RecordNoAnswer)),
        (2, Gen.Constant(Deed.AskRelease)),
        (2, Gen.Constant(Deed.ReadLists)),
        (2, Gen.Constant(Deed.ApproveRelease)),
        (10, Gen.Elements(Enum.GetValues<Deed>())));

    private static readonly Gen<Step> AnyStep =
        from deed in Deeds
        from agent in Gen.Choose(0, 1)
        from about in Gen.Choose(1, 4)
        select new Step(deed, agent, about);

    public static Arbitrary<Story> Any { get; } = Arb.From(
        from length in Gen.Choose(4, Longest)
        from steps in AnyStep.ListOf(length)
        select new Story([.. steps]),
        Shorter);

    /// <summary>Halves and quarters away first, then single steps.</summary>
    private static IEnumerable<Story> Shorter(Story story)
    {
        for (var away = story.Steps.Count / 2; away > 0; away /= 2)
            for (var from = 0; from + away <= story.Steps.Count; from += away)
                yield return new([.. story.Steps.Take(from), .. story.Steps.Skip(from + away)]);
    }

    public override string ToString() => string.Concat(Steps.Select((step, at) => $"{Environment.NewLine}  {at + 1}. {step}"));
}

using System.Collections.Immutable;
using Callback.Calls;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>What the protocol answers to a step, and what stands after it. Where it leaves a choice – which card an agent gets – the product's choice is looked at.</summary>
internal static class Judge
{
    private static readonly TimeSpan ReleaseLife = TimeSpan.FromDays(3);

    private const int ListsBeforeApproval = 3;

    /// <returns>The protocol after the step, and the answer it gives.</returns>
    public static (Protocol Next, string Answer) After(Protocol before, Step step, string answer) => step.Deed switch
    {
        Deed.Plan => (before with { Queue = before.Queue.AddRange(Protocol.Orders.Where(order => before.Callable(order) && !before.Queue.ContainsKey(order)).Select(order => KeyValuePair.Create(order, ""))) }, ""),
        Deed.Hold => Hold(before, step.AgentName, answer),
        Deed.GiveBack => before.CardOf(step.AgentName) is { Length: > 0 } card
            ? (before with { Queue = before.Queue.SetItems(card.Select(order => KeyValuePair.Create(order, ""))) }, "done")
            : (before, "hold lost"),
        Deed.Dial or Deed.DialRefused or Deed.DialLostRang or Deed.DialLostUnrung or Deed.DiesAfterGate => Dial(before, step),
        Deed.Rings => (About(before, step, attempt => attempt is { Rang: true, Over: false }, attempt => before.Heard(attempt, over: false)), ""),
        Deed.Ends => (About(before, step, attempt => attempt.Rang, attempt => before.Heard(attempt with { Over = true }, over: true)), ""),
        Deed.EndsUntold => (About(before, step, attempt => attempt.Rang, attempt => before.With(attempt with { Over = true })), ""),
        Deed.Poll => (before.Attempts.Where(attempt => attempt is { State: AttemptState.Placed, Over: true }).Aggregate(before, (next, attempt) => next.Heard(attempt, over: true)), ""),
        Deed.Reconcile => ((before.Pass(Protocol.Minutes) with { ListLags = false }).Reconcile(), ""),
        Deed.ReconcileLagging => ((before.Pass(Protocol.Minutes) with { ListLags = true }).Reconcile(), ""),
        Deed.RecordNoAnswer => Record(before, step, attempt => before.With(attempt with { WrapUp = WrapUpState.Done })),
        Deed.RecordDoNotCall => Record(before, step, attempt => before.With(attempt with { WrapUp = WrapUpState.Done }) with { WantNoCalls = before.WantNoCalls.Add(attempt.Customer) }),
        Deed.Later => before.Find(step.About) is { WrapUp: WrapUpState.Open } put && put.Agent == step.AgentName
            ? (before.With(put with { WrapUp = WrapUpState.Later }), "done")
            : (before, "hold lost"),
        Deed.Pay => (before with { Paid = before.Paid.Add(Protocol.Orders[(step.About - 1) % Protocol.Orders.Length]) }, ""),
        Deed.AskRelease => Ask(before, step, answer),
        Deed.ReadLists => (ReadLists(before), ""),
        Deed.ApproveRelease or Deed.ApproveOwnRelease => Approve(before, step),
        Deed.MinutesPass => (before.Pass(Protocol.Minutes), ""),
        Deed.DayPasses => (before.Pass(Protocol.Day), ""),
        Deed.OtherNode => (before, ""),
        _ => throw new InvalidOperationException($"The protocol does not know {step.Deed}."),
    };

    private static Protocol About(Protocol before, Step step, Func<Attempted, bool> fits, Func<Attempted, Protocol> then) =>
        before.Find(step.About) is { } attempt && fits(attempt) ? then(attempt) : before;

    private static (Protocol, string) Hold(Protocol before, string agent, string answer)
    {
        if (before.Busy(agent) || before.CardOf(agent).Length > 0)
            return (before, "card in hand");
        var waiting = before.Queue.Where(row => row.Value.Length == 0).Select(row => row.Key).ToLookup(order => Protocol.CustomerOf[order]);
        var cards = waiting.Select(card => card.Where(before.Callable).ToImmutableArray()).Where(card => card.Length > 0).ToDictionary(card => $"holds {string.Join('+', card)}");
        if (cards.Count == 0)
            return (before, "nothing waits");
        if (!cards.TryGetValue(answer, out var got))
            return (before, string.Join(" or ", cards.Keys));
        var left = waiting[Protocol.CustomerOf[got[0]]].Except(got);
        return (before with { Queue = before.Queue.RemoveRange(left).SetItems(got.Select(order => KeyValuePair.Create(order, agent))) }, answer);
    }

    private static (Protocol, string) Dial(Protocol before, Step step)
    {
        var card = before.CardOf(step.AgentName);
        if (card.Length == 0)
            return (before, "hold lost");
        if (!card.Any(before.Callable))
            return (before with { Queue = before.Queue.RemoveRange(card) }, "blocked");
        var gated = before.Gate(step.AgentName);
        var attempt = gated.Attempts[^1];
        return step.Deed switch
        {
            Deed.Dial => (gated.With(attempt with { State = AttemptState.Placed, Rang = true }), "Placed"),
            Deed.DialRefused => (gated.NotPlaced(attempt), "NotPlaced"),
            Deed.DialLostRang => (gated.With(attempt with { State = AttemptState.Unknown, Rang = true, WasLost = true }), "Unknown"),
            Deed.DialLostUnrung => (gated.With(attempt with { State = AttemptState.Unknown, WasLost = true }), "Unknown"),
            _ => (gated, "node died"),
        };
    }

    private static (Protocol, string) Record(Protocol before, Step step, Func<Attempted, Protocol> saved) =>
        before.Find(step.About) is { WrapUp: not WrapUpState.None } attempt && attempt.Agent == step.AgentName ? (saved(attempt), "saved") : (before, "refused");

    /// <summary>Only what is spent, did not ring as far as the lists show now, and was not called since.</summary>
    private static (Protocol Next, bool May) Look(Protocol before, Attempted attempt)
    {
        if (attempt.State != AttemptState.Spent || before.Attempts.Any(other => RangSince(attempt, other)))
            return (before, false);
        return attempt.Rang && !before.ListLags ? (before.Found(attempt), false) : (before, true);
    }

    private static bool RangSince(Attempted attempt, Attempted other) =>
        other.No > attempt.No && other.Orders.Intersect(attempt.Orders).Any() && other.State is not (AttemptState.NotPlaced or AttemptState.Spent);

    private static bool Waits(Granted grant) => grant is { Kind: "Released", Approved: false, Closed: false };

    private static (Protocol, string) Ask(Protocol before, Step step, string answer)
    {
        if (before.Find(step.About) is not { } attempt)
            return (before, "");
        var (next, may) = Look(before, attempt);
        if (!may)
            return (next, "refused");
        var known = next.Grants.Where(grant => grant.Parent == attempt.No).ToList();
        // Where nothing is owed any more, the planner may have closed the grant in the meantime, or not.
        var owed = attempt.Orders.All(order => !next.Paid.Contains(order) && !next.WantNoCalls.Contains(attempt.Customer));
        if (known.Count > 0 && (owed ? !known.Any(grant => grant.Expired) : answer == "refused"))
            return (next, "refused");
        var asked = known.Count == 0
            ? next.Grants.AddRange(attempt.Orders.Select(order => Asked(next.NewGrant(order, "Released", attempt.No, ReleaseLife), next.Clock)))
            : [.. next.Grants.Select(grant => known.Contains(grant) && grant.Expired ? Asked(grant, next.Clock) : grant)];
        return (next with { Grants = asked }, "done");
    }

    private static Granted Asked(Granted grant, TimeSpan now) => grant with { Approved = false, Closed = false, Expired = false, Lists = 1, Until = now + ReleaseLife };

    private static Protocol ReadLists(Protocol before)
    {
        var next = before;
        foreach (var no in before.Grants.Where(grant => Waits(grant) && grant.Lists < ListsBeforeApproval).Select(grant => grant.Parent).Distinct())
        {
            (next, var empty) = Look(next, next.Attempts[no - 1]);
            if (empty)
                next = next with { Grants = [.. next.Grants.Select(grant => grant.Parent == no && Waits(grant) ? grant with { Lists = ListsBeforeApproval } : grant)] };
        }
        return next;
    }

    private static (Protocol, string) Approve(Protocol before, Step step)
    {
        if (before.Find(step.About) is not { } attempt)
            return (before, "");
        var (next, may) = Look(before, attempt);
        var asked = next.Grants.Where(grant => grant.Parent == attempt.No && Waits(grant)).ToList();
        if (!may || asked.Count == 0 || asked.Any(grant => grant.Lists < ListsBeforeApproval) || step.Deed == Deed.ApproveOwnRelease)
            return (next, "refused");
        return (next with { Grants = [.. next.Grants.Select(grant => asked.Contains(grant) ? grant with { Approved = true, Until = next.Clock + ReleaseLife } : grant)] }, "done");
    }
}

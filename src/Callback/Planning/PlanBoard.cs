using Callback.Campaigns;

namespace Callback.Planning;

/// <summary>The orders of one piece of planning, judged, and by person. In memory; reads and writes nothing.</summary>
internal sealed class PlanBoard(IReadOnlyList<CampaignFacts> campaigns, DateTimeOffset now)
{
    private readonly Dictionary<OrderNo, Judged> orders = [];

    private readonly HashSet<OrderNo> asked = [];

    private readonly IReadOnlyList<CampaignFacts> running = [.. campaigns.Where(facts => facts.Campaign.Status == CampaignStatus.Running)];

    public ShopId Shop => campaigns[0].Campaign.Shop;

    public Purpose Purpose => campaigns[0].Campaign.Purpose;

    public DateTimeOffset Now => now;

    public int Looked => orders.Count;

    public bool Knows(OrderNo order) => orders.ContainsKey(order);

    /// <summary>The orders that are to be planned.</summary>
    public void Ask(IReadOnlyList<CallFacts> facts, IReadOnlyList<OrderToPlan> wanted)
    {
        Add(facts, wanted);
        asked.UnionWith(orders.Keys);
    }

    /// <summary>Orders that stand in the queue already, of the same persons.</summary>
    public void Add(IReadOnlyList<CallFacts> facts, IReadOnlyList<OrderToPlan> wanted)
    {
        var campaignOf = wanted.ToDictionary(order => order.OrderNo, order => order.CampaignId);
        // An order whose right is spent is no candidate, and a further call of it in the queue is not to be disturbed by one that was offered late.
        foreach (var fact in facts.Where(fact => fact.SpentAt is null || campaignOf[fact.OrderNo] is not null))
            orders[fact.OrderNo] = Judge(fact, campaignOf[fact.OrderNo]);
    }

    /// <summary>Person keys of the orders that may be called.</summary>
    public byte[][] CallableKeys() => [.. orders.Values.Where(order => order.Plan is not null).SelectMany(order => order.Facts.PersonKeys)];

    public Guid[] QueuedCalls() => [.. orders.Values.Select(order => order.Facts.QueuedCallId).OfType<Guid>().Distinct()];

    /// <summary>Everybody on the board: those whose calls are free to be planned anew, and those with a call in an agent's hands.</summary>
    public (IReadOnlyList<PersonOnBoard> Free, IReadOnlyList<PersonOnBoard> Held) Persons(ILookup<Guid, QueuedLine> lines)
    {
        var persons = GroupingPolicy.Together([.. orders.Values], Keys).Select(group => new PersonOnBoard(
            group,
            [.. group.Select(order => order.Facts.QueuedCallId).OfType<Guid>().Where(lines.Contains).Distinct()])).ToLookup(
            person => person.Calls.Any(call => lines[call].First().HeldUntil is not null));
        return ([.. persons[false]], [.. persons[true]]);
    }

    /// <summary>
    /// Whether planning the person anew would come to the call that stands in the queue: so when the orders asked for have to wait behind it. Then it is left alone.
    /// </summary>
    public bool Stands(PersonOnBoard person, ILookup<Guid, QueuedLine> queued)
    {
        if (person.Calls is not [var call])
            return false;
        var lines = queued[call].ToList();
        return !lines.Any(line => asked.Contains(line.OrderNo))
            && GroupingPolicy.Group([.. person.Orders.Select(order => order.Plan).OfType<OrderPlan>()], now) is [var plan]
            && lines[0].CampaignId == plan.Lead.Facts.Campaign.Campaign.CampaignId
            && lines[0].FreshUntil == plan.Orders.Min(order => order.ClosesAt)
            && lines.Select(line => (line.OrderNo, (int)line.GrantNo)).ToHashSet().SetEquals(plan.Orders.Select(order => (order.Facts.OrderNo, order.GrantNo)));
    }

    public QueuePlan Plan(IReadOnlyList<PersonOnBoard> free, IReadOnlyDictionary<Guid, DissolvedCall> dissolved)
    {
        var plan = new QueuePlan(now, dissolved);
        foreach (var person in free)
            plan.Add(person);
        return plan;
    }

    private Judged Judge(CallFacts facts, Guid? campaignId)
    {
        var choices = facts.SpentAt is null ? running : campaigns.Where(choice => choice.Campaign.CampaignId == campaignId);
        Judged? best = null;
        foreach (var choice in choices)
        {
            var of = ReferenceEquals(choice, facts.Campaign) ? facts : facts with { Campaign = choice };
            var (plan, blocked) = LookAheadPolicy.Judge(of, now);
            if (plan is not null)
                return new(of, plan, null, null);
            var next = LookAheadPolicy.NextLook(of, blocked!, now);
            if (best is null || (next is not null && (best.NextLook is null || next < best.NextLook)))
                best = new(of, null, blocked!.Reason, next);
        }
        return best ?? new(facts, null, null, now);
    }

    // An order that may not be called links nobody, unless it stands in the queue and its call has to be planned anew.
    private static IEnumerable<byte[]> Keys(Judged order)
    {
        var own = order.Facts.QueuedCallId is { } call ? new[] { call.ToByteArray() } : [];
        return order.Plan is null ? own : [.. own, .. order.Facts.PersonKeys];
    }
}

/// <param name="Plan">Null: blocked.</param>
/// <param name="NextLook">When a blocked order is to be looked at again; null: never.</param>
internal sealed record Judged(CallFacts Facts, OrderPlan? Plan, BlockReason? Reason, DateTimeOffset? NextLook);

/// <param name="Calls">The person's calls in the queue.</param>
internal sealed record PersonOnBoard(IReadOnlyList<Judged> Orders, IReadOnlyList<Guid> Calls)
{
    /// <summary>Orders that came new and have to wait for the call in the agent's hands.</summary>
    public IEnumerable<Judged> Waiting => Orders.Where(order => order.Facts.QueuedCallId is null);
}

namespace Callback.Planning;

/// <summary>What is to be written: calls, orders for a later look, exits.</summary>
internal sealed class QueuePlan(DateTimeOffset now, IReadOnlyDictionary<Guid, DissolvedCall> dissolved)
{
    /// <summary>An order that does not fit into its person's call is looked at again after this long: that call may be over then.</summary>
    public static readonly TimeSpan BehindAnother = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly List<NewQueuedCall> calls = [];
    private readonly List<Postponed> postponed = [];
    private readonly Dictionary<Guid, string> exits = [];

    public IReadOnlyList<NewQueuedCall> Calls => calls;

    public IReadOnlyList<Postponed> Postponed => postponed;

    /// <summary>Orders that are no candidates any more.</summary>
    public int Left { get; private set; }

    public void Add(PersonOnBoard person)
    {
        var callable = person.Orders.Select(order => order.Plan).OfType<OrderPlan>().ToList();
        if (!person.Calls.All(dissolved.ContainsKey))
        {
            Leave(person, "Merged");
            Postpone(callable.Where(plan => plan.Facts.SpentAt is null).Select(plan => plan.Facts.OrderNo), now + Soon);
        }
        else
        {
            Leave(person, callable.Count > 0 ? "Merged" : person.Orders.Select(order => order.Reason).FirstOrDefault(reason => reason is not null)?.ToString() ?? "Merged");
            Queue(person, GroupingPolicy.Group(callable, now), callable);
        }
        foreach (var order in person.Orders.Where(order => order.Plan is null))
            Postpone(order);
    }

    /// <summary>The person's call is in an agent's hands: what came new waits for its end.</summary>
    public void Postpone(IEnumerable<Judged> waiting, DateTimeOffset until)
    {
        foreach (var order in waiting)
            if (order.Plan is null)
                Postpone(order);
            else
                Postpone([order.Facts.OrderNo], order.Facts.SpentAt is null ? until : null);
    }

    public void Postpone(IEnumerable<OrderNo> orders, DateTimeOffset? until)
    {
        if (until is { } due)
            postponed.AddRange(orders.Select(order => new Postponed(order, due, null)));
    }

    /// <summary>The calls that were dissolved and did not come back under their id.</summary>
    public IReadOnlyList<QueueExit> Exits(IReadOnlyList<QueuedLine> queued, IReadOnlySet<Guid> inserted) =>
    [
        .. queued
            .Where(line => dissolved.ContainsKey(line.QueuedCallId) && !inserted.Contains(line.QueuedCallId))
            .GroupBy(line => line.QueuedCallId)
            .Select(call => new QueueExit(
                call.Key, dissolved[call.Key].CampaignId, [.. call.Select(line => line.OrderNo)], exits.GetValueOrDefault(call.Key, "Merged"))),
    ];

    private void Leave(PersonOnBoard person, string reason)
    {
        foreach (var call in person.Calls.Where(dissolved.ContainsKey))
            exits[call] = reason;
    }

    private void Queue(PersonOnBoard person, IReadOnlyList<PersonCallPlan> plans, IReadOnlyList<OrderPlan> callable)
    {
        var former = new Queue<DissolvedCall>(person.Calls.Select(call => dissolved[call]).OrderBy(call => call.Id));
        var skips = former.Count == 0 ? 0 : former.Max(call => call.Skips);
        foreach (var plan in plans)
        {
            var place = former.Count > 0 ? former.Dequeue() : null;
            calls.Add(new(place?.Id ?? Ids.New(now), plan, PriorityPolicy.Of(plan.Orders, now, skips), place is null ? 0 : place.Fence + 1, skips));
            Postpone(
                callable.Where(order => order.Facts.SpentAt is null && Behind(order, plan, plans)).Select(order => order.Facts.OrderNo),
                now + BehindAnother);
        }
    }

    /// <summary>Same person, and not in any of the calls: its turn comes after this one.</summary>
    private static bool Behind(OrderPlan order, PersonCallPlan plan, IReadOnlyList<PersonCallPlan> plans) =>
        ReferenceEquals(plan, plans[0]) && !plans.Any(call => call.Orders.Any(covered => covered.Facts.OrderNo == order.Facts.OrderNo));

    private void Postpone(Judged order)
    {
        if (order is { NextLook: { } due, Facts.SpentAt: null })
            postponed.Add(new(order.Facts.OrderNo, due, order.Reason));
        else
            Left++;
    }
}

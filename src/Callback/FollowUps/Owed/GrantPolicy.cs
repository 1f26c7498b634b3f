using Callback.CallScripts;
using Callback.Compensation;

namespace Callback.FollowUps.Owed;

/// <summary>What a task gives.</summary>
/// <param name="Promise">Null: no promise, but money all the same.</param>
/// <param name="Amount">Null: there is no figure for it.</param>
/// <param name="Why">Code of the ground.</param>
/// <param name="Waits">Another person has to agree first.</param>
internal sealed record CheckedGrant(PromiseKind? Promise, decimal? Amount, string Currency, string Why, IReadOnlyList<OwedPart> Parts, IReadOnlyList<CountedDate> Dates, bool Waits);

/// <summary>Turns what the agent grants into tasks, puts amounts to those that give money, and sorts out which wait for another person.</summary>
internal static class GrantPolicy
{
    private const decimal MostFreight = 1_000_000;

    /// <param name="facts">Orders, promises and limits.</param>
    /// <param name="draft">The card.</param>
    /// <param name="owed">What <see cref="OwedPolicy"/> says of it.</param>
    /// <param name="tasks">What was listed or proposed.</param>
    /// <param name="kinds">All kinds of tasks.</param>
    /// <param name="problems">A grant that is not owed, an amount that is none.</param>
    public static IReadOnlyList<CheckedTask> Apply(
        OwedFacts facts, CallDraft draft, IReadOnlyList<Entitlement> owed, IReadOnlyList<CheckedTask> tasks, OutcomeCatalogue kinds, List<Problem> problems)
    {
        var all = tasks.ToList();
        foreach (var claim in draft.Claims)
        {
            if (claim.Freight is < 0 or > MostFreight || claim.Agreed is < 0 or > MostFreight)
                problems.Add(Problem.Of("amount-invalid", "claims", ("promise", claim.Promise), ("order", claim.OrderNo)));
            else if (claim.Note.Length > ResultPolicy.LongestNote)
                problems.Add(Problem.Of("note-too-long", "claims", ("most", $"{ResultPolicy.LongestNote}")));
            else if (claim.Granted)
                Grant(claim, owed, all, kinds, problems);
        }
        return Sort(facts, [.. all.Select(task => task.Grant is null ? Priced(facts, owed, task) : task)]);
    }

    private static void Grant(DraftClaim claim, IReadOnlyList<Entitlement> owed, List<CheckedTask> tasks, OutcomeCatalogue kinds, List<Problem> problems)
    {
        var found = owed.FirstOrDefault(one => one.Promise.ToString() == claim.Promise && one.OrderNo == claim.OrderNo);
        if (found is not { State: OwedState.Owed, Task: { } kind })
        {
            problems.Add(Problem.Of("grant-not-owed", "claims", ("promise", claim.Promise), ("order", claim.OrderNo)));
            return;
        }
        // The talk may have proposed the same thing: it is given once.
        var proposed = tasks.FindIndex(task => task.Kind == kind && task.Grant is null && (task.OrderNo is null || task.OrderNo == claim.OrderNo));
        var (note, due) = proposed < 0 ? (claim.Note.Trim(), null) : (tasks[proposed].Note.Length > 0 ? tasks[proposed].Note : claim.Note.Trim(), tasks[proposed].DueLocal);
        if (proposed >= 0)
            tasks.RemoveAt(proposed);
        tasks.Add(new(kind, claim.OrderNo, note, due, kinds.FindTaskKind(kind)?.DueIn ?? TimeSpan.FromDays(1))
        {
            Grant = new(found.Promise, found.Amount, found.Currency, found.Why, found.Parts, found.Dates, Waits: false),
        });
    }

    /// <summary>A voucher that the talk proposed, or money back that was listed by hand: its amount counts like that of a grant.</summary>
    private static CheckedTask Priced(OwedFacts facts, IReadOnlyList<Entitlement> owed, CheckedTask task)
    {
        if (facts.Orders.Count == 0)
            return task;
        var order = facts.Orders.FirstOrDefault(order => order.OrderNo == task.OrderNo) ?? facts.Orders[0];
        if (facts.Promises.FirstOrDefault(promise => promise.Terms is VoucherTerms && promise.Terms.Task == task.Kind) is { Terms: VoucherTerms voucher } made)
        {
            var amount = voucher.Amount.Of(order.Currency);
            var asked = !made.On || amount is null || order.GivenBefore.Contains(voucher.Kind);
            var why = asked ? made.On ? amount is null ? "figures" : "given-before" : "off" : owed.FirstOrDefault(one => one.Promise == voucher.Kind)?.Why ?? "not-claimed";
            return task with { OrderNo = order.OrderNo, Grant = new(voucher.Kind, amount, order.Currency, why, amount is { } sum ? [new("voucher", sum)] : [], [], asked) };
        }
        if (!facts.Costs.Contains(task.Kind))
            return task;
        var back = task.OrderNo is null ? facts.Orders.Where(one => one.Currency == order.Currency).Sum(one => one.Refundable) : order.Refundable;
        return task with { Grant = new(null, back, order.Currency, "listed", [new("refund", back)], [], Waits: false) };
    }

    private static CheckedTask[] Sort(OwedFacts facts, List<CheckedTask> tasks)
    {
        var waits = GrantLimitPolicy.Waits([.. tasks.Select(task => task.Grant is { Waits: false, Amount: { } amount } ? amount : 0)], facts.Limit, facts.GivenAlone);
        return [.. tasks.Select((task, place) => task.Grant is { } grant && waits[place] ? task with { Grant = grant with { Waits = true } } : task)];
    }
}

using Callback.Chaos.Actors;

namespace Callback.Chaos.Proof;

/// <summary>Holds the network's log and the agents' ledger against the rows: each must know of what the other knows.</summary>
internal static class BothWitnesses
{
    /// <summary>The log without calls that were asked for in a time whose rows are gone.</summary>
    public static IReadOnlyList<RingLine> Without(IReadOnlyList<RingLine> lines, (DateTimeOffset From, DateTimeOffset To)? lost)
    {
        if (lost is not { } span)
            return lines;
        var gone = lines.Where(line => line is { What: "asked", Attempt: not null } && line.At >= span.From && line.At <= span.To).Select(line => line.Attempt).ToHashSet();
        return [.. lines.Where(line => line.Attempt is null || !gone.Contains(line.Attempt))];
    }

    /// <summary>I4: acknowledged and not on record.</summary>
    public static IReadOnlyList<string> LostResults(Ledger ledger, StoredCalls stored) =>
        [.. ledger.Results.Where(result => !stored.Submissions.TryGetValue(result.Key, out var attempt) || attempt != result.Value.Attempt)
            .Select(result => $"submission {result.Key} of attempt {result.Value.Attempt} was acknowledged at {result.Value.At:O} and is not on record")];

    /// <summary>I1: an order that rang more often than its rights with evidence allow, by what the network says each call was about.</summary>
    public static IReadOnlyList<string> TwiceByOrder(IReadOnlyList<RingLine> lines, StoredCalls stored)
    {
        var rang = lines.Where(line => line is { What: "rang", Attempt: not null }).Select(line => line.Attempt!.Value).ToHashSet();
        return
        [
            .. stored.Rights.Where(right => rang.Contains(right.Attempt)).GroupBy(right => right.Order)
                .Where(order => order.Count() > 1 + order.Count(right => right.Kind is "Promised" or "Repair" or "Released"))
                .Select(order => $"order {order.Key} rang by {order.Count()} attempts: {string.Join(", ", order.Select(right => $"{right.Attempt} ({right.Kind ?? "first"})"))}"),
            .. stored.Rights.Where(right => right.Kind == "Technical" && right.Parent is { } parent && rang.Contains(parent))
                .Select(right => $"order {right.Order} has a technical grant although attempt {right.Parent} rang"),
        ];
    }

    /// <summary>I5: a call that ended at the provider whose end is not on record.</summary>
    public static IReadOnlyList<string> EndsMissing(IReadOnlyList<RingLine> lines, StoredCalls stored)
    {
        var ended = stored.Attempts.Values.Where(attempt => attempt is { State: "Ended", Call: not null }).Select(attempt => attempt.Call!).ToHashSet();
        return [.. lines.Where(line => line is { What: "ended", Attempt: not null, Call: not null } && !ended.Contains(line.Call))
            .Select(line => $"{line.Call} ended at {line.At:O}; attempt {line.Attempt} is {(stored.Attempts.TryGetValue(line.Attempt!.Value, out var attempt) ? attempt.State : "not there")}")];
    }

    /// <summary>I7: not placed or spent, and yet the network has a call for it.</summary>
    public static IReadOnlyList<string> UnrungThatWas(IReadOnlyList<RingLine> lines, StoredCalls stored)
    {
        var unrung = stored.Attempts.Values.Where(attempt => attempt.State is "NotPlaced" or "Spent").ToDictionary(attempt => attempt.Id);
        return [.. lines.Where(line => line is { What: "dialled", Attempt: { } about } && unrung.ContainsKey(about))
            .Select(line => $"attempt {line.Attempt} is {unrung[line.Attempt!.Value].State}, but {line.Call} was dialled at {line.At:O}")];
    }

    /// <summary>More was asked of the provider than there are attempts.</summary>
    public static IReadOnlyList<string> AskedForNothing(IReadOnlyList<RingLine> lines, StoredCalls stored) =>
        [.. lines.Where(line => line is { What: "asked", Attempt: not null } && !stored.Attempts.ContainsKey(line.Attempt!.Value))
            .Select(line => $"attempt {line.Attempt} was asked for at {line.At:O} and is not on record")];
}

using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Suppression;

/// <param name="Purpose">Null: for every purpose.</param>
/// <param name="Reason">1–200 characters.</param>
/// <param name="ExpiresAt">In the future; null: until it is lifted.</param>
/// <param name="DoNotCall">For good and for every purpose: takes neither an expiry nor a purpose nor an order.</param>
public sealed record AddSuppressionInput(
    ShopId Shop,
    SuppressionTarget Target,
    Purpose? Purpose,
    string Reason,
    SuppressionSource Source,
    DateTimeOffset? ExpiresAt = null,
    bool DoNotCall = false);

/// <summary>Keeps a phone, a buyer or an order from being called, from the moment this returns: a dial gate that runs at the same time is either through or sees it.</summary>
public sealed class AddSuppression(Db db, TimeProvider time, PersonalDataVault vault, TargetReader targets)
{
    /// <returns>False: the same stands there already.</returns>
    /// <exception cref="InvalidInputException"><c>reason-length</c>, <c>expiry-past</c>, <c>do-not-call-limited</c>, or that the target cannot be read.</exception>
    public async Task<bool> RunAsync(Actor actor, AddSuppressionInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditSuppressions, input.Shop);
        var now = time.GetUtcNow();
        var problems = SuppressionPolicy.Validate(input, now);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var target = targets.Resolve(input.Target, await TargetReader.CountryAsync(session, input.Shop, ct));
        var suppression = NewSuppression.Of(vault, input with { Target = target });
        var added = await SuppressionStore.AddAsync(session, input.Shop, actor, [suppression], now, ct);
        if (added > 0)
            await AuditTrail.AppendAsync(
                session,
                input.Shop,
                actor,
                now,
                "suppression.added",
                suppression.Subject,
                new { purpose = input.Purpose?.ToString(), input.Reason, source = input.Source.ToString(), input.ExpiresAt, input.DoNotCall },
                ct);
        await session.CommitAsync();
        return added > 0;
    }
}

/// <summary>What a suppression has to keep to.</summary>
public static class SuppressionPolicy
{
    public static IReadOnlyList<Problem> Validate(AddSuppressionInput input, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (input.Reason.Trim().Length is 0 or > 200)
            problems.Add(Problem.Of("reason-length", "reason", ("allowed", "1–200")));
        if (input.ExpiresAt <= now)
            problems.Add(Problem.Of("expiry-past", "expires", ("value", $"{input.ExpiresAt:u}")));
        if (input.DoNotCall && (input.ExpiresAt is not null || input.Purpose is not null || input.Target is SuppressionTarget.OfOrder or SuppressionTarget.Written { Scope: SuppressionScope.Order }))
            problems.Add(Problem.Of("do-not-call-limited", "do_not_call"));
        return problems;
    }
}

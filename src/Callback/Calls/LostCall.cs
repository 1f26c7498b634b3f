using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>What a line is asked about an attempt whose call was lost.</summary>
internal static class LostCall
{
    /// <summary>With the ids of all other calls of ours around it: a lost call is none of them.</summary>
    public static async Task<LineCall> OfAsync(Db db, PersonalDataVault vault, Attempt attempt, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var others = await session.QueryAsync<string>(
            """
            select provider_call_id
            from attempts
            where line = @Line and provider_call_id is not null and gated_at between @from and @to
            union
            select leg_call_id
            from bridges
            where line = @Line and leg_call_id is not null and opened_at between @from and @to
            """,
            new { attempt.Line, from = attempt.GatedAt - TimeSpan.FromHours(1), to = attempt.GatedAt + TimeSpan.FromHours(1) },
            ct);
        return attempt.ToLineCall(vault) with { Others = others.ToHashSet(StringComparer.Ordinal) };
    }
}

using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>What a line is asked about an attempt whose call was lost, and what is kept of its answer.</summary>
internal static class LostCall
{
    /// <summary>Kept in <c>attempts.refusal</c> once more than one call may have been this one.</summary>
    private const string Doubt = "several-fit";

    /// <summary>With the ids of all other calls of ours around it, for a lost call is none of them, and with what is undecided beside it.</summary>
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
        return attempt.ToLineCall(vault) with { Others = others.ToHashSet(StringComparer.Ordinal), HasRival = await HasRivalAsync(session, attempt, ct) };
    }

    /// <summary>It may have rung, and no later list can say that it did not: the doubt stays.</summary>
    public static Task<int> KeepDoubtAsync(Session session, Attempt attempt, CancellationToken ct) => session.ExecuteAsync(
        "update attempts set refusal = @Doubt where shop_id = @ShopId and attempt_id = @AttemptId", new { attempt.ShopId, attempt.AttemptId, Doubt }, ct);

    public static Task<bool> IsInDoubtAsync(Session session, Attempt attempt, CancellationToken ct) => session.QuerySingleAsync<bool>(
        "select coalesce(refusal = @Doubt, false) from attempts where shop_id = @ShopId and attempt_id = @AttemptId", new { attempt.ShopId, attempt.AttemptId, Doubt }, ct);

    /// <summary>Within a shop the index of live calls sees to it. Of two shops only the last digits can be compared; one rival too many costs a later look.</summary>
    private static Task<bool> HasRivalAsync(Session session, Attempt attempt, CancellationToken ct)
    {
        var span = ProtocolTimes.MatchBefore + ProtocolTimes.MatchAfter;
        return session.QuerySingleAsync<bool>(
            """
            select exists (
                select
                from attempts
                where line = @Line and state in ('Dialing', 'Unknown') and shop_id <> @ShopId and phone_last4 = @PhoneLast4 and gated_at between @from and @to)
            """,
            new { attempt.Line, attempt.ShopId, attempt.PhoneLast4, from = attempt.GatedAt - span, to = attempt.GatedAt + span },
            ct);
    }
}

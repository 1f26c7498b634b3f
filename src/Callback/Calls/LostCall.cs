using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>What a line is asked about an attempt whose call was lost, and what is kept of its answer.</summary>
internal static class LostCall
{
    /// <summary>Kept in <c>attempts.refusal</c> once more than one call may have been this one.</summary>
    private const string Doubt = "several-fit";

    /// <summary>Kept there for a call that was found by number and time while the server was not adopted: it may as well be one whose attempt was lost with the commits.</summary>
    private const string FoundUnadopted = "found-unadopted";

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

    /// <summary>The one call that fits. Where commits may be missing, that is remembered: <see cref="AdoptCalls"/> then spends the number's other rights, too.</summary>
    public static async Task<bool> FoundAsync(Session session, Attempt attempt, string callId, DateTimeOffset now, CancellationToken ct)
    {
        if (!await AttemptMoves.PlacedAsync(session, attempt.ShopId, attempt.AttemptId, callId, now, ct))
            return false;
        if (!(await GateClock.ReadAsync(session, ct)).IsKnown)
            await session.ExecuteAsync(
                "update attempts set refusal = @FoundUnadopted where shop_id = @ShopId and attempt_id = @AttemptId",
                new { attempt.ShopId, attempt.AttemptId, FoundUnadopted },
                ct);
        return true;
    }

    /// <summary>Which of these calls of the line are known only by such a match.</summary>
    public static Task<IReadOnlyList<string>> FoundUnadoptedAsync(Session session, string line, string[] callIds, CancellationToken ct) => session.QueryAsync<string>(
        "select provider_call_id from attempts where line = @line and provider_call_id = any(@callIds) and refusal = @FoundUnadopted", new { line, callIds, FoundUnadopted }, ct);

    /// <summary>The number's other rights are spent: nothing is left to be done about it.</summary>
    public static Task<int> AdoptedAsync(Session session, string line, string callId, CancellationToken ct) => session.ExecuteAsync(
        "update attempts set refusal = 'found-adopted' where line = @line and provider_call_id = @callId and refusal = @FoundUnadopted", new { line, callId, FoundUnadopted }, ct);

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
